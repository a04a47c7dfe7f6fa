"""Trains the page classifier of `smashcima curate`, tests it, and writes its numbers into the package.

Run: `score_pages.py FOLDER/score` and `other_pages.py FOLDER/other`, then `train.py FOLDER`; needs scikit-learn.
Tests on a quarter of the pages, whose scores may also be among the training pages in other writing, and on the real pages of
`../shared/data`, of which none is used for training.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
from degrading import degraded
from sklearn.neural_network import MLPClassifier

from smashcima.datasets.curation import classifier as module
from smashcima.datasets.curation.classifier import PageClassifier
from smashcima.datasets.curation.features import features_of
from smashcima.datasets.curation.page_pixels import PagePixels
from smashcima.randomness import Stream

SEED = 14
HIDDEN = 12
NETWORKS = 6
TESTED = 4
"""One page in this number is kept for the test."""

DEGRADED = {"score": 2, "other": 1}
"""Degraded versions of each page, so that the classes are about as large."""

DATA = Path(__file__).parents[2].parent / "shared" / "data"
TARGET = Path(module.__file__).with_name("page_classifier.json")


def described(path: Path) -> list[tuple[str, int, int, np.ndarray]]:
    """Name, class, version and features of a page: as drawn (version 0), and degraded."""
    page = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    kind = path.parent.name
    found = []
    for version in range(DEGRADED[kind] + 1):
        rng = Stream.of_sample(SEED + version, zlib.crc32(path.stem.encode())).generator()
        picture = degraded(page, rng) if version else page
        found.append((path.stem, int(kind == "score"), version, features_of(PagePixels.of(picture))))
    return found


def cached(folder: Path) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """The same, kept in `FOLDER/features.npz`."""
    path = folder / "features.npz"
    if not path.exists():
        paths = [each for kind in DEGRADED for each in sorted((folder / kind).glob("*.jpg"))]
        with ProcessPoolExecutor(4) as pool:
            names, kinds, versions, rows = zip(*chain.from_iterable(pool.map(described, paths)), strict=True)
        np.savez(
            path,
            names=np.array(names),
            kinds=np.array(kinds),
            versions=np.array(versions),
            rows=np.stack(rows),
        )
    stored = np.load(path)
    return stored["names"].tolist(), stored["kinds"], stored["versions"], stored["rows"]


def fit(rows: np.ndarray, kinds: np.ndarray) -> PageClassifier:
    """The mean of several networks trained on features and classes, as one network: their hidden units side by side."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    values = np.clip((rows - mean) / deviation, -6, 6)
    networks = []
    for number in range(NETWORKS):
        network = MLPClassifier(
            (HIDDEN,), alpha=3.0, max_iter=1000, random_state=SEED + number, solver="lbfgs"
        )
        networks.append(network.fit(values, kinds))
    hidden = (
        np.concatenate([network.coefs_[0] for network in networks], axis=1),
        np.concatenate([network.intercepts_[0] for network in networks]),
    )
    last = (
        np.concatenate([network.coefs_[1] for network in networks]) / NETWORKS,
        np.mean([network.intercepts_[1] for network in networks], axis=0),
    )
    return PageClassifier(mean, deviation, (hidden, last))


def real_pages() -> Iterator[Path]:
    """Real pages with music."""
    for pattern in ("photos/*.png", "photos/*.jpg", "muscima/images/*.png"):
        yield from sorted(DATA.glob(pattern))
    # The other pictures of PrIMuS have no staff lines.
    yield from sorted(path for path in DATA.glob("primus/*/*.png") if "." not in path.stem)


def main() -> None:
    """Trains, tests and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    names, kinds, versions, rows = cached(folder)
    is_test = np.array([zlib.crc32(name.encode()) % TESTED == 0 for name in names])
    classifier = PageClassifier.from_data(fit(rows[~is_test], kinds[~is_test]).to_data())
    chances = np.array([classifier.probability(row) for row in rows])
    right = (chances > 0.5) == (kinds == 1)
    print(f"training: {right[~is_test].mean():.2%} of {np.sum(~is_test)} pages")
    for said, which in (("as drawn", versions == 0), ("degraded", versions > 0)):
        print(f"held-out, {said}: {right[is_test & which].mean():.2%} of {np.sum(is_test & which)} pages")
    for name, kind, chance in zip(names, kinds, chances, strict=True):
        if (chance > 0.5) != kind:
            print(f"  wrong: {name} ({'score' if kind else 'other'}, {chance:.2f})")
    found = []
    for path in real_pages():
        page = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        found.append(classifier.probability(features_of(PagePixels.of(page))))
        if found[-1] < 0.5:
            print(f"  missed: {path.name} ({found[-1]:.2f})")
    if found:
        print(f"real: {np.mean(np.array(found) > 0.5):.2%} of {len(found)} pages")
    text = json.dumps(classifier.to_data(), separators=(",", ":"))
    TARGET.write_text(text.replace('"layers"', '\n"layers"') + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
