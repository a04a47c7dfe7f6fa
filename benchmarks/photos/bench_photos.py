"""Compares our pictures with real ones: a table of measures for each kind, and a classifier of patches.

Run: `our_pictures.py FOLDER`, then `bench_photos.py FOLDER [KIND...]`; needs scikit-learn. A classifier is trained on a
half of our pictures and the real ones of all sources but one, and tested on the other half and the real ones of that source.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from patches import features_of, patches_of
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sources import KINDS, real_pictures

from smashcima.datasets.curation.picture_measures import NAMES, measure_picture

SPLITS = 6
"""Number of random halves of our pictures."""


def rows_of(path: Path) -> tuple[np.ndarray | None, np.ndarray]:
    """Measures of a picture, and features of its patches."""
    measures = measure_picture(cv2.imread(str(path), cv2.IMREAD_COLOR))
    numbers = None if measures is None else np.array([getattr(measures, name) for name in NAMES])
    return numbers, np.array([features_of(patch) for patch in patches_of(path)])


def print_measures(real: list[np.ndarray | None], ours: list[np.ndarray | None]) -> None:
    """Prints medians and 5th to 95th percentiles."""
    print(f"{'measure':<26}{'real':>28}{'ours':>28}")
    both = [np.array([row for row in rows if row is not None]) for rows in (real, ours)]
    for column, name in enumerate(NAMES):
        cells = [np.quantile(rows[:, column], [0.5, 0.05, 0.95]) for rows in both]
        texts = [f"{middle:.3g} [{low:.3g}, {high:.3g}]" for middle, low, high in cells]
        print(f"{name:<26}{texts[0]:>28}{texts[1]:>28}")


def told_apart(
    kind: str, real: list[np.ndarray], ours: list[np.ndarray]
) -> tuple[list[tuple[str, bool, float, float]], dict[str, float]]:
    """For each source, which the classifier has not seen, whether it is held out, the balanced accuracy as a mean over `SPLITS`
    halves of our pictures, and its standard deviation; and the means over sources.
    """
    pictures = real_pictures(kind)
    ours = [rows for rows in ours if len(rows)]
    found = []
    for source in sorted({picture.source for picture in pictures}):
        here = [rows for rows, picture in zip(real, pictures, strict=True) if picture.source == source]
        there = [rows for rows, picture in zip(real, pictures, strict=True) if picture.source != source]
        if not any(map(len, here)) or not any(map(len, there)):
            continue
        accuracies = []
        for split in range(SPLITS):
            order = np.random.default_rng(split).permutation(len(ours))
            first, second = order[: len(ours) // 2], order[len(ours) // 2 :]
            train = [*filled(there), *(ours[index] for index in first)]
            test = [*filled(here), *(ours[index] for index in second)]
            is_real = len(filled(there)) * [1] + len(first) * [0], len(filled(here)) * [1] + len(second) * [0]
            accuracies.append(accuracy(train, is_real[0], test, is_real[1]))
        held_out = next(picture.is_held_out for picture in pictures if picture.source == source)
        found.append((source, held_out, float(np.mean(accuracies)), float(np.std(accuracies))))
    held = [mean for _, is_held, mean, _ in found if is_held]
    return found, {
        "all sources": float(np.mean([mean for _, _, mean, _ in found])),
        "held out": float(np.mean(held)),
    }


def filled(pictures: list[np.ndarray]) -> list[np.ndarray]:
    """Those in which staves were found."""
    return [rows for rows in pictures if len(rows)]


def accuracy(
    train: list[np.ndarray], train_labels: list[int], test: list[np.ndarray], test_labels: list[int]
) -> float:
    """Balanced accuracy on the patches of some pictures of a classifier trained on those of others."""
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=0.003, class_weight="balanced", max_iter=400)
    )
    model.fit(np.concatenate(train), np.repeat(train_labels, [len(rows) for rows in train]))
    truth = np.repeat(test_labels, [len(rows) for rows in test])
    return float(balanced_accuracy_score(truth, model.predict(np.concatenate(test))))


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", default=list(KINDS))
    options = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        for kind in options.kinds:
            paths = [picture.path for picture in real_pictures(kind)]
            ours = sorted(options.folder.glob(f"{kind}_*.png"))
            rows = list(pool.map(rows_of, [*paths, *ours]))
            print(f"\n{kind}: {len(paths)} real pictures, {len(ours)} of ours")
            measures = [each[0] for each in rows]
            print_measures(measures[: len(paths)], measures[len(paths) :])
            features = [each[1] for each in rows]
            found, means = told_apart(kind, features[: len(paths)], features[len(paths) :])
            for source, held_out, mean, spread in found:
                print(f"  {mean:.2f} ± {spread:.2f}  {source}{' (held out)' if held_out else ''}")
            print(f"  {kind}: " + ", ".join(f"{name} {value:.2f}" for name, value in means.items()))


if __name__ == "__main__":
    main()
