"""Substitutes for labels that a writer has no samples of: symbols that are written in the same way.

| label | substitutes |
|---|---|
| augmentation dots, staccato dots, repeat dots | each other |
| accents, tenuto, staccato above or below notes | each other |
| staccatissimo, marcato, fermata, mordent-like bows | those of the other side, flipped |
| flags up and down | each other, flipped |
| digits of time signatures, tuplets and figured bass | each other, scaled |
| small clefs and clefs of changes | normal ones, scaled |
| small accidentals | normal ones, scaled |
| dynamics such as `mf`, `pp`, `sfz` | their letters side by side |

Symbols of grace notes use samples that were written small, if the writer has any. Scaled symbols have the size and the
height above the origin of the symbol in the music font. All other labels are drawn by the pen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from smashcima.scene.visual.labels import Label
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS, DYNAMIC_WORDS


@dataclass(frozen=True, slots=True)
class SampleSource:
    """Sampled symbols that form one symbol."""

    labels: tuple[Label, ...]
    """Labels of the sampled symbols, from left to right; all of them are required."""

    mirrored: bool = False
    """Whether they are flipped vertically."""

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
"""Labels of a group may replace each other; more similar ones first."""

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
"""Groups of symbols that differ only in size."""

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
"""Most letters of a dynamic that is composed of samples; the pen draws longer ones."""

_SMALL = {
    Label.smufl(name): Label.own(f"{name}Small")
    for name in ("noteheadBlack", "noteheadHalf", "flag8thUp", "flag8thDown", "flag16thUp", "flag16thDown")
}
"""Labels in sample stores of symbols of grace notes."""


def small_source_of(label: Label) -> SampleSource | None:
    """The source of symbols that were written small, if stores have a separate label for them."""
    small = _SMALL.get(label)
    return SampleSource((small,), small=True) if small is not None else None


@lru_cache(maxsize=4096)  # more than there are labels
def sources_of(label: Label) -> tuple[SampleSource, ...]:
    """The possible sources of a label in order of preference, starting with the symbol itself."""
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
