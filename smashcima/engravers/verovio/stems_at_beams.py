"""Stems of beams across barlines: Verovio does not extend all of them to the part of the beam after a system break."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.engraving import EngravedPage, Engraving, FilledPolygon, Line, PrimitiveKind
from smashcima.engraving.belonging.beam_pieces import BeamLine
from smashcima.scene.semantic import BeamSpan, Score

_SHORT_SS = 0.1
"""Minimum distance from the end of a stem to its beam from which it is extended, in staff spaces."""

_MOST_SS = 4.0
"""Maximum extension of a stem."""


def with_stems_at_beams(engraving: Engraving, music: Score | ScorePart) -> Engraving:
    """The engraving of a score or a part of it, with all stems below or above a beam across barlines extended to it."""
    spans = music.descendants(BeamSpan)
    owners = {event.id: span.id for span in spans for event in span.events}
    if not owners:
        return engraving
    return replace(engraving, pages=tuple(_extended(page, owners) for page in engraving.pages))


def _extended(page: EngravedPage, owners: dict[str, str]) -> EngravedPage:
    beams: dict[tuple[str | None, int | None], list[BeamLine]] = defaultdict(list)
    for primitive in page.primitives:
        if primitive.kind is PrimitiveKind.BEAM and isinstance(primitive, FilledPolygon):
            beams[primitive.element, primitive.place.system].append(BeamLine(primitive))
    primitives = list(page.primitives)
    for index, stem in enumerate(page.primitives):
        if stem.kind is PrimitiveKind.STEM and isinstance(stem, Line) and stem.element in owners:
            space = page.staff_space_at(stem.place)
            primitives[index] = _reaching(stem, beams[owners[stem.element], stem.place.system], space)
    return replace(page, primitives=tuple(primitives))


def _reaching(stem: Line, beams: list[BeamLine], space: float) -> Line:
    """A stem extended to the nearest of the beams at its place, or the stem itself if it meets one or none is near."""
    x = stem.start.x
    top, bottom = sorted((stem.start.y, stem.end.y))
    ys = [beam.y_at(x) for beam in beams if beam.left - space <= x <= beam.right + space]
    gaps = [max(top - y, y - bottom) for y in ys]
    if not gaps or not _SHORT_SS * space < min(gaps) < _MOST_SS * space:
        return stem
    y = ys[gaps.index(min(gaps))]
    x0, y0, x1, y1 = stem.coordinates()
    return stem.with_coordinates((x0, y, x1, y1) if abs(y - y0) < abs(y - y1) else (x0, y0, x1, y))
