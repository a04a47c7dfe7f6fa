"""Makes the pictures of the README, the tutorials and the guides: `make pictures`.

Those of a tutorial or guide are what its own code writes, made small; those of the README are made here. The same
versions of the dependencies give the same files. With names as arguments, only these are made:
`python docs/make_pictures.py readme tutorial-2`.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import code_blocks
import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray

import smashcima as sc
from smashcima.scene.visual import VisualObject

PICTURES = code_blocks.ROOT / "assets"

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


@dataclass(frozen=True)
class PagePictures:
    """What to keep of the pictures that the code of a page writes: names, and widths in pixels."""

    page: str
    gray: dict[str, int] = field(default_factory=dict)
    colored: dict[str, int] = field(default_factory=dict)
    photographs: dict[str, int] = field(default_factory=dict)
    """Kept as JPEG."""


PAGES = {
    "tutorial-1": PagePictures(
        "tutorials/1-producing-music-notation-images.md",
        gray={"printed": 600},
        colored={"page_1": 600, "page_2": 600, "measure": 640, "staff": 1000, "built": 800},
    ),
    "tutorial-2": PagePictures(
        "tutorials/2-changing-background-texture.md",
        gray={"white": 900},
        photographs={"yellow": 900, "pasted": 900, "aged": 900, "tiled": 900},
    ),
    "tutorial-3": PagePictures(
        "tutorials/3-using-custom-glyphs.md",
        gray={"charcoal": 600},
        colored={
            "circles": 1000,
            "heads": 1000,
            "presets": 1000,
            "made": 1000,
            "between": 1000,
            "placement": 1000,
            "leaning": 1000,
        },
    ),
    "tutorial-4": PagePictures(
        "tutorials/4-postprocessing.md",
        colored={"truth": 900},
        photographs={"photo": 900, "strengths": 700, "drips": 900, "wave": 900},
    ),
    "tutorial-5": PagePictures(
        "tutorials/5-ground-truth.md",
        colored={"masks": 900},
        photographs={"labels": 1250, "links": 900, "coco": 900, "system": 900, "photo": 900},
    ),
    "handwriting": PagePictures("docs/handwriting.md", colored={"twenty": 1600, "presets": 1000}),
}
"""By the name of the folder in `assets` that they lie in."""


def main() -> None:
    """Makes all pictures, or those that are asked for."""
    wanted = sys.argv[1:] or ["readme", *PAGES]
    for name in wanted:
        if name == "readme":
            make_readme_pictures(PICTURES / name)
        else:
            make_page_pictures(PAGES[name], PICTURES / name)


def make_readme_pictures(folder: Path) -> None:
    """The first page of the example, and a part of it with everything in the colour of its label."""
    folder.mkdir(parents=True, exist_ok=True)
    scene = sc.BaseHandwrittenModel(seed=1, writer=6)(code_blocks.EXAMPLE)
    image = scene.compose_page(scene.pages[0])
    write_colored(scaled(image.bitmap, 800), folder / "page.png")

    measures = scene.pages[0].systems[1].measures
    boxes = [image.regions.of_object(measure) for measure in measures[:2]]
    left, top = boxes[0].pixel_box[:2]
    right, bottom = boxes[-1].pixel_box[2:]
    colored = in_colors(image)[top - 70 : bottom + 125, left - 130 : right + 20]
    write(with_legend(scaled(colored, 1000)), folder / "regions.png")


def make_page_pictures(pictures: PagePictures, folder: Path) -> None:
    """What the code of a page writes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        code_blocks.run_page(code_blocks.ROOT / pictures.page, made)
        for name, width in pictures.gray.items():
            write_gray(scaled(cv2.imread(str(made / f"{name}.png")), width), folder / f"{name}.png")
        for name, width in pictures.colored.items():
            write_colored(scaled(cv2.imread(str(made / f"{name}.png")), width), folder / f"{name}.png")
        for name, width in pictures.photographs.items():
            picture = scaled(cv2.imread(str(made / f"{name}.png")), width)
            cv2.imwrite(str(folder / f"{name}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 85])
        for drawing in sorted(made.glob("*.svg")):
            write(part_of_drawing(drawing), folder / "svg.png")


def part_of_drawing(path: Path) -> Image:
    """The second line of music in an SVG file of the example."""
    drawn = resvg_py.svg_to_bytes(svg_path=str(path), background="#ffffff", dpi=150, skip_system_fonts=True)
    picture = cv2.imdecode(np.frombuffer(bytes(drawn), np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    part: Image = picture[height * 30 // 100 : height * 52 // 100, : width * 70 // 100]
    return part


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


def write_colored(picture: Image, path: Path) -> None:
    """Writes a picture in 16 shades of each colour."""
    write((np.round(picture.astype(np.float64) / 17) * 17).astype(np.uint8), path)


def write(picture: Image, path: Path) -> None:
    """Writes a PNG file as small as it gets."""
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
