"""Reading of labels of any known format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.exporting.overlay.overlay_marks import Marks
from smashcima.exporting.overlay.reading.json_labels import Found, json_reader
from smashcima.exporting.overlay.reading.mro import MroView, looks_like_mro, read_mro
from smashcima.exporting.overlay.reading.xml_labels import xml_reader
from smashcima.exporting.overlay.reading.yolo_labels import class_names, looks_like_yolo, read_yolo

LABEL_FORMATS = ("MuNG", "COCO", "YOLO", "DeepScores", "PAGE", "alignment", "MRO")
"""Names of the known formats."""

_OUTSIDE_PX = 1.5
"""Tolerance for labels outside the image, in pixels: some programs round, or count pixels from 1."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of an image."""

    format: str
    """One of `LABEL_FORMATS`."""

    marks: Marks

    issues: tuple[Issue, ...] = ()
    """What could not be read, of MRO files."""

    view: MroView | None = None
    """Place of the page in the picture, of MRO files."""


def read_labels(
    path: str | Path,
    width: int,
    height: int,
    image_name: str = "",
    names: str | Path | None = None,
    outlines: bool = True,
    view: MroView | None = None,
    fit_to: NDArray[np.uint8] | None = None,
) -> Labels:
    """Reads the labels of a picture of `width` × `height` px.

    Args:
        path: the file; its format is recognised by its content.
        width: width of the picture in pixels; if the labels state a size, it must match.
        height: height of the picture in pixels.
        image_name: file name of the picture, to find its labels in files for several pictures.
        names: file with the class names of YOLO labels (`data.yaml`); by default it is searched in nearby folders.
        outlines: whether to read outlines, which takes longer.
        view: place of an MRO page in the picture; by default as the file says.
        fit_to: the picture, (height_px, width_px, 4), to fit an MRO page to its staff lines; the search begins at `view`.

    Raises:
        ExportError: the file does not exist, its format is unknown, it is damaged, or belongs to another picture.
    """
    file = Path(path)
    if not file.is_file():
        raise ExportError(f"There is no file of labels {file}.")
    data = file.read_bytes()
    if file.suffix.lower() == ".mro" or looks_like_mro(data):
        found = read_mro(data, file.name, width, height, image_name, view or MroView(), fit_to)
        return Labels("MRO", *found)
    if view is not None or fit_to is not None:
        raise ExportError(f"{file} is not an MRO file; page, scale, offset, skew and fit are for these only.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(f"{file} is not text; {_known()}") from error
    try:
        kind, (marks, size) = _read(text, file, width, height, image_name, names, outlines)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise ExportError(f"{file} is damaged: {type(error).__name__}, {error}.") from error
    if size is not None and size != (width, height):
        raise ExportError(
            f"{file} has labels of a picture of {size[0]} x {size[1]} px, but the image {image_name} has "
            f"{width} x {height} px."
        )
    boxes = marks.boxes[np.isfinite(marks.boxes).all(axis=1)]
    if len(boxes):
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        if (low < -_OUTSIDE_PX).any() or (high > np.array((width, height)) + _OUTSIDE_PX).any():
            raise ExportError(
                f"{file} has labels from ({low[0]:g}, {low[1]:g}) to ({high[0]:g}, {high[1]:g}) px, which is outside "
                f"of the image {image_name} of {width} x {height} px."
            )
    return Labels(kind, marks)


def _read(
    text: str,
    file: Path,
    width: int,
    height: int,
    image_name: str,
    names: str | Path | None,
    outlines: bool,
) -> tuple[str, Found]:
    start = text.lstrip()[:1]
    if start == "<":
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            root = etree.fromstring(text.encode("utf-8"), parser)
        except etree.XMLSyntaxError as error:
            raise ExportError(f"{file} is damaged XML: {error}.") from error
        of_xml = xml_reader(root)
        if of_xml is not None:
            return of_xml[0], of_xml[1](root, outlines)
    elif start in ("{", "["):
        try:
            document = json.loads(text)
        except json.JSONDecodeError as error:
            raise ExportError(f"{file} is damaged JSON: {error}.") from error
        of_json = json_reader(document)
        if of_json is not None:
            return of_json[0], of_json[1](document, image_name, outlines)
    elif looks_like_yolo(text):
        known = class_names(file, None if names is None else Path(names))
        return "YOLO", (read_yolo(text, known, width, height), None)
    raise ExportError(f"{file} has labels of an unknown format; {_known()}")


def _known() -> str:
    return f"known formats: {', '.join(LABEL_FORMATS)}."
