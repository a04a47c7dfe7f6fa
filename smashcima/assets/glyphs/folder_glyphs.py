"""Glyph stores of custom symbols, from folders of images."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts import SmuflFont
from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.end_points import ends_of
from smashcima.assets.glyphs.glyph_store import GlyphStore, write_glyph_store
from smashcima.assets.glyphs.labels import checked_label
from smashcima.assets.glyphs.picture_mask import read_ink
from smashcima.errors import AssetError, CorruptAssetError, SettingsError
from smashcima.scene.visual.labels import Label

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})

_ORIGIN_FILES = ("origins.csv", "origins.json")
_MM_PER_INCH = 25.4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Marks:
    """Entry of an origins file for one image, in pixels of the image."""

    origin: Point | None = None
    start: Point | None = None
    end: Point | None = None
    staff_space_px: float | None = None


def glyphs_from_folder(
    folder: Path | str,
    *,
    staff_space_px: float | None = None,
    dpi: float | None = None,
    staff_space_mm: float | None = None,
    writer: str = "own",
    path: Path | str | None = None,
) -> GlyphStore:
    """Creates a glyph store from images in `<folder>/<label>/` or, with several writers, `<folder>/<writer>/<label>/`.

    A label is a SMuFL name such as `gClef` or a Smashcima label such as `stem`, with or without its prefix (`::` may be
    written `__`). Transparent pixels are background; in opaque images, ink is what is darker than the background.

    Origins are those of SMuFL. The optional file `origins.csv` in the folder states them, with the columns `file,x,y`
    and optionally `start_x,start_y,end_x,end_y,staff_space_px`, in pixels of each image; alternatively `origins.json`,
    an object such as `{"gClef/1.png": {"origin": [12, 40]}}` with the same names. For other images, the centre of the
    ink is aligned with that of the printed symbol; ends of lines are detected.

    Args:
        folder: folder of the images.
        staff_space_px: distance between adjacent staff lines at the scale of the images, in pixels.
        dpi: resolution of the images; an alternative to `staff_space_px`, together with `staff_space_mm`.
        staff_space_mm: distance between adjacent staff lines on the scanned paper, in mm.
        writer: name of the writer, if the folder has no subfolders for writers.
        path: path of the store file to write; by default the store is kept in memory.

    Raises:
        SettingsError: the size is missing or invalid.
        UnsupportedLabelError: the name of a folder is not a label.
        AssetError: an image cannot be used, or there are no images.
    """
    folder = Path(folder)
    space = _staff_space(staff_space_px, dpi, staff_space_mm)
    glyphs = list(_glyphs(folder, writer, space))
    if not glyphs:
        raise AssetError(
            f"There are no images in {folder}. Images are expected at {folder / '<label>' / '*.png'}."
        )
    return GlyphStore.from_glyphs(glyphs) if path is None else write_glyph_store(path, glyphs)


def _staff_space(
    staff_space_px: float | None, dpi: float | None, staff_space_mm: float | None
) -> float | None:
    if staff_space_px is None and dpi is not None and staff_space_mm is not None:
        staff_space_px = staff_space_mm / _MM_PER_INCH * dpi
    elif dpi is not None or staff_space_mm is not None:
        raise SettingsError("Give `staff_space_px`, or both `dpi` and `staff_space_mm`.")
    if staff_space_px is not None and not 0 < staff_space_px < float("inf"):
        raise SettingsError(f"staff_space_px must be positive and finite, not {staff_space_px}.")
    return staff_space_px


def _glyphs(folder: Path, writer: str, space: float | None) -> Iterator[DrawnGlyph]:
    if not folder.is_dir():
        raise AssetError(f"There is no folder {folder}. Give a folder of images.")
    marks = _read_marks(folder)
    number = 0
    for label_folder, its_writer in _label_folders(folder, writer):
        label = checked_label(label_folder.name.replace("__", "::"))
        for picture in sorted(label_folder.iterdir()):
            if picture.suffix.lower() not in SUFFIXES:
                continue
            name = picture.relative_to(folder).as_posix()
            known = marks.pop(name, _Marks())
            its_space = known.staff_space_px or space
            if its_space is None:
                raise SettingsError(
                    f"The scale of {name} is unknown. Give `staff_space_px`, the distance between adjacent staff lines in "
                    "pixels, as an argument or a column in origins.csv."
                )
            yield _glyph(label, read_ink(picture), known, its_space, its_writer, name, number)
            number += 1
    if marks:
        raise AssetError(f"The origins file of {folder} lists an image that does not exist: {min(marks)}.")


def _label_folders(folder: Path, writer: str) -> Iterator[tuple[Path, str]]:
    for inner in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        folders = sorted(entry for entry in inner.iterdir() if entry.is_dir())
        if folders:
            for label_folder in folders:
                yield label_folder, inner.name
        else:
            yield inner, writer


def _glyph(
    label: str, ink: NDArray[np.uint8], marks: _Marks, space: float, writer: str, name: str, number: int
) -> DrawnGlyph:
    rows, columns = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    left, top = int(columns[0]), int(rows[0])
    mask = np.ascontiguousarray(ink[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1])

    def moved(point: Point | None) -> Point | None:
        return None if point is None else (point[0] - left, point[1] - top)

    found = ends_of(label, mask)
    start, end = moved(marks.start), moved(marks.end)
    if found is not None:
        start, end = start or found[0], end or found[1]
    elif (start is None) != (end is None):
        raise AssetError(
            f"The origins file has only one of the start and the end of {name}. Give both or neither."
        )
    return DrawnGlyph(
        label=label,
        mask=mask,
        origin=moved(marks.origin) or start or _centred_origin(label, mask, space),
        staff_space_px=space,
        writer=writer,
        document=name,
        object_id=number,
        position=(left, top),
        start=start,
        end=end,
    )


def _centred_origin(label: str, mask: NDArray[np.uint8], space: float) -> Point:
    """Origin that aligns the centre of the ink with the centre of the printed symbol's box."""
    ys, xs = np.nonzero(mask)
    x, y = float(xs.mean()) + 0.5, float(ys.mean()) + 0.5
    known = Label.of(label)
    printed = SmuflFont.load("Bravura").find(known.name) if known.is_smufl else None
    if printed is None or printed.outline.is_empty:
        return x, y
    box = printed.bounds
    return x - (box.left + box.width / 2) * space, y - (box.top + box.height / 2) * space


def _read_marks(folder: Path) -> dict[str, _Marks]:
    paths = [folder / name for name in _ORIGIN_FILES if (folder / name).is_file()]
    if len(paths) > 1:
        raise AssetError(f"{folder} has both {_ORIGIN_FILES[0]} and {_ORIGIN_FILES[1]}. Remove one of them.")
    if not paths:
        return {}
    try:
        text = paths[0].read_text(encoding="utf-8-sig")
        return _from_csv(text) if paths[0].suffix == ".csv" else _from_json(text)
    except (KeyError, TypeError, ValueError, AttributeError, csv.Error) as error:
        raise CorruptAssetError(f"{paths[0]} cannot be parsed: {error!r}.") from error


def _from_csv(text: str) -> dict[str, _Marks]:
    marks = {}
    for row in csv.DictReader(text.splitlines()):

        def point(x: str, y: str, row: dict[str, str] = row) -> Point | None:
            return (float(row[x]), float(row[y])) if row.get(x) and row.get(y) else None

        space = float(row["staff_space_px"]) if row.get("staff_space_px") else None
        marks[row["file"]] = _Marks(
            point("x", "y"), point("start_x", "start_y"), point("end_x", "end_y"), space
        )
    return marks


def _from_json(text: str) -> dict[str, _Marks]:
    marks = {}
    for name, entry in json.loads(text).items():
        points = [
            None if entry.get(key) is None else (float(entry[key][0]), float(entry[key][1]))
            for key in ("origin", "start", "end")
        ]
        marks[name] = _Marks(points[0], points[1], points[2], entry.get("staff_space_px"))
    return marks
