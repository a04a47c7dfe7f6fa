"""Random annotations with the distribution of Mashcima 1.0, which are no music."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from smashcima.composing.draws import Draws, Weighted
from smashcima.notations.mashcima import (
    HIGHEST_PITCH,
    LOWEST_PITCH,
    PITCHES,
    KeySignatureTokenGroup,
    TimeSignatureTokenGroup,
    TokenGroup,
    get_pitch,
    is_note,
    stringify_token_groups_to_annotation,
)

_NO_DOTS: tuple[str, ...] = ()
_DOTS = Weighted[tuple[str, ...]]({_NO_DOTS: 10, ("*",): 5, ("**",): 1})
_ACCIDENTALS = Weighted({"": 10, "#": 1, "b": 1, "N": 1})
_HALF_SPREAD = 4
"""Largest distance of the pitches of a beamed group from its centre."""

_OTHER_CLEFS = ("clef.C4", "clef.C-2", "clef.C-4", "clef.F0", "clef.F3", "clef.G-4")
_KEY_SIGNS = ("#", "b", "N")


def generate_random_annotation(rng: np.random.Generator) -> str:
    """Generates an annotation like the function of this name of Mashcima 1.0.

    It has 5 to 15 items, of which each is a barline with probability 5/12, a clef, time signature, key signature or
    rest with 1/12 each, and a note with 3/12; with probability 0.1 a beamed group of 2 to 8 notes begins. Pitches are
    uniform. It is valid, and it is not music: measures have any length, and times such as 9/0 occur.
    """
    draws = Draws(rng)
    count = draws.integer(5, 15)
    groups: list[TokenGroup] = []
    while len(groups) < count:
        previous = groups[-1] if groups else None
        if draws.chance(0.1) and len(groups) + 2 < count:
            length = draws.integer(2, min(count - len(groups), 8))
            if draws.chance(0.1):
                length = 2
            groups += _beamed(draws, length, previous)
        else:
            groups.append(draws.pick(_ITEMS)(draws, previous))
    _add_slurs(draws, groups)
    return stringify_token_groups_to_annotation(groups)


def _beamed(draws: Draws, length: int, previous: TokenGroup | None) -> list[TokenGroup]:
    centre = draws.integer(LOWEST_PITCH + _HALF_SPREAD, HIGHEST_PITCH - _HALF_SPREAD)
    groups: list[TokenGroup] = []
    for index in range(length):
        pitch = centre + draws.integer(-_HALF_SPREAD, _HALF_SPREAD)
        kind = f"{'=' * (index > 0)}{draws.pick('est')}{'=' * (index < length - 1)}"
        groups.append(_note(draws, kind, str(pitch), previous))
        previous = groups[-1]
    return groups


def _note(draws: Draws, kind: str, pitch: str, previous: TokenGroup | None) -> TokenGroup:
    sign = draws.weighted(_ACCIDENTALS)
    if isinstance(previous, KeySignatureTokenGroup):
        # Otherwise the key signature could not be told from the accidental of the note.
        sign = ""
        while get_pitch(previous.before_attachments[-1]) == int(pitch):
            pitch = draws.pick(PITCHES)
    dots: tuple[str, ...] = draws.weighted(_DOTS)
    after = list(dots)
    if draws.chance(1 / 6):
        after.insert(0, ".")
    return TokenGroup(kind + pitch, [sign + pitch] if sign else [], after)


def _single_note(draws: Draws, previous: TokenGroup | None) -> TokenGroup:
    return _note(draws, draws.pick("whqes"), draws.pick(PITCHES), previous)


def _barline(draws: Draws, _: TokenGroup | None) -> TokenGroup:
    return TokenGroup("|")


def _rest(draws: Draws, _: TokenGroup | None) -> TokenGroup:
    letter = draws.pick("lbwhqes")
    dots: tuple[str, ...] = draws.weighted(_DOTS)
    return TokenGroup(f"{letter}r", [], list(dots))


def _clef(draws: Draws, _: TokenGroup | None) -> TokenGroup:
    for clef in ("clef.G-2", "clef.F2", "clef.C0", "clef.C2"):
        if draws.chance(0.2):
            return TokenGroup(clef)
    return TokenGroup(draws.pick(_OTHER_CLEFS))


def _time(draws: Draws, _: TokenGroup | None) -> TokenGroup:
    if draws.chance(0.3):
        return TokenGroup("time.C")
    if draws.chance(0.1):
        return TokenGroup("time.C/")
    first, second = (TokenGroup(f"time.{draws.integer(0, 9)}") for _ in range(2))
    return TimeSignatureTokenGroup(first, second)


def _key(draws: Draws, _: TokenGroup | None) -> TokenGroup:
    signs = [draws.pick(_KEY_SIGNS) + str(draws.integer(-4, 4)) for _ in range(draws.integer(1, 8))]
    # Mashcima 1.0 wrote the signs of a key signature by kind.
    signs.sort(key=lambda sign: _KEY_SIGNS.index(sign[0]))
    return KeySignatureTokenGroup(TokenGroup("", signs))


_ITEMS: tuple[Callable[[Draws, TokenGroup | None], TokenGroup], ...] = (
    *(_barline,) * 5,
    _clef,
    _time,
    _key,
    _rest,
    *(_single_note,) * 3,
)


def _add_slurs(draws: Draws, groups: list[TokenGroup]) -> None:
    start: TokenGroup | None = None
    for group in groups:
        if not is_note(group.token) or not draws.chance(0.3):
            continue
        if start is None:
            start = group
        else:
            start.after_attachments.append("(")
            group.before_attachments.insert(0, ")")
            start = None
