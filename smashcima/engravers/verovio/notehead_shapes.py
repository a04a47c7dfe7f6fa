"""Unusual noteheads that Verovio draws as plain ones, or with the head of another duration.

Verovio knows few shapes (diamonds, slashes, crosses and x), takes other symbols only if its fonts have them, and draws
black heads for halves of most shapes. The score says which head a note has, so the symbols are replaced after the
layout. The new heads are as wide as the plain one, and stems are drawn to where they meet them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from smashcima.assets.fonts import SmuflFont
from smashcima.assets.fonts.engraver_metrics import music_glyphs
from smashcima.engravers.verovio.mei_edits import Additions, with_attributes
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.engraving import Engraving, Line, Primitive, PrimitiveKind, Symbol
from smashcima.errors import Issue
from smashcima.geometry import Point
from smashcima.scene.semantic import Chord, Note, Score
from smashcima.scene.visual.labels.notehead_families import MEI_FAMILIES, NoteheadFamily

_CODE = re.compile(r"(?:U\+|#x|&#x)?([0-9A-Fa-f]{4,5});?")


def with_known_shapes(mei: str, score: Score | ScorePart, font: str) -> str:
    """The MEI of a score without code points of noteheads that the music font lacks, which end Verovio's process."""
    glyphs = music_glyphs(font)
    changes: Additions = {}
    for note in score.notes():
        digits = _CODE.fullmatch(note.notehead) if note.notehead is not None else None
        if digits is not None and int(digits[1], 16) not in glyphs:
            changes[note.id] = {"head.shape": None}
    return with_attributes(mei, changes) if changes else mei


def with_notehead_shapes(engraving: Engraving, score: Score | ScorePart) -> Engraving:
    """The layout with the noteheads that a score asks for, and issues for those without an outline."""
    if not any(_is_unusual(note) for note in score.notes()):
        return engraving
    pages = []
    issues: list[Issue] = []
    for page in engraving.pages:
        primitives, found = _replaced(page.primitives, score)
        pages.append(replace(page, primitives=tuple(primitives)))
        issues.extend(found)
    return replace(engraving, pages=tuple(pages), issues=(*engraving.issues, *issues))


def _replaced(
    primitives: Sequence[Primitive], score: Score | ScorePart
) -> tuple[list[Primitive], list[Issue]]:
    result = list(primitives)
    unknown: Counter[str] = Counter()
    replaced: list[tuple[Note, Symbol]] = []
    for index, found in enumerate(primitives):
        if found.kind is not PrimitiveKind.NOTEHEAD or not isinstance(found, Symbol) or found.element is None:
            continue
        note = score.by_id(found.element)
        if not isinstance(note, Note) or not _is_unusual(note):
            continue
        wanted = notehead_name(note, found.font)
        if wanted is None or wanted == found.name:
            continue
        glyph = SmuflFont.load(found.font).find(wanted)
        if glyph is None:
            unknown[wanted] += 1
            continue
        head = replace(found, name=wanted, code_point=glyph.code_point)
        result[index] = head
        replaced.append((note, head))
    if replaced:
        _join_stems(result, replaced)
    page = primitives[0].place.page + 1 if primitives else 1
    issues = [
        Issue(f"page {page}", "notehead", f"{count} drawn as plain heads: there is no outline of {name!r}")
        for name, count in unknown.items()
    ]
    return result, issues


def notehead_name(note: Note, font: str) -> str | None:
    """SMuFL name of the notehead that a score asks for; `None` for a plain one, or one that is not known."""
    if note.notehead_glyph is not None:
        return note.notehead_glyph
    for code in (note.mei.get("glyph.num"), note.notehead):
        digits = _CODE.fullmatch(code) if code is not None else None
        if digits is not None:
            glyph = SmuflFont.load(font).find(int(digits[1], 16))
            return None if glyph is None else glyph.name
    family = MEI_FAMILIES.get(note.notehead or "")
    return None if family is None else _of_family(family, note)


def _is_unusual(note: Note) -> bool:
    return note.notehead is not None or note.notehead_glyph is not None or "glyph.num" in note.mei


def _of_family(family: NoteheadFamily, note: Note) -> str | None:
    written = note.written_duration
    if written is None:
        return None
    fill = note.mei.get("head.fill")
    usual = family.of_length(written.type.quarter_length)
    if fill == "solid":
        return family.black
    return family.half if fill == "void" and usual == family.black else usual


def _join_stems(primitives: list[Primitive], heads: Iterable[tuple[Note, Symbol]]) -> None:
    """Moves the near ends of stems to the heights at which new heads reach the side of the stem."""
    stems: dict[str | None, list[int]] = {}
    for index, found in enumerate(primitives):
        if found.kind is PrimitiveKind.STEM and isinstance(found, Line):
            stems.setdefault(found.element, []).append(index)
    for note, head in heads:
        chord = note.ancestor(Chord)
        anchors = SmuflFont.load(head.font).glyph(head.name).anchors
        for index in [*stems.get(note.id, ()), *(stems.get(chord.id, ()) if chord is not None else ())]:
            stem = primitives[index]
            assert isinstance(stem, Line)
            primitives[index] = _joined(stem, head, anchors.get("stemUpSE"), anchors.get("stemDownNW"))


def _joined(stem: Line, head: Symbol, right: Point | None, left: Point | None) -> Line:
    """A stem whose near end meets a head, if the head is the one at its end."""
    upper, lower = sorted((stem.start, stem.end), key=lambda point: point.y)
    y = head.origin.y
    if abs(lower.y - y) <= abs(upper.y - y):  # the stem points up from the head
        if right is None or abs(lower.y - y) > head.scale_y:
            return stem
        lower = Point(lower.x, y + right.y * head.scale_y)
    else:
        if left is None or abs(upper.y - y) > head.scale_y:
            return stem
        upper = Point(upper.x, y + left.y * head.scale_y)
    is_down = stem.start.y <= stem.end.y
    return replace(stem, start=upper if is_down else lower, end=lower if is_down else upper)
