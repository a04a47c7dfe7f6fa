"""Which real symbols stand for a label of which the writer has none: only such as a person writes the same way.

| wanted | what is taken instead |
|---|---|
| augmentation dots, staccato dots, repeat dots | each other |
| accents, tenuto, staccato above or below notes | each other |
| staccatissimo, marcato, fermata, mordent-like bows | those of the other side, upside down |
| flags up and down | each other, upside down |
| digits of time signatures, tuplets and figured bass | each other, scaled |
| small clefs and clefs of changes | the ordinary ones, scaled |
| small accidentals | the ordinary ones, scaled |
| dynamics such as `mf`, `pp`, `sfz` | their letters side by side |

Symbols of grace notes are those that were written as such, where the writer has some. What is scaled gets the size, and the height above the origin, that the music font has for it. All other labels are left
to the pen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

PREFIX = "smufl::"


@dataclass(frozen=True, slots=True)
class SampleSource:
    """Real symbols that make one symbol."""

    names: tuple[str, ...]
    """SMuFL names, or one label that is none, from left to right; all of them are needed."""

    mirrored: bool = False
    """Whether they are turned upside down."""

    resized: bool = False
    """Whether they get the size and the height that the music font has for the label."""

    small: bool = False
    """Whether they were written small, as grace notes are."""

    def label(self, name: str) -> str:
        """The label of one of the names."""
        return name if ":" in name else PREFIX + name


_SAME = (
    ("augmentationDot", "articStaccatoAbove", "articStaccatoBelow", "repeatDot"),
    ("articAccentAbove", "articAccentBelow"),
    ("articTenutoAbove", "articTenutoBelow"),
)
"""Names of which each may stand for any other one, the nearest ones first."""

_SAME_BUT_FOR_SIZE = (
    ("gClef", "gClefChange", "gClefSmall"),
    ("fClef", "fClefChange", "fClefSmall"),
    ("cClef", "cClefChange", "cClefSmall"),
    ("accidentalSharp", "accidentalSharpSmall"),
    ("accidentalFlat", "accidentalFlatSmall"),
    ("accidentalNatural", "accidentalNaturalSmall"),
    *(
        (
            f"timeSig{digit}",
            f"smashcima::numeral{digit}",
            f"tuplet{digit}",
            f"figbass{digit}",
        )
        for digit in range(10)
    ),
)
"""The same for names whose size tells them apart."""

_UPSIDE_DOWN = (
    ("articStaccatissimoAbove", "articStaccatissimoBelow"),
    ("articStaccatissimoWedgeAbove", "articStaccatissimoWedgeBelow"),
    ("articMarcatoAbove", "articMarcatoBelow"),
    ("fermataAbove", "fermataBelow"),
    ("flag8thUp", "flag8thDown"),
    ("flag16thUp", "flag16thDown"),
    ("flag32ndUp", "flag32ndDown"),
    ("flag64thUp", "flag64thDown"),
)

_LETTERS = {
    "p": "dynamicPiano",
    "f": "dynamicForte",
    "m": "dynamicMezzo",
    "r": "dynamicRinforzando",
    "s": "dynamicSforzando",
    "z": "dynamicZ",
    "n": "dynamicNiente",
}
_WORDS = {
    "dynamicPP": "pp",
    "dynamicPPP": "ppp",
    "dynamicPPPP": "pppp",
    "dynamicMP": "mp",
    "dynamicMF": "mf",
    "dynamicPF": "pf",
    "dynamicFF": "ff",
    "dynamicFFF": "fff",
    "dynamicFFFF": "ffff",
    "dynamicFortePiano": "fp",
    "dynamicForzando": "fz",
    "dynamicSforzando1": "sf",
    "dynamicSforzandoPiano": "sfp",
    "dynamicSforzandoPianissimo": "sfpp",
    "dynamicSforzato": "sfz",
    "dynamicSforzatoPiano": "sfzp",
    "dynamicSforzatoFF": "sffz",
    "dynamicRinforzando1": "rf",
    "dynamicRinforzando2": "rfz",
}


_SMALL = {
    name: f"smashcima::{name}Small"
    for name in ("noteheadBlack", "noteheadHalf", "flag8thUp", "flag8thDown", "flag16thUp", "flag16thDown")
}
"""Labels of stores for symbols of grace notes."""


def small_source_of(label: str) -> SampleSource | None:
    """What a symbol is called in stores where it was written small, if it has a name of its own there."""
    name = _SMALL.get(label.removeprefix(PREFIX))
    return SampleSource((name,), small=True) if name is not None else None


@cache
def sources_of(label: str) -> tuple[SampleSource, ...]:
    """What may stand for a label, the symbol itself first."""
    if not label.startswith(PREFIX):
        return (SampleSource((label,)),)
    name = label[len(PREFIX) :]
    sources = [SampleSource((name,))]
    for groups, resized in ((_SAME, False), (_SAME_BUT_FOR_SIZE, True)):
        for group in groups:
            if name in group:
                sources += [SampleSource((other,), resized=resized) for other in group if other != name]
    for pair in _UPSIDE_DOWN:
        if name in pair:
            sources += [SampleSource((other,), mirrored=True) for other in pair if other != name]
    if name in _WORDS:
        sources.append(SampleSource(tuple(_LETTERS[letter] for letter in _WORDS[name])))
    return tuple(sources)
