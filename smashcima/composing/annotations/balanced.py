"""Annotations in which all tokens of the vocabulary occur equally often."""

from __future__ import annotations

from functools import lru_cache

from smashcima.composing.annotations.musical import Composer
from smashcima.composing.draws import Draws
from smashcima.notations.mashcima import (
    VOCABULARY,
    KeySignatureTokenGroup,
    Kind,
    TimeSignatureTokenGroup,
    Token,
    TokenGroup,
    needs_mark,
    read_token,
    stringify_token_groups_to_annotation,
)
from smashcima.randomness import Stream

TARGETS = 8
"""Number of tokens that each balanced annotation is made to contain."""

ROUND = -(-len(VOCABULARY) // TARGETS)
"""Number of balanced annotations that contain every token."""

_SPREAD = 4
"""Largest distance of added notes from the position of a token."""


def targets(seed: int, index: int) -> list[str]:
    """The tokens that a balanced annotation is made to contain.

    `index` counts balanced annotations. Each round of `ROUND` annotations goes through the vocabulary in another
    random order.
    """
    round_, place = divmod(index, ROUND)
    order = _order(seed, round_)
    return [order[(place * TARGETS + number) % len(order)] for number in range(TARGETS)]


@lru_cache(8)
def _order(seed: int, round_: int) -> tuple[str, ...]:
    draws = Draws(Stream(seed).child("balanced annotations", round_).generator())
    return tuple(draws.shuffled(VOCABULARY))


def balanced_annotation(draws: Draws, composer: Composer, tokens: list[str]) -> str:
    """Composes an annotation that contains the given tokens, each in a fitting surrounding."""
    writer = _Writer(draws)
    if draws.chance(composer.style.shows_clef):
        writer.groups.append(TokenGroup(composer.draw_clef(draws)))
    for text in draws.shuffled(tokens):
        token = read_token(text)
        assert token is not None
        writer.add(token)
        if draws.chance(0.3):
            writer.groups.append(TokenGroup("|"))
        elif draws.chance(0.4):
            writer.note()
    writer.separate_keys()
    return stringify_token_groups_to_annotation(writer.groups)


class _Writer:
    """Writes groups that contain certain tokens."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self.groups: list[TokenGroup] = []

    def add(self, token: Token) -> None:
        """Writes a token, with the items that it needs."""
        kind = token.kind
        if kind is Kind.NOTE:
            self._note_or_beam(token)
        elif kind is Kind.TIME_NUMBER:
            self._time(token)
        elif kind is Kind.ACCIDENTAL:
            self._accidental(token)
        elif kind is Kind.TUPLET:
            self._beam("e", "e", "e").before_attachments.append(token.text)
        elif kind in (Kind.SLUR_START, Kind.SLUR_END):
            self._slur()
        elif token.is_before:
            self.note().before_attachments.append(token.text)
        elif kind is Kind.DOTS and self._draws.chance(0.3):
            self.groups.append(TokenGroup(self._draws.pick("whqes") + "r", [], [token.text]))
        elif token.is_after:
            self.note().after_attachments.append(token.text)
        else:
            self.groups.append(TokenGroup(token.text))

    def note(self, position: int | None = None) -> TokenGroup:
        """Writes a note without a beam."""
        draws = self._draws
        if position is None:
            position = draws.integer(-7, 7)
        group = TokenGroup(f"{draws.pick('whqqqes')}{position}")
        self.groups.append(group)
        return group

    def _near(self, position: int) -> int:
        near = position + self._draws.integer(-_SPREAD, _SPREAD)
        return min(max(near, -12), 12)

    def _note_or_beam(self, token: Token) -> None:
        pattern, letter = token.pattern, token.name
        assert token.pitch is not None
        if not token.is_beamed:
            self.groups.append(TokenGroup(token.text))
            return
        others = [self._draws.pick("eest") for _ in range(2)]
        left = others[: 1 if pattern.is_beamed_left else 0]
        right = others[1:] if pattern.is_beamed_right else []
        self._beam(*left, letter, *right, centre=token.pitch, at=len(left))

    def _beam(self, *letters: str, centre: int | None = None, at: int = 1) -> TokenGroup:
        """Writes a beam of notes near the position of the note `at`, and returns the group of this note."""
        position = self._draws.integer(-6, 6) if centre is None else centre
        last = len(letters) - 1
        for index, letter in enumerate(letters):
            near = position if index == at else self._near(position)
            self.groups.append(TokenGroup(f"{'=' * (index > 0)}{letter}{'=' * (index < last)}{near}"))
        return self.groups[len(self.groups) - len(letters) + at]

    def _time(self, token: Token) -> None:
        other = TokenGroup(f"time.{self._draws.integer(0, 9)}")
        pair = (TokenGroup(token.text), other)
        first, second = pair if self._draws.chance(0.5) else pair[::-1]
        self.groups.append(TimeSignatureTokenGroup(first, second))

    def _accidental(self, token: Token) -> None:
        draws = self._draws
        if draws.chance(0.6):
            self.note(token.pitch).before_attachments.append(token.text)
            return
        assert token.pitch is not None
        others = [f"{token.name}{self._near(token.pitch)}" for _ in range(draws.integer(0, 4))]
        signs = draws.shuffled([token.text, *others])
        self.groups.append(KeySignatureTokenGroup(TokenGroup("", signs)))

    def _slur(self) -> None:
        start = self.note()
        start.after_attachments.append("(")
        for _ in range(self._draws.integer(0, 2)):
            self.note()
        self.note().before_attachments.append(")")

    def separate_keys(self) -> None:
        """Puts a barline behind key signatures that would be read as a part of what follows."""
        separated: list[TokenGroup] = []
        for group in self.groups:
            before = separated[-1] if separated else None
            if isinstance(before, KeySignatureTokenGroup) and needs_mark(before, group):
                separated.append(TokenGroup("|"))
            separated.append(group)
        self.groups = separated
