"""Texts on an engraved page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from smashcima.assets.fonts import text_heights, text_width
from smashcima.engraving.primitives import Primitive
from smashcima.engraving.symbol_boxes import Extent, SymbolBoxes, font_symbol_box
from smashcima.geometry import Point, Rectangle
from smashcima.quick_init import quick_init

_USUAL_ASCENT_EM, _USUAL_DESCENT_EM = 0.75, 0.25
"""Default ascent and descent of a line of text in em, independent of its characters."""


@quick_init
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
    stretch: float = 1.0
    """Width of the letters, relative to those of the text font."""

    @property
    def width(self) -> float:
        """Advance width in mm; without `stretch` as measured by the engraver."""
        width = text_width(
            self.text, self.font_size, self.family, self.bold, self.italic, self.letter_spacing
        )
        if self.stretch == 1.0:
            return width
        spacing = self.letter_spacing * len(self.text)
        return (width - spacing) * self.stretch + spacing

    @property
    def heights(self) -> tuple[float, float]:
        """Ascent and descent of the characters in mm, as measured by the engraver."""
        return text_heights(self.text, self.font_size, self.family, self.bold, self.italic)

    def at(self, origin: Point) -> TextRun:
        """The run with another origin."""
        # Equivalent to `dataclasses.replace`, in a quarter of its time.
        return TextRun(
            self.text, self.font_size, self.family, self.italic, self.bold,
            origin, self.anchor, self.letter_spacing, self.baseline_shift, self.stretch,
        )  # fmt: skip


@quick_init
@dataclass(frozen=True, slots=True)
class TextChunk:
    """Consecutive runs that share one origin and are placed as a unit."""

    x: float
    y: float
    """Height of the baseline, in mm."""
    anchor: Literal["start", "middle", "end"]
    runs: tuple[TextRun, ...]

    @property
    def size(self) -> float:
        """Size of the largest run, in mm."""
        return max(run.font_size for run in self.runs)


def chunks_of(runs: Sequence[TextRun]) -> list[TextChunk]:
    """Groups runs by the origin that they share; runs before the first origin start at (0, 0)."""
    groups: list[list[TextRun]] = []
    for run in runs:
        if run.origin is not None or not groups:
            groups.append([])
        groups[-1].append(run)
    chunks = []
    for group in groups:
        origin = group[0].origin or Point(0.0, 0.0)
        chunks.append(TextChunk(origin.x, origin.y, group[0].anchor, tuple(group)))
    return chunks


@quick_init
@dataclass(frozen=True, slots=True)
class Text(Primitive):
    """Text set in a text font: lyrics, directions, titles, numbers. Its points are the origins of its chunks."""

    runs: tuple[TextRun, ...]

    @property
    def content(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)

    def coordinates(self) -> Sequence[float]:
        origins = (run.origin for run in self.runs)
        return [number for origin in origins if origin is not None for number in (origin.x, origin.y)]

    def with_coordinates(self, coordinates: Sequence[float]) -> Text:
        numbers = iter(coordinates)
        runs = [
            run if run.origin is None else run.at(Point(next(numbers), next(numbers))) for run in self.runs
        ]
        return Text(self.kind, self.place, self.element, tuple(runs))

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
        for chunk in chunks_of(self.runs):
            width = sum(run.width for run in chunk.runs)
            left = chunk.x - _SHARE_BEFORE_ORIGIN[chunk.anchor] * width
            top = bottom = chunk.y
            for run in chunk.runs:
                ascent, descent = run.heights
                baseline = chunk.y - run.baseline_shift
                top, bottom = min(top, baseline - ascent), max(bottom, baseline + descent)
            boxes.append(Rectangle.from_sides(left, top, left + width, bottom))
        hull = Rectangle.hull(boxes)
        return (hull.left, hull.top, hull.right, hull.bottom)

    def stretched(self, x: float, y: float) -> Text:
        """A copy with letters whose widths are multiplied by `x`; origins and heights stay."""
        return replace(self, runs=tuple(replace(run, stretch=run.stretch * x) for run in self.runs))

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
