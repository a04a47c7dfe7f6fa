"""Compares our pictures with real ones: a table of measures for each kind, and a classifier of patches.

Run: `our_pictures.py FOLDER`, then `bench_photos.py FOLDER [KIND...]`; needs scikit-learn. A classifier is trained on our
even pictures and the real ones of all sources but one, and tested on our odd pictures and the real ones of that source.
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
) -> tuple[list[tuple[str, bool, float]], dict[str, float]]:
    """Balanced accuracy for each source, which the classifier has not seen; and of our test patches, by sources of training."""
    pictures = real_pictures(kind)
    found = []
    sources = sorted({picture.source for picture in pictures})
    for source in sources:
        here = [rows for rows, picture in zip(real, pictures, strict=True) if picture.source == source]
        there = [rows for rows, picture in zip(real, pictures, strict=True) if picture.source != source]
        train = [row for rows in there for row in rows], [row for rows in ours[0::2] for row in rows]
        test = [row for rows in here for row in rows], [row for rows in ours[1::2] for row in rows]
        if not test[0] or not train[0]:
            continue
        model = make_pipeline(
            StandardScaler(), LogisticRegression(C=0.003, class_weight="balanced", max_iter=400)
        )
        model.fit(np.array(train[0] + train[1]), np.repeat([1, 0], [len(train[0]), len(train[1])]))
        truth = np.repeat([1, 0], [len(test[0]), len(test[1])])
        accuracy = balanced_accuracy_score(truth, model.predict(np.array(test[0] + test[1])))
        held_out = next(picture.is_held_out for picture in pictures if picture.source == source)
        found.append((source, held_out, float(accuracy)))
    held = [accuracy for _, is_held, accuracy in found if is_held]
    return found, {
        "all sources": float(np.mean([accuracy for *_, accuracy in found])),
        "held out": float(np.mean(held)),
    }


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
            for source, held_out, accuracy in found:
                print(f"  {accuracy:.2f}  {source}{' (held out)' if held_out else ''}")
            print(f"  {kind}: " + ", ".join(f"{name} {value:.2f}" for name, value in means.items()))


if __name__ == "__main__":
    main()
