"""Where and how the letters of a text are written: with the variation of their writer, on a baseline drawn by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.kernels import kernels_are_used
from smashcima.synthesis.text.letter_ink import lean_of
from smashcima.synthesis.text.pen_text_style import PenTextStyle

Floats = NDArray[np.float64]

_SIZE_JITTER = 0.02
_LETTER_WIDTH_JITTER = 0.035
_LETTER_HEIGHT_JITTER = 0.03
_LETTER_SLANT_JITTER = 0.028
_GAP_JITTER = 0.012
"""Standard deviations for an average writer; lengths in ems, slant as a ratio."""

_CLIMB_JITTER = 0.004
"""Standard deviation of the slope of lines of text."""

_RAREST = 2.2
"""Random numbers are clipped to this many standard deviations."""

_JOINT_HEIGHT = 0.2
"""Height of the fixed point when letters are slanted, in ems above the baseline: that of joints."""

_DRIFT_LENGTH = 11.0
"""Typical length of a wave of the baseline, in ems."""


class Manner:
    """How a writer varies letters: what `placed_letters` needs of the style."""

    def __init__(self, style: PenTextStyle) -> None:
        uneven = style.unevenness
        self.numbers = np.array(
            [
                _RAREST,
                _SIZE_JITTER * uneven,
                _LETTER_WIDTH_JITTER * uneven,
                _LETTER_HEIGHT_JITTER * uneven,
                _LETTER_SLANT_JITTER * uneven,
                _GAP_JITTER * uneven,
                style.drift,
                _DRIFT_LENGTH,
                style.climb,
                _CLIMB_JITTER * uneven,
                lean_of(style.width, style.slant_deg),
                _JOINT_HEIGHT,
            ]
        )
        self.place = _placing()
        """See `placed_letters`; asked for once, since that takes as long as placing the letters of a syllable."""


def placed_letters(
    measures: Floats,
    draws: Floats,
    manner: Floats,
    frame: Floats,
    variations: int,
    matrices: Floats,
    renderings: NDArray[np.int64],
) -> None:
    """Determines where and how the letters of a text are written.

    Args:
        measures: what is known of each letter, (n, 9); see `Setting.measures`.
        draws: five random numbers for each letter, and four more, (5n + 4).
        manner: how the writer varies letters, (12); see `Manner`.
        frame: x, y, em, and the scales of letters, of spaces and of all, (6).
        variations: the number of renderings of a letter.
        matrices: written: the matrix of each letter, (n, 6).
        renderings: written: the number of the rendering of each letter, (n).
    """
    *drawn, phase, length, climb, resize = np.clip(draws, -_RAREST, _RAREST).tolist()
    (
        _, resizing, widening, heightening, leaning, parting, drift, wave, slope_of_lines, climbing, lean,
        joint_height,
    ) = manner.tolist()  # fmt: skip
    x, y, em, across, of_spaces, scale = frame.tolist()
    wider_spaces = of_spaces - across
    if scale == 1.0:
        scale += resizing * resize
    line = _Line(
        amplitude=drift * em,
        frequency=2 * math.pi / (wave * (1.0 + 0.25 * length) * em),
        phase=3.0 * phase,
        slope=slope_of_lines + climbing * climb,
    )
    shift, wide_before, rendering = 0.0, 1.0, 0
    for index, measured in enumerate(measures.tolist()):
        at, rise, size, own_lean, spaces, own_em, end, entry, kind = measured
        wide, high, slanted, gap, pick = drawn[5 * index : 5 * index + 5]
        drop, slope = line.at(at)
        down = y + rise * scale + drop
        left = x + (at * across + spaces * wider_spaces) * scale
        if kind == 0:
            matrices[index] = scale, 0.0, 0.0, scale, left + shift, down
            continue
        wide = 1.0 + widening * wide
        high = 1.0 + heightening * high
        size *= scale
        if kind == 1:
            shift = 0.5 * shift + parting * gap * size
        else:
            # Joints of letters that were widened coincide.
            shift += size * across * ((wide_before - 1.0) * end - (wide - 1.0) * entry)
        wide_before = wide
        unit = size / own_em
        along_x, along_y = unit * wide * across, unit * high
        # Condensing must not change the slant.
        shear = -along_x * (own_lean + leaning * slanted) - lean * unit * (1 - across)
        right = left + shift + shear * joint_height * own_em
        matrices[index] = along_x, slope * along_x, shear, along_y, right, down
        # Never the rendering of the previous letter.
        rendering = (rendering + 1 + int(abs(pick) * 97.0) % (variations - 1)) % variations
        renderings[index] = rendering


def _placing() -> Callable[..., None]:
    """`placed_letters`, or the kernel with the same results."""
    if not kernels_are_used():
        return placed_letters
    from smashcima.synthesis.text.text_kernels import place_letters

    kernel: Callable[..., None] = place_letters
    return kernel


@dataclass(frozen=True, slots=True)
class _Line:
    """A handwritten baseline: a slow wave and a slope."""

    amplitude: float
    frequency: float
    phase: float
    slope: float
    """Slope of the baseline, positive if it rises."""

    def at(self, x: float) -> tuple[float, float]:
        """Offset of the baseline below its mean at x, and its slope."""
        angle = self.frequency * x + self.phase
        return (
            self.amplitude * math.sin(angle) - self.slope * x,
            self.amplitude * self.frequency * math.cos(angle) - self.slope,
        )
