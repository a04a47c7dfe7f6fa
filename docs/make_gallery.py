"""Renders the pictures of the gallery from the recipes on its page: `python docs/make_gallery.py [NAME...]`.

The first line of each recipe is a comment with the music: the name of an example of the playground, or a staff in the
Mashcima language.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from code_blocks import without_assets

import smashcima as sc
from smashcima.imaging import on_white
from smashcima.web.scores import ScoreShelf

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "assets" / "gallery"

WIDTH_PX = 900
MOST_HEIGHT_PX = 620
"""Pages are cut below this height."""

_ENTRY = re.compile(
    r"^## (?P<title>.+)\n\n.+\n\n!\[.*\]\(\.\./assets/gallery/(?P<name>[\w-]+)\.jpg\)\n\n"
    r"```yaml\n# (?P<kind>score|staff): (?P<music>.+)\n(?P<recipe>(?:.+\n)+)```$",
    re.M,
)


class Entry(NamedTuple):
    """A picture with its recipe."""

    name: str
    title: str
    kind: str
    music: str
    recipe: str
    """YAML."""


def entries() -> list[Entry]:
    """All entries of the page."""
    found = _ENTRY.finditer(PAGE.read_text(encoding="utf-8"))
    return [Entry(each["name"], each["title"], each["kind"], each["music"], each["recipe"]) for each in found]


def recipe_of(entry: Entry) -> sc.Recipe:
    """The recipe of an entry."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "look.yaml"
        path.write_text(entry.recipe, encoding="utf-8")
        return sc.Recipe.load(path)


def picture_of(entry: Entry) -> np.ndarray:
    """The upper part of the page of an entry, as BGR."""
    model = recipe_of(entry).build()
    if entry.kind == "staff":
        scene = model(entry.music, index=0)
        image = scene.image()
    else:
        scene = model(ScoreShelf().example(entry.music).loaded[0], index=0, pages=[0])
        image = scene.compose_page(scene.pages[0])
    pixels = on_white(image.bitmap)
    height = round(pixels.shape[0] * WIDTH_PX / pixels.shape[1])
    return cv2.resize(pixels, (WIDTH_PX, height), interpolation=cv2.INTER_AREA)[:MOST_HEIGHT_PX]


def main(names: list[str]) -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as cache, without_assets(Path(cache)):
        for entry in entries():
            if not names or entry.name in names:
                path = PICTURES / f"{entry.name}.jpg"
                cv2.imwrite(str(path), picture_of(entry), [cv2.IMWRITE_JPEG_QUALITY, 80])
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1:])
