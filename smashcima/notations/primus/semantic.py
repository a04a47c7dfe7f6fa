"""Tokens of the semantic encoding: musical meaning without positions, such as `note-Bb4_quarter.`.

```
clef-G2  keySignature-BbM  timeSignature-3/4  timeSignature-C  multirest-23  barline  tie
note-Bb4_quarter..  note-C#5_half_fermata  gracenote-D5_eighth  rest-eighth.
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smashcima.notations.primus.tokens import PrimusToken, TokenCache, UnknownToken, split_tokens
from smashcima.notations.primus.vocabulary import DURATION_TYPES, DURATIONS, FIFTHS, KEYS
from smashcima.scene.semantic import ClefShape, Duration, Pitch, TimeSymbol

_FERMATA = "_fermata"


class SemanticToken(PrimusToken):
    """Base of the tokens of the semantic encoding."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SemanticClef(SemanticToken):
    """A clef and its line, counted from 1 at the bottom."""

    shape: ClefShape
    line: int

    def __str__(self) -> str:
        return f"clef-{self.shape.value}{self.line}"


@dataclass(frozen=True, slots=True)
class SemanticKey(SemanticToken):
    """A key signature."""

    fifths: int
    """Number of sharps; negative for flats."""

    def __str__(self) -> str:
        return f"keySignature-{KEYS[self.fifths]}"


@dataclass(frozen=True, slots=True)
class SemanticTime(SemanticToken):
    """A time signature: two numbers, or the sign of common or cut time."""

    count: str | None
    unit: int | None
    symbol: TimeSymbol | None = None

    def __str__(self) -> str:
        if self.symbol is not None:
            return "timeSignature-C/" if self.symbol is TimeSymbol.CUT else "timeSignature-C"
        return f"timeSignature-{self.count}/{self.unit}"


@dataclass(frozen=True, slots=True)
class SemanticNote(SemanticToken):
    """A note or grace note."""

    pitch: Pitch
    duration: Duration
    is_grace: bool = False
    has_fermata: bool = False

    def __str__(self) -> str:
        word = "gracenote" if self.is_grace else "note"
        return f"{word}-{self.pitch}_{_written(self.duration, self.has_fermata)}"


@dataclass(frozen=True, slots=True)
class SemanticRest(SemanticToken):
    """A rest."""

    duration: Duration
    has_fermata: bool = False

    def __str__(self) -> str:
        return f"rest-{_written(self.duration, self.has_fermata)}"


@dataclass(frozen=True, slots=True)
class SemanticMultirest(SemanticToken):
    """A rest of a number of measures."""

    count: int

    def __str__(self) -> str:
        return f"multirest-{self.count}"


@dataclass(frozen=True, slots=True)
class SemanticBarline(SemanticToken):
    """A barline."""

    def __str__(self) -> str:
        return "barline"


@dataclass(frozen=True, slots=True)
class SemanticTie(SemanticToken):
    """A tie from the note before it to the next note."""

    def __str__(self) -> str:
        return "tie"


_PLAIN: dict[str, SemanticToken] = {
    "barline": SemanticBarline(),
    "tie": SemanticTie(),
    "timeSignature-C": SemanticTime(None, None, TimeSymbol.COMMON),
    "timeSignature-C/": SemanticTime(None, None, TimeSymbol.CUT),
    "timeSignature-Ct": SemanticTime(None, None, TimeSymbol.COMMON),
    "timeSignature-Ccut": SemanticTime(None, None, TimeSymbol.CUT),
}
_TIME = re.compile(r"(\d{1,6}(?:\+\d{1,6})*)/(0|[1-9]\d{0,5})", re.ASCII)
_NOTE = re.compile(r"([A-G](?:#{1,3}|b{1,3})?(?:\d|-[1-9]))_(.+)", re.ASCII)
_COUNT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_LENGTH = re.compile(r"([a-z_]+?)(\.*)(_fermata)?")


def parse_semantic(text: str) -> tuple[SemanticToken | UnknownToken, ...]:
    """Parses the semantic encoding of an incipit: tokens separated by tabs or other white space.

    Commas between tokens, and the names `Ct` and `Ccut` of common and cut time, which later tools of the authors write,
    are read as well. Tokens outside the language are kept as `UnknownToken`; `unknown_token_issues` lists them.
    `write_tokens` is the inverse.
    """
    return tuple([_cache[part] for part in split_tokens(text)])


def _parse(text: str) -> SemanticToken | UnknownToken:
    plain = _PLAIN.get(text)
    if plain is not None:
        return plain
    word, hyphen, value = text.partition("-")
    if word not in _READERS or not hyphen:
        known = ", ".join([*_READERS, "barline", "tie"])
        return UnknownToken(text, f"is none of {known}")
    return _READERS[word](value) or UnknownToken(text, f"has the unknown value {value[:40]!r}")


def _clef(value: str) -> SemanticToken | None:
    if value[:1] in ("G", "F", "C") and value[1:] in ("1", "2", "3", "4", "5"):
        return SemanticClef(ClefShape(value[0]), int(value[1]))
    return None


def _key(value: str) -> SemanticToken | None:
    return SemanticKey(FIFTHS[value]) if value in FIFTHS else None


def _time(value: str) -> SemanticToken | None:
    found = _TIME.fullmatch(value)
    return None if found is None else SemanticTime(found[1], int(found[2]))


def _multirest(value: str) -> SemanticToken | None:
    return SemanticMultirest(int(value)) if _COUNT.fullmatch(value) else None


def _note(value: str, is_grace: bool = False) -> SemanticToken | None:
    found = _NOTE.fullmatch(value)
    length = _length(found[2]) if found is not None else None
    if found is None or length is None:
        return None
    return SemanticNote(Pitch.parse(found[1]), length[0], is_grace, length[1])


def _grace_note(value: str) -> SemanticToken | None:
    return _note(value, is_grace=True)


def _rest(value: str) -> SemanticToken | None:
    length = _length(value)
    return None if length is None else SemanticRest(*length)


def _length(text: str) -> tuple[Duration, bool] | None:
    """The duration in text such as `quarter.._fermata`, and whether it has a fermata."""
    found = _LENGTH.fullmatch(text)
    if found is None or found[1] not in DURATION_TYPES or len(found[2]) > _MOST_DOTS:
        return None
    return Duration(DURATION_TYPES[found[1]], len(found[2])), found[3] is not None


def _written(duration: Duration, has_fermata: bool) -> str:
    return f"{DURATIONS[duration.type]}{'.' * duration.dots}{_FERMATA if has_fermata else ''}"


_MOST_DOTS = 4

_READERS = {
    "clef": _clef,
    "keySignature": _key,
    "timeSignature": _time,
    "multirest": _multirest,
    "note": _note,
    "gracenote": _grace_note,
    "rest": _rest,
}

_cache: TokenCache[SemanticToken] = TokenCache(_parse)
