"""Preparation of accidentals for which Verovio has no sign, with an issue for each kind of them.

Verovio 6.4.1 and its music fonts have no double sharps and flats with arrows (`xu`, `xd`, `ffu`, `ffd`), which it leaves out, and
only some of the signs that can be named by `glyph.name`, instead of which it draws the usual sign of the accidental.
"""

from __future__ import annotations

from smashcima.assets.fonts.engraver_metrics import symbol_box
from smashcima.engravers.verovio.mei_edits import Additions, with_attributes
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.errors import Issue
from smashcima.scene.semantic import Accidental, KeyAccidental, Measure, Score

_DRAWN_AS = {"xu": "x", "xd": "x", "ffu": "ff", "ffd": "ff"}
"""MEI names of accidentals without a sign, and of those that are drawn in their place."""


def with_drawable_accidentals(mei: str, score: Score | ScorePart, font: str) -> tuple[str, list[Issue]]:
    """The MEI of a score with accidentals that Verovio draws in a font, and issues for those drawn as others."""
    additions: Additions = {}
    replaced: dict[tuple[str, str, str], list[Accidental | KeyAccidental]] = {}
    for found in score.descendants():
        if not isinstance(found, (Accidental, KeyAccidental)) or found.kind is None:
            continue
        kind, glyph = found.kind, found.glyph
        drawn = _DRAWN_AS.get(kind, kind)
        has_glyph = glyph is not None and symbol_box(glyph, font) is not None
        if has_glyph or (glyph is None and drawn == kind):
            continue
        if drawn != kind:
            additions[found.id] = {"accid": drawn}
        replaced.setdefault((found.tag, glyph or kind, drawn), []).append(found)
    issues = [_issue(*names, places) for names, places in replaced.items()]
    return (with_attributes(mei, additions) if additions else mei), issues


def _issue(tag: str, wanted: str, drawn: str, places: list[Accidental | KeyAccidental]) -> Issue:
    first = places[0].ancestor(Measure)
    where = "score" if first is None else first.place
    more = f" (and {len(places) - 1} more like this)" if len(places) > 1 else ""
    return Issue(where, tag, f"{wanted!r} is drawn as {drawn!r}, since the engraver has no such sign{more}")
