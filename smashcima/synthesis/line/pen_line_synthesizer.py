"""Handwritten lines: stems, beams, barlines, ledger lines, hairpins, brackets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point, Vector2
from smashcima.scene.visual import (
    Glyph,
    LineGlyph,
    SmashcimaLabels,
)
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.interfaces import LinePen, LineSynthesizer, dash_polyline
from smashcima.synthesis.line.printed_line_synthesizer import DEFAULT_PEN, DEFAULT_PENS
from smashcima.synthesis.pen import LinePatterns, LineStrokes, PenWriter, PenWriterDomain, ink_color

_ORIGIN = Point(0.0, 0.0)

_BEAM_WIDTH = 0.875
"""Thickness in mm of an engraved beam for which the writer's beams have their usual thickness."""

_ENGRAVED_SCALE = 0.55
"""Least thickness of an engraved beam, relative to that; beams of grace notes."""

_THINNEST_BEAM = 0.85
"""Least thickness of a beam relative to a stem, for a stroke that is drawn fast."""

_THICK = 0.5
"""Engraved lines of at least this thickness in mm are heavy, such as the last stroke of a final barline."""

_THIN_WIDTH = 0.19
"""Thickness in mm of engraved lines for which the writer's pen has its usual width."""

_SPARES_PENS = 0.3
"""Exponent of handwritten over engraved thickness, since a person has one pen: twice the thickness becomes 2 ** 0.3
times."""

_COLOR_STOCK = 256

_INSET = 0.5
"""Distance from the start and end points at which the pen is set down and lifted, relative to the width of its stroke:
then the ink, with its round ends, reaches these points."""

_INSET_OF_STEMS = 0.25
"""The same for stems, which must reach their noteheads and beams."""

_WIDER = {
    SmashcimaLabels.legerLine.value: 1.09,
    "smufl::barlineSingle": 1.07,
    SmashcimaLabels.barlineStroke.value: 1.07,
    SmashcimaLabels.systemStart.value: 1.07,
    SmashcimaLabels.hairpin.value: 1.15,
}
"""Thickness relative to stems. Measured in MUSCIMA++: see `synthesis.pen.priors`."""

_STEM = "smufl::stem"

_SOLID = frozenset(
    {SmashcimaLabels.beam.value, SmashcimaLabels.beamHook.value, SmashcimaLabels.tremoloStroke.value}
)

_BOWS = {**dict.fromkeys(_SOLID, 3.1), _STEM: 2.2}
"""Factor on the bends of strokes that are drawn with care. Measured: beams bow by 0.018 of their length, stems by 0.020."""

_ENDS_FREE = frozenset({SmashcimaLabels.hairpin.value})

_CROSSING, _PARTING = 0.06, 0.25
"""Largest shift of an arm of a hairpin at its tip, relative to the opening: to the side of the other arm, which crosses
both near the tip, and away from it."""


def _apart(shift: float, opening: complex) -> complex:
    """The shift of an arm of a hairpin at the tip; `opening` points from the other arm to this one."""
    width = abs(opening)
    return opening / max(width, 1e-9) * min(max(shift, -_CROSSING * width), _PARTING * width)


class PenLineSynthesizer(LineSynthesizer):
    """Draws lines of every label with the pen of the writer of the sample.

    Start and end points are exact; the ink overshoots or stops short of them a little, and bends.
    """

    def __init__(self, writers: PenWriterDomain, rng: np.random.Generator) -> None:
        """`writers` is the style domain of writers; `rng` draws the variation between lines."""
        self._writers = writers
        self._rng = rng
        self._writer: PenWriter | None = None
        self._stocks: dict[str, LineStrokes] = {}
        self._patterns: LinePatterns | None = None
        self._colors: list[float] = []

    def begin_page(self, index: int) -> None:
        self._colors = []
        for stock in self._stocks.values():
            stock.start_over()

    def supports_label(self, label: LabelLike) -> bool:
        return True

    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        return self.create_line(label, delta, DEFAULT_PENS.get(label, DEFAULT_PEN))

    def create_line(self, label: str, delta: Vector2, pen: LinePen) -> LineGlyph:
        writer = self._begin()
        inset = _INSET_OF_STEMS if label == _STEM else _INSET
        contours = Contours(tuple(self._strokes(label, complex(delta.x, delta.y), pen, writer, inset)))
        color = ink_color(writer, self._color_draw())
        end = Point(delta.x, delta.y)
        return LineGlyph.from_contours_along(label, contours, None, _ORIGIN, end, color)

    def create_polyline(self, label: str, deltas: Sequence[Vector2], pen: LinePen) -> Glyph:
        writer = self._begin()
        rings = []
        corner = 0j
        steps = [complex(delta.x, delta.y) for delta in deltas]
        opening = -sum(steps)  # of a hairpin, from the end of its second stroke to the end of its first
        for index, step in enumerate(steps):
            start = corner
            corner = corner + step
            if label in _ENDS_FREE and len(steps) == 2:
                # Both strokes of a hairpin start at the tip, and need not meet there.
                tip, outwards = (corner, -step) if index == 0 else (start, step)
                miss = self._rng.normal(0.0, 1.0, 2) * (writer.joining * 12 + 0.02)
                origin = tip + _apart(0.6 * miss[0], opening if index == 0 else -opening)
                origin += outwards / max(abs(outwards), 1e-9) * abs(miss[1])
                rings += [
                    ring + (origin.real, origin.imag) for ring in self._strokes(label, outwards, pen, writer)
                ]
            else:
                rings += [ring + (start.real, start.imag) for ring in self._strokes(label, step, pen, writer)]
        return Glyph.from_contours(label, Contours(tuple(rings)), ink_color(writer, self._color_draw()))

    # -- strokes -------------------------------------------------------------------------------------------

    def _strokes(
        self, label: str, delta: complex, pen: LinePen, writer: PenWriter, inset: float = 0.0
    ) -> list[NDArray[np.float64]]:
        """The rings of a line that starts at the origin; `inset` is relative to the width of its strokes."""
        stock = self._stock(label, writer)
        if label in _SOLID or pen.cap == "vertical":
            return self._solid(stock, delta, pen.width, writer, inset)
        thin = writer.pen_width * writer.stem_width
        if pen.width >= _THICK:
            return self._filled(stock, delta, max(0.8 * pen.width, 1.5 * thin), thin, inset)
        width = thin * _WIDER.get(label, 1.0)
        if label not in _WIDER:
            width *= min(max(pen.width / _THIN_WIDTH, 0.25), 2.5) ** _SPARES_PENS
        if not pen.dashes:
            return [stock.take(delta, width, self._rng, inset * width)]
        rings = []
        for dash in dash_polyline(np.array([(0.0, 0.0), (delta.real, delta.imag)]), pen.dashes):
            (x0, y0), (x1, y1) = dash[[0, -1]].tolist()
            late, early = (self._rng.standard_normal(2) * 0.08).tolist()
            step = complex(x1 - x0, y1 - y0)
            start = complex(x0, y0) + step * late
            ring = stock.take(step * (1 - late + early), width, self._rng)
            rings.append(ring + (start.real, start.imag))
        return rings

    def _solid(
        self, stock: LineStrokes, delta: complex, width: float, writer: PenWriter, inset: float
    ) -> list[NDArray[np.float64]]:
        """A beam: one stroke of a thick pen, or several side by side; never thinner than the pen.

        A beam much thinner than an engraved one was already given its handwritten thickness by placement.
        """
        thin = writer.pen_width * writer.stem_width
        scale = width / _BEAM_WIDTH
        if scale < _ENGRAVED_SCALE:
            return self._filled(stock, delta, max(width, _THINNEST_BEAM * thin), 1.6 * thin, inset)
        pen_width = writer.beam_width / writer.beam_strokes
        width = max(writer.beam_width * min(scale, 1.6) ** 0.7, thin)
        return self._filled(stock, delta, width, pen_width, inset)

    def _filled(
        self, stock: LineStrokes, delta: complex, width: float, pen_width: float, inset: float
    ) -> list[NDArray[np.float64]]:
        """An area of thickness `width`, filled with as many strokes as the pen needs."""
        count = max(1, round(width / pen_width))
        if count == 1:
            return [stock.take(delta, width, self._rng, inset * width)]
        # Strokes overlap at slightly different angles.
        own = width / count * 1.35
        across = 1j * delta / max(abs(delta), 1e-9) * (width - own)
        rings = []
        for index in range(count):
            tilt = self._rng.normal(0.0, 0.08, 2)
            start = across * (index / (count - 1) - 0.5 + tilt[0])
            end = across * (index / (count - 1) - 0.5 + tilt[1])
            ring = stock.take(delta + end - start, own, self._rng, inset * own)
            rings.append(ring + (start.real, start.imag))
        return rings

    # -- what belongs to the writer ------------------------------------------------------------------------

    def _begin(self) -> PenWriter:
        """Returns the writer; discards the stock of a previous one."""
        if self._writer is not self._writers.writer:
            self._writer = self._writers.writer
            self._stocks, self._patterns = {}, None
            self._colors = []
        return self._writer

    def _stock(self, label: str, writer: PenWriter) -> LineStrokes:
        stock = self._stocks.get(label)
        if stock is None:
            sturdiness = 1.6 if label in _BOWS else 1.0
            if self._patterns is None:
                self._patterns = LinePatterns(writer)
            stock = LineStrokes(writer, label, sturdiness, _BOWS.get(label, 1.0), self._patterns)
            self._stocks[label] = stock
        return stock

    def _color_draw(self) -> float:
        if not self._colors:
            self._colors = self._rng.standard_normal(_COLOR_STOCK).tolist()
        return self._colors.pop()
