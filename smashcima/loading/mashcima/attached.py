"""What is attached to notes and rests: articulations, dots, fermatas, ornaments, dynamics."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.notations.mashcima import Kind, read_token
from smashcima.scene.semantic import (
    Articulation,
    ControlEvent,
    Dynamic,
    Event,
    Fermata,
    Mordent,
    OrnamentText,
    SemanticObject,
    Trill,
    Turn,
)


def read_after(attachments: list[str], children: list[SemanticObject]) -> tuple[int, int]:
    """The numbers of dots and of slurs that start; appends articulations to the children."""
    dots = starts = 0
    for text in attachments:
        if text == "(":
            starts += 1
            continue
        token = read_token(text)
        assert token is not None
        if token.kind is Kind.DOTS:
            dots = int(token.name)
        else:
            children.append(Articulation((token.name,)))
    return dots, starts


def _fermata(name: str, event: Event) -> ControlEvent:
    return Fermata(event, place=name, form="inv" if name == "below" else None)


def _ornament(name: str, event: Event) -> ControlEvent:
    kind, _, form = name.partition(".")
    if kind == "trill":
        return Trill(event, place="above")
    if kind == "mordent":
        return Mordent(event, place="above", form=form)
    if kind == "turn":
        return Turn(event, place="above", form=form)
    return OrnamentText(event, place="above", children=[name])


def _dynamic(name: str, event: Event) -> ControlEvent:
    return Dynamic(event, place="below", children=[name])


MARKS: dict[Kind, Callable[[str, Event], ControlEvent]] = {
    Kind.FERMATA: _fermata,
    Kind.ORNAMENT: _ornament,
    Kind.DYNAMIC: _dynamic,
}
"""What makes the marks of each kind of attachment, from its name and the event."""
