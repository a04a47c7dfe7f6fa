"""Substitutes for labels of which a writer has no samples: symbols that a person writes in the same way.

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

Symbols of grace notes are taken from those that were written small, if the writer has any. Scaled symbols get the size
and the height above the origin that the symbol has in the music font. All other labels are left to the pen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from smashcima.scene.visual.labels import Label
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS, DYNAMIC_WORDS


@dataclass(frozen=True, slots=True)
class SampleSource:
    """Real symbols that make one symbol."""

    labels: tuple[Label, ...]
    """Of the symbols, from left to right; all of them are needed."""

    mirrored: bool = False
    """Whether they are turned upside down."""

    resized: bool = False
    """Whether they are scaled and moved to the size and height of the symbol in the music font."""

    small: bool = False
    """Whether they were written small, as grace notes are."""


def _groups(*groups: tuple[str, ...]) -> tuple[tuple[Label, ...], ...]:
    """Labels of groups of SMuFL names."""
    return tuple(tuple(map(Label.smufl, names)) for names in groups)


_SAME = _groups(
    ("augmentationDot", "articStaccatoAbove", "articStaccatoBelow", "repeatDot"),
    ("articAccentAbove", "articAccentBelow"),
    ("articTenutoAbove", "articTenutoBelow"),
)
"""Each label may stand for any other of its group; the most similar come first."""

_SAME_BUT_FOR_SIZE = (
    *_groups(
        ("gClef", "gClefChange", "gClefSmall"),
        ("fClef", "fClefChange", "fClefSmall"),
        ("cClef", "cClefChange", "cClefSmall"),
        ("accidentalSharp", "accidentalSharpSmall"),
        ("accidentalFlat", "accidentalFlatSmall"),
        ("accidentalNatural", "accidentalNaturalSmall"),
    ),
    *(
        (
            Label.smufl(f"timeSig{digit}"),
            Label.own(f"numeral{digit}"),
            Label.smufl(f"tuplet{digit}"),
            Label.smufl(f"figbass{digit}"),
        )
        for digit in range(10)
    ),
)
"""The same for symbols that differ in size only."""

_UPSIDE_DOWN = _groups(
    ("articStaccatissimoAbove", "articStaccatissimoBelow"),
    ("articStaccatissimoWedgeAbove", "articStaccatissimoWedgeBelow"),
    ("articMarcatoAbove", "articMarcatoBelow"),
    ("fermataAbove", "fermataBelow"),
    ("flag8thUp", "flag8thDown"),
    ("flag16thUp", "flag16thDown"),
    ("flag32ndUp", "flag32ndDown"),
    ("flag64thUp", "flag64thDown"),
)

_LONGEST_WORD = 4
"""Dynamics of more letters are left to the pen."""

_SMALL = {
    Label.smufl(name): Label.own(f"{name}Small")
    for name in ("noteheadBlack", "noteheadHalf", "flag8thUp", "flag8thDown", "flag16thUp", "flag16thDown")
}
"""Labels of stores for symbols of grace notes."""


def small_source_of(label: Label) -> SampleSource | None:
    """The symbols that were written small, for a label that has a label of its own for these in stores."""
    small = _SMALL.get(label)
    return SampleSource((small,), small=True) if small is not None else None


@lru_cache(maxsize=4096)  # more than there are labels
def sources_of(label: Label) -> tuple[SampleSource, ...]:
    """The possible sources of a label in order of preference, the symbol itself first."""
    sources = [SampleSource((label,))]
    if not label.is_smufl:
        return tuple(sources)
    for groups, resized in ((_SAME, False), (_SAME_BUT_FOR_SIZE, True)):
        for group in groups:
            if label in group:
                sources += [SampleSource((other,), resized=resized) for other in group if other != label]
    for pair in _UPSIDE_DOWN:
        if label in pair:
            sources += [SampleSource((other,), mirrored=True) for other in pair if other != label]
    word = DYNAMIC_WORDS.get(label, "")
    if 0 < len(word) <= _LONGEST_WORD:
        sources.append(SampleSource(tuple(Label.of(DYNAMIC_LETTERS[letter]) for letter in word)))
    return tuple(sources)
