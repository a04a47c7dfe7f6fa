"""Lines of a tune: fields, directives and music code, without comments and with joined continuations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class LineKind(Enum):
    """What a line is."""

    FIELD = "field"
    """An information field."""

    DIRECTIVE = "directive"
    """A stylesheet directive (`%%`), or an instruction field (`I:`)."""

    MUSIC = "music"
    """A line of music code."""

    EMPTY = "empty"
    """A line without text, which ends a tune."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a tune."""

    kind: LineKind

    text: str
    """Value of the field, the directive with its arguments, or the music code."""

    letter: str = ""
    """Letter of a field."""

    is_continued: bool = False
    """Whether a backslash at its end joins a line of music code to the next one."""


_COMMENT = re.compile(r"(?<!\\)%.*$")

_FIELD = re.compile(r"([A-Za-z]):(.*)$", re.S)

_BODY_ONLY_NOTES = frozenset("ABCDEFGabcdefgXYZxyz")
"""Letters that are notes, rests or spacers at the start of a line in the body of a tune."""

_FIELDS_OF_BODY = frozenset("KLMPQVw")

_MUSIC = re.compile(r"[A-Ga-gzxZXyuvTHLMOPS0-9\s,'/|:\[\]()<>{}^_=.~\-!$*&`\"]+")

_TEXTS = re.compile(r'"[^"]*"|!\S*?!|\[\w:[^\]]*\]')

_VERSION = re.compile(r"%abc-(\d+)\.(\d+)")

_ABC_2_1 = (2, 1)


def follows_2_1(text: str) -> bool:
    """Whether a file or tune declares version 2.1 or a later one: `%abc-2.1`, or `I:abc-version 2.1`."""
    found = _VERSION.search(text[:100]) or re.search(r"(?m)^(?:I:|%%)\s*abc-version\s+(\d+)\.(\d+)", text)
    return found is not None and (int(found[1][:9]), int(found[2][:9])) >= _ABC_2_1


def lines_of(text: str) -> list[Line]:
    """The lines of a tune. Lines that consist of a comment are removed; `+:` lines are joined to their field."""
    lines: list[Line] = []
    is_body = False
    block: str | None = None
    for physical in text.rstrip("\n").split("\n"):
        stripped = physical.strip()
        if block is not None:
            block = None if stripped.startswith(f"%%end{block}") else block
            continue
        if stripped.startswith("%%"):
            directive = stripped[2:].strip()
            if directive.startswith("begin"):
                block = directive[5:].split()[0] if directive[5:].split() else ""
                directive = f"begin{block}"
            if directive:
                lines.append(Line(LineKind.DIRECTIVE, directive))
            continue
        if not stripped:
            lines.append(Line(LineKind.EMPTY, ""))
            continue
        content = _COMMENT.sub("", physical).strip()
        if not content:
            continue
        if content.startswith("+:"):
            _continue_field(lines, content[2:].strip())
            continue
        line = _field_or_music(content, is_body)
        is_body = is_body or line.letter == "K" or line.kind is LineKind.MUSIC
        lines.append(line)
    return lines


def _continue_field(lines: list[Line], text: str) -> None:
    """Appends text to the last field, through comments and directives."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind is LineKind.FIELD or (line.kind is LineKind.DIRECTIVE and place == len(lines) - 1):
            lines[place] = Line(line.kind, f"{line.text} {text}", line.letter)
            return
        if line.kind is not LineKind.DIRECTIVE:
            return


def _field_or_music(content: str, is_body: bool) -> Line:
    found = _FIELD.match(content)
    if found is not None and not (is_body and _is_music(found[1], found[2])):
        if found[1] == "I":
            return Line(LineKind.DIRECTIVE, found[2].strip())
        return Line(LineKind.FIELD, found[2].strip(), found[1])
    is_continued = content.endswith("\\") and not content.endswith("\\\\")
    return Line(LineKind.MUSIC, content[:-1] if is_continued else content, is_continued=is_continued)


def _is_music(letter: str, rest: str) -> bool:
    """Whether a letter and a colon at the start of a line are a note and a repeat sign, as in `d:|`."""
    return letter in _BODY_ONLY_NOTES and rest.startswith(("|", ":", "]"))


def is_music(line: Line) -> bool:
    """Whether a line outside a tune is music code, or a field inside a tune, rather than free text."""
    if line.kind is LineKind.FIELD:
        return line.letter in _FIELDS_OF_BODY
    return "|" in line.text and _MUSIC.fullmatch(_TEXTS.sub("", line.text)) is not None
