"""Signs by their SMuFL names, and how each is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Sign:
    """A sign that can be asked for."""

    name: str
    """SMuFL name, as in labels: `accidentalSharp`."""

    kind: str
    """`note` and `rest` take time; `accidental`, `articulation`, `ornament`, `mark`, `dynamic`, `dot` and `tremolo` belong
    to a note; `clef` and `metre` stand in the staff."""

    value: str = ""
    """MEI value: `s` for a sharp, `8` for an eighth; for a clef its shape, line and octaves."""

    option: str = ""
    """Direction of the stem, shape of the notehead, or place of the mark."""


_FLAGS = {"8": "8th", "16": "16th", "32": "32nd", "64": "64th", "128": "128th", "256": "256th"}
_LONG_NOTES = {"breve": "noteheadDoubleWholeSquare", "1": "noteheadWhole", "2": "noteheadHalf"}
_RESTS = {"breve": "DoubleWhole", "1": "Whole", "2": "Half", "4": "Quarter", **_FLAGS}
_HEADS = {
    "x": "noteheadXBlack", "diamond": "noteheadDiamondBlack", "+": "noteheadPlusBlack", "rectangle": "noteheadSquareBlack",
    "slash": "noteheadSlashHorizontalEnds",
}  # fmt: skip
_ACCIDENTALS = {
    "s": "Sharp", "f": "Flat", "n": "Natural", "x": "DoubleSharp", "ff": "DoubleFlat", "1qs": "QuarterToneSharpStein",
    "1qf": "QuarterToneFlatStein", "3qs": "ThreeQuarterTonesSharpStein", "3qf": "ThreeQuarterTonesFlatZimmermann",
}  # fmt: skip
_ARTICULATIONS = {
    "acc": "articAccent", "stacc": "articStaccato", "ten": "articTenuto", "stacciss": "articStaccatissimoWedge",
    "spicc": "articStaccatissimo", "marc": "articMarcato", "snap": "pluckedSnapPizzicato",
}  # fmt: skip
_TECHNIQUES = {
    "upbow": "stringsUpBow", "dnbow": "stringsDownBow", "harm": "stringsHarmonic", "open": "brassMuteOpen",
    "stop": "brassMuteClosed",
}  # fmt: skip
_ORNAMENTS = {
    "trill": "ornamentTrill", "mordent lower": "ornamentMordent", "mordent upper": "ornamentShortTrill",
    "turn upper": "ornamentTurn", "turn lower": "ornamentTurnInverted",
}  # fmt: skip
_MARKS = {
    "fermata": "fermataAbove", "inverted fermata": "fermataBelow", "breath": "breathMarkComma", "caesura": "caesura",
    "segno": "segno", "coda": "coda", "pedal": "keyboardPedalPed", "pedal up": "keyboardPedalUp",
}  # fmt: skip
_DYNAMICS = {
    "p": "dynamicPiano", "f": "dynamicForte", "mp": "dynamicMP", "mf": "dynamicMF", "pp": "dynamicPP", "ff": "dynamicFF",
    "ppp": "dynamicPPP", "fff": "dynamicFFF", "fp": "dynamicFortePiano", "sf": "dynamicSforzando1",
    "sfz": "dynamicSforzato", "fz": "dynamicForzando",
}  # fmt: skip
_CLEFS = {
    "G 2 0": "gClefChange", "F 4 0": "fClefChange", "C 3 0": "cClefChange", "G 2 -1": "gClef8vb", "G 2 1": "gClef8va",
    "F 4 -1": "fClef8vb", "F 4 1": "fClef8va", "G 2 -2": "gClef15mb", "G 2 2": "gClef15ma",
}  # fmt: skip


def _notes_and_rests() -> Iterator[Sign]:
    for duration, name in _FLAGS.items():
        for direction in ("Up", "Down"):
            yield Sign(f"flag{name}{direction}", "note", duration, direction.lower())
    yield from (Sign(name, "note", duration) for duration, name in _LONG_NOTES.items())
    yield from (Sign(name, "note", "4", shape) for shape, name in _HEADS.items())
    yield from (Sign(f"rest{name}", "rest", duration) for duration, name in _RESTS.items())


def _attached() -> Iterator[Sign]:
    yield from (Sign(f"accidental{name}", "accidental", value) for value, name in _ACCIDENTALS.items())
    for value, name in _ARTICULATIONS.items():
        for place in ("Above", "Below"):
            yield Sign(f"{name}{place}", "articulation", value, place.lower())
    yield from (Sign(name, "articulation", value, "above") for value, name in _TECHNIQUES.items())
    for kind, names in (("ornament", _ORNAMENTS), ("mark", _MARKS), ("dynamic", _DYNAMICS)):
        yield from (Sign(name, kind, value) for value, name in names.items())
    yield Sign("augmentationDot", "dot")
    yield from (Sign(f"tremolo{number}", "tremolo", number) for number in "1234")


def _signatures() -> Iterator[Sign]:
    yield from (Sign(name, "clef", value) for value, name in _CLEFS.items())
    yield from (Sign(f"timeSig{digit}", "metre", digit) for digit in "0123456789")
    yield Sign("timeSigCommon", "metre", "common")
    yield Sign("timeSigCutCommon", "metre", "cut")


SIGNS: Mapping[str, Sign] = MappingProxyType(
    {sign.name: sign for sign in (*_notes_and_rests(), *_attached(), *_signatures())}
)
"""The signs that a `CoverageComposer` can write, by SMuFL name. Clefs are those of clef changes."""

POSITIONS = range(-6, 7)
"""Staff positions at which accidentals are wanted with `pairs`: from the first ledger line below to that above."""
