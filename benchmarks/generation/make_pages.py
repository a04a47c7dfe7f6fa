"""Makes pages from random texts, with their truth, for the benchmark of generated pages.

python benchmarks/generation/make_pages.py OUT [--count 12] [--looks printed-scan ...] [--dpi 150]

Each look has a folder `OUT/LOOK` with images, and for each image a JSON file beside it: the text, what the finder should find, what
differs from the text in the score that music21 reads back, and the number of symbols by the classes of MUSCIMA++.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adherence import faults, read_score
from texts import LOOKS, random_description
from truth import staves_of

import smashcima as sc
from smashcima.randomness import Stream

VOCABULARY = "muscimapp2"


def make_page(model: sc.TextToScoreModel, look: str, index: int) -> tuple[Any, dict[str, Any]]:
    """The image of the first page of a random text, and what is known about it."""
    rng = Stream.of_sample(model.seed or 0, index).child("description").generator()
    description = random_description(rng, LOOKS[look])
    scene = model(description.text, index=index, pages=[0])
    image = scene.compose_page(scene.pages[0])
    document = sc.CocoExporter(sc.ClassSelection(VOCABULARY)).export(image)
    names = {category["id"]: category["name"] for category in document["categories"]}
    symbols = Counter(names[each["category_id"]] for each in document["annotations"])
    musicxml = sc.MusicXmlExporter().export_string(scene.score)
    return image, {
        "text": description.text,
        "caption": scene.caption,
        "faults": faults(description, read_score(musicxml)),
        "staves": [staff._asdict() for staff in staves_of(image)],
        "symbols": dict(sorted(symbols.items())),
        "description": asdict(description),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--looks", nargs="*", default=list(LOOKS), choices=list(LOOKS))
    parser.add_argument("--dpi", type=float, default=150)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for look in given.looks:
        folder = given.out / look
        folder.mkdir(parents=True, exist_ok=True)
        model = sc.TextToScoreModel(seed=given.seed, dpi=given.dpi, hand="pen")
        for index in range(given.count):
            image, facts = make_page(model, look, index)
            sc.write_image(image, folder / f"{index:03}.png")
            (folder / f"{index:03}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        print(look, given.count, flush=True)


if __name__ == "__main__":
    main()
