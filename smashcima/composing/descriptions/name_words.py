"""Names in descriptions: titles, composers, opus numbers, tempo terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smashcima.composing.descriptions.folding import Folded
from smashcima.composing.descriptions.lexicon import Found, Meaning
from smashcima.composing.descriptions.words import periods, tempi

_COMPOSERS = "|".join(name for names in periods.COMPOSERS.values() for name in names)
_TITLE = re.compile(
    r"(?:\b(?:entitled|titled|called|named|title|titel|titre|titolo|betitelt|with\s+the\s+title|intitule|intitolato|genannt)\s*(?:is|:|=)?\s*)?"
    r"(?:\"([^\"]{1,200})\"|(?<![^\W_])'([^']{2,200})'(?![^\W_]))"
)
_NAME = r"(?:(?:[A-Z]\.\s?)|(?:[A-ZÀ-Ž][\w'’-]+\s*)|(?:(?:von|van|de|da|di|du|der|la)\s+(?=[A-ZÀ-Ž])))+"
_BY = re.compile(
    rf"\b(?:by|von|composer|composed\s+by|music\s+by|komponiert\s+von|par)\s+((?!Hand\b){_NAME})"
)
_LIKE = re.compile(
    r"\b(?:in\s+the\s+(?:style|manner|spirit)\s+of|after|a\s+la|like|im\s+stil\s+von|dans\s+le\s+style\s+de|nello\s+stile\s+di|alla\s+maniera\s+di|"
    r"inspired\s+by|reminiscent\s+of)\s+(?:(?:[a-z]+\.?\s+){0,3}?)(" + _COMPOSERS + r")\b"
)
_LIKE_SUFFIX = re.compile(rf"\b({_COMPOSERS})[\s-]?(?:esque|style|like|ian)\b")
_OPUS = re.compile(
    r"\b(?:op(?:us)?\.?\s*(?:posth\.?\s*)?\d+|(?:no|nr|n)(?:\.\s*|°\s*|º\s*)\d+|number\s+\d+|bwv\.?\s*\d+|kv?\.\s*\d+|k\.?\s?\d+|hob\.?\s*[xvi]+[:/]\d+|"
    r"d\.\s*\d+|woo\.?\s*\d+|rv\s*\d+|hwv\s*\d+)(?:[\s,]*(?:no|nr)\.?\s*\d+)?\b"
)

_TERMS = "|".join(re.escape(each) for each in sorted(tempi.TERMS, key=len, reverse=True))
_MODIFIERS = "|".join(re.escape(each) for each in sorted(tempi.MODIFIERS, key=len, reverse=True))
_BEFORE = "|".join(re.escape(each) for each in sorted(tempi.BEFORE, key=len, reverse=True))
_AFTER = re.compile(rf"(?:\s+(?:e\s+|ed\s+)?(?:{_MODIFIERS}))*\b")
_TEMPO = re.compile(
    rf"\b(?:(?:{_BEFORE})\s+)?(?:{_TERMS})(?:\s+(?:e\s+|ed\s+)?(?:{_MODIFIERS}))*(?:,?\s+quasi\s+(?:{_TERMS}))?\b"
)


def names_in(text: Folded) -> Iterator[Found]:
    """Titles in quotation marks, composers after `by`, and numbers of works of a text."""
    for match in _TITLE.finditer(text.text):
        start, end = text.span(*match.span(1 if match[1] is not None else 2))
        yield Found(*match.span(), (Meaning("title", text.original[start:end].strip()),))
    for match in _BY.finditer(text.original):
        name = match[1].rstrip(" ,")
        end = match.start(1) + len(name)
        yield Found(
            text.place(match.start()), text.place(end), (Meaning("composer", name), *_period_of(name))
        )
    for pattern in (_LIKE, _LIKE_SUFFIX):
        for match in pattern.finditer(text.text):
            yield from _in_the_manner(match)
    for match in _OPUS.finditer(text.text):
        start, end = text.span(*match.span())
        yield Found(*match.span(), (Meaning("number", text.original[start:end]),))


def tempi_in(text: Folded) -> Iterator[Found]:
    """Tempo terms of a text, as they are to be written."""
    for match in _TEMPO.finditer(text.text):
        start, end = text.span(*match.span())
        words = re.sub(r"\s+", " ", text.original[start:end])
        written = words.lower() if words.isupper() else words
        yield Found(*match.span(), (Meaning("tempo", written[:1].upper() + written[1:]),))


def end_of_tempo(text: Folded, place: int) -> int:
    """The end of the words that qualify a tempo term that ends at a place: that of `cantabile` in `andante cantabile`."""
    match = _AFTER.match(text.text, place)
    return match.end() if match else place


def _in_the_manner(match: re.Match[str]) -> Iterator[Found]:
    for period, names in periods.COMPOSERS.items():
        if match[1] in names:
            yield Found(*match.span(), (Meaning("style", period),))


def _period_of(name: str) -> tuple[Meaning, ...]:
    surname = re.split(r"[\s.,]+", name.casefold().rstrip("., "))[-1]
    return tuple(
        Meaning("style", period, is_implied=True)
        for period, names in periods.COMPOSERS.items()
        if surname in names
    )
