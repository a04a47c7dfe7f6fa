"""Draws pages of music for the page classifier: scores of the music21 corpus by the models of Smashcima.

Run: `python benchmarks/page_classifier/score_pages.py FOLDER [COUNT] [FIRST]`. Page *i* depends on *i* alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import music21
import numpy as np

import smashcima as sc
from smashcima.errors import SmashcimaError
from smashcima.imaging import to_gray, write_image
from smashcima.loading import load_score
from smashcima.randomness import Stream

SEED = 12
COMPOSERS = (
    "bach",
    "beethoven",
    "haydn",
    "joplin",
    "monteverdi",
    "mozart",
    "schumann_robert",
    "trecento",
    "weber",
)
SCANS = ("clean", "scan", "photo", "photocopy", "bitonal", "old-manuscript")
PAGES = ("A4", "A4", "Letter", "240x300", "297x210", "A5")
MOST_MEASURES = 120
LEAST_SPACE_PX = 5.5
LEAST_BITONAL_SPACE_PX = 8.0
"""Thinner lines than at this size are lost in black and white."""


def corpus() -> list[Path]:
    """Scores of the corpus by several composers."""
    root = Path(music21.__file__).parent / "corpus"
    return [
        path
        for name in COMPOSERS
        for path in sorted((root / name).rglob("*"))
        if path.suffix in (".mxl", ".xml")
    ]


def draw_page(scores: list[Path], index: int) -> np.ndarray | None:
    """Page `index`, in gray; `None` if its staves would be too small to read."""
    rng = Stream.of_sample(SEED, index).generator()
    # Composers are drawn before their scores, since most of the corpus is four-part chorales.
    composer = str(rng.choice(COMPOSERS))
    path = scores[int(rng.choice([i for i, each in enumerate(scores) if composer in each.parts]))]
    common = {
        "seed": SEED,
        "dpi": float(rng.uniform(75, 170)),
        "page": str(rng.choice(PAGES)),
        "paper": "any" if rng.random() < 0.6 else "solid",
        "postprocessing": str(rng.choice(SCANS)),
        "staff_height_mm": float(rng.uniform(4.5, 8.5)),
    }
    is_bitonal = common["postprocessing"] in ("bitonal", "photocopy")
    least = LEAST_BITONAL_SPACE_PX if is_bitonal else LEAST_SPACE_PX
    if common["dpi"] * common["staff_height_mm"] / 4 / 25.4 < least:
        return None
    if rng.random() < 0.5:
        model: sc.BaseHandwrittenModel | sc.EngravedModel = sc.BaseHandwrittenModel(hand="pen", **common)
    else:
        model = sc.EngravedModel(
            music_font=str(rng.choice(["Leipzig", "Bravura", "Leland", "Petaluma"])), **common
        )
    loaded = load_score(path)
    first = int(rng.integers(max(1, len(loaded.score.measures) - MOST_MEASURES // 2)))
    part = loaded.score.slice(measures=range(first, first + MOST_MEASURES))
    scene = model(part, index=index, pages=lambda count: [int(rng.integers(count))])
    return to_gray(scene.compose_page(scene.pages[0]).bitmap)


def main() -> None:
    """Writes pages as JPEG, and names those that cannot be drawn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=300)
    parser.add_argument("first", type=int, nargs="?", default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    scores = corpus()
    for index in range(options.first, options.first + options.count):
        target = options.folder / f"{index:04}.jpg"
        if target.exists():
            continue
        try:
            page = draw_page(scores, index)
        except SmashcimaError as error:
            print(f"{index}: {error}")
            continue
        if page is not None:
            write_image(page, target, jpeg_quality=92)


if __name__ == "__main__":
    main()
