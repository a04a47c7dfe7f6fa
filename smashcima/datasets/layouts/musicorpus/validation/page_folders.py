"""Checks of the folders of pages: which files there are, facts about pages, and the tables of subdivisions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smashcima.datasets.layouts.musicorpus.page_facts import CHOICES, FIELDS
from smashcima.datasets.layouts.musicorpus.validation.findings import (
    Findings,
    box_of,
    folders,
    is_integer,
    jpeg_size,
)

LEVELS = ("Staves", "Grandstaves", "Systems")

_OTHER_NAMES = {
    "image.jpeg": "image.jpg",
    "transcription.mxl": "transcription.musicxml, which is not compressed",
    "transcription.xml": "transcription.musicxml",
}
_STAFF = re.compile(r"[1-9]\d*")
_RANGE = re.compile(r"([1-9]\d*)-([1-9]\d*)")

_TEXT_OR_FALSE = {
    "institution_name", "institution_rism_siglum", "institution_local_siglum", "shelfmark", "rism_id_number",
    "title_description", "author", "author_date",
}  # fmt: skip
_INTEGER_OR_TEXT = {"page_number", "scribal_data"}


def subdivision_folders(page: Path) -> list[Path]:
    """The folders of the subdivisions of a page."""
    return [folder for level in LEVELS for folder in folders(page / level)]


def check_file_names(findings: Findings, pages: Sequence[Path]) -> None:
    """Checks that folders of one kind have the same files, under the names of the specification."""
    _check_same_files(findings, pages)
    for level in LEVELS:
        own = [folder for page in pages for folder in folders(page / level)]
        _check_same_files(findings, own)
        for folder in own:
            _check_staff_numbers(findings, folder, level)
            if (folder / "metadata.json").exists():
                findings.add(folder, "metadata.json", "belongs to pages, not to their parts")
    for page in pages:
        for folder in (page, *subdivision_folders(page)):
            for name, right in _OTHER_NAMES.items():
                if (folder / name).exists():
                    findings.add(folder, name, f"must be {right}")
        for folder in folders(page):
            if folder.name not in LEVELS:
                findings.add(folder, "name", f"a page has only the folders {', '.join(LEVELS)}")


def _check_same_files(findings: Findings, same: Sequence[Path]) -> None:
    names = {folder: {path.name for path in folder.iterdir() if path.is_file()} for folder in same}
    every: set[str] = set().union(*names.values())
    for folder, own in names.items():
        for name in sorted(every - own):
            findings.add(folder, name, "is missing, but other folders of this kind have it")


def _check_staff_numbers(findings: Findings, folder: Path, level: str) -> None:
    if level == "Staves":
        if not _STAFF.fullmatch(folder.name):
            findings.add(folder, "name", "must be the number of a staff, from 1")
        return
    match = _RANGE.fullmatch(folder.name)
    if match is None or int(match[1]) > int(match[2]):
        findings.add(folder, "name", "must be the numbers of the first and last staff, such as 3-4")
    elif level == "Grandstaves" and int(match[2]) != int(match[1]) + 1:
        findings.add(folder, "name", "a grand staff has two adjacent staves")


def check_facts(findings: Findings, path: Path) -> None:
    """Checks `metadata.json`. A field that is missing is unknown."""
    facts = findings.mapping(path)
    if facts is None:
        return
    expected = f"{findings.root.name}/{path.parent.name}/image.jpg"
    if facts.get("file_name") != expected:
        findings.add(path, "file_name", f"is {facts.get('file_name')!r}; must be {expected!r}")
    for name in facts:
        if name not in FIELDS:
            findings.add(path, name, "is not a field of metadata.json")
    for name in FIELDS:
        value = facts.get(name)
        if value is None or name == "file_name":
            continue
        if name in CHOICES:
            findings.choice(path, name, value, CHOICES[name])
        elif not _is_valid_fact(name, value):
            findings.add(path, name, f"cannot be {value!r}")


def _is_valid_fact(name: str, value: Any) -> bool:
    if name == "page_size":
        return (
            isinstance(value, list)
            and len(value) == 2
            and all(side is None or (is_integer(side) and side > 0) for side in value)
        )
    if name == "dpi":
        return is_integer(value) and value > 0
    if name in _INTEGER_OR_TEXT:
        return is_integer(value) or isinstance(value, str)
    return isinstance(value, str) or (value is False and name in _TEXT_OR_FALSE)


def check_image_parts(findings: Findings, path: Path) -> None:
    """Checks `subdivisions.image.json` against the images."""
    table = _table(findings, path)
    image = path.parent / "image.jpg"
    page = jpeg_size(image) if image.is_file() else None
    for folder in subdivision_folders(path.parent):
        element = f"{folder.parent.name}/{folder.name}"
        entry = table.get(folder.parent.name, {}).pop(folder.name, None)
        box = box_of(entry.get("bbox")) if isinstance(entry, dict) else None
        if box is None:
            findings.add(path, element, "has no bbox of four integers")
            continue
        left, top, width, height = box
        size = jpeg_size(folder / "image.jpg") if (folder / "image.jpg").is_file() else None
        if size is not None and size != (width, height):
            findings.add(
                path, element, f"bbox is {width} x {height} px; its image has {size[0]} x {size[1]} px"
            )
        if page is not None and not (
            left >= 0 and top >= 0 and left + width <= page[0] and top + height <= page[1]
        ):
            findings.add(
                path, element, f"bbox {list(box)} is not inside the page of {page[0]} x {page[1]} px"
            )
    _report_rest(findings, path, table)


def check_coco_parts(findings: Findings, path: Path, ids: Mapping[Path, set[int]]) -> None:
    """Checks `subdivisions.coco-object-detection.json`; `ids` are those of annotations by folder."""
    table = _table(findings, path)
    for folder in subdivision_folders(path.parent):
        element = f"{folder.parent.name}/{folder.name}"
        entry = table.get(folder.parent.name, {}).pop(folder.name, None)
        links = entry.get("page_to_local") if isinstance(entry, dict) else None
        if not isinstance(links, dict):
            findings.add(path, element, "has no page_to_local")
            continue
        for whole, part in links.items():
            for number, place in ((whole, path.parent), (part, folder)):
                if not str(number).isdecimal() or int(number) not in ids.get(place, ()):
                    findings.add(path, element, f"{number!r} is not the id of an annotation of {place.name}")
    _report_rest(findings, path, table)


def check_ids(findings: Findings, path: Path, coco: set[int], mung: set[int]) -> None:
    """Checks `mung-to-coco-ids-map.json`."""
    data = findings.mapping(path)
    links = data.get("mung_to_coco") if data is not None else None
    if not isinstance(links, dict):
        findings.add(path, "mung_to_coco", "is missing")
        return
    for node, annotation in links.items():
        if not node.isdecimal() or int(node) not in mung:
            findings.add(path, f"mung_to_coco.{node}", "is not the id of a MuNG node")
        if annotation not in coco:
            findings.add(path, f"mung_to_coco.{node}", f"{annotation!r} is not the id of an annotation")


def _table(findings: Findings, path: Path) -> dict[str, dict[str, Any]]:
    """A table of subdivisions by level and name."""
    data = findings.mapping(path) or {}
    for level in LEVELS:
        if not isinstance(data.get(level), dict):
            findings.add(path, level, "is missing")
    return {level: dict(parts) for level, parts in data.items() if isinstance(parts, dict)}


def _report_rest(findings: Findings, path: Path, table: Mapping[str, Mapping[str, Any]]) -> None:
    for level, parts in table.items():
        for name in parts:
            findings.add(path, f"{level}/{name}", "has no folder")
