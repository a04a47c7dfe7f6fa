"""Checks a data set by the rules of MusiCorpus 1.0."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smashcima.datasets.layouts.musicorpus.validation.coco import CocoCheck
from smashcima.datasets.layouts.musicorpus.validation.findings import Findings, folders
from smashcima.datasets.layouts.musicorpus.validation.page_folders import (
    check_coco_parts,
    check_facts,
    check_file_names,
    check_ids,
    check_image_parts,
    subdivision_folders,
)
from smashcima.datasets.layouts.musicorpus.validation.root_files import check_root_files
from smashcima.datasets.layouts.musicorpus.validation.transcriptions import check_mung, check_musicxml
from smashcima.errors import ExportError, Issue

_COCO = "coco-object-detection.json"


def validate_musicorpus(path: str | Path) -> list[Issue]:
    """Returns what violates the rules of MusiCorpus 1.0 in a data set; an empty list if nothing does.

    The location of an issue is the path of a file or folder in the data set. Files that the specification leaves open
    are not checked.

    Args:
        path: the folder of the data set, named like `Org.Name`, or a folder that contains one, such as the output of
            `smashcima generate`.

    Raises:
        ExportError: there is no data set, or several.
    """
    root = _root_of(Path(path))
    findings = Findings(root)
    pages = folders(root)
    manifest = check_root_files(findings, pages)
    check_file_names(findings, pages)
    for page in pages:
        _check_page(findings, page, manifest)
    return findings.issues


def _check_page(findings: Findings, page: Path, manifest: Mapping[str, Any]) -> None:
    ids: dict[Path, set[int]] = {}
    parts = subdivision_folders(page)
    systems = len(folders(page / "Systems")) or None
    for folder in (page, *parts):
        if (folder / _COCO).is_file():
            check = CocoCheck(findings, folder / _COCO, manifest)
            check.run()
            ids[folder] = check.ids
        nodes: set[int] = set()
        if (folder / "transcription.mung").is_file():
            nodes = check_mung(findings, folder / "transcription.mung")
        if (folder / "mung-to-coco-ids-map.json").is_file():
            check_ids(findings, folder / "mung-to-coco-ids-map.json", ids.get(folder, set()), nodes)
        if (folder / "transcription.musicxml").is_file():
            check_musicxml(findings, folder / "transcription.musicxml", systems if folder == page else 1)
    if (page / "layout.json").is_file():
        CocoCheck(findings, page / "layout.json", manifest).run()
    if (page / "metadata.json").is_file():
        check_facts(findings, page / "metadata.json")
    if (page / "subdivisions.image.json").is_file():
        check_image_parts(findings, page / "subdivisions.image.json")
    if (page / f"subdivisions.{_COCO}").is_file():
        check_coco_parts(findings, page / f"subdivisions.{_COCO}", ids)


def _root_of(path: Path) -> Path:
    if not path.is_dir():
        raise ExportError(f"There is no folder {path}.")
    if (path / "musicorpus.json").is_file():
        return path.resolve()
    inner = sorted(found.parent for found in path.glob("*/musicorpus.json"))
    if len(inner) == 1:
        return inner[0].resolve()
    if inner:
        names = ", ".join(folder.name for folder in inner)
        raise ExportError(f"{path} has several data sets, {names}. Give the folder of one.")
    if path.name.count(".") == 1:
        return path.resolve()  # by its name a data set, without the file that it must have
    raise ExportError(
        f"{path} is not a MusiCorpus data set: it has no musicorpus.json. Give a folder such as Org.Name."
    )
