"""Label and traits, which determine the class of a visual object."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from smashcima.engraving import Line, Symbol
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Chord, Clef, Hairpin, HairpinForm, Note
from smashcima.scene.visual import (
    AccidentalMark,
    BarlineMark,
    ClefMark,
    ComposedGlyph,
    Flag,
    Glyph,
    GraceSlash,
    HairpinMark,
    KeySignatureMark,
    Label,
    LabeledRegion,
    Notehead,
    System,
    VisualObject,
)

SMALLER = 0.85
"""Symbols below this share of the normal size are small; those of grace notes and cues are 0.6 to 0.75."""

_THICK_SS = 0.3
"""Barline strokes wider than this, in staff spaces, are thick."""

_TENOR_LINE = 4


@dataclass(frozen=True, slots=True)
class Sign:
    """Label with traits."""

    label: str
    """Label without its vocabulary: `noteheadBlack`."""

    traits: frozenset[str] = frozenset()
    """Subset of `small`, `onLine`, `inSpace`, `key` (in a key signature), `down` (stem down), `diminuendo`,
    `tenor` (C clef on the fourth line), `thick`, `part` (a letter of a longer dynamic), `group` (of symbols
    that also have their own names), `grace` (notehead of a grace note)."""


def sign_of(x: SceneObject) -> Sign | None:
    """Returns the sign of a visual object, glyph or area; `None` if it has no label."""
    if isinstance(x, VisualObject):
        finders = _FINDERS.get(type(x))
        if finders is None:
            finders = _FINDERS[type(x)] = tuple(find for kind, find in _TRAITS if issubclass(type(x), kind))
        traits: tuple[str, ...] = ()
        for find in finders:
            traits += find(x)
        return shared_sign(x.glyph.label, traits)
    if isinstance(x, Glyph):
        is_part = bool(ComposedGlyph.many_of(x, "sub_glyphs"))
        return shared_sign(x.label, ("part",) if is_part else ())
    region = getattr(x, "region", None)
    return shared_sign(region.label) if isinstance(region, LabeledRegion) else None


@lru_cache(maxsize=4096)
def shared_sign(label: str, traits: tuple[str, ...] = ()) -> Sign:
    """The sign of a label and traits; the same object for equal ones, since a page has some forty."""
    return Sign(Label.of(label).name, frozenset(traits))


def _of_size(drawn: Notehead | Flag | AccidentalMark) -> tuple[str, ...]:
    """Signs of grace notes and cues are small: determined by their note or by their engraved size."""
    primitive = drawn.primitive
    if isinstance(drawn.semantic, Note | Chord) and drawn.semantic.is_grace:
        return ("small", "grace") if isinstance(drawn, Notehead) else ("small",)
    if isinstance(primitive, Symbol) and primitive.scale_y < SMALLER * _staff_space(drawn):
        return ("small",)
    return ()


def _of_notehead(notehead: Notehead) -> str | None:
    position = notehead.semantic.position if isinstance(notehead.semantic, Note) else None
    if position is None:
        return None
    return "onLine" if _is_on_line(position, notehead) else "inSpace"


def _is_on_line(position: int, notehead: Notehead) -> bool:
    """Whether a staff position is on a line or ledger line."""
    lines = len(notehead.staff.line_ys) if notehead.staff is not None else 5
    return (position + lines - 1) % 2 == 0


def _staff_space(drawn: VisualObject) -> float:
    """Staff space of its staff, or of any staff of its system; infinite if there is none."""
    return staff_space_of(drawn.system) if drawn.staff is None else drawn.staff.staff_space


def staff_space_of(system: System | None) -> float:
    """Staff space of the first staff of a system; infinite if there is none."""
    staves = system.staves if system is not None else []
    return staves[0].staff_space if staves else math.inf


def _of_grace_slash(slash: GraceSlash) -> str | None:
    """Direction of the stem that a grace slash crosses."""
    stem = slash.stem
    if stem is None or not stem.noteheads:
        return None
    return "down" if stem.bbox().center.y > stem.noteheads[0].bbox().center.y else None


def _of_hairpin(hairpin: HairpinMark) -> str | None:
    closes = isinstance(hairpin.semantic, Hairpin) and hairpin.semantic.form is HairpinForm.DIMINUENDO
    return "diminuendo" if closes else None


def _of_clef(mark: ClefMark) -> str | None:
    return (
        "tenor" if isinstance(mark.semantic, Clef) and mark.semantic.effective.line == _TENOR_LINE else None
    )


def _of_barline(barline: BarlineMark) -> str | None:
    return "thick" if is_thick(barline, _staff_space(barline)) else None


def is_thick(barline: BarlineMark, staff_space: float) -> bool:
    """Whether the stroke of a barline is thick, for a staff space in mm."""
    stroke = barline.primitive
    return isinstance(stroke, Line) and stroke.width > _THICK_SS * staff_space


def _if_any(find: Callable[[Any], str | None]) -> Callable[[Any], tuple[str, ...]]:
    """A function that returns the trait that another one returns, in a tuple."""

    def traits(drawn: VisualObject) -> tuple[str, ...]:
        found = find(drawn)
        return () if found is None else (found,)

    return traits


_TRAITS: tuple[tuple[type, Callable[[Any], tuple[str, ...]]], ...] = (
    (Notehead, _if_any(_of_notehead)),
    (KeySignatureMark, _if_any(lambda _: "key")),
    (GraceSlash, _if_any(_of_grace_slash)),
    (HairpinMark, _if_any(_of_hairpin)),
    (ClefMark, _if_any(_of_clef)),
    (BarlineMark, _if_any(_of_barline)),
    *((kind, _of_size) for kind in (Notehead, Flag, AccidentalMark)),
)
"""Functions that determine traits, by class of object."""

_FINDERS: dict[type, tuple[Callable[[Any], tuple[str, ...]], ...]] = {}
"""The functions for a class and its base classes; found once for each class."""
