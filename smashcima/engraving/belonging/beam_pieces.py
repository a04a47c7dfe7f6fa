"""Pieces of beams, with their levels and stems."""

from __future__ import annotations

from collections import defaultdict

from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.page_belonging import BeamPiece
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import FilledPolygon, Line
from smashcima.scene.semantic import BeamSpan, EventGroup, Score

_TOUCH_SS = 0.35
"""Maximum distance of a stem's end from its beam, in staff spaces."""

_AT_STEM = 0.4
"""A piece between two stems ends at both of them, within this part of `_TOUCH_SS`."""


def find_beam_pieces(page: EngravedPage, score: Score) -> dict[int, BeamPiece]:
    """Pieces of all beams of a page, by the indices of their primitives."""
    beams: dict[tuple[str | None, int | None], list[tuple[int, FilledPolygon]]] = defaultdict(list)
    stems: dict[str | None, list[tuple[int, Line]]] = defaultdict(list)
    for index, primitive in enumerate(page.primitives):
        if primitive.kind is PrimitiveKind.BEAM and isinstance(primitive, FilledPolygon):
            beams[primitive.element, primitive.place.system].append((index, primitive))
        elif primitive.kind is PrimitiveKind.STEM and isinstance(primitive, Line):
            stems[primitive.element].append((index, primitive))
    found: dict[int, BeamPiece] = {}
    for (element, _), pieces in beams.items():
        own_stems = [stem for name in _members(score, element) for stem in stems.get(name, ())]
        # Staves of a page can differ: the lines of a tablature are further apart, and an ossia is smaller.
        touch = _TOUCH_SS * page.staff_space_at(pieces[0][1].place)
        _sort_out(pieces, own_stems, touch, found)
    return found


def _members(score: Score, element: str | None) -> list[str]:
    """Ids of the notes and chords under a beam."""
    beam = score.by_id(element) if element is not None else None
    if isinstance(beam, (EventGroup, BeamSpan)):
        return [event.id for event in beam.events]
    return []


def _sort_out(
    pieces: list[tuple[int, FilledPolygon]],
    stems: list[tuple[int, Line]],
    touch: float,
    found: dict[int, BeamPiece],
) -> None:
    """Adds the pieces of one beam in one system to `found`."""
    spans = [BeamLine(polygon) for _, polygon in pieces]
    primary = max(spans, key=lambda span: span.right - span.left)
    for (index, _), span in zip(pieces, spans, strict=True):
        middle = (span.left + span.right) / 2
        distance = abs(span.y_at(middle) - primary.y_at(middle))
        # Beams of lower levels at the same x lie between this piece and the primary beam.
        between = {
            round(abs(other.y_at(middle) - primary.y_at(middle)) / touch)
            for other in spans
            if other.left - touch <= middle <= other.right + touch
            and (other.y_at(middle) - primary.y_at(middle)) * (span.y_at(middle) - primary.y_at(middle)) >= 0
            and abs(other.y_at(middle) - primary.y_at(middle)) < distance - touch
        }
        touched = sorted((stem.start.x, number) for number, stem in stems if span.touches(stem, touch))
        if between and len(touched) == 2:
            touched = _without_passed(span, touched, touch)
        found[index] = BeamPiece(1 + len(between), tuple(number for _, number in touched))


def _without_passed(
    span: BeamLine, touched: list[tuple[float, int]], touch: float
) -> list[tuple[float, int]]:
    """Removes a stem that a hook reaches only because notes are close: a hook starts at one stem and ends anywhere."""
    (first, _), (last, _) = touched
    start, end = abs(span.left - first), abs(span.right - last)
    if start > _AT_STEM * touch or end > _AT_STEM * touch:
        return touched[1:] if start > end else touched[:1]
    return touched


class BeamLine:
    """The centre line of a piece of a beam, from `left` to `right`."""

    def __init__(self, polygon: FilledPolygon) -> None:
        points = polygon.corners
        self.left, self.right = float(points[:, 0].min()), float(points[:, 0].max())
        if len(points) == 4:
            self._y0 = float(points[0, 1] + points[3, 1]) / 2
            self._y1 = float(points[1, 1] + points[2, 1]) / 2
        else:
            self._y0 = self._y1 = float(points[:, 1].mean())

    def y_at(self, x: float) -> float:
        """Y of the centre line, extrapolated beyond its ends."""
        if self.right <= self.left:
            return self._y0
        return self._y0 + (self._y1 - self._y0) * (x - self.left) / (self.right - self.left)

    def touches(self, stem: Line, touch: float) -> bool:
        """Whether a stem crosses the piece or ends at it."""
        x = stem.start.x
        if not self.left - touch <= x <= self.right + touch:
            return False
        top, bottom = sorted((stem.start.y, stem.end.y))
        return top - 2 * touch <= self.y_at(x) <= bottom + 2 * touch
