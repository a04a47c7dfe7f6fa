"""Tokens of the agnostic encoding: a symbol and its position on the staff, such as `note.quarter-L4`.

```
clef.G-L2  accidental.sharp-L5  metersign.C-L3  digit.3-L4  digit.4-L2  multirest-L3  barline-L1
note.quarter-L4  note.beamedRight1-S3  gracenote.eighth-S4  rest.half-L3  dot-S4
fermata.above-S6  slur.start-L4  slur.end-L4
```
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from smashcima.notations.primus.positions import position_name, position_of
from smashcima.notations.primus.tokens import PrimusToken, TokenCache, UnknownToken, split_tokens
from smashcima.notations.primus.vocabulary import (
    ACCIDENTAL_KINDS,
    ACCIDENTALS,
    BEAMED_DURATIONS,
    DURATION_TYPES,
    DURATIONS,
)
from smashcima.scene.semantic import Clef, ClefShape, DurationType, StemDirection

CLEF_SHAPES = {"G": ClefShape.G, "F": ClefShape.F, "C": ClefShape.C}


class BeamPlace(Enum):
    """Place of a note in a beam, named after the side on which the beam continues, as in PrIMuS."""

    FIRST = "Right"
    INSIDE = "Both"
    LAST = "Left"


class SlurEdge(Enum):
    """End of a slur or tie; PrIMuS does not distinguish the two."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class AgnosticToken(PrimusToken):
    """Base of the tokens of the agnostic encoding."""

    position: int
    """Staff position: 0 is the middle line, +1 one step up."""

    @property
    def symbol(self) -> str:
        """The text without the position: `clef.G`."""
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{self.symbol}-{position_name(self.position)}"


@dataclass(frozen=True, slots=True)
class AgnosticClef(AgnosticToken):
    """A clef; its position is that of its line."""

    shape: ClefShape

    def as_clef(self) -> Clef:
        """Returns the clef of a score."""
        line = 3 + self.position // 2
        if self.position % 2 == 0 and 1 <= line <= 5:
            return Clef(self.shape, line)
        return Clef(self.shape, min(max(line, 1), 5), staff_position=self.position)

    @property
    def symbol(self) -> str:
        return f"clef.{self.shape.value}"


@dataclass(frozen=True, slots=True)
class AgnosticAccidental(AgnosticToken):
    """An accidental of a note or of a key signature."""

    kind: str
    """MEI name: `s`, `f` or `n`."""

    @property
    def symbol(self) -> str:
        return f"accidental.{ACCIDENTALS[self.kind]}"


@dataclass(frozen=True, slots=True)
class AgnosticDigit(AgnosticToken):
    """A number of a time signature, or a digit of the number of a multi-measure rest."""

    number: str
    """The digits as written, such as `12`."""

    @property
    def symbol(self) -> str:
        return f"digit.{self.number}"


@dataclass(frozen=True, slots=True)
class AgnosticMeterSign(AgnosticToken):
    """The sign of common time or cut time."""

    is_cut: bool

    @property
    def symbol(self) -> str:
        return "metersign.C/" if self.is_cut else "metersign.C"


@dataclass(frozen=True, slots=True)
class AgnosticNote(AgnosticToken):
    """A note or grace note."""

    duration: DurationType
    """For a note in a beam, the duration of that number of beams; a quarter for none."""

    beam: BeamPlace | None = None
    is_grace: bool = False

    stem: StemDirection | None = None
    """Direction of the stem, which only later tools of the authors write."""

    @property
    def symbol(self) -> str:
        name = (
            DURATIONS[self.duration] if self.beam is None else f"beamed{self.beam.value}{self.duration.flags}"
        )
        stem = "" if self.stem is None else f"_{self.stem.value}"
        return f"{'gracenote' if self.is_grace else 'note'}.{name}{stem}"


@dataclass(frozen=True, slots=True)
class AgnosticRest(AgnosticToken):
    """A rest."""

    duration: DurationType

    @property
    def symbol(self) -> str:
        return f"rest.{DURATIONS[self.duration]}"


@dataclass(frozen=True, slots=True)
class AgnosticSlur(AgnosticToken):
    """The start or end of a slur or tie, at the position of its note."""

    edge: SlurEdge

    @property
    def symbol(self) -> str:
        return f"slur.{self.edge.value}"


@dataclass(frozen=True, slots=True)
class AgnosticDot(AgnosticToken):
    """A dot after a note, rest or dot."""

    @property
    def symbol(self) -> str:
        return "dot"


@dataclass(frozen=True, slots=True)
class AgnosticFermata(AgnosticToken):
    """A fermata over the following note or rest."""

    @property
    def symbol(self) -> str:
        return "fermata.above"


@dataclass(frozen=True, slots=True)
class AgnosticMultirest(AgnosticToken):
    """A multi-measure rest; its number precedes it as digits."""

    @property
    def symbol(self) -> str:
        return "multirest"


@dataclass(frozen=True, slots=True)
class AgnosticBarline(AgnosticToken):
    """A barline."""

    @property
    def symbol(self) -> str:
        return "barline"


_PLAIN: dict[str, type[AgnosticToken]] = {
    "dot": AgnosticDot,
    "fermata.above": AgnosticFermata,
    "multirest": AgnosticMultirest,
    "barline": AgnosticBarline,
    "verticalLine": AgnosticBarline,
}
_IS_CUT = {"C": False, "Ct": False, "C/": True, "Ccut": True}
_STEMS = {"up": StemDirection.UP, "down": StemDirection.DOWN}
_TOKEN = re.compile(r"(.+?)[-.:]([LS]-?\d+)")
_ABOVE_EACH_OTHER = re.compile(r"/(?=[A-Za-z]+[.:])")
"""The separator of symbols above each other; not the end of `metersign.C/`."""

_BEAMED = re.compile(r"beamed(Right|Both|Left)(\d)")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


def parse_agnostic(text: str) -> tuple[AgnosticToken | UnknownToken, ...]:
    """Parses the agnostic encoding of an incipit: tokens separated by tabs or other white space.

    Spellings of later tools of the authors are read as well: a colon (or a point) before the position, commas between
    tokens, `/` between symbols above each other, `verticalLine`, `metersign.Ct` and `metersign.Ccut`, and `_up` or
    `_down` after notes. Tokens outside the language are kept as `UnknownToken`; `unknown_token_issues` lists them.
    `write_tokens` is the inverse.
    """
    if "/" in text:
        text = _ABOVE_EACH_OTHER.sub(" ", text)
    return tuple([_cache[part] for part in split_tokens(text)])


def _parse(text: str) -> AgnosticToken | UnknownToken:
    found = _TOKEN.fullmatch(text)
    position = position_of(found[2]) if found is not None else None
    if found is None or position is None:
        return UnknownToken(text, "has no position such as -L3 or -S4")
    token = _token(found[1], position)
    return token or UnknownToken(text, f"has the unknown symbol {found[1][:40]!r}")


def _token(symbol: str, position: int) -> AgnosticToken | None:
    plain = _PLAIN.get(symbol)
    if plain is not None:
        return plain(position)
    kind, _, name = symbol.partition(".")
    return _READERS[kind](name, position) if kind in _READERS else None


def _clef(name: str, position: int) -> AgnosticToken | None:
    return AgnosticClef(position, CLEF_SHAPES[name]) if name in CLEF_SHAPES else None


def _accidental(name: str, position: int) -> AgnosticToken | None:
    return AgnosticAccidental(position, ACCIDENTAL_KINDS[name]) if name in ACCIDENTAL_KINDS else None


def _digit(name: str, position: int) -> AgnosticToken | None:
    return AgnosticDigit(position, name) if _NUMBER.fullmatch(name) else None


def _meter_sign(name: str, position: int) -> AgnosticToken | None:
    return AgnosticMeterSign(position, _IS_CUT[name]) if name in _IS_CUT else None


def _rest(name: str, position: int) -> AgnosticToken | None:
    return AgnosticRest(position, DURATION_TYPES[name]) if name in DURATION_TYPES else None


def _slur(name: str, position: int) -> AgnosticToken | None:
    return AgnosticSlur(position, SlurEdge(name)) if name in ("start", "end") else None


def _note(name: str, position: int, is_grace: bool = False) -> AgnosticToken | None:
    shape, _, direction = name.rpartition("_")
    stem = _STEMS.get(direction)
    if stem is not None:
        name = shape
    beamed = _BEAMED.fullmatch(name)
    beam = BeamPlace(beamed[1]) if beamed is not None else None
    duration = BEAMED_DURATIONS.get(int(beamed[2])) if beamed is not None else DURATION_TYPES.get(name)
    return None if duration is None else AgnosticNote(position, duration, beam, is_grace, stem)


def _grace_note(name: str, position: int) -> AgnosticToken | None:
    return _note(name, position, is_grace=True)


_READERS: dict[str, Callable[[str, int], AgnosticToken | None]] = {
    "clef": _clef,
    "accidental": _accidental,
    "digit": _digit,
    "metersign": _meter_sign,
    "rest": _rest,
    "slur": _slur,
    "note": _note,
    "gracenote": _grace_note,
}

_cache: TokenCache[AgnosticToken] = TokenCache(_parse)
