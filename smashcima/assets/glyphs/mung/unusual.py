"""Detection of masks that should not be sampled: torn, merged with other objects, or of unusual size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.end_points import LINE_LABELS
from smashcima.assets.glyphs.mask_stacks import stacked
from smashcima.scene.visual.labels import Label

_LEAST_INK_PX = 4

_ENOUGH = 8
"""Minimum number of glyphs of one label to estimate its usual sizes for a writer."""

_DEVIATIONS = 5.0
"""Robust standard deviations of the logarithm of a size beyond which it is unusual."""

_LEAST_RATIO = 1.5
"""Ratio to the median size up to which sizes are never unusual."""

_ABSURD_RATIO = 3.0
"""Ratio to the median size beyond which sizes are unusual, if there are too few glyphs for an estimate."""

_IN_PARTS = frozenset(
    "fClef cClef timeSig4 timeSig5 timeSig7 timeSigCutCommon keyboardPedalUp fermataAbove fermataBelow ornamentTrill letterSmallI letterSmallJ letterOther "
    "restWhole restHalf hairpin repeat1Bar extenderLine octaveLine volta tupletBracket ornament "
    "tremoloStroke arpeggioLine brace bracket wiggleTrill accidentalSharp accidentalNatural accidentalDoubleSharp "
    "accidentalDoubleFlat tuplet4 tuplet5 tuplet7 numeral4 numeral5 numeral7".split()
)
"""Names of symbols that are often written in several parts."""

_COMPACT = frozenset(
    "noteheadBlack noteheadBlackSmall augmentationDot repeatDot articStaccatoAbove articStaccatoBelow letterDot".split()
)
_LEAST_SOLIDITY = 0.66
"""Minimum fraction of ink in the convex hull of a filled notehead or dot. Noteheads written as a slanted stroke have
0.7; those merged with part of a stem or beam have less."""

_LEAST_SHARE = 0.98
"""Minimum fraction of ink in the largest part of a symbol written in one part."""


def mark_unusual(glyphs: Sequence[DrawnGlyph]) -> int:
    """Marks unusual glyphs of one writer as not usable; returns the number of all glyphs marked so, for any reason."""
    groups: dict[str, list[DrawnGlyph]] = defaultdict(list)
    for glyph in glyphs:
        groups[glyph.label].append(glyph)
        if np.count_nonzero(glyph.mask) < _LEAST_INK_PX or not _is_compact(glyph):
            glyph.usable = False
    for label, group in groups.items():
        # The length of a line depends on the music, so only its thickness is checked.
        measure = _thickness if label in LINE_LABELS and label != "smashcima::beamHook" else _size
        sizes = np.log([measure(glyph) for glyph in group])
        away = np.abs(sizes - np.median(sizes, axis=0))
        if len(group) >= _ENOUGH:
            spread = 1.4826 * np.median(away, axis=0)
            limit = np.maximum(_DEVIATIONS * spread, np.log(_LEAST_RATIO))
        else:
            limit = np.full(sizes.shape[1], np.log(_ABSURD_RATIO))
        for glyph, odd in zip(group, (away > limit).any(axis=1).tolist(), strict=True):
            if odd:
                glyph.usable = False
    return sum(not glyph.usable for glyph in glyphs)


def _size(glyph: DrawnGlyph) -> tuple[float, ...]:
    height, width = glyph.mask.shape
    return width / glyph.staff_space_px, height / glyph.staff_space_px


def _is_compact(glyph: DrawnGlyph) -> bool:
    """Whether a mask is compact, for labels whose shape is filled and compact; True for others."""
    import cv2

    if Label.of(glyph.label).name not in _COMPACT:
        return True
    edges, _ = cv2.findContours(glyph.mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    band = cv2.convexHull(np.concatenate(edges))
    # The hull runs through pixel centres; Pick's theorem gives the number of pixels inside and on it.
    most = cv2.contourArea(band) + cv2.arcLength(band, True) / 2 + 1
    return bool(np.count_nonzero(glyph.mask) >= _LEAST_SOLIDITY * most)


def _thickness(glyph: DrawnGlyph) -> tuple[float, ...]:
    if glyph.start is None or glyph.end is None:
        return (1.0,)
    length = max(float(np.hypot(glyph.end[0] - glyph.start[0], glyph.end[1] - glyph.start[1])), 1.0)
    return (np.count_nonzero(glyph.mask) / length / glyph.staff_space_px,)


def torn_masks(labels: Sequence[str], masks: Sequence[NDArray[np.uint8]]) -> list[bool]:
    """For each mask, whether it is one stroke in several pieces, as where staff lines were removed from the page."""
    import cv2

    torn = [False] * len(masks)
    checked = [index for index, label in enumerate(labels) if Label.of(label).name not in _IN_PARTS]
    for stack in stacked([masks[index] for index in checked]):
        outer, _ = cv2.findContours(stack.picture, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        places = stack.places([int(ring[0, 0, 1]) for ring in outer])
        pieces = np.bincount(places, minlength=len(stack.indices))
        for place in np.flatnonzero(pieces > 1).tolist():
            index = checked[stack.indices[place]]
            torn[index] = _is_in_pieces(masks[index])
    return torn


def _is_in_pieces(mask: NDArray[np.uint8]) -> bool:
    import cv2

    _, _, parts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = parts[1:, cv2.CC_STAT_AREA]
    return bool(areas.max() < _LEAST_SHARE * areas.sum())
