"""Preparation of key and time signatures that Verovio does not draw as written, and issues for those it cannot draw.

- Verovio reads only the first digit of a key with ten or more sharps or flats, and draws flats for 10 sharps; such keys
  are written as explicit signs.
- It ignores the number of sharps or flats of a key with explicit signs.
- It draws no naturals for a key without signs inside a measure, although the keys before it end there; they are written
  as explicit signs.
- It does not draw a denominator of 0, or a numerator without a denominator. A denominator of 0 is laid out as 8, and
  `with_zero_units` replaces the digit afterwards; a numerator alone gets the denominator 0.
- It supports only integers below 65536 and operators between them; other content of a time signature is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.engravers.verovio.mei_edits import Additions, with_attributes, with_children
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.engravers.verovio.zero_units import STAND_IN, ZeroUnits
from smashcima.errors import Issue
from smashcima.scene.semantic import (
    KeySignature,
    MeasureStaff,
    Score,
    SemanticObject,
    Step,
    TimeSignature,
    TimeSignatureGroup,
    Voice,
    place_in_score,
)
from smashcima.scene.semantic.key_signature import SHARP_ORDER

_MOST_READ = 9
"""Maximum number of sharps or flats that Verovio reads in `@sig`."""

_MOST_SIGNS = 14
"""Maximum number of signs that are drawn: two for each step."""

_COUNT = re.compile(r"\s*\d+(\s*[-+*/]\s*\d+)*\s*")
_LARGEST = 65535


@dataclass(frozen=True, slots=True)
class DrawableSignatures:
    """The MEI of a score with drawable signatures, issues, and digits to replace after the layout."""

    mei: str
    issues: list[Issue]
    zero_units: ZeroUnits


def with_drawable_signatures(mei: str, score: Score | ScorePart) -> DrawableSignatures:
    """Prepares the signatures of a score, with issues for those that cannot be drawn as written."""
    additions: Additions = {}
    signs: dict[str, list[tuple[str, dict[str, str]]]] = {}
    zero_units: ZeroUnits = {}
    issues: list[Issue] = []
    for found in score.descendants():
        if isinstance(found, KeySignature):
            if found.is_free or abs(found.fifths or 0) > _MOST_READ:
                additions[found.id] = {"sig": None}
            if not found.accidentals and abs(found.fifths or 0) > _MOST_READ:
                signs[found.id] = list(_spelt_out(found.fifths or 0))
            ended = _ended_inside_measure(found)
            if ended:
                additions[found.id] = {"sig": None, "cancelaccid": None}
                signs[found.id] = [("keyAccid", {"pname": step.value, "accid": "n"}) for step in ended]
            issues.extend(_issue(found, what) for what in _lost_of_key(found))
        elif isinstance(found, TimeSignature):
            unit = _unit_for_layout(found)
            if unit is not None:
                additions[found.id] = {"unit": unit}
            issues.extend(_issue(found, what) for what in _lost_of_time(found))
            if unit == STAND_IN:
                group = found.ancestor(TimeSignatureGroup)
                members = [found] if group is None else group.signatures
                zero_units[(group or found).id] = tuple(
                    member.unit == 0 for member in members if _draws_unit(member)
                )
    if additions:
        mei = with_attributes(mei, additions)
    return DrawableSignatures(with_children(mei, signs) if signs else mei, issues, zero_units)


def _spelt_out(fifths: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Explicit signs of a key, as drawn by Verovio: seven single ones, then double ones."""
    order, sign = (SHARP_ORDER, "s") if fifths > 0 else (SHARP_ORDER[::-1], "f")
    for index in range(min(abs(fifths), _MOST_SIGNS)):
        yield "keyAccid", {"pname": order[index % 7].value, "accid": sign * (1 + index // 7)}


def _ended_inside_measure(key: KeySignature) -> list[Step]:
    """The steps that a key without signs inside a voice sets back, in their written order."""
    staff, voice = key.ancestor(MeasureStaff), key.ancestor(Voice)
    if staff is None or voice is None or key.fifths != 0 or key.accidentals or key.is_hidden:
        return []
    if key.mei.get("cancelaccid") == "none":
        return []
    before = staff.key_signature
    for other in voice.descendants(KeySignature):
        if other is key:
            break
        before = other
    return list(before.alters) if before is not None else []


def _lost_of_key(key: KeySignature) -> Iterator[str]:
    if key.accidentals:
        if key.fifths:
            yield f"drawn with its explicit signs; {_named(key.fifths)} ignored"
    elif key.fifths is None:
        yield "not drawn: it has neither a number of sharps or flats nor explicit signs"
    elif abs(key.fifths) > _MOST_SIGNS:
        yield f"only the first {_MOST_SIGNS} of {_named(key.fifths)} are drawn"


def _named(fifths: int) -> str:
    return f"{abs(fifths)} {'sharps' if fifths > 0 else 'flats'}"


def _is_drawn_as_numbers(time: TimeSignature) -> bool:
    return time.symbol is None and time.mei.get("form") != "invis" and time.mei.get("visible") != "false"


def _draws_unit(time: TimeSignature) -> bool:
    return _is_drawn_as_numbers(time) and time.unit is not None and time.mei.get("form") != "num"


def _unit_for_layout(time: TimeSignature) -> str | None:
    """The denominator to use for the layout, or `None` if it is that of the time signature."""
    if time.count is None or not _is_drawn_as_numbers(time):
        return None
    if time.unit is None:
        return "0"
    return STAND_IN if time.unit == 0 and _draws_unit(time) else None


def _lost_of_time(time: TimeSignature) -> Iterator[str]:
    if not _is_drawn_as_numbers(time):
        return
    if time.count is None:
        if time.unit is not None:
            yield f"not drawn: it has a denominator, {time.unit}, but no numerator"
        return
    numbers = re.findall(r"\d+", time.count)
    if not _COUNT.fullmatch(time.count) or any(number != str(int(number)) for number in numbers):
        yield f"not drawn as written: the numerator {time.count!r} is not supported by the engraver"
    if any(int(number) > _LARGEST for number in numbers) or not 0 <= (time.unit or 0) <= _LARGEST:
        unit = "" if time.unit is None else f"/{time.unit}"
        yield f"not drawn as written: the engraver's range is 0 to {_LARGEST}, but the signature is {time.count}{unit}"


def _issue(found: SemanticObject, what: str) -> Issue:
    return Issue(place_in_score(found), found.tag, what)
