"""Judges generated images of music: distance to a reference, readability, diversity; see README.md.

python benchmarks/generation/bench_generation.py IMAGES --reference FOLDER [--reference-only 'scan*'] [--training FOLDER]
python benchmarks/generation/bench_generation.py PAGES --truth
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from adherence import adherence
from diversity import diversity
from histograms import divergence, muscima_counts, ratios
from ink import image_paths, read_gray
from readability import Reading, read_image, summary

if TYPE_CHECKING:
    from distances import Features

SPLITS = 1000
MUSCIMA = Path(__file__).resolve().parents[3] / "shared" / "data" / "muscima" / "MUSCIMA-pp_v2.0_dev.zip"
_COMMON = 0.01
"""Symbols that are at least this share of the target are listed."""


def report_readability(name: str, readings: list[Reading]) -> None:
    found = summary(readings)
    print(
        f"{name}: {found.images} images; with staves {found.with_staves:.0%}, groups of lines that are sound staves"
        f" {found.sound:.0%}, readable {found.readable:.0%}; a page has {found.staves:.1f} staves,"
        f" {found.systems:.1f} systems, {found.barlines:.1f} barlines"
    )


def report_distance(
    images: list[Features],
    reference: list[Features],
    training: list[Features] | None,
    scale: list[Features] | None,
) -> None:
    """Prints KID, FID and diversity; features are relative to `scale`, or else to the reference."""
    from distances import Standard, frechet_distance, kernel_distance, split_distances

    standard = Standard.of(reference if scale is None else scale)
    own, others = standard.applied(images), standard.applied(reference)
    found = kernel_distance(own, others)
    patches = [sum(map(len, each)) for each in (own, others)]
    print(
        f"  KID {found.value:.3f} (95 %: {found.low:.3f} to {found.high:.3f}), n = {found.images[0]} and {found.images[1]}"
    )
    print(f"  FID {frechet_distance(own, others):.1f}, n = {patches[0]} and {patches[1]} patches")
    if len(others) >= 4:
        halves = split_distances(others, SPLITS, np.random.default_rng(0))
        low, high = np.percentile(halves, [2.5, 97.5])
        print(
            f"  halves of the reference: KID {halves.mean():.3f} (95 % of splits: {low:.3f} to {high:.3f}),"
            f" n = {len(others) // 2} and {len(others) - len(others) // 2}"
        )
    known = None if training is None else standard.applied(training)
    spread = diversity(own, known)
    print(f"  nearest neighbours: within the set {spread.within:.2f}, the nearest pair {spread.least:.2f}")
    print(f"  within the reference {diversity(others).within:.2f}")
    if known is not None:
        print(
            f"  to the training images {spread.to_training:.2f}, within them {spread.within_training:.2f},"
            f" near copies {spread.near_copies:.0%}"
        )


def report_truth(paths: list[Path], readings: list[Reading]) -> None:
    """Prints what the JSON files beside pages say: the finder against the truth, texts, and symbols."""
    from truth import NOTHING, TrueStaff, compare

    facts = [json.loads(path.with_suffix(".json").read_bytes()) for path in paths]
    total = NOTHING
    for reading, each in zip(readings, facts, strict=True):
        total += compare(reading, [TrueStaff(**staff) for staff in each["staves"]])
    for name, counts in zip(("staves", "systems", "barlines"), total, strict=True):
        print(f"  {name}: precision {counts.precision:.1%}, recall {counts.recall:.1%} of {counts.there}")
    shares = adherence(each["faults"] for each in facts)
    print("  text followed: " + ", ".join(f"{name} {share:.0%}" for name, share in shares.items()))
    symbols = Counter[str]()
    for each in facts:
        symbols.update(each["symbols"])
    if MUSCIMA.is_file():
        target = muscima_counts(MUSCIMA)
        print(f"  symbols against MUSCIMA++: divergence {divergence(symbols, target):.3f} bits")
        rows = ratios(symbols, target, _COMMON).items()
        print("  " + ", ".join(f"{name} ×{ratio:.2f}" for name, ratio in rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("images", type=Path, help="folder of the images to be judged")
    parser.add_argument("--only", default="*", help="judge images whose names match this pattern")
    parser.add_argument("--reference", type=Path, help="folder of the images to compare with")
    parser.add_argument("--reference-only", default="*", help="compare with images that match this pattern")
    parser.add_argument("--training", type=Path, help="folder of the images that a model was trained on")
    parser.add_argument("--training-only", default="*")
    parser.add_argument(
        "--scale-by",
        type=Path,
        help="divide features by their deviation in these images, not in the reference",
    )
    parser.add_argument("--most", type=int, help="use this number of images of each folder at most")
    parser.add_argument("--longest", type=int, default=1024, help="scale the longer side of images to this")
    parser.add_argument(
        "--patch", type=int, default=256, help="side of the patches of which features are averaged"
    )
    parser.add_argument("--truth", action="store_true", help="the images are pages of make_pages.py")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    paths = image_paths(given.images, given.only)[: given.most]
    readings = [read_image(read_gray(path)) for path in paths]
    report_readability(str(given.images.name), readings)
    if given.truth:
        report_truth(paths, readings)
    if given.reference is None:
        return
    from feature_network import FeatureNetwork

    network = FeatureNetwork(given.threads)

    def features(folder: Path, pattern: str) -> list[Features]:
        chosen = image_paths(folder, pattern)[: given.most]
        return [network.features(read_gray(path), given.longest, given.patch) for path in chosen]

    images = features(given.images, given.only)
    reference = features(given.reference, given.reference_only)
    training = None if given.training is None else features(given.training, given.training_only)
    scale = None if given.scale_by is None else features(given.scale_by, "*")
    report_distance(images, reference, training, scale)


if __name__ == "__main__":
    main()
