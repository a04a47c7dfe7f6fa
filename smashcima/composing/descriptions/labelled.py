"""Clauses such as `key is G minor` and `Instrumentation: piano`: captions, fields of IMSLP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.composing.descriptions.description import Ignored, Mention
from smashcima.composing.descriptions.folding import Folded
from smashcima.composing.descriptions.values import LABELS, NO_NUMBER, value_of

_FIELDS = {
    **{label: name for name, label in LABELS.items()},
    "work title": "title", "titel": "title", "titre": "title", "composer time period": "style", "period": "style", "style": "style",
    "time signature": "metre", "time": "metre", "meter": "metre", "metronome": "bpm", "bpm": "bpm", "measures": "measures", "bars": "measures",
    "number of bars": "measures", "staves": "staves", "instruments": "ensemble", "instrument": "ensemble", "ensemble": "ensemble",
    "scoring": "ensemble", "besetzung": "ensemble", "tonart": "key", "tonalite": "key", "tonalita": "key", "key signature": "key",
    "genre categories": "genre", "lyrics": "lyrics", "upbeat": "pickup", "dpi": "dpi", "instrumentation": "ensemble",
    "tonality": "key", "takt": "metre", "taktart": "metre", "mesure": "metre", "stil": "style", "gattung": "genre", "komponist": "composer",
    "compositeur": "composer", "compositore": "composer", "year/date of composition": "year", "year of composition": "year",
}  # fmt: skip
"""Fields by folded label."""

_WITHOUT_EFFECT = (
    "alternative title", "alternative. title", "i-catalogue number", "first publication", "average duration", "librettist", "id",
    "movements/sections", "opus/catalogue number", "first performance", "dedication", "external links", "related works", "copyright", "editor",
    "publisher", "mov'ts/sec's",
)  # fmt: skip
"""Fields of IMSLP that change nothing on a page."""

_LABEL = re.compile(
    r"(?:^|(?<=[,;.\n(])|(?<=\band\b)|(?<=\bwith\b)|(?<=\bscore\b))\s*(?:[-*•]\s*)?(?:and\s+|with\s+)?(?:the\s+|its\s+|whose\s+)?("
    + "|".join(re.escape(each) for each in sorted((*_FIELDS, *_WITHOUT_EFFECT), key=len, reverse=True))
    + r")\s*(is\b|are\b|=|:)\s*"
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_INVERTED_NAME = re.compile(
    r"\s*[A-ZÀ-Ž][\w'’-]+,\s*[A-ZÀ-Ž][\w'’.-]*(?:\s+[A-ZÀ-Ž][\w'’.-]*)*(?=\s*(?:[,;.(\n]|$))"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the clauses of a text say, and what they leave to be read."""

    mentions: tuple[Mention, ...]
    ignored: tuple[Ignored, ...]
    taken: tuple[tuple[int, int], ...]
    """Places in the folded text that have been read."""


def read_labelled(text: Folded) -> Labelled:
    """Reads the clauses of a text. Values that are not written as in captions are left to be read as free text."""
    mentions: list[Mention] = []
    ignored: list[Ignored] = []
    taken: list[tuple[int, int]] = []
    quoted = [match.span() for match in _QUOTED.finditer(text.original)]
    labels = [
        match
        for match in _LABEL.finditer(text.text)
        if not any(start < text.span(*match.span(1))[0] < end for start, end in quoted)
    ]
    for index, match in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text.text)
        end = _clause_end(text, match.end(), end)
        label = match[1]
        if label in _WITHOUT_EFFECT:
            start, stop = text.span(match.start(1), max(end, match.end()))
            told = text.original[start:stop].rstrip(" ,\n")
            ignored.append(Ignored(start, start + len(told), told, "has no effect on pages"))
            taken.append((match.start(1), end))
            continue
        found = _value(text, _FIELDS[label], match.end(), end, is_line=match[2] == ":")
        taken.append((match.start(1), match.end()))
        if found is not None:
            name, value, stop = found
            start, last = text.span(match.start(1), stop)
            if value is not None:
                mentions.append(
                    Mention(name, value, start, last, text.original[start:last], is_labelled=True)
                )
            taken.append((match.end(), stop))
    return Labelled(tuple(mentions), tuple(ignored), tuple(taken))


def _clause_end(text: Folded, start: int, end: int) -> int:
    """The first semicolon or end of line outside of quotation marks."""
    first, last = text.span(start, end)
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[;\n]', text.original[first:last]):
        if match[0] in ";\n":
            return text.place(first + match.start())
    return end


def _value(text: Folded, field: str, start: int, end: int, is_line: bool) -> tuple[str, object, int] | None:
    """Field and value of a clause, and its end; `None` if it must be read as free text."""
    first, last = text.span(start, end)
    given = text.original[first:last]
    if field in NO_NUMBER:
        return _free(text, field, given, first, is_line)
    if field == "year":
        return None
    for length in _prefixes(given):
        part = given[:length].strip(" ,.")
        if not part:
            continue
        try:
            value = value_of(field, part)
        except (ValueError, KeyError):
            continue
        return field, value, text.place(first + len(given[:length].rstrip(" ,.")))
    return None


def _free(text: Folded, field: str, given: str, first: int, is_line: bool) -> tuple[str, object, int] | None:
    """As `_value` for free text; `first` is the place of `given` in the original."""
    if given.lstrip().startswith('"'):
        for length in _prefixes(given):
            try:
                value = value_of(field, given[:length].strip(" ,."))
            except (ValueError, KeyError):
                continue
            return field, value, text.place(first + len(given[:length].rstrip(" ,.")))
        return None
    if field == "tempo":
        speed = re.match(r"\s*(\d{2,3})(?:\s*bpm)?(?=\s*(?:[,;.]|$))", given)
        if speed is None:
            return None
        return ("bpm", int(speed[1]), text.place(first + speed.end())) if 20 <= int(speed[1]) <= 300 else None
    inverted = _INVERTED_NAME.match(given) if field == "composer" else None
    whole = re.match(r"[^\n]*" if is_line and field == "title" else r"[^,\n(]*", given)
    length = inverted.end() if inverted else whole.end() if whole else 0
    name = given[:length].strip(" ,.") if field == "title" else given[:length].strip(" ,")
    if not name or (field == "composer" and not name[:1].isupper() and " or " not in name):
        return None
    return field, value_of(field, name), text.place(first + len(given[:length].rstrip(" ,")))


def _prefixes(given: str) -> Iterator[int]:
    """Lengths of the prefixes of a text that end before a comma, a sentence's end or a bracket, longest first."""
    ends = [len(given)]
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|,|\.(?=\s|$)|\n|\((?!weight)', given):
        if not match[0].startswith('"'):
            ends.append(match.start())
    yield from sorted(set(ends), reverse=True)
