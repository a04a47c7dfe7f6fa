"""Beams: a beam begins at one note, continues at others, and ends at another.

Grace notes have beams of their own, which may lie inside a beam of other notes.
"""

from __future__ import annotations

from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.patterns import Kind
from smashcima.notations.mashcima.tokens import Token, read_token

_INSIDE = frozenset((Kind.REST, Kind.CLEF, Kind.UNKNOWN, Kind.GRACE_NOTE))
"""What may occur between the notes of a beam, besides key signatures."""


def repair_beams(groups: list[TokenGroup], warnings: list[str]) -> None:
    """Closes beams that do not end, and removes what does not begin; changes the tokens of the groups."""
    notes = _Beam(_INSIDE, warnings)
    graces = _Beam(frozenset((Kind.UNKNOWN,)), warnings)
    for group in groups:
        token = read_token(group.token)
        if token is not None and token.kind is Kind.GRACE_NOTE:
            graces.add_note(group, token)
            continue
        if token is not None and token.kind is Kind.NOTE:
            graces.stop_at(group, None)
            notes.add_note(group, token)
        else:
            kind = None if token is None else token.kind
            graces.stop_at(group, kind)
            notes.stop_at(group, kind)
    graces.end()
    notes.end()


class _Beam:
    """The beam of the notes read last, if it is still open."""

    def __init__(self, inside: frozenset[Kind], warnings: list[str]) -> None:
        self._inside = inside
        self._warnings = warnings
        self._last: TokenGroup | None = None
        """The last note of the open beam."""

    def add_note(self, group: TokenGroup, token: Token) -> None:
        """Continues, ends or begins a beam at a note."""
        left, right = token.pattern.is_beamed_left, token.pattern.is_beamed_right
        if self._last is None:
            if left:
                self._warnings.append(f"Non-started beam: 'x =x' at: {group.token!r}")
                group.token = token.with_beams(False, right)
            if right:
                self._last = group
            return
        if not token.is_beamed:
            self._stop(group)
            return
        if not left:
            self._warnings.append(f"Non-finished beam: 'x= x' at: {group.token!r}")
            group.token = token.with_beams(True, right)
        self._last = group if right else None

    def stop_at(self, group: TokenGroup, kind: Kind | None) -> None:
        """Breaks an open beam at an item that cannot be inside one."""
        if self._last is None or kind in self._inside:
            return
        if isinstance(group, KeySignatureTokenGroup) and Kind.CLEF in self._inside:
            return
        self._stop(group)

    def _stop(self, group: TokenGroup) -> None:
        self._warnings.append(f"Unexpected token inside a beamed group: {group.token!r}")
        self._close()

    def end(self) -> None:
        """Closes a beam that is open at the end of the annotation."""
        if self._last is not None:
            self._warnings.append("Non-finished beam: 'x= EOS' at the last token.")
            self._close()

    def _close(self) -> None:
        """Ends the beam at its last note; a beam of one note is none."""
        assert self._last is not None
        token = read_token(self._last.token)
        assert token is not None
        self._last.token = token.with_beams(token.pattern.is_beamed_left, False)
        self._last = None
