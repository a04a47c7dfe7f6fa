"""Tokens of what is attached to notes, rests and barlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from smashcima.notations.mashcima import is_token
from smashcima.notations.mashcima.meanings import ACCIDENTAL_KINDS, TUPLET_NUMBER_TYPE, number_place
from smashcima.scene.semantic import (
    Accidental,
    Articulation,
    ControlEvent,
    Dynamic,
    Event,
    Fermata,
    Mordent,
    Note,
    OrnamentText,
    Score,
    SemanticObject,
    Trill,
    Tuplet,
    TupletSpan,
    Turn,
)

Tell = Callable[[SemanticObject, str], None]

SIGNS = {**{kind: sign for sign, kind in ACCIDENTAL_KINDS.items()}, "ss": "x"}
"""Signs of accidentals by MEI name."""

_ARTICULATIONS = {"stacc": ".", "ten": "_", "acc": ">", "marc": "^"}
_MARKS = (Fermata, Trill, OrnamentText, Mordent, Turn, Dynamic)
_ORNAMENT_TEXTS = {"+": "+", "tr": "trill"}


def mark_token(mark: ControlEvent, tell: Tell) -> str | None:
    """The token of a fermata, ornament or dynamic; `None` if the language has none."""
    token = _mark_token(mark)
    if token is None or not is_token(token):
        tell(mark, "left out: the language has no token for it")
        return None
    if isinstance(mark, Dynamic) and mark.place == "above":
        tell(mark, "written without its place above the staff")
    return token


def _mark_token(mark: ControlEvent) -> str | None:
    if isinstance(mark, Fermata):
        return "~fermata.below" if mark.place == "below" or mark.form == "inv" else "fermata"
    if isinstance(mark, Trill):
        return "trill"
    if isinstance(mark, (Mordent, Turn)):
        return f"~{mark.tag}.{mark.form or 'upper'}"
    if isinstance(mark, Dynamic):
        return f"~dyn.{mark.text.strip()}"
    return _ORNAMENT_TEXTS.get(mark.text.strip())


def is_attached_mark(mark: ControlEvent) -> bool:
    """Whether a mark is of a class that can be attached to an event."""
    return isinstance(mark, _MARKS)


def marks_at(targets: Iterable[Event], tell: Tell) -> Iterator[str]:
    """Tokens of the fermatas, ornaments and dynamics at an event."""
    for target in targets:
        for source in target.sources("start"):
            if isinstance(source, ControlEvent) and is_attached_mark(source):
                token = mark_token(source, tell)
                if token is not None:
                    yield token


def articulation_tokens(articulations: Sequence[Articulation], tell: Tell) -> Iterator[str]:
    """Tokens of articulations."""
    for articulation in articulations:
        for kind in articulation.kinds:
            token = _ARTICULATIONS.get(kind, f"~artic.{kind}")
            if is_token(token):
                yield token
            else:
                tell(articulation, f"{kind!r} left out: the language has no token for it")


def accidental_token(note: Note, position: int, tell: Tell) -> str | None:
    """The token of the accidental of a note; `None` if it has none, or the language has no token for it."""
    accidental = note.accidental
    if accidental is None:
        return None
    sign = SIGNS.get(accidental.kind or "")
    if sign is None or accidental.function == "edit":
        tell(accidental, f"left out: the language has no {_described(accidental)}")
        return None
    if accidental.enclosure is not None:
        tell(accidental, "written without parentheses or brackets")
    if accidental.staff_position not in (None, position):
        tell(accidental, "written at the position of its note")
    return f"{sign}{position}"


def _described(accidental: Accidental) -> str:
    return "accidentals above notes" if accidental.function == "edit" else f"accidental {accidental.kind!r}"


def tuplet_numbers(score: Score, tell: Tell) -> dict[Event, str]:
    """Tokens of the numbers of tuplets by the event at which they are written."""
    found: dict[Event, str] = {}
    for tuplet in score.descendants():
        if not isinstance(tuplet, (Tuplet, TupletSpan)) or tuplet.mei.get("num.visible") == "false":
            continue
        events = [event for event in tuplet.events if not event.is_grace]
        token = "tuplet.3" if tuplet.count == 3 else f"~tuplet.{tuplet.count}"
        if not events or not is_token(token):
            tell(tuplet, "left out: the language has no token for it")
            continue
        event = events[_place(tuplet, len(events))]
        if event in found:
            tell(tuplet, "left out: its number is at the same note as that of another tuplet")
        else:
            found[event] = token
    return found


def _place(tuplet: Tuplet | TupletSpan, count: int) -> int:
    """Index of the event at which the number of a tuplet is written."""
    word = next(
        (word for word in tuplet.mei.get("type", "").split() if word.startswith(TUPLET_NUMBER_TYPE)), ""
    )
    given = word.removeprefix(TUPLET_NUMBER_TYPE)
    return min(int(given), count - 1) if given.isdecimal() else number_place(count)
