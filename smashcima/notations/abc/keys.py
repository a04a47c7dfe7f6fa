"""Keys: tonic, mode and modifying accidentals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from smashcima.notations.abc.properties import is_clef, split_words

_TONIC = re.compile(r"([A-G])([#b♯♭]?)(.*)$")

_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}

_MODES = {
    "maj": ("major", 0), "ion": ("ionian", 0), "mix": ("mixolydian", -1), "dor": ("dorian", -2),
    "min": ("minor", -3), "aeo": ("aeolian", -3), "phr": ("phrygian", -4), "loc": ("locrian", -5),
    "lyd": ("lydian", 1),
}  # fmt: skip
"""Names and offsets on the circle of fifths, by the first three letters."""

_SIGNS = re.compile(r"(\^\^|\^|__|_|=)([A-Ga-g])")

_ALTERS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}

_SHARPS = "FCGDAEB"


@dataclass(frozen=True, slots=True)
class KeySign:
    """One accidental of a key signature that is given sign by sign."""

    letter: str
    """Letter of the note; its case tells the octave in which it is drawn."""

    alter: int


@dataclass(frozen=True, slots=True)
class Key:
    """A key."""

    fifths: int = 0
    """Number of sharps, or of flats as a negative number, of tonic and mode."""

    mode: str | None = None
    """`major`, `dorian`, ...; `None` if there is no key."""

    signs: tuple[KeySign, ...] = ()
    """Modifying accidentals, or all accidentals if `is_explicit`."""

    is_explicit: bool = False
    """Whether the key signature consists of `signs` only."""

    is_for_pipes: bool = False
    """Whether it is one of the keys of the highland bagpipe."""

    alters: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Alteration by upper case letter, for letters that are altered."""


@dataclass(frozen=True, slots=True)
class KeyField:
    """The value of a `K:` field."""

    key: Key | None
    """The key; `None` if the field gives only a clef or other properties."""

    words: tuple[str, ...]
    """The remaining words: clef and properties."""

    unknown: tuple[str, ...] = ()
    """What was not understood of the key."""


NO_KEY = Key()


def alters_of_fifths(fifths: int) -> dict[str, int]:
    """Alterations by upper case letter of a key with a number of sharps (negative: flats)."""
    order = _SHARPS if fifths > 0 else _SHARPS[::-1]
    alters: dict[str, int] = {}
    for index in range(abs(fifths)):
        letter = order[index % 7]
        alters[letter] = alters.get(letter, 0) + (1 if fifths > 0 else -1)
    return alters


def parse_key(text: str) -> KeyField:
    """Reads a `K:` field."""
    words = split_words(text)
    if not words:
        return KeyField(NO_KEY, ())
    first = words[0]
    if first.lower() == "none" and len(words) == 1:
        return KeyField(NO_KEY, ())
    if first.lower() == "none":
        return KeyField(_modified(NO_KEY, _signs(words[1:])), tuple(_others(words[1:])))
    if first in ("HP", "Hp"):
        return KeyField(_pipes(first), tuple(words[1:]))
    if ("=" in first and not _SIGNS.match(first)) or is_clef(first):
        return KeyField(None, tuple(words))
    if _SIGNS.match(first):
        return KeyField(_modified(NO_KEY, _signs(words)), tuple(_others(words)))
    found = _TONIC.match(first[0].upper() + first[1:])
    if found is None:
        return KeyField(None, tuple(words[1:]), (first,))
    return _tonal(found, words[1:])


def _tonal(found: re.Match[str], words: list[str]) -> KeyField:
    """A key with a tonic."""
    unknown: list[str] = []
    mode = found[3]
    if mode and _SIGNS.match(mode):
        words, mode = [mode, *words], ""
    if not mode and words and _is_mode(words[0]):
        mode, words = words[0], words[1:]
    if mode[:3].lower() == "exp":
        return KeyField(_explicit(_signs(words)), tuple(_others(words)))
    if mode and not _is_mode(mode):
        unknown.append(mode)
        mode = ""
    name, offset = ("minor", -3) if mode == "m" else _MODES[mode[:3].lower() or "maj"]
    fifths = _FIFTHS[found[1]] + {"": 0, "#": 7, "♯": 7}.get(found[2], -7) + offset
    key = Key(fifths, name, alters=alters_of_fifths(fifths))
    return KeyField(_modified(key, _signs(words)), tuple(_others(words)), tuple(unknown))


def _is_mode(word: str) -> bool:
    return word == "m" or word[:3].lower() in _MODES or word[:3].lower() == "exp"


def _signs(words: list[str]) -> tuple[KeySign, ...]:
    return tuple(
        KeySign(letter, _ALTERS[sign])
        for word in words
        if _are_signs(word)
        for sign, letter in _SIGNS.findall(word)
    )


def _others(words: list[str]) -> list[str]:
    return [word for word in words if not _are_signs(word)]


def _are_signs(word: str) -> bool:
    return re.fullmatch(r"(?:(?:\^\^|\^|__|_|=)[A-Ga-g])+", word) is not None


def _modified(key: Key, signs: tuple[KeySign, ...]) -> Key:
    if not signs:
        return key
    alters = dict(key.alters)
    for sign in signs:
        alters[sign.letter.upper()] = sign.alter
    return Key(key.fifths, key.mode, signs, alters={name: alter for name, alter in alters.items() if alter})


def _explicit(signs: tuple[KeySign, ...]) -> Key:
    alters = {sign.letter.upper(): sign.alter for sign in signs if sign.alter}
    return Key(0, None, signs, is_explicit=bool(signs), alters=alters)


def _pipes(name: str) -> Key:
    """`HP` has no signature; `Hp` has F sharp, C sharp and G natural."""
    if name == "HP":
        return Key(is_for_pipes=True)
    signs = (KeySign("f", 1), KeySign("c", 1), KeySign("g", 0))
    return Key(0, None, signs, is_explicit=True, is_for_pipes=True, alters={"F": 1, "C": 1})
