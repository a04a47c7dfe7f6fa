"""The tokens of the language by pattern: what each means, and whether Mashcima 1.0 has it.

A pattern is a token without its pitch: `q` stands for `q12` down to `q-12`. Tokens with a number or a name
(`~multirest.16`, `~dyn.mf`) are described by `NUMBERED`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

HIGHEST_PITCH = 12
"""Position of the fourth ledger line above the staff."""

LOWEST_PITCH = -12
"""Position of the fourth ledger line below the staff."""

PITCHES: list[str] = [str(pitch) for pitch in range(HIGHEST_PITCH, LOWEST_PITCH - 1, -1)]
"""All pitches as text, from the highest to the lowest. 0 is the middle line, +1 one step up."""


class Kind(Enum):
    """What a token is."""

    UNKNOWN = auto()
    """`?`: something that is not described."""

    BARLINE = auto()
    CLEF = auto()
    TIME_SYMBOL = auto()
    TIME_NUMBER = auto()
    METER = auto()
    """A time signature of a single number."""

    REST = auto()
    MULTIREST = auto()
    NOTE = auto()
    GRACE_NOTE = auto()

    SLUR_END = auto()
    FERMATA = auto()
    ORNAMENT = auto()
    DYNAMIC = auto()
    TUPLET = auto()
    ACCIDENTAL = auto()

    ARTICULATION = auto()
    DOTS = auto()
    SLUR_START = auto()

    KEY_END = auto()
    """`~key`, after the accidentals of a key signature."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A token without its pitch."""

    generic: str
    """The token without its pitch."""

    kind: Kind

    name: str = ""
    """The letter of a note value, the shape of a clef, and so on: what distinguishes tokens of one kind."""

    has_pitch: bool = False
    is_beamed_left: bool = False
    is_beamed_right: bool = False

    is_slashed: bool = False
    """Whether it is a grace note with a slash."""

    octaves: int = 0
    """Octaves by which a clef transposes."""

    in_vocabulary: bool = True
    """Whether all its tokens are in the vocabulary of Mashcima 1.0."""


NOTE_VALUES = "whqest"
"""Letters of note values in Mashcima 1.0: whole, half, quarter, eighth, 16th, 32nd."""

FURTHER_NOTE_VALUES = "lbuv"
"""Letters of further note values: longa, breve, 64th, 128th."""

BEAMED_VALUES = "est"
"""Note values with beams in Mashcima 1.0."""

FURTHER_BEAMED_VALUES = "quv"
"""Further note values that can be part of a beam. A quarter note has no beam of its own."""


def _notes(values: str, beamed: str, prefix: str, kind: Kind, *, in_vocabulary: bool) -> list[Pattern]:
    is_slashed = prefix.startswith("~grace/")
    found = [
        Pattern(
            prefix + value, kind, value, has_pitch=True, is_slashed=is_slashed, in_vocabulary=in_vocabulary
        )
        for value in values
    ]
    for value in beamed:
        for left, right in ((True, False), (True, True), (False, True)):
            generic = f"{prefix}{'=' * left}{value}{'=' * right}"
            found.append(Pattern(generic, kind, value, True, left, right, is_slashed, 0, in_vocabulary))
    return found


_STANDARD_CLEFS = {"C": (4, 2, 0, -2, -4), "F": (0, 2, 3), "G": (-2, -4)}
"""Positions of the clefs in the vocabulary of Mashcima 1.0."""

BEFORE_ATTACHMENTS: tuple[str, ...] = (
    ")",
    "fermata", "~fermata.below",
    "trill", "+", "~mordent.lower", "~mordent.upper", "~turn.upper", "~turn.lower",
    "~dyn.",
    "tuplet.3", "~tuplet.",
    "#", "b", "N", "x", "bb",
)  # fmt: skip
"""Attachments before an item in the order in which they are written, without pitches, numbers and names."""

AFTER_ATTACHMENTS: tuple[str, ...] = (".", "_", ">", "^", "~artic.", "*", "**", "~***", "(")
"""Attachments after an item in the order in which they are written."""

_PLAIN = [
    Pattern("?", Kind.UNKNOWN),
    *(Pattern(token, Kind.BARLINE, token) for token in ("|", "|:", ":|", ":|:")),
    *(
        Pattern(f"clef.{shape}{position}", Kind.CLEF, shape)
        for shape, positions in _STANDARD_CLEFS.items()
        for position in positions
    ),
    Pattern("time.C", Kind.TIME_SYMBOL, "C"),
    Pattern("time.C/", Kind.TIME_SYMBOL, "C/"),
    *(Pattern(f"time.{digit}", Kind.TIME_NUMBER, str(digit)) for digit in range(10)),
]

_AFTER_ACCIDENTALS = [
    Pattern("(", Kind.SLUR_START),
    Pattern(")", Kind.SLUR_END),
    Pattern("tuplet.3", Kind.TUPLET, "3"),
    Pattern("fermata", Kind.FERMATA, "above"),
    Pattern("trill", Kind.ORNAMENT, "trill"),
    Pattern("+", Kind.ORNAMENT, "+"),
    Pattern(".", Kind.ARTICULATION, "stacc"),
    Pattern("_", Kind.ARTICULATION, "ten"),
    Pattern(">", Kind.ARTICULATION, "acc"),
    Pattern("^", Kind.ARTICULATION, "marc"),
    Pattern("*", Kind.DOTS, "1"),
    Pattern("**", Kind.DOTS, "2"),
    *(Pattern(f"{value}r", Kind.REST, value) for value in "lbwhqest"),
]

STANDARD: tuple[Pattern, ...] = (
    *_PLAIN,
    *(Pattern(sign, Kind.ACCIDENTAL, sign, has_pitch=True) for sign in ("#", "b", "N", "x", "bb")),
    *_AFTER_ACCIDENTALS,
    *_notes(NOTE_VALUES, BEAMED_VALUES, "", Kind.NOTE, in_vocabulary=True),
)
"""The 67 patterns of Mashcima 1.0, in the order of its vocabulary."""

FURTHER: tuple[Pattern, ...] = (
    *(
        Pattern(f"clef.{shape}", Kind.CLEF, shape, has_pitch=True, in_vocabulary=False)
        for shape in _STANDARD_CLEFS
    ),
    *(
        Pattern(
            f"~clef.{mark}.{shape}", Kind.CLEF, shape, has_pitch=True, octaves=octaves, in_vocabulary=False
        )
        for mark, octaves in (("15ma", 2), ("8va", 1), ("8vb", -1), ("15mb", -2))
        for shape in _STANDARD_CLEFS
    ),
    Pattern("~clef.perc", Kind.CLEF, "perc", in_vocabulary=False),
    Pattern("~||", Kind.BARLINE, "||", in_vocabulary=False),
    Pattern("~|]", Kind.BARLINE, "|]", in_vocabulary=False),
    *_notes(FURTHER_NOTE_VALUES, FURTHER_BEAMED_VALUES, "~", Kind.NOTE, in_vocabulary=False),
    *(
        pattern
        for prefix in ("~grace.", "~grace/.")
        for pattern in _notes(
            NOTE_VALUES + FURTHER_NOTE_VALUES,
            BEAMED_VALUES + FURTHER_BEAMED_VALUES,
            prefix,
            Kind.GRACE_NOTE,
            in_vocabulary=False,
        )
    ),
    *(Pattern(f"~{value}r", Kind.REST, value, in_vocabulary=False) for value in "uv"),
    Pattern("~fermata.below", Kind.FERMATA, "below", in_vocabulary=False),
    *(
        Pattern(f"~{name}", Kind.ORNAMENT, name, in_vocabulary=False)
        for name in ("mordent.lower", "mordent.upper", "turn.upper", "turn.lower")
    ),
    Pattern("~***", Kind.DOTS, "3", in_vocabulary=False),
    Pattern("~key", Kind.KEY_END, in_vocabulary=False),
)
"""Patterns that Mashcima 1.0 does not have in its vocabulary: clefs at any position, and extensions."""

_NUMBER = "[1-9][0-9]{0,3}"
_TIME_NUMBER = "[0-9]{1,3}"

NUMBERED: Mapping[str, tuple[Kind, re.Pattern[str]]] = {
    "~time.": (Kind.TIME_NUMBER, re.compile(f"[1-9][0-9]{{1,2}}|{_TIME_NUMBER}(?:\\+{_TIME_NUMBER}){{1,7}}")),
    "~meter.": (Kind.METER, re.compile(f"{_TIME_NUMBER}(?:\\+{_TIME_NUMBER}){{0,7}}")),
    "~multirest.": (Kind.MULTIREST, re.compile(_NUMBER)),
    "~tuplet.": (Kind.TUPLET, re.compile("2|[4-9]|[1-9][0-9]")),
    "~dyn.": (Kind.DYNAMIC, re.compile("[pmfsrzn]{1,6}")),
    "~artic.": (Kind.ARTICULATION, re.compile("stacciss|spicc|upbow|dnbow|harm|open|stop|snap")),
}
"""Extensions with a number or a name, by what comes before it: their kind, and what the number or name may be."""
