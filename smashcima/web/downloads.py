"""Files that can be made of a page: images, ground truth, recipe and code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from smashcima.errors import ExportError
from smashcima.exporting import CocoExporter, MungExporter, SvgExporter, YoloExporter, encode_image
from smashcima.web.code import python_code
from smashcima.web.drawing import DrawnPage


class Download(NamedTuple):
    """A kind of file."""

    suffix: str
    media_type: str
    title: str
    make: Callable[[DrawnPage], bytes]


class MadeFile(NamedTuple):
    """A file that was made of a page."""

    name: str
    media_type: str
    content: bytes


def _svg(drawn: DrawnPage) -> bytes:
    text = SvgExporter(render_labeled_regions=True).export_string(drawn.page)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _layers(drawn: DrawnPage) -> bytes:
    return SvgExporter().export_string(drawn.page).encode()


def _mung(drawn: DrawnPage) -> bytes:
    return MungExporter(document=stem_of(drawn)).export_string(drawn.annotation).encode()


def _coco(drawn: DrawnPage) -> bytes:
    return CocoExporter(file_name=f"{stem_of(drawn)}.png").export_string(drawn.annotation).encode()


def _yolo(drawn: DrawnPage) -> bytes:
    return YoloExporter().export_string(drawn.annotation).encode()


def _record(drawn: DrawnPage) -> bytes:
    return (json.dumps(drawn.scene.record, ensure_ascii=False, indent=1) + "\n").encode()


def _score(drawn: DrawnPage) -> bytes:
    return drawn.options.source.encode() if drawn.file is None else drawn.file.data


DOWNLOADS: dict[str, Download] = {
    "picture": Download(".jpg", "image/jpeg", "", lambda drawn: encode_image(drawn.image.bitmap, ".jpg")),
    "layers": Download(".svg", "image/svg+xml", "", _layers),
    "png": Download(
        ".png", "image/png", "Image (PNG)", lambda drawn: encode_image(drawn.image.bitmap, ".png")
    ),
    "svg": Download(".svg", "image/svg+xml", "Vector graphics (SVG), without degradation", _svg),
    "mung": Download(".mung", "application/xml", "Music Notation Graph (MuNG)", _mung),
    "coco": Download(".coco.json", "application/json", "Boxes and masks (COCO)", _coco),
    "yolo": Download(".txt", "text/plain; charset=utf-8", "Boxes (YOLO)", _yolo),
    "recipe": Download(
        ".recipe.yaml", "application/yaml", "Recipe of the model (YAML)", lambda drawn: drawn.recipe.encode()
    ),
    "code": Download(
        ".py", "text/x-python; charset=utf-8", "Python program", lambda drawn: python_code(drawn).encode()
    ),
    "record": Download(".record.json", "application/json", "Record of the sample (JSON)", _record),
    "score": Download("", "application/octet-stream", "The score", _score),
}
"""Kinds of files by name. Those without a title are parts of the web page."""


def made_file(drawn: DrawnPage, kind: str) -> MadeFile:
    """Makes a file of a page, once.

    Raises:
        ExportError: there is no such kind of file, or the page cannot be exported.
    """
    if kind not in DOWNLOADS:
        raise ExportError(f"There is no download {kind!r}; choose from {', '.join(DOWNLOADS)}.")
    download = DOWNLOADS[kind]
    if kind not in drawn.encoded:
        drawn.encoded[kind] = download.make(drawn)
    return MadeFile(name_of(drawn, kind), download.media_type, drawn.encoded[kind])


def stem_of(drawn: DrawnPage) -> str:
    """Returns the name of the files of a page without suffix: `abendlied-p1`."""
    if drawn.file is None:
        return "staff"
    stem = PurePath(drawn.file.file_name).stem
    number = f"-{drawn.options.number}" if len(drawn.file.loaded) > 1 else ""
    return f"{stem}{number}-p{drawn.page.index + 1}"


def name_of(drawn: DrawnPage, kind: str) -> str:
    """Returns the name of a file of a page."""
    if kind == "score":
        return "staff.mashcima" if drawn.file is None else drawn.file.file_name
    return stem_of(drawn) + DOWNLOADS[kind].suffix
