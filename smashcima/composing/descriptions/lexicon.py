"""Words and phrases with a fixed meaning."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from smashcima.composing.descriptions.description import BY_HAND, PRINTED
from smashcima.composing.descriptions.folding import WORD, Folded, folded, is_near
from smashcima.composing.descriptions.words import drawing, genres, periods, players, tempi, textures
from smashcima.composing.descriptions.words.fillers import FILLERS

_SHORTEST_NEAR = 4
"""Letters of a misspelt word; the right one has one more."""

_AMOUNTS = frozenset(" ".join((*textures.NONE, *textures.MANY, *textures.FEW)).split())
_LONG = 9


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says about a field."""

    field: str
    value: Any
    is_implied: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A place of a folded text with its meanings."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    read_as: str = ""


@lru_cache(maxsize=1)
def lexicon() -> Mapping[str, tuple[Meaning, ...]]:
    """The meanings of all phrases, by folded phrase."""
    found: dict[str, list[Meaning]] = {}
    for phrase, meaning in _entries():
        meanings = found.setdefault(folded(phrase).rstrip("."), [])
        if all(each.field != meaning.field for each in meanings):
            meanings.append(meaning)
    return {phrase: tuple(meanings) for phrase, meanings in found.items()}


def phrases_in(text: Folded, only: Iterable[str] = ()) -> Iterator[Found]:
    """All phrases of the lexicon in a text, also overlapping ones, but those about `only` some fields if there are any.

    They begin and end with whole words.
    """
    fields = frozenset(only)
    words = [match.span() for match in WORD.finditer(text.text)]
    known, longest = lexicon(), _longest()
    for first, (start, _) in enumerate(words):
        for last in range(min(first + longest, len(words)) - 1, first - 1, -1):
            phrase = re.sub(r"[\s()]+", " ", text.text[start : words[last][1]])
            meanings = known.get(phrase) or (known.get(_respelt(phrase)) if last > first else None)
            if meanings is not None and (not fields or any(each.field in fields for each in meanings)):
                yield Found(start, words[last][1], meanings)


def near_phrase(word: str) -> str | None:
    """The word of the lexicon that a misspelt word was meant to be; `None` if none or several are equally near."""
    if len(word) < _SHORTEST_NEAR or word in FILLERS or word in _AMOUNTS or not word.isalpha():
        return None
    for allowed in range(1, (2 if len(word) >= _LONG else 1) + 1):
        near = [other for other in _single_words() if other[0] == word[0] and is_near(word, other, allowed)]
        if near:
            best = max(_likeness(word, each) for each in near)
            likeliest = [each for each in near if _likeness(word, each) == best]
            return likeliest[0] if len({lexicon()[each] for each in likeliest}) == 1 else None
    return None


@lru_cache(maxsize=4096)
def _respelt(phrase: str) -> str:
    """A phrase with its misspelt word replaced by the nearest one of all phrases; as it is if several words are unknown.

    >>> _respelt("sting quartet")
    'string quartet'
    """
    parts = phrase.split(" ")
    vocabulary = _vocabulary()
    unknown = [index for index, part in enumerate(parts) if part not in vocabulary]
    if len(unknown) != 1 or len(parts[unknown[0]]) <= _SHORTEST_NEAR or not parts[unknown[0]].isalpha():
        return phrase
    word = parts[unknown[0]]
    near = [
        other
        for other in vocabulary
        if other[0] == word[0] and len(other) > _SHORTEST_NEAR and is_near(word, other, 1)
    ]
    found = {
        " ".join((*parts[: unknown[0]], other, *parts[unknown[0] + 1 :])) for other in near
    } & lexicon().keys()
    return found.pop() if len(found) == 1 else phrase


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """All words of phrases, and those without a meaning."""
    return frozenset((*(word for phrase in lexicon() for word in phrase.split(" ")), *FILLERS, *_AMOUNTS))


def _likeness(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()


@lru_cache(maxsize=1)
def _single_words() -> tuple[str, ...]:
    return tuple(each for each in lexicon() if each.isalpha() and len(each) > _SHORTEST_NEAR)


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(WORD.findall(phrase)) for phrase in lexicon())


def _entries() -> Iterator[tuple[str, Meaning]]:
    for table in (players.ENSEMBLE_WORDS, players.INSTRUMENT_WORDS):
        for name, phrases in table.items():
            # `violin and piano` is read as two instruments, which are joined.
            names = () if name.endswith(" and piano") else (name,)
            yield from ((each, Meaning("ensemble", name)) for each in (*names, *phrases))
    yield from ((each, Meaning("ensemble", name)) for each, name in players.group_words())
    for name, phrases in players.IMPLIED_PLAYERS.items():
        yield from ((each, Meaning("ensemble", name, is_implied=True)) for each in phrases)
    yield from _kinds_of_pieces()
    yield from _table("style", periods.PERIOD_WORDS)
    for name, phrases in tempi.PLAIN.items():
        yield from ((each, Meaning("tempo", name)) for each in phrases)
    yield from ((each, Meaning("tempo", each[:1].upper() + each[1:])) for each in tempi.TERMS)
    yield from _table("texture", textures.TEXTURE_WORDS)
    for each in ("bass clef", "treble clef", "alto clef", "tenor clef", "soprano clef"):
        yield each, Meaning("unknown", "clefs follow from the instruments")
    for each in ("in the bass", "bass line", "bass part"):
        yield each, Meaning("unknown", "the bass follows from the texture")
    yield from _table("density", textures.DENSITY_WORDS)
    for name, phrases in textures.ELEMENT_WORDS.items():
        yield from ((each, Meaning(f"share of {name}", "some")) for each in phrases)
    yield from _drawing()
    yield from ((each, Meaning("lyrics", "none")) for each in drawing.NO_LYRICS)
    yield from _lyrics()


def _kinds_of_pieces() -> Iterator[tuple[str, Meaning]]:
    # First the other kinds, so that `Lied ohne Worte` is one of them.
    for nearest, title, phrases in genres.OTHER_GENRES.values():
        for each in phrases:
            yield each, Meaning("genre", nearest)
            yield each, Meaning("title", f"{title} in {{key}}", is_implied=True)
            if title in ("Fugue", "Canon"):
                yield each, Meaning("texture", "counterpoint", is_implied=True)
    yield from _table("genre", genres.GENRE_WORDS)
    yield from _table("form", genres.FORM_WORDS)


def _drawing() -> Iterator[tuple[str, Meaning]]:
    yield from _table("script", drawing.SCRIPT_WORDS)
    for name, phrases in drawing.WRITER_WORDS.items():
        for each in phrases:
            yield each, Meaning("writer", name)
            yield each, Meaning("script", BY_HAND, is_implied=True)
    yield from _table("paper", drawing.PAPER_WORDS)
    for name, phrases in drawing.DEGRADATION_WORDS.items():
        for each in phrases:
            yield each, Meaning("degradation", name)
            if "manuscript" in each:
                yield each, Meaning("script", BY_HAND)
    for sheet in drawing.SHEETS:
        for ending in ("", " paper", " page", " sheet", " portrait", " format"):
            if sheet not in ("Letter", "Legal", "Concert", "Tabloid") or ending:
                yield f"{sheet}{ending}", Meaning("page", sheet)
        yield f"{sheet} landscape", Meaning("page", f"{sheet} landscape")
        yield f"landscape {sheet}", Meaning("page", f"{sheet} landscape")
    for font in drawing.FONTS:
        yield from ((f"{font}{end}", Meaning("music_font", font)) for end in ("", " font"))
        for field, value in (("music_font", font), ("script", PRINTED)):
            yield from (
                (f"{before} {font}", Meaning(field, value))
                for before in ("set in", "typeset in", "gesetzt in")
            )


def _lyrics() -> Iterator[tuple[str, Meaning]]:
    for language, adjectives in drawing.LANGUAGE_WORDS.items():
        for each in adjectives:
            yield from ((f"{each} {word}", Meaning("lyrics", language)) for word in drawing.LYRICS_WORDS)
            for before in ("sung in", "text in", "lyrics in", "words in", "texte en", "testo in", "text auf", "song in", "lyrics", "singing in",
                           "words are", "paroles en", "paroles", "testo", "text", "gesungen auf", "language"):  # fmt: skip
                yield f"{before} {each}", Meaning("lyrics", language)
    for genre, words in (
        ("song", ("song", "songs", "lied", "lieder", "chanson")),
        ("hymn", ("hymn", "motet", "psalm")),
    ):
        for adjective in (each for adjectives in drawing.LANGUAGE_WORDS.values() for each in adjectives):
            yield from ((f"{adjective} {word}", Meaning("genre", genre)) for word in words)
            yield f"{words[0]} in {adjective}", Meaning("genre", genre)


def _table(field: str, table: Mapping[Any, tuple[str, ...]]) -> Iterator[tuple[str, Meaning]]:
    for value, phrases in table.items():
        names = (str(value), *phrases) if field in ("genre", "style") else phrases
        yield from ((each, Meaning(field, value)) for each in names)
