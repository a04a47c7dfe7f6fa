"""Makes the pictures of `docs/looks.md`: the first page of the README in every look.

Run: `python docs/make_look_pictures.py`. The same versions of the dependencies give the same files.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import code_blocks
import cv2
import numpy as np
from numpy.typing import NDArray
from small_pictures import write_jpeg

import smashcima as sc
from smashcima.orchestration import LOOKS

Image = NDArray[np.uint8]

FOLDER = code_blocks.ROOT / "assets" / "looks"
SEED = 9
COLUMNS = 5
WIDTH, HIGHEST = 280, 396
GAP, HEADING = 10, 22


def main() -> None:
    """Makes a sheet with all looks of one page, and a detail of each at full resolution."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache, code_blocks.without_assets(Path(cache)):
        pages = {name: page_in(name) for name in LOOKS}
    write_jpeg(sheet({name: scaled(page) for name, page in pages.items()}), FOLDER / "pages.jpg")
    write_jpeg(sheet({name: detail(page) for name, page in pages.items()}), FOLDER / "details.jpg")


def page_in(look: str) -> Image:
    """The first page of the example in a look."""
    hand = None if "hand" in LOOKS[look].options else "pen"
    model = sc.BaseHandwrittenModel(seed=SEED, hand=hand, look=look)
    return np.ascontiguousarray(model(code_blocks.EXAMPLE, pages=[0]).compose_page(0).bitmap[:, :, :3])


def scaled(page: Image) -> Image:
    """A page, scaled down to fit a cell."""
    height, width = page.shape[:2]
    factor = min(WIDTH / width, HIGHEST / height)
    size = (round(width * factor), round(height * factor))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)


def detail(page: Image) -> Image:
    """Two measures in the middle of a page, at half the resolution; pages in all looks have different sizes."""
    height, width = page.shape[:2]
    top, left = height * 38 // 100, width * 16 // 100
    return np.asarray(
        cv2.resize(
            page[top : top + 480, left : left + 2 * WIDTH], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
        ),
        np.uint8,
    )


def sheet(pictures: dict[str, Image]) -> Image:
    """Pictures under their names, in rows."""
    height = max(len(each) for each in pictures.values()) + HEADING + GAP
    count = -(-len(pictures) // COLUMNS)
    made = np.full((count * height, COLUMNS * (WIDTH + GAP) - GAP, 3), 255, np.uint8)
    for number, (name, picture) in enumerate(pictures.items()):
        top, left = number // COLUMNS * height, number % COLUMNS * (WIDTH + GAP)
        place = (left + 2, top + HEADING - 7)
        cv2.putText(made, name, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
        rows, columns = picture.shape[:2]
        made[top + HEADING : top + HEADING + rows, left : left + columns] = picture
    return made


if __name__ == "__main__":
    main()
