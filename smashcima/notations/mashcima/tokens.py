"""Tokens with their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from smashcima.notations.mashcima.patterns import (
    AFTER_ATTACHMENTS,
    BEFORE_ATTACHMENTS,
    FURTHER,
    NUMBERED,
    PITCHES,
    STANDARD,
    Kind,
    Pattern,
)

_PATTERNS: dict[str, Pattern] = {pattern.generic: pattern for pattern in (*FURTHER, *STANDARD)}
_PITCHES = frozenset(PITCHES)

_ORDER: dict[str, int] = {
    generic: index for index, generic in enumerate((*BEFORE_ATTACHMENTS, *AFTER_ATTACHMENTS))
}

_MAX_CACHED = 1 << 13


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its meaning."""

    text: str
    """The token as written."""

    pattern: Pattern

    kind: Kind

    pitch: int | None
    """The staff position; `None` for a token without one."""

    name: str
    """As `Pattern.name`, or the number or name of an extension: `16` for `~multirest.16`."""

    order: int
    """For attachments the place in the order in which they are written; -1 for all others."""

    @property
    def is_before(self) -> bool:
        """Whether it is written before the item to which it is attached."""
        return 0 <= self.order < len(BEFORE_ATTACHMENTS)

    @property
    def is_after(self) -> bool:
        """Whether it is written after the item to which it is attached."""
        return self.order >= len(BEFORE_ATTACHMENTS)

    @property
    def is_beamed(self) -> bool:
        """Whether it is a note under a beam."""
        return self.pattern.is_beamed_left or self.pattern.is_beamed_right

    def with_beams(self, left: bool, right: bool) -> str:
        """The text of this beamed note with a beam on the given sides."""
        pattern = self.pattern
        prefix = ""
        if self.kind is Kind.GRACE_NOTE:
            prefix = "~grace/." if pattern.is_slashed else "~grace."
        middle = f"{'=' * left}{self.name}{'=' * right}"
        if not prefix and middle not in _PATTERNS:
            prefix = "~"
        return f"{prefix}{middle}{self.pitch}"


@lru_cache(_MAX_CACHED)
def read_token(text: str) -> Token | None:
    """Returns a token with its meaning, or `None` if the language has no such token."""
    pattern = _PATTERNS.get(text)
    if pattern is not None:
        if pattern.has_pitch:
            return None
        pitch = int(text[6:]) if pattern.kind is Kind.CLEF and text[:5] == "clef." else None
        return Token(text, pattern, pattern.kind, pitch, pattern.name, _ORDER.get(pattern.generic, -1))
    generic = to_generic(text)
    pattern = _PATTERNS.get(generic)
    if pattern is not None:
        height = text[len(generic) :]
        if not pattern.has_pitch or height not in _PITCHES:
            return None
        return Token(text, pattern, pattern.kind, int(height), pattern.name, _ORDER.get(generic, -1))
    prefix = numbered_prefix(text)
    if prefix is None:
        return None
    kind, allowed = NUMBERED[prefix]
    name = text[len(prefix) :]
    if allowed.fullmatch(name) is None:
        return None
    made = Pattern(text, kind, name, in_vocabulary=False)
    return Token(text, made, kind, None, name, _ORDER.get(prefix, -1))


def to_generic(annotation_token: str) -> str:
    """Returns a token without its pitch: `q` for `q-3`.

    Numbers that are not a pitch are kept: `time.4`, `tuplet.3`, `~multirest.16`.
    """
    if annotation_token.startswith(("tuplet.", "time.")) or numbered_prefix(annotation_token) is not None:
        return annotation_token
    return annotation_token.rstrip("-0123456789")


def numbered_prefix(text: str) -> str | None:
    """The beginning of an extension with a number or a name, up to its point, or `None`."""
    if text[:1] != "~":
        return None
    prefix = text[: text.find(".") + 1]
    return prefix if prefix in NUMBERED else None


def explain_unknown(text: str) -> str:
    """Says why the language has no such token."""
    generic = to_generic(text)
    pattern = _PATTERNS.get(generic)
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    if pattern is not None and pattern.has_pitch:
        if text == generic:
            return f"{shown!r} has no pitch; write it with one from -12 to 12, such as {generic + '0'!r}"
        return f"{shown!r} has no pitch from -12 to 12"
    prefix = numbered_prefix(text)
    if prefix is not None:
        return f"{shown!r} has a value that is not allowed after {prefix!r}"
    return repr(shown)
