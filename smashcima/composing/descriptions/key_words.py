"""Keys in English, German, French, Italian, Spanish, Portuguese and Czech."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smashcima.composing.descriptions.folding import Folded
from smashcima.composing.descriptions.lexicon import Found, Meaning
from smashcima.composing.descriptions.words.numerals import NUMERALS
from smashcima.composing.theory import Key

_LETTERS = "CDEFGAB"
_MINOR = "minor|min\\.?|moll|mineur|minore|menor|molle"
_MAJOR = "major|maj\\.?|dur|majeur|maggiore|magg\\.?|mayor|maior|mayeur"
_SYLLABLES = {"do": "C", "ut": "C", "re": "D", "mi": "E", "fa": "F", "sol": "G", "la": "A", "si": "B"}
_SIGN = r"\s*-?\s*sharps?|\s*-?\s*flats?|#|♯|♭|b"
"""The word may be apart from the letter, but not the sign: `a b minor waltz` is in B minor."""

_GERMAN = re.compile(r"\b([a-h])(isis|is|eses|es|s|b|♭|#|♯)?[\s-]*(dur|moll)\b")
_ENGLISH = re.compile(
    rf"\b([a-h])({_SIGN})?[\s-]*(major|maj\.?|majeur|maggiore|minor|min\.?|mineur|minore)(?![^\W_])"
)
_ROMANCE = re.compile(
    rf"\b(do|ut|re|mi|fa|sol|la|si)(?:[\s-]*(#|♯|♭|b|dieses?|diesis|diese|bemolle|bemoll?|sostenido|sustenido))?[\s-]*"
    rf"({_MAJOR}|{_MINOR})(?![^\W_])"
)
_ROMANCE_BARE = re.compile(
    r"\b(?:en|in|auf)\s+(do|ut|re|mi|fa|sol|la|si)(?:[\s-]*(#|♯|♭|dieses?|diesis|bemolle|bemol|sostenido))?(?=\s*(?:[,.;:)]|$))"
)
_GERMAN_BARE = re.compile(r"\bin\s+(cis|des|dis|es|fis|ges|gis|as|ces|h)(?=\s*(?:[,.;:)]|$|fur\b|mit\b))")
_BARE = re.compile(
    rf"\b(?:[Ii]n|[Kk]ey\s+of|[Kk]ey\s+signature\s+of|[Tt]onality\s+of)\s+([A-G])({_SIGN})?(?![\w♯♭#'’-])(?!\s+and\b)",
)
_ALONE = re.compile(rf"(?:^|(?<=[,;(]))\s*([A-G])({_SIGN})(?=\s*(?:[,.;)]|$))")
_SHORT = re.compile(r"(?<![\w#♯♭])([A-G])(#|♯|b|♭)?m(?![\w#♯♭])")
_MODE = re.compile(
    rf"(?<![^\W_])(?:a\s+)?({_MAJOR}|{_MINOR})\s+(?:key|mode|tonality|tonart)\b|\b(?:in|en)\s+({_MAJOR}|{_MINOR})(?![^\W_])|"
    r"\b(mollton|durton)art\b"
)
_NUMBERS = {"no": 0, "zero": 0, "a": 1, **{word: number for word, number in NUMERALS.items() if number <= 7}}
_SIGNATURE = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|[0-7])\s+(sharps?|flats?|kreuz(?:vorzeichen)?e?n?|be?-?vorzeichen|bes?|dieses?|bemols?|diesis|bemoll[ie]|sostenidos?|bemoles|b's)"
    r"(?:\s+(?:or|and)\s+(sharps?|flats?))?(?:\s+in\s+the\s+(?:key\s+)?signature)?\b"
)
_ALTERNATIVE = re.compile(rf"\b([a-h])({_SIGN}|is|es|s)?\s*(?:,|\bor\b|\boder\b|/)\s*(?:in\s+)?$")
_OTHER_MODES = re.compile(
    r"\b(?:[a-g](?:[\s-]?(?:flat|sharp))?\s+)?(dorian|phrygian|lydian|mixolydian|locrian|aeolian|ionian)\b"
)


def keys_in(text: Folded) -> Iterator[Found]:
    """Keys, modes and key signatures of a text; those with more than seven sharps or flats have the value `None`."""
    for pattern, read in ((_ENGLISH, _english), (_GERMAN, _german), (_ROMANCE, _romance)):
        for match in pattern.finditer(text.text):
            if pattern is _ENGLISH and _is_article(text, match):
                continue
            key = read(match)
            yield _found(match, key)
            if pattern is not _ROMANCE and key is not None:
                yield from _alternatives(text.text, match, key)
    for match in (*_ROMANCE_BARE.finditer(text.text), *_GERMAN_BARE.finditer(text.text)):
        yield _found(match, _romance(match) if match[1] in _SYLLABLES else _german_bare(match))
    for pattern in (_BARE, _ALONE, _SHORT):
        for match in pattern.finditer(text.original):
            start = text.place(match.start(1) if pattern is _ALONE else match.start())
            end = text.place(match.end())
            key = _key(match[1].upper(), match[2] or "", is_minor=pattern is _SHORT)
            yield Found(start, end, (Meaning("key", key),))
    yield from _modes(text)


def _modes(text: Folded) -> Iterator[Found]:
    for match in _MODE.finditer(text.text):
        word = match[1] or match[2] or match[3]
        yield Found(*match.span(), (Meaning("mode", "minor" if re.match(_MINOR, word) else "major"),))
    for match in _SIGNATURE.finditer(text.text):
        number = int(match[1]) if match[1].isdigit() else _NUMBERS[match[1]]
        if match[1] == "a" and "flats" in match[2]:
            continue
        sign = 1 if match[2].startswith(("sharp", "kreuz", "dies", "sost")) else -1
        yield Found(*match.span(), (Meaning("fifths", sign * number),))
    for match in _OTHER_MODES.finditer(text.text):
        yield Found(*match.span(), (Meaning("unknown", "composers write major and minor only"),))


def _found(match: re.Match[str], key: str | None) -> Found:
    return Found(*match.span(), (Meaning("key", key),))


def _is_article(text: Folded, match: re.Match[str]) -> bool:
    """Whether `a minor` or `a major` is no key: `in a minor key`, `a major work`."""
    start, _ = text.span(*match.span())
    if text.original[start] != "a" or match[2] is not None or "-" in match[0]:
        return False
    following = text.text[match.end() :].split()
    return bool(following) and following[0].strip(",.;") in _NOT_KEYS


_NOT_KEYS = ("key", "mode", "tonality", "piece", "work", "third", "problem", "composition", "triad", "scale")


def _alternatives(text: str, match: re.Match[str], key: str) -> Iterator[Found]:
    """Keys that share the mode of a key after them: `G` in `G or D major`."""
    start, german = match.start(), match.re is _GERMAN
    while found := _ALTERNATIVE.search(text[:start]):
        letter = found[1].upper()
        sign = found[2] or ""
        other = (
            _german_key(found[1], sign, key.endswith("minor"))
            if german
            else _key(letter, sign, key.endswith("minor"))
        )
        yield Found(found.start(), found.end(2) if found[2] else found.end(1), (Meaning("key", other),))
        start = found.start()


def _english(match: re.Match[str]) -> str | None:
    letter = match[1].upper()
    if letter == "H":
        letter = "B"
    return _key(letter, match[2] or "", is_minor=re.fullmatch(_MINOR, match[3]) is not None)


def _german(match: re.Match[str]) -> str | None:
    return _german_key(match[1], match[2] or "", match[3] == "moll")


def _german_key(letter: str, sign: str, is_minor: bool) -> str | None:
    """H is B, and B is B flat; `is` is a sharp and `es` a flat."""
    if sign in ("isis", "eses"):
        return None
    alter = {"is": "#", "#": "#", "♯": "#", "es": "b", "s": "b", "b": "b", "♭": "b"}.get(sign, "")
    if letter == "h":
        letter = "b"
    elif letter == "b" and not alter:
        alter = "b"
    return _key(letter.upper(), alter, is_minor)


def _german_bare(match: re.Match[str]) -> str | None:
    name = match[1]
    return _german_key(name[0], name[1:], is_minor=False)


def _romance(match: re.Match[str]) -> str | None:
    sign = match[2] or ""
    alter = "#" if sign.startswith(("dies", "sos", "sus", "#", "♯")) else "b" if sign else ""
    mode = match[3] if match.re.groups >= 3 else ""
    return _key(_SYLLABLES[match[1]], alter, is_minor=re.fullmatch(_MINOR, mode or "") is not None)


def _key(letter: str, sign: str, is_minor: bool) -> str | None:
    sign = sign.strip(" -")
    alter = (
        1
        if sign in ("#", "♯") or sign.startswith("sharp")
        else -1
        if sign in ("b", "♭", "s", "es") or sign.startswith("flat")
        else 0
    )
    if sign == "is":
        alter = 1
    key = Key(_LETTERS.index(letter), alter, is_minor)
    return key.name if abs(key.fifths) <= 7 else None
