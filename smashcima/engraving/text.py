"""Texts on an engraved page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from smashcima.assets.fonts import text_heights, text_width
from smashcima.engraving.primitives import Primitive
from smashcima.engraving.symbol_boxes import Extent, SymbolBoxes, font_symbol_box
from smashcima.geometry import Point, Rectangle

_USUAL_ASCENT_EM, _USUAL_DESCENT_EM = 0.75, 0.25
"""Default ascent and descent of a line of text in em, independent of its characters."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one style on one baseline."""

    text: str
    font_size: float
    """Size of an em in mm."""
    family: str = "serif"
    """`serif`, or the name of a music font for symbols in the text."""
    italic: bool = False
    bold: bool = False
    origin: Point | None = None
    """Baseline point of a new chunk; `None` if the run continues at the end of the previous one."""
    anchor: Literal["start", "middle", "end"] = "start"
    """Point of the chunk that is placed at `origin`; only that of the chunk's first run is used."""
    letter_spacing: float = 0.0
    """Extra space after each character, in mm."""
    baseline_shift: float = 0.0
    """Displacement of the run above the baseline, in mm (positive for superscripts)."""

    @property
    def width(self) -> float:
        """Advance width in mm, as measured by the engraver."""
        return text_width(self.text, self.font_size, self.family, self.bold, self.italic, self.letter_spacing)

    @property
    def heights(self) -> tuple[float, float]:
        """Ascent and descent of the characters in mm, as measured by the engraver."""
        return text_heights(self.text, self.font_size, self.family, self.bold, self.italic)


@dataclass(frozen=True, slots=True)
class Text(Primitive):
    """Text set in a text font: lyrics, directions, titles, numbers. Its points are the origins of its chunks."""

    runs: tuple[TextRun, ...]

    @property
    def content(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)

    @property
    def chunks(self) -> list[list[TextRun]]:
        """The runs grouped into chunks, which are placed as a unit."""
        result: list[list[TextRun]] = []
        for run in self.runs:
            if run.origin is not None or not result:
                result.append([])
            result[-1].append(run)
        return result

    def coordinates(self) -> Sequence[float]:
        origins = (run.origin for run in self.runs)
        return [number for origin in origins if origin is not None for number in (origin.x, origin.y)]

    def with_coordinates(self, coordinates: Sequence[float]) -> Text:
        numbers = iter(coordinates)
        runs = [
            run if run.origin is None else replace(run, origin=Point(next(numbers), next(numbers)))
            for run in self.runs
        ]
        return replace(self, runs=tuple(runs))

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        """Approximate extent of the text, assuming that all chunks have the width of the last one and default height."""
        width = size = 0.0
        anchor = "start"
        for run in self.runs:
            if run.origin is not None:
                width, anchor = 0.0, run.anchor
            width += run.width
            size = max(size, run.font_size)
        before = _SHARE_BEFORE_ORIGIN[anchor] * width
        return (-before, -_USUAL_ASCENT_EM * size, width - before, _USUAL_DESCENT_EM * size)

    def sides(self) -> Extent:
        boxes = []
        for chunk in self.chunks:
            first = chunk[0]
            origin = first.origin or Point(0.0, 0.0)
            width = sum(run.width for run in chunk)
            left = origin.x - _SHARE_BEFORE_ORIGIN[first.anchor] * width
            top = bottom = origin.y
            for run in chunk:
                ascent, descent = run.heights
                baseline = origin.y - run.baseline_shift
                top, bottom = min(top, baseline - ascent), max(bottom, baseline + descent)
            boxes.append(Rectangle.from_sides(left, top, left + width, bottom))
        hull = Rectangle.hull(boxes)
        return (hull.left, hull.top, hull.right, hull.bottom)

    def resized(self, factor: float) -> Text:
        runs = [
            replace(
                run,
                font_size=run.font_size * factor,
                letter_spacing=run.letter_spacing * factor,
                baseline_shift=run.baseline_shift * factor,
            )
            for run in self.runs
        ]
        return replace(self, runs=tuple(runs))


_SHARE_BEFORE_ORIGIN = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Fraction of a chunk's width before its origin, by anchor."""
