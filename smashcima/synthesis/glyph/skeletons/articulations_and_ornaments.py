"""Articulations, fermatas, dots and other signs at notes. Signs above stand on y = 0, signs below hang from it."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms, oval, together
from smashcima.synthesis.pen import Allograph

_DOT = (
    form("point", 5, "0.20,0.0*1.25"),
    form("tick", 2, "0.16,0.05*1.0 0.25,-0.04*1.0"),
    form("ring", 2, oval((0.20, 0.0), (0.06, 0.05), filled=True)),
)

_STACCATO = moved_forms(_DOT, dx=-0.03, dy=-0.17)

_ACCENT = (
    form("angle", 5, "0.10,-0.80 1.24,-0.46! 0.14,-0.12"),
    form("steep", 3, "0.12,-0.94 1.10,-0.48! 0.16,-0.06"),
    form("two strokes", 3, "0.12,-0.76 1.24,-0.42", "0.10,-0.08 1.26,-0.46"),
    form("open", 2, "0.14,-0.84 0.70,-0.66 1.16,-0.44! 0.60,-0.30 0.12,-0.16"),
    form("tall", 4, "0.22,-0.98 1.0,-0.52! 0.26,-0.02"),
    form("beak", 2, "0.18,-0.90 0.60,-0.78 1.02,-0.48! 0.44,-0.04"),
    form("tailed", 2, "0.20,-0.90 0.90,-0.46", "0.22,-0.04 0.86,-0.42 1.22,-0.50"),
)

_TENUTO = (
    form("stroke", 5, "0.14,-0.10 1.12,-0.12"),
    form("slanted", 2, "0.14,-0.06 1.10,-0.16"),
    form("short", 2, "0.24,-0.10 0.98,-0.12"),
)

_MARCATO = (
    form("hat", 5, "0.14,-0.06 0.50,-0.92! 0.84,-0.06"),
    form("heavy", 2, "0.12,-0.06*0.8 0.50,-0.94*1.2! 0.82,-0.06*1.6"),
)

_STACCATISSIMO = (
    form("wedge", 3, "0.20,-1.02*1.7 0.20,-0.10*0.6"),
    form("stroke", 4, "0.22,-0.96 0.20,-0.10"),
    form("slanted", 2, "0.28,-0.92*1.2 0.16,-0.12*0.7"),
)

_STROKE = (form("stroke", 1, "0.14,-0.96 0.12,-0.10"),)
_STRESS = (form("stroke", 1, "0.90,-0.80*0.7 0.20,-0.08*1.3"),)
_UNSTRESS = (form("bow", 1, "0.14,-0.60 0.30,-0.14 0.76,-0.12 0.96,-0.60"),)

_FERMATA = (
    form("bow", 5, "0.26,-0.10 0.44,-0.86 1.20,-1.22 1.90,-0.84 2.10,-0.12", "1.20,-0.34*1.6"),
    form("narrow", 4, "0.50,-0.10 0.60,-0.80 1.16,-1.20 1.70,-0.80 1.86,-0.12", "1.18,-0.32*1.6"),
    form("flat", 3, "0.30,-0.20 0.66,-0.76 1.20,-0.92 1.74,-0.72 2.0,-0.24", "1.16,-0.24*1.5"),
    form("swung", 2, "0.40,-0.16 0.56,-0.90 1.26,-1.16 1.80,-0.60 1.76,-0.10", "1.20,-0.36 1.24,-0.28"),
)
_FERMATA_ANGLE = (form("angle", 1, "0.26,-0.08 1.0,-1.26! 1.76,-0.08", "1.0,-0.30*1.6"),)
_FERMATA_SQUARE = (form("square", 1, "0.20,-0.08 0.20,-1.06! 2.10,-1.06! 2.10,-0.08", "1.14,-0.34*1.6"),)

_UP_BOW = (form("v", 3, "0.12,-1.80 0.48,-0.10! 0.88,-1.84"),)
_DOWN_BOW = (form("frame", 3, "0.14,-0.10*1.0 0.12,-1.0*1.6! 1.12,-1.02*1.6! 1.10,-0.10"),)

_BREATH = (
    form("comma", 4, "0.30,-0.84*1.6 0.46,-0.60 0.22,-0.12"),
    form("tick", 3, "0.12,-0.56 0.30,-0.14! 0.56,-1.0"),
    form("bow", 3, "0.22,-0.98 0.44,-0.60 0.24,-0.12"),
)
_CAESURA = (form("slashes", 3, "0.14,-0.06 0.80,-1.96", "0.70,-0.06 1.36,-1.96"),)
_CAESURA_SINGLE = (form("slash", 3, "0.14,-0.06 0.80,-1.96"),)

_TREMOLO_STROKE = (form("stroke", 1, "-0.50,0.16*1.7 0.50,-0.16*1.7"),)

_HARMONIC = (form("ring", 1, oval((0.42, -0.42), (0.28, 0.30), 10, -80, 375)),)
_PLUS = (form("cross", 1, "0.10,-0.44 0.94,-0.46", "0.52,-0.86 0.50,-0.06"),)
_SNAP = (form("ring", 1, oval((0.42, -0.40), (0.30, 0.32), 0, -90, 375), "0.42,-1.06 0.42,-0.40"),)


def _above(name: str, forms: tuple[Allograph, ...], family: str) -> dict[str, SymbolForms]:
    """A sign above, and its mirror image below."""
    return {
        f"{name}Above": SymbolForms(family, forms),
        f"{name}Below": SymbolForms(family, _upside_down(forms)),
    }


def _upside_down(forms: tuple[Allograph, ...]) -> tuple[Allograph, ...]:
    return moved_forms(forms, scale_x=1.0, scale_y=-1.0)


def _hanging(forms: tuple[Allograph, ...], height: float) -> tuple[Allograph, ...]:
    """A sign below that stays upright, with its top at y = 0."""
    return moved_forms(forms, dy=height)


_COMBINED: Mapping[str, tuple[Allograph, ...]] = {
    "articAccentStaccato": together(moved_forms(_ACCENT, dy=-0.5), moved_forms(_STACCATO[:1], dx=0.45)),
    "articTenutoStaccato": together(moved_forms(_TENUTO, dy=-0.5), moved_forms(_STACCATO[:1], dx=0.45)),
    "articTenutoAccent": together(moved_forms(_ACCENT, dy=-0.35), _TENUTO[:1]),
    "articMarcatoStaccato": together(moved_forms(_MARCATO, dy=-0.1), moved_forms(_STACCATO[:1], dx=0.30)),
    "articMarcatoTenuto": together(moved_forms(_MARCATO, dx=0.12, dy=-0.4), _TENUTO[:1]),
}

MARKS: Forms = {
    "augmentationDot": SymbolForms("dot", _DOT),
    "repeatDot": SymbolForms("dot", moved_forms(_DOT, scale_x=1.0)),
    **_above("articStaccato", _STACCATO, "dot"),
    "articAccentAbove": SymbolForms("accent", _ACCENT),
    "articAccentBelow": SymbolForms("accent", _hanging(_ACCENT, 0.98)),
    **_above("articTenuto", _TENUTO, "tenuto"),
    **_above("articMarcato", _MARCATO, "marcato"),
    **_above("articStaccatissimo", _STACCATISSIMO, "staccatissimo"),
    **_above("articStaccatissimoWedge", _STACCATISSIMO[:1], "staccatissimo wedge"),
    **_above("articStaccatissimoStroke", _STROKE, "staccatissimo stroke"),
    **_above("articStress", _STRESS, "stress"),
    **_above("articUnstress", _UNSTRESS, "unstress"),
    **{
        name: forms
        for combined, shape in _COMBINED.items()
        for name, forms in _above(combined, shape, combined).items()
    },
    **_above("fermata", _FERMATA, "fermata"),
    **_above("fermataShort", _FERMATA_ANGLE, "short fermata"),
    **_above("fermataLong", _FERMATA_SQUARE, "long fermata"),
    "stringsUpBow": SymbolForms("up bow", _UP_BOW),
    "stringsDownBow": SymbolForms("down bow", _DOWN_BOW),
    "stringsHarmonic": SymbolForms("harmonic", _HARMONIC),
    "pluckedLeftHandPizzicato": SymbolForms("plus", _PLUS),
    "brassMuteClosed": SymbolForms("plus", _PLUS),
    "brassMuteOpen": SymbolForms("harmonic", _HARMONIC),
    "pluckedSnapPizzicatoAbove": SymbolForms("snap", _SNAP),
    "pluckedSnapPizzicatoBelow": SymbolForms("snap", moved_forms(_SNAP, dy=-1.2, scale_x=1.0, scale_y=-1.0)),
    "breathMarkComma": SymbolForms("breath", _BREATH),
    "caesura": SymbolForms("caesura", _CAESURA),
    "caesuraShort": SymbolForms("caesura single", _CAESURA_SINGLE),
    **{
        f"tremolo{count}": SymbolForms(
            "tremolo",
            together(
                *(moved_forms(_TREMOLO_STROKE, dy=0.74 * (index - (count - 1) / 2)) for index in range(count))
            ),
        )
        for count in range(1, 6)
    },
}
"""Signs above, below and beside notes."""
