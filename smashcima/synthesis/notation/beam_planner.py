"""What the pieces of beams are, before they are drawn: their levels, their stems, which ones are hooks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from smashcima.engraving import FilledPolygon, Line, Primitive, PrimitiveKind
from smashcima.scene.semantic import BeamSpan, EventGroup, Score

_TOUCH_SS = 0.35
"""How far, in staff spaces, a stem may end from the beam that it belongs to."""


@dataclass(frozen=True, slots=True)
class BeamPiece:
    """One straight piece of a beam."""

    level: int
    """1 for the beam of eighth notes."""

    stems: tuple[int, ...]
    """The stems that it touches, from left to right, by the indices of their primitives on the page."""

    @property
    def is_hook(self) -> bool:
        """Whether it leads from one stem to no other."""
        return self.level > 1 and len(self.stems) == 1


class BeamPlanner:
    """Sorts out the beams of one page."""

    def __init__(self, score: Score) -> None:
        self._score = score

    def plan(self, primitives: Iterable[Primitive], staff_space: float) -> dict[int, BeamPiece]:
        """The pieces by the index of their primitive on the page."""
        beams: dict[tuple[str | None, int | None], list[tuple[int, FilledPolygon]]] = defaultdict(list)
        stems: dict[str | None, list[tuple[int, Line]]] = defaultdict(list)
        for index, primitive in enumerate(primitives):
            if primitive.kind is PrimitiveKind.BEAM and isinstance(primitive, FilledPolygon):
                beams[primitive.element, primitive.place.system].append((index, primitive))
            elif primitive.kind is PrimitiveKind.STEM and isinstance(primitive, Line):
                stems[primitive.element].append((index, primitive))
        planned: dict[int, BeamPiece] = {}
        for (element, _), pieces in beams.items():
            own_stems = [stem for name in self._members(element) for stem in stems.get(name, ())]
            _plan_beam(pieces, own_stems, _TOUCH_SS * staff_space, planned)
        return planned

    def _members(self, element: str | None) -> list[str]:
        """Ids of the notes and chords under a beam."""
        beam = self._score.by_id(element) if element is not None else None
        if isinstance(beam, (EventGroup, BeamSpan)):
            return [event.id for event in beam.events]
        return []


def _plan_beam(
    pieces: list[tuple[int, FilledPolygon]],
    stems: list[tuple[int, Line]],
    touch: float,
    planned: dict[int, BeamPiece],
) -> None:
    """Adds the pieces of one beam in one system to `planned`."""
    spans = [_Span(polygon) for _, polygon in pieces]
    primary = max(spans, key=lambda span: span.right - span.left)
    for (index, _), span in zip(pieces, spans, strict=True):
        middle = (span.left + span.right) / 2
        distance = abs(span.y_at(middle) - primary.y_at(middle))
        # Beams of lower levels at the same place lie between this piece and the primary beam.
        between = {
            round(abs(other.y_at(middle) - primary.y_at(middle)) / touch)
            for other in spans
            if other.left - touch <= middle <= other.right + touch
            and (other.y_at(middle) - primary.y_at(middle)) * (span.y_at(middle) - primary.y_at(middle)) >= 0
            and abs(other.y_at(middle) - primary.y_at(middle)) < distance - touch
        }
        touched = sorted((stem.start.x, number) for number, stem in stems if span.touches(stem, touch))
        planned[index] = BeamPiece(1 + len(between), tuple(number for _, number in touched))


class _Span:
    """The middle line of a piece."""

    def __init__(self, polygon: FilledPolygon) -> None:
        points = polygon.corners
        self.left, self.right = float(points[:, 0].min()), float(points[:, 0].max())
        if len(points) == 4:
            self._y0 = float(points[0, 1] + points[3, 1]) / 2
            self._y1 = float(points[1, 1] + points[2, 1]) / 2
        else:
            self._y0 = self._y1 = float(points[:, 1].mean())

    def y_at(self, x: float) -> float:
        """Height of the (prolonged) middle line."""
        if self.right <= self.left:
            return self._y0
        return self._y0 + (self._y1 - self._y0) * (x - self.left) / (self.right - self.left)

    def touches(self, stem: Line, touch: float) -> bool:
        """Whether a stem passes through it or ends at it."""
        x = stem.start.x
        if not self.left - touch <= x <= self.right + touch:
            return False
        top, bottom = sorted((stem.start.y, stem.end.y))
        return top - 2 * touch <= self.y_at(x) <= bottom + 2 * touch
