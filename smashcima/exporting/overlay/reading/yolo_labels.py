"""YOLO labels: boxes, oriented boxes or outlines, and class names."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from smashcima.errors import ExportError
from smashcima.exporting.overlay.overlay_marks import Marks
from smashcima.exporting.overlay.reading.mark_list import MarkList, ring_of

_LINE = re.compile(r"\s*\d+(\s+[-+0-9.eE]+){4,}\s*\Z")
_ENTRY = re.compile(
    r"""\s*(?:(?P<number>\d+)\s*:|-)?\s*(?P<quote>["']?)(?P<name>.*?)(?P=quote)\s*(?:\s#.*)?\Z"""
)
_PLACES = ("data.yaml", "dataset.yaml", "classes.txt")


def looks_like_yolo(text: str) -> bool:
    """Whether each line contains at least five numbers. An empty file is a file without objects."""
    return all(_LINE.match(line) for line in text.splitlines() if line.strip())


def read_yolo(text: str, names: list[str], width: int, height: int) -> Marks:
    """Reads lines of five numbers as boxes and longer ones as outlines; coordinates are fractions of width
    and height.
    """
    found = MarkList()
    for line in text.splitlines():
        number, *values = line.split()
        sides = [float(value) for value in values]
        index = int(number)
        name = names[index] if index < len(names) else f"class {index}"
        if len(sides) == 4:
            x, y, w, h = np.array(sides) * (width, height, width, height)
            found.add(name, (x - w / 2, y - h / 2, x + w / 2, y + h / 2))
        elif len(sides) >= 6 and len(sides) % 2 == 0:
            found.add(name, None, (ring_of(sides) * (width, height),))
        else:
            raise ExportError(
                f"A line of YOLO labels has an invalid number of coordinates, {len(sides)}: {line[:60]!r}."
            )
    return found.marks()


def class_names(labels: Path, given: Path | None) -> list[str]:
    """Returns the class names from the given file, or from a file with a usual name in a folder near the
    labels.
    """
    if given is not None:
        if not given.is_file():
            raise ExportError(f"There is no file {given} with names of classes.")
        return names_in(given.read_text("utf-8"))
    folder = labels.absolute().parent
    for place in (folder, folder.parent, folder.parent.parent):
        for name in _PLACES:
            if (place / name).is_file():
                return names_in((place / name).read_text("utf-8"))
    return []


def names_in(text: str) -> list[str]:
    """Reads the names in a `data.yaml`, in any of its usual forms, or one name per line.

    Implemented here to avoid a dependency on a YAML parser.
    """
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if re.match(r"names\s*:", line)), None)
    if start is None:
        return [line.strip() for line in lines if line.strip()]
    rest = re.sub(r"\s#.*", "", lines[start].partition(":")[2]).strip()
    if rest:
        joined = " ".join([rest, *(line.strip() for line in lines[start + 1 :])])
        inside = re.match(r"[\[{](.*?)[\]}]", joined)
        entries = inside[1].split(",") if inside else []
    else:
        entries = []
        for line in lines[start + 1 :]:
            if line.strip() and not line.startswith((" ", "-", "\t")):
                break
            entries.append(line)
    found: dict[int, str] = {}
    for entry in entries:
        match = _ENTRY.match(entry)
        if match is not None and match["name"]:
            found[int(match["number"]) if match["number"] else len(found)] = match["name"]
    return [found.get(number, f"class {number}") for number in range(max(found, default=-1) + 1)]
