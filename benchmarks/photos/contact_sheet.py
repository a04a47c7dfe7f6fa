"""Real pictures beside ours: staves of each, at a common scale, in random order of pictures but real ones on the left.

Run: `our_pictures.py FOLDER`, then `contact_sheet.py FOLDER KIND OUTPUT.png [--zoom N]`. Real pictures are not part of this
repository: write the sheet elsewhere.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from sources import real_pictures

from smashcima.datasets.curation.picture_measures import upright_picture
from smashcima.randomness import Stream

SPACE_PX = 14.0
"""Staff space on the sheet; with `--zoom`, that many pixels for each pixel of the pictures instead."""

WIDTH, HEIGHT, GAP = 560, 200, 6


def cell(path: Path, zoom: int) -> np.ndarray | None:
    """A part of the picture around a staff; `None` if there is none."""
    picture = upright_picture(cv2.imread(str(path), cv2.IMREAD_COLOR))
    if picture is None:
        return None
    factor = float(zoom) if zoom else SPACE_PX * picture.scale / picture.staves.space_px
    pixels = picture.straightened()
    rows, strips = np.nonzero(picture.staves.found)
    rng = Stream(0).child("contact sheet", path.name).generator()
    chosen = int(rng.integers(len(rows)))
    middle_y = rows[chosen] / picture.scale + 2 * picture.staves.space_px / picture.scale
    middle_x = (strips[chosen] + 0.5) / picture.staves.found.shape[1] * pixels.shape[1]
    width, height = round(WIDTH / factor), round(HEIGHT / factor)
    left = int(np.clip(middle_x - width / 2, 0, max(pixels.shape[1] - width, 0)))
    top = int(np.clip(middle_y - height / 2, 0, max(pixels.shape[0] - height, 0)))
    part = pixels[top : top + height, left : left + width]
    how = cv2.INTER_NEAREST if zoom else cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (WIDTH, HEIGHT), interpolation=how), np.uint8)


def main() -> None:
    """Writes the sheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("kind")
    parser.add_argument("output", type=Path)
    parser.add_argument("--zoom", type=int, default=0)
    options = parser.parse_args()
    columns = []
    for paths in (
        [picture.path for picture in real_pictures(options.kind)],
        sorted(options.folder.glob(f"{options.kind}_*.png")),
    ):
        cells = [made for path in paths if (made := cell(path, options.zoom)) is not None]
        columns.append([cv2.copyMakeBorder(one, 0, GAP, 0, GAP, cv2.BORDER_CONSTANT) for one in cells])
    rows = min(len(column) for column in columns)
    cv2.imwrite(str(options.output), np.hstack([np.vstack(column[:rows]) for column in columns]))


if __name__ == "__main__":
    main()
