"""Draws the pages that are compared with real pictures.

Run: `python benchmarks/photos/our_pictures.py FOLDER [KIND...] [--count N]`. Picture *i* of a kind depends on *i* alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import music21
import numpy as np
from sources import KINDS

import smashcima as sc
from smashcima.imaging import write_image
from smashcima.loading import load_score
from smashcima.randomness import Stream

SEED = 17
MOST_MEASURES = 40
COMPOSERS = ("beethoven", "corelli", "haydn", "joplin", "mozart", "schubert", "schumann_robert", "weber")
"""Composers of the music21 corpus."""

FONTS = ("Leipzig", "Bravura", "Leland", "Gootville")
PRESETS: dict[str, tuple[str, ...]] = {
    "photo": ("photo",),
    "scan": ("scan",),
    "bitonal": ("bitonal",),
    "manuscript": ("old-manuscript",),
}


def scores() -> dict[str, list[Path]]:
    """The files of each composer."""
    root = Path(music21.__file__).parent / "corpus"
    return {
        name: [path for path in sorted((root / name).rglob("*")) if path.suffix in (".mxl", ".xml")]
        for name in COMPOSERS
    }


def printed(preset: str, options: dict[str, object], rng: np.random.Generator) -> sc.EngravedModel:
    """Model of printed pages: white or cream paper, and a font."""
    paper = str(rng.choice(["solid", "white-office", "white-office", "ivory-music"]))
    return sc.EngravedModel(music_font=str(rng.choice(FONTS)), paper=paper, postprocessing=preset, **options)


def manuscript(preset: str, options: dict[str, object], rng: np.random.Generator) -> sc.BaseHandwrittenModel:
    """Model of handwritten pages on old paper."""
    paper = str(rng.choice(["laid-18th-century", "aged", "cream-manuscript"]))
    return sc.BaseHandwrittenModel(hand="pen", paper=paper, postprocessing=preset, **options)


MODELS: dict[str, Callable[..., sc.EngravedModel | sc.BaseHandwrittenModel]] = {
    "photo": printed,
    "scan": printed,
    "bitonal": printed,
    "manuscript": manuscript,
}


def draw(kind: str, index: int, files: dict[str, list[Path]]) -> np.ndarray:
    """Picture `index` of a kind, BGRA."""
    rng = Stream.of_sample(SEED, index).generator()
    here = files[str(rng.choice(COMPOSERS))]
    path = here[int(rng.integers(len(here)))]
    preset = PRESETS[kind][index % len(PRESETS[kind])]
    options = {
        "seed": SEED,
        "page": str(rng.choice(["A4", "Letter", "240x310"])),
        "staff_height_mm": float(rng.uniform(5.5, 8)),
    }
    if kind == "bitonal":
        options["dpi"] = float(rng.choice([300, 300, 400]))
    model = MODELS[kind](preset, options, rng)
    loaded = load_score(path)
    first = int(rng.integers(max(1, len(loaded.score.measures) - MOST_MEASURES // 2)))
    part = loaded.score.slice(measures=range(first, first + MOST_MEASURES))
    scene = model(part, index=index, pages=0)
    return scene.compose_page(scene.pages[0]).bitmap


def main() -> None:
    """Writes PNG files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--count", type=int, default=32)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    files = scores()
    for kind in options.kinds:
        for index in range(options.count):
            write_image(draw(kind, index, files), options.folder / f"{kind}_{index:03}.png")


if __name__ == "__main__":
    main()
