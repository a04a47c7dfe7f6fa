"""Classifier of symbols by shape and size: a support vector machine and extremely randomised trees."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from samples import Sample
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

_SIDE = 32
_CELL = 8
_ORIENTATIONS = 8
_SIZE_WEIGHT = 6.0
"""Weight of the few size features relative to the hundreds of shape features."""


class SymbolClassifier:
    """Classifier of symbols, trained on samples."""

    def __init__(self, seed: int = 0) -> None:
        self._machine = make_pipeline(StandardScaler(), SVC(C=10.0, gamma="scale", class_weight="balanced"))
        self._trees = ExtraTreesClassifier(
            300, class_weight="balanced", max_features="sqrt", random_state=seed, n_jobs=1
        )

    def fit(self, samples: Sequence[Sample]) -> SymbolClassifier:
        """Trains on the samples."""
        x, y = features(samples), [sample.name for sample in samples]
        self._machine.fit(x, y)
        self._trees.fit(x, y)
        return self

    def predict(self, samples: Sequence[Sample]) -> NDArray[np.str_]:
        """Class of each sample with the highest sum of the probabilities of both models."""
        x = features(samples)
        margins = self._machine.decision_function(x)
        likely = np.exp(margins - margins.max(axis=1, keepdims=True))
        opinion = likely / likely.sum(axis=1, keepdims=True) + self._trees.predict_proba(x)
        return np.asarray(self._trees.classes_[opinion.argmax(axis=1)])


def features(samples: Sequence[Sample]) -> NDArray[np.float32]:
    """(n, k): blurred image of the shape, histogram of edge directions, size in staff spaces."""
    return np.stack([_features_of(sample) for sample in samples])


def _features_of(sample: Sample) -> NDArray[np.float32]:
    mask = sample.mask.astype(np.float32)
    height, width = mask.shape
    scale = (_SIDE - 4) / max(height, width)
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    small = cv2.resize(mask, (w, h), interpolation=cv2.INTER_AREA)
    picture = np.zeros((_SIDE, _SIDE), np.float32)
    top, left = (_SIDE - h) // 2, (_SIDE - w) // 2
    picture[top : top + h, left : left + w] = small
    blurred = cv2.GaussianBlur(picture, (0, 0), 1.0)
    pixels = cv2.resize(blurred, (16, 16), interpolation=cv2.INTER_AREA).ravel()
    unit = sample.staff_space_px
    ink = float(mask.sum()) / unit**2
    box = np.array([width / unit, height / unit])
    size = np.array([*np.log(box), np.log(box[0] / box[1]), np.log(ink), ink / box.prod()], np.float32)
    return np.concatenate([pixels, _directions(blurred), np.repeat(size, int(_SIZE_WEIGHT))])


def _directions(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Histograms of edge directions in cells of the image."""
    dx = cv2.Sobel(picture, cv2.CV_32F, 1, 0)
    dy = cv2.Sobel(picture, cv2.CV_32F, 0, 1)
    strength = np.hypot(dx, dy)
    bins = np.floor((np.arctan2(dy, dx) / (2 * np.pi) % 1.0) * _ORIENTATIONS).astype(int) % _ORIENTATIONS
    layers = np.stack([np.where(bins == k, strength, 0) for k in range(_ORIENTATIONS)])
    cells = layers.reshape(_ORIENTATIONS, _SIDE // _CELL, _CELL, _SIDE // _CELL, _CELL).sum(axis=(2, 4))
    cells = np.sqrt(cells / (cells.sum() + 1e-6))
    return cells.ravel().astype(np.float32)
