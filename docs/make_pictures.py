"""Makes the pictures of the README, the tutorials and the guides: `make pictures`.

The code of the pages writes the pictures, and this script scales them down; those of the README are cropped from the
results of its code. The same versions of the dependencies give the same files. Arguments select pages:
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

PICTURES = code_blocks.ROOT / "assets"

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class PagePictures:
    """Pictures to keep of those that the code of a page writes: widths in pixels by name."""

    page: str
    gray: dict[str, int] = field(default_factory=dict)
    colored: dict[str, int] = field(default_factory=dict)
    photographs: dict[str, int] = field(default_factory=dict)
    """Stored as JPEG; all others as PNG."""


PAGES = {
    "tutorial-1": PagePictures(
        "tutorials/1-producing-music-notation-images.md",
        gray={"printed": 600},
        colored={"page_1": 600, "page_2": 600, "measure": 640, "staff": 1000, "built": 800},
        photographs={"photographed": 660},
    ),
    "tutorial-2": PagePictures(
        "tutorials/2-changing-background-texture.md",
        gray={"white": 900},
        photographs={"parchment": 900, "yellow": 900, "pasted": 900, "aged": 900, "tiled": 900},
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
        photographs={"photo": 900, "strengths": 700, "drips": 900, "wave": 900, "truth": 900},
    ),
    "tutorial-5": PagePictures(
        "tutorials/5-ground-truth.md",
        colored={"masks": 900},
        photographs={"labels": 1250, "links": 900, "coco": 900, "system": 900, "photo": 900},
    ),
    "tutorial-6": PagePictures(
        "tutorials/6-single-staves.md",
        colored={"staff": 1000, "outlines": 1000, "neighbours": 1000, "page": 1000},
        photographs={"scans": 760},
    ),
    "tutorial-8": PagePictures(
        "tutorials/8-music-out-of-thin-air.md",
        gray={"song": 1000, "signs": 1000},
        photographs={"nocturne": 720},
    ),
    "tutorial-7": PagePictures("tutorials/7-generating-a-dataset.md", gray={"preview": 1000}),
    "mashcima-1.0": PagePictures(
        "docs/mashcima-1.0.md",
        gray={"beauty": 1000, "training": 1000, "neighbours": 1000},
        colored={"truth": 1000},
    ),
    "handwriting": PagePictures(
        "docs/handwriting.md",
        colored={"twenty": 1600, "presets": 1000, "historical": 1000, "ink": 1000, "tools": 1000},
    ),
    "primus": PagePictures("docs/primus.md", colored={"staves": 900}),
    "sharpeye": PagePictures("docs/sharpeye.md", gray={"seen": 900}),
    "text-to-score": PagePictures("docs/text-to-score.md", photographs={"six": 1200}),
}
"""Pictures of pages, by the name of their folder in `assets`."""


def main() -> None:
    """Makes the pictures of the pages given as arguments, or of all pages."""
    wanted = sys.argv[1:] or ["readme", *PAGES]
    for name in wanted:
        if name == "readme":
            make_readme_pictures(PICTURES / name)
        else:
            make_page_pictures(PAGES[name], PICTURES / name)


def make_readme_pictures(folder: Path) -> None:
    """Makes pictures of the page that the README renders, and of two of its measures with outlines."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        made = code_blocks.run_page(code_blocks.ROOT / "README.md", Path(place))
    image, truth, scene = made["image"], made["overlay"], made["scene"]
    assert isinstance(image, sc.ImageLayer)
    assert isinstance(truth, sc.ImageLayer)
    assert isinstance(scene, sc.MusicScene)
    write_photograph(scaled(image.bitmap, 760), folder / "page.jpg")

    measures = scene.pages[0].systems[1].measures
    boxes = [image.regions.of_object(measure) for measure in measures[:2]]
    left, top = boxes[0].pixel_box[:2]
    right, bottom = boxes[-1].pixel_box[2:]
    part = truth.bitmap[top - 70 : bottom + 125, left - 130 : right + 20]
    write_photograph(scaled(part, 1000), folder / "truth.jpg")


def make_page_pictures(pictures: PagePictures, folder: Path) -> None:
    """Runs the code of a page and stores its pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        code_blocks.run_page(code_blocks.ROOT / pictures.page, made)
        for name, width in pictures.gray.items():
            write_gray(scaled(cv2.imread(str(made / f"{name}.png")), width), folder / f"{name}.png")
        for name, width in pictures.colored.items():
            write_colored(scaled(cv2.imread(str(made / f"{name}.png")), width), folder / f"{name}.png")
        for name, width in pictures.photographs.items():
            write_photograph(scaled(cv2.imread(str(made / f"{name}.png")), width), folder / f"{name}.jpg")
        for drawing in sorted(made.glob("*.svg")):
            write(part_of_drawing(drawing), folder / "svg.png")


def part_of_drawing(path: Path) -> Image:
    """Renders the second system of an SVG file of the example."""
    drawn = resvg_py.svg_to_bytes(svg_path=str(path), background="#ffffff", dpi=150, skip_system_fonts=True)
    picture = cv2.imdecode(np.frombuffer(bytes(drawn), np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    part: Image = picture[height * 30 // 100 : height * 52 // 100, : width * 70 // 100]
    return part


def scaled(picture: Image, width: int) -> Image:
    """Scales a picture to a width in pixels and removes its opacity."""
    height = round(picture.shape[0] * width / picture.shape[1])
    small: Image = cv2.resize(picture[:, :, :3], (width, height), interpolation=cv2.INTER_AREA)
    return small


def write_gray(picture: Image, path: Path) -> None:
    """Writes a picture in 16 shades of grey, which takes a third of the space."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float64)
    write((np.round(gray / 17) * 17).astype(np.uint8), path)


def write_colored(picture: Image, path: Path) -> None:
    """Writes a picture in 16 shades of each colour channel."""
    write((np.round(picture.astype(np.float64) / 17) * 17).astype(np.uint8), path)


def write_photograph(picture: Image, path: Path) -> None:
    """Writes a picture with grain as JPEG."""
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 85])


def write(picture: Image, path: Path) -> None:
    """Writes a PNG file with the highest compression."""
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
