"""How well a reader that is trained on our pages alone reads pages of real writers.

Run: `python benchmarks/reading/bench_reading.py [printed] [pen] [real-symbols] [mixed] [real-pages] [pen-pieces]
[real-symbols-pieces] [--seeds 2]`, with any of these sources of training, all with the same number of strips and steps;
`--seeds` readers are trained for each. Needs `../shared/data`, PyTorch, and for `real-symbols` and `mixed` the installed
bundle of MUSCIMA++. Ten minutes of one core for each reader.

The test is every strip of the writers in `HELD_OUT`. No symbols of theirs are used for training, and no option of a
source was chosen by this test; the population of the pen and of placement was fitted to all 38 writers.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
from errors import Errors
from reader import Reader
from strips import Strip, copied_music, drawn_strips, real_strips

import smashcima as sc
from smashcima.orchestration import ScoreModel

HELD_OUT = frozenset({"02", "05", "08", "11", "16", "22", "25", "29", "36", "40", "44", "47", "50"})
"""Each third writer of the data set."""

PIECES = "-pieces"
"""End of the name of a source whose music is that of the data set, as in real pages, instead of songs and compositions."""

SOURCES = ("printed", "pen", "real-symbols", "mixed", "pen-pieces", "real-symbols-pieces", "real-pages")
STRIPS, STEPS = 1100, 1800
SCORES = Path(__file__).resolve().parents[3] / "shared" / "data"


def model_of(source: str, part: int) -> ScoreModel:
    """The model of a source as it ships; `mixed` uses the pen for even parts and real symbols for odd ones."""
    if source == "printed":
        return sc.EngravedModel(seed=part)
    if source == "pen" or (source == "mixed" and part % 2 == 0):
        return sc.BaseHandwrittenModel(seed=1, hand="pen")
    return sc.BaseHandwrittenModel(seed=1, hand="muscima", exclude_writers=[f"W-{n}" for n in HELD_OUT])


def music(source: str) -> Iterator[sc.Score]:
    """Songs and composed pieces in turn, always the same ones; or the transcribed pieces of the data set again and again."""
    if source.endswith(PIECES):
        yield from cycle(copied_music())
    files = [SCORES / "tutorial" / "lc5003150.musicxml", *sorted((SCORES / "lieder").glob("*.mxl"))]
    songs = [sc.load_score(file).score for file in files[::3]]
    composer = sc.GrammarComposer()
    for number in range(10_000):
        yield songs[number % len(songs)]
        yield composer.compose(sc.Conditions(measures=24), np.random.default_rng(number))


def training(source: str, count: int = STRIPS) -> list[Strip]:
    """Strips to train with; each page by another writer."""
    if source == "real-pages":
        writers = {name.removeprefix("W-") for name in _writers()} - HELD_OUT
        found = list(real_strips(writers))
        return [found[i] for i in np.random.default_rng(1).permutation(len(found))[:count]]
    kept = Path(tempfile.gettempdir()) / f"smashcima-reading-{sc.__version__}-{source}-{count}.pickle"
    if kept.exists():
        return list(pickle.loads(kept.read_bytes()))
    models = [model_of(source.removesuffix(PIECES), part) for part in range(2)]
    strips: list[Strip] = []
    for number, score in enumerate(music(source)):
        model = models[number % 4 // 2]
        scene = model(score, index=number, pages=lambda pages, turn=number: {turn // 8 % pages})
        strips += drawn_strips(scene, str(number))
        if len(strips) >= count:
            break
    kept.write_bytes(pickle.dumps(strips[:count]))
    return strips[:count]


def _writers() -> list[str]:
    from muscima import page_names

    return sorted({"W-" + name.split("_W-")[1][:2] for name in page_names()})


def main() -> None:
    """Trains a reader for each source, and prints its errors by class of tokens."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sources", nargs="*", default=SOURCES, metavar="source")
    parser.add_argument(
        "--seeds", type=int, default=1, help="readers for each source, which differ in their start"
    )
    arguments = parser.parse_args()
    sources = arguments.sources
    test = list(real_strips(set(HELD_OUT)))
    sets = {source: training(source) for source in sources}
    vocabulary = sorted(
        {word for strips in (*sets.values(), test) for strip in strips for word in strip.text}
    )
    found: dict[str, Errors] = {}
    for source, strips in sets.items():
        found[source] = errors = Errors()
        for seed in range(1, arguments.seeds + 1):
            begin = time.process_time()
            reader = Reader(vocabulary, seed=seed)
            reader.train(strips, STEPS, rate=3e-3)
            own = Errors()
            for strip, read in zip(test, reader.read(test), strict=True):
                own.add(strip.text, read)
                errors.add(strip.text, read)
            minutes = (time.process_time() - begin) / 60
            print(f"{source}: {len(strips)} strips, {minutes:.0f} min, error {own.rate:.1%}", flush=True)
    read_once = sum(errors.tokens.values()) // arguments.seeds
    print(f"\n{len(test)} strips of {len(HELD_OUT)} writers, {read_once} tokens, {arguments.seeds} readers")
    print(f"{'class':16} {'tokens':>7} " + " ".join(f"{source:>13}" for source in found))
    for kind, count in errors.tokens.most_common():
        rates = " ".join(f"{each.rate_of(kind):13.1%}" for each in found.values())
        print(f"{kind:16} {count // arguments.seeds:7} {rates}")
    print(f"{'all':16} {read_once:7} " + " ".join(f"{e.rate:13.1%}" for e in found.values()))


if __name__ == "__main__":
    main()
