"""Music code, split into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_LENGTH = r"\d*(?:/+\d*)?"

_ACCIDENTAL = r"(?:\^{1,2}|_{1,2}|=)(?:\d{0,3}/\d{0,3})?"

_ENDING = r"\d[\d,.\-]*"


class TokenKind(Enum):
    """Kinds of tokens; the value is the name of the group in the pattern below."""

    NOTE = "note"
    REST = "rest"
    MEASURE_REST = "zz"
    SPACER = "spacer"
    SPACE = "space"
    BARLINE = "bar"
    ENDING = "ending"
    FIELD = "field"
    QUOTED = "quoted"
    DECORATION = "deco"
    OLD_DECORATION = "plus"
    SHORTHAND = "short"
    TUPLET = "tuplet"
    SLUR_START = "slur"
    SLUR_END = "slurend"
    TIE = "tie"
    GRACE_START = "grace"
    GRACE_END = "graceend"
    CHORD_START = "chord"
    CHORD_END = "chordend"
    BROKEN_RHYTHM = "broken"
    OVERLAY = "overlay"
    LINE_BREAK = "break"
    OTHER = "other"
    """A character without a meaning."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of music code."""

    kind: TokenKind

    text: str
    """The token as written."""

    parts: tuple[str, ...] = ()
    """Its parts, depending on the kind:

    | kind | parts |
    |---|---|
    | NOTE | accidental, letter, octave marks, length |
    | REST | letter, length |
    | MEASURE_REST | letter, number of measures |
    | BARLINE | barline, numbers of the ending that follows it directly |
    | ENDING | numbers |
    | FIELD | letter, value |
    | QUOTED, DECORATION, OLD_DECORATION | content |
    | TUPLET | p, q, r |
    | CHORD_END | length |
    """


_GROUPS = (
    ("space", r"[ \t`]+", ()),
    ("note", rf"(?P<n1>{_ACCIDENTAL})?(?P<n2>[A-Ga-g])(?P<n3>[,']*)(?P<n4>{_LENGTH})", ("n1", "n2", "n3", "n4")),
    ("field", r"\[(?P<f1>[A-Za-z]):(?P<f2>[^\]]*)\]", ("f1", "f2")),
    (
        "bar",
        rf"(?P<b1>\[\|\]|\.\||\[\|:*|:*\|(?:\[(?=\|)|[|\]:])*|:{{2,}})(?P<b2>{_ENDING})?",
        ("b1", "b2"),
    ),
    ("ending", rf"\[(?P<e1>{_ENDING})", ("e1",)),
    ("rest", rf"(?P<r1>[zx])(?P<r2>{_LENGTH})", ("r1", "r2")),
    ("zz", r"(?P<m1>[ZX])(?P<m2>\d*)", ("m1", "m2")),
    ("spacer", r"y\d*", ()),
    ("quoted", r'"(?P<q1>[^"]*)"', ("q1",)),
    ("deco", r"!(?P<d1>[^!\s|\[\]]*)!", ("d1",)),
    ("plus", r"\+(?P<p1>[A-Za-z0-9<>.()]+)\+", ("p1",)),
    (
        "tuplet",
        r"\((?P<t1>\d{1,3})(?::(?P<t2>\d{0,3}))?(?::(?P<t3>\d{0,3}))?",
        ("t1", "t2", "t3"),
    ),
    ("slur", r"\.?\(", ()),
    ("slurend", r"\.?\)", ()),
    ("tie", r"\.?-", ()),
    ("grace", r"\{/?", ()),
    ("graceend", r"\}", ()),
    ("chord", r"\[", ()),
    ("chordend", rf"\](?P<c1>{_LENGTH})", ("c1",)),
    ("broken", r"<+|>+", ()),
    ("overlay", r"&+", ()),
    ("break", r"\$", ()),
    ("short", r"[~.H-Wh-w]", ()),
    ("other", r".", ()),
)  # fmt: skip

_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _GROUPS), re.S)

_KINDS = {name: (TokenKind(name), parts) for name, _, parts in _GROUPS}


def tokens_of(music: str) -> Iterator[Token]:
    """The tokens of a line of music code, in order; together they are the line."""
    for found in _TOKEN.finditer(music):
        kind, parts = _KINDS[found.lastgroup or "other"]
        yield Token(kind, found[0], tuple([found[name] or "" for name in parts]))
