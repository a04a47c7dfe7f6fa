"""Instruments: clefs, ranges and transpositions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from smashcima.composing.theory import Tone, midi_of, tone_of
from smashcima.scene.semantic import Pitch


@dataclass(frozen=True)
class Instrument:
    """An instrument or a voice, as its part is written."""

    name: str
    abbreviation: str
    clefs: tuple[str, ...]
    """The clefs of its staves, by the names of `smashcima.scene.semantic.shorthand.CLEFS`."""

    low: Tone
    """Lowest sounding tone of its usual range; all composed notes are in the range."""

    high: Tone
    """Highest sounding tone of its usual range."""

    family: str
    """`voice`, `string`, `woodwind`, `brass`, `keyboard`, `plucked`."""

    transposition: tuple[int, int] = (0, 0)
    """Steps and semitones from the written to the sounding pitch."""

    program: int = 0
    """Number of its General MIDI sound, from 0."""

    @property
    def staves(self) -> int:
        """Number of its staves."""
        return len(self.clefs)

    @property
    def is_keyboard(self) -> bool:
        """Whether two hands play on two staves."""
        return self.staves == 2

    @property
    def midi_range(self) -> tuple[int, int]:
        """Its range as MIDI key numbers."""
        return midi_of(self.low), midi_of(self.high)


_WORDS = {"b": (-1, -2), "a": (-2, -3), "f": (-4, -7), "eb": (-5, -9), "8va": (7, 12), "8vb": (-7, -12)}
"""Transpositions by name: of a clarinet in B flat, in A, of a horn in F, of an alto saxophone, of a piccolo and a bass."""

_TABLE = """
flute            | Fl.   | treble         | C4 C7   | woodwind |      | 73
piccolo          | Picc. | treble         | D5 A7   | woodwind | 8va  | 72
oboe             | Ob.   | treble         | B3 E6   | woodwind |      | 68
english horn     | E.H.  | treble         | E3 A5   | woodwind | f    | 69
clarinet in b    | Cl.   | treble         | D3 Bb5  | woodwind | b    | 71
clarinet in a    | Cl.   | treble         | C#3 A5  | woodwind | a    | 71
bassoon          | Bsn.  | bass           | Bb1 G4  | woodwind |      | 70
alto saxophone   | A.Sx. | treble         | Db3 Ab5 | woodwind | eb   | 65
horn in f        | Hn.   | treble         | A2 F5   | brass    | f    | 60
trumpet in b     | Tpt.  | treble         | E3 Bb5  | brass    | b    | 56
trumpet in c     | Tpt.  | treble         | F#3 C6  | brass    |      | 56
trombone         | Tbn.  | bass           | E2 Bb4  | brass    |      | 57
tuba             | Tba.  | bass           | D1 F4   | brass    |      | 58
violin           | Vln.  | treble         | G3 E7   | string   |      | 40
viola            | Vla.  | alto           | C3 E6   | string   |      | 41
cello            | Vc.   | bass           | C2 A5   | string   |      | 42
double bass      | D.B.  | bass           | E1 G3   | string   | 8vb  | 43
soprano          | S.    | treble         | C4 A5   | voice    |      | 52
mezzo-soprano    | Mz.   | treble         | A3 F5   | voice    |      | 52
alto             | A.    | treble         | F3 D5   | voice    |      | 52
tenor            | T.    | treble 8 below | C3 A4   | voice    |      | 52
baritone         | Bar.  | bass           | G2 F4   | voice    |      | 52
bass             | B.    | bass           | E2 D4   | voice    |      | 52
voice            | Vo.   | treble         | C4 G5   | voice    |      | 52
piano            | Pno.  | treble, bass   | A0 C8   | keyboard |      | 0
harpsichord      | Hps.  | treble, bass   | F1 F6   | keyboard |      | 6
organ            | Org.  | treble, bass   | C2 C7   | keyboard |      | 19
celesta          | Cel.  | treble, bass   | C3 C8   | keyboard |      | 8
harp             | Hp.   | treble, bass   | C1 G7   | keyboard |      | 46
guitar           | Gtr.  | treble 8 below | E2 B5   | plucked  |      | 24
recorder         | Rec.  | treble         | F4 G6   | woodwind |      | 74
"""


def _instrument(line: str) -> Instrument:
    name, short, clefs, reach, family, transposition, program = (each.strip() for each in line.split("|"))
    low, high = (tone_of(Pitch.parse(text)) for text in reach.split())
    return Instrument(
        name,
        short,
        tuple(clef.strip() for clef in clefs.split(",")),
        low,
        high,
        family,
        _WORDS.get(transposition, (0, 0)),
        int(program),
    )


INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {made.name: made for made in (_instrument(line) for line in _TABLE.strip().splitlines())}
)
"""Instruments by name in lower case."""


def instrument_of_part(name: str) -> Instrument | None:
    """The instrument of a part with a name such as `Violin II` or `Clarinet in B♭`; `None` for others."""
    plain = re.sub(r"[\s.]+[ivx0-9]+$", "", name.strip().lower().replace("♭", ""))
    return INSTRUMENTS.get(ALIASES.get(plain, plain))


ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "clarinet": "clarinet in b", "horn": "horn in f", "french horn": "horn in f", "trumpet": "trumpet in b",
        "violoncello": "cello", "contrabass": "double bass", "cor anglais": "english horn", "singer": "voice",
        "clavecin": "harpsichord", "cembalo": "harpsichord", "saxophone": "alto saxophone", "pianoforte": "piano",
    }
)  # fmt: skip
"""Other names of instruments."""
