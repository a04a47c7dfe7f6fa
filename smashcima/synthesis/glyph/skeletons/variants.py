"""Symbols derived from others by scaling or combination: notes in tempo markings, small clefs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from smashcima.synthesis.glyph.skeletons.accidentals import ACCIDENTALS
from smashcima.synthesis.glyph.skeletons.articulations_and_ornaments import MARKS
from smashcima.synthesis.glyph.skeletons.clefs import CLEFS
from smashcima.synthesis.glyph.skeletons.digits import DIGIT_SYMBOLS
from smashcima.synthesis.glyph.skeletons.flags import FLAGS
from smashcima.synthesis.glyph.skeletons.letters import LETTER_SYMBOLS
from smashcima.synthesis.glyph.skeletons.notation import (
    Forms,
    FormsOnDemand,
    SymbolForms,
    form,
    moved_forms,
    together,
)
from smashcima.synthesis.glyph.skeletons.noteheads import NOTEHEADS

Maker = Callable[[], SymbolForms]

_CLEF_CHANGE = 0.68
_OVERSIZED = 1.1
_NARROW = 0.6
_FIGURED_BASS = 0.6

_NOTES = {
    "Half": ("noteheadHalf", None),
    "Quarter": ("noteheadBlack", None),
    "8th": ("noteheadBlack", "flag8thUp"),
    "16th": ("noteheadBlack", "flag16thUp"),
    "32nd": ("noteheadBlack", "flag32ndUp"),
    "64th": ("noteheadBlack", "flag64thUp"),
    "128th": ("noteheadBlack", "flag128thUp"),
}
"""Heads and flags by note value."""

_STEM_X = 1.06


def _note(value: str, stem: float) -> SymbolForms:
    """A note with its stem up, `stem` staff spaces long."""
    head, flag = _NOTES[value]
    line = (form("stem", 1, f"{_STEM_X},-0.08 {_STEM_X},{-stem}"),)
    heads = NOTEHEADS[head].forms
    parts = [heads, line]
    if flag is not None:
        flags = moved_forms(FLAGS[flag].forms, dx=_STEM_X, dy=-stem)
        parts.append(tuple(flags[index % len(flags)] for index in range(len(heads))))  # there are more heads
    return SymbolForms("notehead", together(*parts))


def _renamed(
    sources: Forms, suffix: str, scale: float = 1.0, scale_y: float | None = None
) -> dict[str, Maker]:
    return {
        f"{name}{suffix}": partial(_moved, known, scale_x=scale, scale_y=scale_y)
        for name, known in sources.items()
    }


def _moved(
    known: SymbolForms, scale_x: float, scale_y: float | None = None, dx: float = 0.0, dy: float = 0.0
) -> SymbolForms:
    return SymbolForms(known.family, moved_forms(known.forms, dx, dy, scale_x, scale_y))


def _same(known: SymbolForms) -> Maker:
    return lambda: known


def _some(sources: Forms, *beginnings: str) -> dict[str, SymbolForms]:
    return {name: known for name, known in sources.items() if name.startswith(beginnings)}


_SIGNS_OF_FIGURES = {
    f"figbass{name}": partial(
        _moved, ACCIDENTALS[f"accidental{name}"], dx=0.1, dy=-0.5, scale_x=_FIGURED_BASS
    )
    for name in ("Flat", "Sharp", "Natural", "DoubleSharp")
}

_HEADS = _some(NOTEHEADS, "noteheadBlack", "noteheadHalf", "noteheadWhole", "noteheadDoubleWhole")

VARIANTS: Forms = FormsOnDemand(
    {
        **{f"note{value}Up": partial(_note, value, 3.35) for value in _NOTES},
        **{f"metNote{value}Up": partial(_note, value, 2.65) for value in _NOTES},
        "noteWhole": _same(NOTEHEADS["noteheadWhole"]),
        "metNoteWhole": _same(NOTEHEADS["noteheadWhole"]),
        "noteDoubleWhole": _same(NOTEHEADS["noteheadDoubleWhole"]),
        "metNoteDoubleWhole": _same(NOTEHEADS["noteheadDoubleWhole"]),
        "metAugmentationDot": _same(MARKS["augmentationDot"]),
        **_renamed(_some(CLEFS, "gClef", "fClef", "cClef"), "Change", _CLEF_CHANGE),
        **_renamed(_some(CLEFS, "gClef", "fClef", "cClef"), "Small", _CLEF_CHANGE),
        # Symbols for small staves have the same size on them.
        **_renamed(_HEADS, "Small"),
        **_renamed(_HEADS, "Oversized", _OVERSIZED),
        **_renamed(_some(FLAGS, "flag"), "Small"),
        **_renamed(_some(FLAGS, "flag"), "Straight"),
        **_renamed(_some(FLAGS, "flag8thUp", "flag16thUp", "flag32ndUp", "flag64thUp"), "Short", 1.0, 0.9),
        **_renamed(_some(ACCIDENTALS, "accidentalFlat", "accidentalNatural", "accidentalSharp"), "Small"),
        **_renamed(_some(MARKS, "artic"), "Small"),
        **_renamed(_some(LETTER_SYMBOLS, "dynamic"), "Small"),
        **_renamed(_some(DIGIT_SYMBOLS, "timeSig"), "Small"),
        **_renamed(_some(DIGIT_SYMBOLS, "timeSig"), "Narrow", _NARROW, 1.0),
        **_renamed(_some(DIGIT_SYMBOLS, "tuplet"), "Light"),
        **_SIGNS_OF_FIGURES,
        "musicFlatSign": _same(ACCIDENTALS["accidentalFlat"]),
        "musicNaturalSign": _same(ACCIDENTALS["accidentalNatural"]),
        "musicSharpSign": _same(ACCIDENTALS["accidentalSharp"]),
    }
)
"""Derived symbols. Includes names that no font has, since each suffix is applied to a whole family."""
