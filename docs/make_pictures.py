"""Makes the pictures of the README and of the tutorials: `make pictures`.

Those of a tutorial are what its own code writes, made small; those of the README are made here. The same versions of
the dependencies give the same files.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import code_blocks
import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray

import smashcima as sc
from smashcima.scene.visual import VisualObject

README_PICTURES = code_blocks.ROOT / "assets" / "readme"
TUTORIAL = code_blocks.ROOT / "tutorials" / "1-producing-music-notation-images.md"
TUTORIAL_PICTURES = code_blocks.ROOT / "assets" / "tutorial-1"

Image = NDArray[np.uint8]

COLORS = {
    "notehead": (60, 60, 220),
    "stem": (200, 130, 0),
    "beam": (160, 30, 160),
    "lyric": (40, 140, 40),
    "accidental": (0, 140, 230),
    "slur": (150, 150, 0),
    "gClef": (190, 80, 30),
    "staffLine": (170, 170, 170),
}
"""BGR, for labels that begin so; all others stay black."""


def main() -> None:
    """Makes all pictures."""
    make_readme_pictures(README_PICTURES)
    make_tutorial_pictures(TUTORIAL_PICTURES)


def make_readme_pictures(folder: Path) -> None:
    """The first page of the example, and a part of it with everything in the colour of its label."""
    folder.mkdir(parents=True, exist_ok=True)
    scene = sc.BaseHandwrittenModel(seed=1)(code_blocks.EXAMPLE)
    image = scene.compose_page(scene.pages[0])
    write_gray(scaled(image.bitmap, 800), folder / "page.png")

    measures = scene.pages[0].systems[1].measures
    boxes = [image.regions.of_object(measure) for measure in measures[:2]]
    left, top = boxes[0].pixel_box[:2]
    right, bottom = boxes[-1].pixel_box[2:]
    colored = in_colors(image)[top - 70 : bottom + 125, left - 130 : right + 20]
    write(with_legend(scaled(colored, 1000)), folder / "regions.png")


def make_tutorial_pictures(folder: Path) -> None:
    """What the code of the tutorial writes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        code_blocks.run_page(TUTORIAL, made)
        for name, width in (
            ("page_1", 600),
            ("page_2", 600),
            ("printed", 600),
            ("staff", 1000),
            ("built", 800),
        ):
            write_gray(scaled(cv2.imread(str(made / f"{name}.png")), width), folder / f"{name}.png")
        write(scaled(cv2.imread(str(made / "measure.png")), 640), folder / "measure.png")
        drawn = resvg_py.svg_to_bytes(
            svg_path=str(made / "page_1.svg"), background="#ffffff", dpi=150, skip_system_fonts=True
        )
        picture = cv2.imdecode(np.frombuffer(bytes(drawn), np.uint8), cv2.IMREAD_COLOR)
        height, width = picture.shape[:2]
        write(picture[height * 30 // 100 : height * 52 // 100, : width * 70 // 100], folder / "svg.png")


def in_colors(image: sc.ImageLayer) -> Image:
    """The picture with the ink of everything in the colour of its label: each region is a mask that says where."""
    picture = image.bitmap[:, :, :3].astype(np.float64)
    ink = 1 - picture / 255
    for region in image.regions:
        color = COLORS.get(group_of(region.label) or "")
        left, top, right, bottom = region.pixel_box
        if color is None or not isinstance(region.scene_object, VisualObject) or right <= left:
            continue
        mask = np.zeros((bottom - top, right - left), np.uint8)
        outlines = [np.round(ring - (left, top)).astype(np.int32) for ring in region.rings]
        cv2.fillPoly(mask, outlines, 255)
        cv2.polylines(mask, outlines, True, 255, 2)
        part = (slice(top, bottom), slice(left, right))
        painted = 255 - ink[part] * (255 - np.array(color, np.float64))
        picture[part] = np.where(mask[:, :, None] > 0, painted, picture[part])
    return picture.round().astype(np.uint8)


def group_of(label: str) -> str | None:
    """The key in `COLORS` for a label such as `smufl::noteheadBlack`."""
    name = label.rpartition(":")[2]
    return next((key for key in COLORS if name.startswith(key)), None)


def with_legend(picture: Image) -> Image:
    """The picture above a line that names the colours."""
    width = picture.shape[1]
    legend = np.full((44, width, 3), 255, np.uint8)
    step = width / len(COLORS)
    for place, name in enumerate(COLORS):
        left = int(place * step) + 8
        cv2.rectangle(legend, (left, 16), (left + 14, 30), COLORS[name], -1)
        cv2.putText(
            legend, name, (left + 20, 28), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40), 1, cv2.LINE_AA
        )
    return np.concatenate([picture, legend])


def scaled(picture: Image, width: int) -> Image:
    """The picture at a width in pixels, without opacity."""
    height = round(picture.shape[0] * width / picture.shape[1])
    small: Image = cv2.resize(picture[:, :, :3], (width, height), interpolation=cv2.INTER_AREA)
    return small


def write_gray(picture: Image, path: Path) -> None:
    """Writes a picture in 16 shades of grey, which take a third of the space."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float64)
    write((np.round(gray / 17) * 17).astype(np.uint8), path)


def write(picture: Image, path: Path) -> None:
    """Writes a PNG file as small as it gets."""
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
