"""Words on an engraved page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from smashcima.assets.fonts import text_heights, text_width
from smashcima.engraving.primitives import Primitive
from smashcima.engraving.symbol_boxes import Extent, SymbolBoxes, font_symbol_box
from smashcima.geometry import Point, Rectangle

_USUAL_ASCENT_EM, _USUAL_DESCENT_EM = 0.75, 0.25
"""Heights of a line of words, whatever its characters."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one style on one baseline."""

    text: str
    font_size: float
    """Size of the em in mm."""
    family: str = "serif"
    """`serif`, or the name of a music font for symbols among the words."""
    italic: bool = False
    bold: bool = False
    origin: Point | None = None
    """Baseline point of a new chunk; `None` when the run continues where the last one ended."""
    anchor: Literal["start", "middle", "end"] = "start"
    """Which point of the chunk lies at `origin`; read from the run that starts the chunk."""
    letter_spacing: float = 0.0
    """Extra mm after every character."""
    baseline_shift: float = 0.0
    """How far the run is raised above the baseline, in mm (superscripts positive)."""

    @property
    def width(self) -> float:
        """Advance width in mm, as the engraver measures it."""
        return text_width(self.text, self.font_size, self.family, self.bold, self.italic, self.letter_spacing)

    @property
    def heights(self) -> tuple[float, float]:
        """How far the characters reach above and below their baseline, in mm, as the engraver measures them."""
        return text_heights(self.text, self.font_size, self.family, self.bold, self.italic)


@dataclass(frozen=True, slots=True)
class Text(Primitive):
    """Words: lyrics, directions, titles, numbers set in a text font. Its points are the origins of its chunks."""

    runs: tuple[TextRun, ...]

    @property
    def content(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)

    @property
    def chunks(self) -> list[list[TextRun]]:
        """The runs in groups that are placed together."""
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
        """About how far the words extend, as if all chunks were as long as the last one and of the usual height."""
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
"""Share of the width of a chunk that lies before its origin, by its anchor."""
