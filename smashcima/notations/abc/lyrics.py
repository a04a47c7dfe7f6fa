"""Lines of lyrics (`w:`) and symbols (`s:`), split into what belongs to each note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_SYLLABLE = re.compile(r"\\-|(?:\\(?!-)|[^\s\-_*|\\])+|[-_*|]|\s+")

_NUMBER = re.compile(r"\d[\d.,:)]*$")

_SYMBOL = re.compile(r'"[^"]*"|![^!\s]*!|\+[^+\s]+\+|[*|]|[^\s"!*|+]+')


class AlignmentKind(Enum):
    """What an item of a line does."""

    TEXT = "text"
    """A syllable or symbol on the next note."""

    SKIP = "*"
    """The next note has none."""

    HOLD = "_"
    """The next note continues the previous syllable."""

    BAR = "|"
    """Advances to the next bar."""


@dataclass(slots=True)
class Aligned:
    """An item of a line that is aligned with notes."""

    kind: AlignmentKind

    text: str = ""

    has_hyphen: bool = False
    """Whether a hyphen follows the syllable."""


def parse_lyrics(line: str) -> list[Aligned]:
    """The items of a `w:` line, in order."""
    items: list[Aligned] = []
    is_open = False
    """Whether more text may be appended to the last syllable."""
    for piece in _SYLLABLE.findall(line):
        if piece.isspace():
            is_open = False
        elif piece == "-":
            last = next((item for item in reversed(items) if item.kind is AlignmentKind.TEXT), None)
            if not is_open or last is None or last.has_hyphen:
                items.append(Aligned(AlignmentKind.SKIP))  # the syllable before the hyphen lasts longer
            if last is not None:
                last.has_hyphen = True
        elif piece in ("_", "*", "|"):
            items.append(Aligned(AlignmentKind(piece)))
            is_open = False
        else:
            text = "-" if piece == "\\-" else piece
            last = items[-1] if items else None
            if is_open and last is not None and last.kind is AlignmentKind.TEXT and not last.has_hyphen:
                last.text += text
            else:
                items.append(Aligned(AlignmentKind.TEXT, text))
            is_open = True
    _join_number(items)
    for item in items:
        item.text = item.text.replace("~", " ")
    return items


def _join_number(items: list[Aligned]) -> None:
    """Joins the number of a stanza at the start of a line to the first syllable."""
    if len(items) < 2 or items[0].kind is not AlignmentKind.TEXT or items[0].has_hyphen:
        return
    if _NUMBER.match(items[0].text) and items[1].kind is AlignmentKind.TEXT:
        items[1].text = f"{items[0].text}~{items[1].text}"
        del items[0]


def parse_symbols(line: str) -> list[Aligned]:
    """The items of an `s:` line, in order: decorations and quoted texts, with their delimiters."""
    kinds = {"*": AlignmentKind.SKIP, "|": AlignmentKind.BAR}
    return [
        Aligned(kinds[piece]) if piece in kinds else Aligned(AlignmentKind.TEXT, piece)
        for piece in _SYMBOL.findall(line)
    ]
