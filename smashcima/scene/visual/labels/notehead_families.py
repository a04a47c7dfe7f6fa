"""Families of noteheads of one shape: SMuFL's names of the black head, and of those of halves, wholes and breves."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple


class NoteheadFamily(NamedTuple):
    """The heads of one shape by duration."""

    black: str
    half: str
    whole: str
    double_whole: str

    def of_length(self, quarters: Fraction) -> str:
        """The head of a note value in quarter notes, without its dots."""
        if quarters >= 8:
            return self.double_whole
        return self.whole if quarters >= 4 else self.half if quarters >= 2 else self.black


def _named(stem: str) -> NoteheadFamily:
    """A family with heads for all durations."""
    return NoteheadFamily(f"{stem}Black", f"{stem}Half", f"{stem}Whole", f"{stem}DoubleWhole")


def _two(stem: str, double_whole: str = "") -> NoteheadFamily:
    """A family with one open head for halves, wholes and, unless it has another, breves."""
    return NoteheadFamily(f"{stem}Black", f"{stem}White", f"{stem}White", double_whole or f"{stem}White")


def _shape(stem: str) -> NoteheadFamily:
    """A family of shape notes."""
    return _two(f"noteShape{stem}", f"noteShape{stem}DoubleWhole")


def _slashed(direction: int) -> NoteheadFamily:
    values = ("Black", "Half", "Whole", "DoubleWhole")
    return NoteheadFamily(*(f"noteheadSlashed{value}{direction}" for value in values))


NORMAL = NoteheadFamily("noteheadBlack", "noteheadHalf", "noteheadWhole", "noteheadDoubleWhole")
SQUARE = _two("noteheadSquare", "noteheadDoubleWholeSquare")
TRIANGLE_LEFT = _two("noteheadTriangleLeft")
CIRCLE_DOT = NoteheadFamily(*["noteheadRoundWhiteWithDot"] * 4)

NOTEHEAD_FAMILIES: Mapping[str, NoteheadFamily] = MappingProxyType(
    {
        "slash": NoteheadFamily(
            "noteheadSlashHorizontalEnds",
            "noteheadSlashWhiteHalf",
            "noteheadSlashWhiteWhole",
            "noteheadSlashWhiteDoubleWhole",
        ),
        "triangle": _named("noteheadTriangleUp"),
        "diamond": _named("noteheadDiamond"),
        "square": SQUARE,
        "cross": _named("noteheadPlus"),
        "x": NoteheadFamily(
            "noteheadXBlack", "noteheadHalfWithX", "noteheadWholeWithX", "noteheadXDoubleWhole"
        ),
        "circle-x": NoteheadFamily(*["noteheadCircleX"] * 4),
        "inverted triangle": _named("noteheadTriangleDown"),
        "arrow down": _named("noteheadLargeArrowDown"),
        "arrow up": _named("noteheadLargeArrowUp"),
        "circled": _named("noteheadCircled"),
        "slashed": _slashed(1),
        "back slashed": _slashed(2),
        "cluster": _two("noteheadClusterSquare"),
        "circle dot": CIRCLE_DOT,
        "left triangle": TRIANGLE_LEFT,
        "rectangle": SQUARE,
        "do": _shape("TriangleUp"),
        "re": _shape("Moon"),
        "mi": _shape("Diamond"),
        "fa": _shape("TriangleRight"),
        "fa up": _shape("TriangleLeft"),
        "so": _shape("Round"),
        "la": _shape("Square"),
        "ti": _shape("TriangleRound"),
    }
)
"""Families by the values of `<notehead>` in MusicXML 4.0 (`normal`, `none` and `other` have none). An `x` of halves and
wholes is a round head with an x, as Verovio draws it."""

MEI_FAMILIES: Mapping[str, NoteheadFamily] = MappingProxyType(
    {
        "+": NOTEHEAD_FAMILIES["cross"],
        "circle": NoteheadFamily(*["noteheadRoundWhite"] * 4),
        "diamond": NOTEHEAD_FAMILIES["diamond"],
        "isotriangle": NOTEHEAD_FAMILIES["triangle"],
        "oval": NORMAL,
        "piewedge": _two("noteheadTriangleRoundDown"),
        "rectangle": SQUARE,
        "rtriangle": TRIANGLE_LEFT,
        "semicircle": _two("noteheadMoon"),
        "slash": NOTEHEAD_FAMILIES["slash"],
        "square": SQUARE,
        "x": NOTEHEAD_FAMILIES["x"],
    }
)
"""Families by the values of `@head.shape` in MEI that name a shape."""
