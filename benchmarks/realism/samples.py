"""Masks of glyphs with their class, drawn by glyph synthesizers or taken from real pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from real_masks import RealMask
from symbol_classes import CLASSES, REAL_NAMES

from smashcima.geometry import Contours
from smashcima.imaging import Outlines, rasterize
from smashcima.synthesis.interfaces import GlyphSynthesizer

STAFF_SPACE_PX = 28.8
"""Staff space of the real pages, in pixels."""

_CANVAS_PX = 1000
_MIDDLE_PX = 500.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Mask of a symbol with its class and writer."""

    name: str
    mask: NDArray[np.bool_]
    """(height_px, width_px), cropped to the ink."""
    staff_space_px: float
    writer: int


def draw_samples(synthesizers: Iterable[GlyphSynthesizer], per_class: int) -> list[Sample]:
    """Draws `per_class` glyphs of each class with each synthesizer, cycling through the labels of the class."""
    samples: list[Sample] = []
    for writer, synthesizer in enumerate(synthesizers):
        names: list[str] = []
        outlines: list[Contours] = []
        scales: list[float] = []
        for name, symbols in CLASSES.items():
            labels = [
                f"smufl::{symbol}" for symbol in symbols if synthesizer.supports_label(f"smufl::{symbol}")
            ]
            for index in range(per_class if labels else 0):
                label = labels[index % len(labels)]
                glyph = synthesizer.create_glyph(label)
                names.append(name)
                outlines.append(glyph.region.contours_in(glyph.space))
                scales.append(STAFF_SPACE_PX / synthesizer.staff_space_of(label))
        affines = [(scale, 0.0, 0.0, scale, _MIDDLE_PX, _MIDDLE_PX) for scale in scales]
        for window in rasterize(Outlines.of(outlines, affines), _CANVAS_PX, _CANVAS_PX):
            mask = crop(window.clear < 128)
            if mask.size:
                samples.append(Sample(names[window.shape], mask, STAFF_SPACE_PX, writer))
    return samples


def real_samples(masks: Iterable[RealMask], most_per_class: int, seed: int = 0) -> list[Sample]:
    """Real symbols of the classes of the benchmark; large classes are reduced evenly over all writers."""
    class_of = {real: name for name, reals in REAL_NAMES.items() for real in reals}
    found: dict[str, dict[int, list[RealMask]]] = defaultdict(lambda: defaultdict(list))
    for mask in masks:
        name = class_of.get(mask.name)
        if name is not None and mask.mask.any():
            found[name][mask.writer].append(mask)
    rng = np.random.default_rng(seed)
    samples: list[Sample] = []
    for name, by_writer in sorted(found.items()):
        left = most_per_class
        for done, (writer, own) in enumerate(sorted(by_writer.items(), key=lambda item: len(item[1]))):
            share = -(-left // (len(by_writer) - done))
            chosen = rng.permutation(len(own))[:share]
            left -= len(chosen)
            samples.extend(
                Sample(name, crop(own[i].mask), own[i].staff_space_px, writer) for i in np.sort(chosen)
            )
    return samples


def crop(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Removes empty rows and columns around the mask."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return mask[:0, :0]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
