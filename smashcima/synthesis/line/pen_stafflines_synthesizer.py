"""Staff lines of handwritten pages: preprinted, or ruled with a rastrum (a pen of five points)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point
from smashcima.scene.visual import ColorBGRA, InkLoad, LineGlyph, SmashcimaLabels
from smashcima.synthesis.interfaces import StafflinesSynthesizer
from smashcima.synthesis.line.ruled_lines import ruled_lines
from smashcima.synthesis.pen import PenWriterDomain, ink_color
from smashcima.synthesis.pen.ink import ruling_medium, thinned

_STEP = 6.0
"""Distance of samples in mm. Lines ruled with a ruler do not bend more often."""

_WAVES = np.array([1.0, 0.8, 0.6, 0.45, 0.3, 0.2])
"""Amplitudes of the bends that all five lines share, by number of half waves along the staff."""

_OWN = 0.12
"""Amplitude of the bends of each line, relative to those that all share."""

_MOST_BEND = 0.09
"""Largest distance in mm of bent lines from straight ones: together with what notes stray, less than half a step."""

_RULED_WIDTH = 0.17
"""Thickness in mm of lines ruled with a rastrum."""

MACHINE_INK: ColorBGRA = (38, 36, 36, 255)


class PenStafflinesSynthesizer(StafflinesSynthesizer):
    """Draws straight lines of one thickness, or, for writers with a rastrum, lines that wobble together."""

    RECIPE_OPTIONS: tuple[str, ...] = ("color", "line_thickness")

    def __init__(
        self, writers: PenWriterDomain, rng: np.random.Generator, color: ColorBGRA = MACHINE_INK
    ) -> None:
        """`writers` is the style domain of writers, `rng` draws the variation between staves, and `color` is that of
        preprinted lines.
        """
        self._writers = writers
        self._rng = rng
        self.color = color

    def create_lines(self, length: float, offsets: Sequence[float], thickness: float) -> list[LineGlyph]:
        writer = self._writers.writer
        wobble = writer.rastrum
        count = max(2, int(length / _STEP) + 1) if wobble > 0 else 2
        part = np.linspace(0.0, 1.0, count)
        common = np.zeros(count)
        own = np.zeros((len(offsets), count))
        halves = np.full((len(offsets), count), thickness / 2)
        color = self.color
        if wobble > 0:
            waves = np.cos(np.pi * np.arange(1, len(_WAVES) + 1)[:, np.newaxis] * part)
            draws = np.clip(self._rng.standard_normal((2 * len(offsets) + 1, len(_WAVES))), -2.5, 2.5)
            common = wobble * (draws[0] * _WAVES) @ waves
            # Writers follow bent lines with their notes; placement, which knows straight ones, follows small bends only.
            limit = min(1.0, _MOST_BEND / max(float(np.abs(common).max()), 1e-9))
            common *= limit
            own = limit * _OWN * wobble * draws[1 : len(offsets) + 1] @ waves
            # The five points do not hold the same amount of ink.
            flow = self._rng.normal(1.0, 0.12, (len(offsets), 1))
            halves = np.clip(flow + 0.06 * draws[len(offsets) + 1 :] @ waves, 0.5, 1.6) * _RULED_WIDTH / 2
            color = ink_color(writer, self._rng.standard_normal())
        centres = np.array(offsets)[:, np.newaxis] + common + own
        ends = np.zeros((len(offsets), count))
        if wobble > 0 and writer.scribe is not None:
            scribe = writer.scribe
            color = thinned(color, scribe.ruling_opacity, scribe.ruling_warmth)
            load = InkLoad(ruling_medium(scribe), color, 1.0, 1.0 - 0.4 * min(scribe.ruling_dryness, 1.0))
            outlines = ruled_lines(length, list(centres), part, scribe, self._rng)
        else:
            load = None
            if wobble > 0:
                ends[:, [0, -1]] = self._rng.normal(0.0, 0.25, (len(offsets), 2))
            outlines = [Contours((ring,)) for ring in _rings(part * length + ends, centres, halves)]
        glyphs = []
        for outline, (first, last) in zip(outlines, centres[:, [0, -1]].tolist(), strict=True):
            line = _line_of(outline, length, first, last, color)
            if load is not None:
                line.paths[0].load = load
            glyphs.append(line)
        return glyphs


def _rings(
    x: NDArray[np.float64], y: NDArray[np.float64], halves: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The outlines of bands around lines, (lines, points, 2): above them from left to right, and below them back."""
    there, back = np.stack([x, y - halves], axis=2), np.stack([x, y + halves], axis=2)
    return np.concatenate([there, back[:, ::-1]], axis=1)


def _line_of(outline: Contours, length: float, start_y: float, end_y: float, color: ColorBGRA) -> LineGlyph:
    """A staff line from x = 0 to `length`."""
    start, end = Point(0.0, start_y), Point(length, end_y)
    return LineGlyph.from_contours_along(SmashcimaLabels.staffLine, outline, None, start, end, color)
