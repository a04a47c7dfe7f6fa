"""Accidentals. The pitch that they alter is at y = 0."""

from __future__ import annotations

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms, together

_SHARP = (
    form(
        "needle",
        3,
        "0.44,-1.50 0.36,1.40",
        "0.68,-1.44 0.60,1.36",
        "0.14,0.0 0.92,-0.12",
        "0.14,0.62 0.90,0.48",
    ),
    form(
        "small",
        3,
        "0.36,-0.70 0.32,0.66",
        "0.70,-0.74 0.66,0.60",
        "0.10,-0.18 0.92,-0.32",
        "0.08,0.28 0.90,0.12",
    ),
    form(
        "dense",
        2,
        "0.40,-0.96 0.30,0.92",
        "0.66,-1.0 0.58,0.88",
        "0.14,-0.10*1.2 0.92,-0.36*1.2",
        "0.10,0.30*1.2 0.88,0.04*1.2",
    ),
    form(
        "upright",
        5,
        "0.34,-1.02 0.30,0.98",
        "0.74,-1.06 0.70,0.92",
        "0.02,-0.24 1.02,-0.42",
        "0.02,0.40 1.0,0.20",
    ),
    form(
        "leaning",
        4,
        "0.46,-1.04 0.22,1.0",
        "0.84,-1.10 0.58,0.94",
        "0.04,-0.22 1.12,-0.46",
        "-0.04,0.42 1.02,0.16",
    ),
    form(
        "tall",
        3,
        "0.32,-1.36 0.30,1.26",
        "0.70,-1.40 0.68,1.14",
        "0.04,-0.30 0.98,-0.44",
        "0.04,0.42 0.98,0.26",
    ),
    form(
        "wide",
        3,
        "0.30,-0.80 0.26,0.80",
        "0.80,-0.84 0.76,0.76",
        "-0.08,-0.24 1.18,-0.36",
        "-0.08,0.36 1.16,0.24",
    ),
    form(
        "steep bars",
        3,
        "0.38,-1.0 0.32,1.0",
        "0.70,-1.06 0.64,0.90",
        "0.0,-0.04 1.06,-0.54",
        "-0.02,0.56 1.04,0.10",
    ),
    form(
        "narrow",
        3,
        "0.42,-1.20 0.34,1.20",
        "0.64,-1.26 0.58,1.06",
        "0.14,-0.26 0.88,-0.40",
        "0.12,0.36 0.86,0.22",
    ),
    form(
        "joined",
        2,
        "0.34,-1.0 0.28,0.96",
        "0.72,-1.04 0.66,0.94",
        "0.04,-0.20 0.98,-0.46! 0.04,0.42! 1.02,0.18",
    ),
    form(
        "ladder",
        2,
        "0.30,-1.10 0.24,1.0",
        "0.78,-1.10 0.70,0.92",
        "0.30,-0.32 0.96,-0.46",
        "0.16,0.38 0.90,0.20",
    ),
)

_FLAT = (
    form("triangle", 3, "0.14,-0.98 0.10,0.42! 0.74,-0.20! 0.12,-0.26"),
    form("short stem", 3, "0.16,-0.92 0.12,0.44! 0.50,0.24 0.70,-0.10 0.52,-0.30 0.14,-0.10"),
    form("tailed", 2, "0.16,-1.30 0.12,0.10 0.16,-0.12! 0.50,-0.22 0.66,0.12 0.50,0.48 0.14,0.66"),
    form("b", 6, "0.14,-1.30 0.12,-0.20 0.12,0.46! 0.46,0.26 0.68,-0.06 0.54,-0.32 0.14,-0.06"),
    form("pointed", 3, "0.16,-1.26 0.12,0.42! 0.66,-0.02 0.56,-0.26! 0.14,-0.10"),
    form("round", 4, "0.12,-1.22 0.10,-0.10 0.20,0.36 0.52,0.34 0.68,0.0 0.46,-0.24 0.14,0.0"),
    form("six", 3, "0.26,-1.34 0.12,-0.60 0.12,0.16 0.36,0.42 0.62,0.14 0.56,-0.16 0.34,-0.20 0.16,0.06"),
    form("two strokes", 3, "0.14,-1.36 0.12,0.52", "0.12,-0.12 0.46,-0.36 0.64,-0.06 0.40,0.28 0.12,0.50"),
    form("leaning", 2, "0.34,-1.30 0.10,0.40! 0.54,0.26 0.74,-0.14 0.52,-0.26 0.18,0.0"),
    form("open", 2, "0.16,-1.20 0.12,0.44! 0.48,0.22 0.64,-0.08 0.40,-0.26"),
)

_NATURAL = (
    form("long tail", 5, "0.14,-0.80 0.12,0.16! 0.62,0.02", "0.12,-0.42 0.64,-0.50! 0.56,1.42"),
    form("narrow", 4, "0.24,-1.20 0.20,0.28! 0.54,0.14", "0.22,-0.28 0.58,-0.42! 0.50,1.36"),
    form(
        "loop",
        3,
        "0.42,-1.20 0.16,0.02 0.26,0.32 0.58,0.06 0.50,-0.34 0.22,-0.24 0.58,-0.30! 0.50,0.50 0.34,1.36",
    ),
    form(
        "filled",
        2,
        "0.30,-1.10 0.22,-0.30 0.20,0.24! 0.56,0.10 0.24,-0.14*1.5 0.60,-0.34! 0.54,0.40 0.46,1.30",
    ),
    form("two corners", 6, "0.14,-1.10 0.10,0.44! 0.72,0.22", "0.12,-0.26 0.74,-0.46! 0.66,1.16"),
    form("square", 3, "0.12,-1.16 0.12,0.40! 0.64,0.32", "0.12,-0.36 0.66,-0.42! 0.64,1.22"),
    form("leaning", 4, "0.30,-1.06 0.06,0.30! 0.76,0.12", "0.16,-0.26 0.84,-0.44! 0.56,1.16"),
    form("tall", 3, "0.14,-1.46 0.12,0.40! 0.66,0.26", "0.12,-0.34 0.68,-0.46! 0.62,1.54"),
    form(
        "round",
        2,
        "0.18,-1.10 0.06,0.04 0.22,0.36 0.62,0.12",
        "0.12,-0.22 0.44,-0.46 0.72,-0.30 0.68,0.30 0.58,1.26",
    ),
    form("one stroke", 4, "0.16,-1.06 0.10,0.36! 0.72,0.10 0.70,-0.48! 0.62,1.12"),
    form(
        "hooked", 2, "0.12,-1.20 0.08,0.46! 0.66,0.30", "0.12,-0.30 0.60,-0.44 0.72,0.30 0.70,0.90 0.48,1.22"
    ),
    form("small", 2, "0.16,-0.78 0.12,0.38! 0.68,0.16", "0.14,-0.20 0.70,-0.38! 0.62,0.90"),
)

_DOUBLE_SHARP = (
    form("cross", 4, "0.12,-0.42 0.86,0.42", "0.86,-0.42 0.10,0.42"),
    form(
        "cross dots",
        3,
        "0.06,-0.56 1.02,0.54",
        "1.02,-0.58 0.04,0.56",
        "0.54,-0.52*1.3",
        "0.54,0.50*1.3",
        "0.08,0.0*1.3",
        "1.02,0.0*1.3",
    ),
    form("thick", 1, "0.14,-0.40*1.5 0.84,0.40*1.5", "0.84,-0.40*1.5 0.12,0.40*1.5"),
    form("large", 2, "0.06,-0.58 0.96,0.54", "0.98,-0.54 0.02,0.58"),
)

_PARENTHESIS = (form("bow", 1, "0.46,-1.02 0.16,-0.50 0.16,0.50 0.46,1.02"),)
_SQUARE_BRACKET = (form("angles", 1, "0.42,-1.10! 0.12,-1.10! 0.12,1.10! 0.42,1.10"),)

_FLAT_STEP = 0.66
_DOUBLE_FLAT = together(_FLAT, moved_forms(_FLAT, dx=_FLAT_STEP))
_NARROW_SHARP = moved_forms(_SHARP, scale_x=0.9, scale_y=1.0)

ACCIDENTALS: Forms = {
    "accidentalSharp": SymbolForms("sharp", _SHARP),
    "accidentalFlat": SymbolForms("flat", _FLAT),
    "accidentalNatural": SymbolForms("natural", _NATURAL),
    "accidentalDoubleSharp": SymbolForms("double sharp", _DOUBLE_SHARP),
    "accidentalDoubleFlat": SymbolForms("flat", _DOUBLE_FLAT),
    "accidentalTripleFlat": SymbolForms(
        "flat", together(_DOUBLE_FLAT, moved_forms(_FLAT, dx=2 * _FLAT_STEP))
    ),
    "accidentalSharpSharp": SymbolForms(
        "sharp", together(_NARROW_SHARP, moved_forms(_NARROW_SHARP, dx=1.05))
    ),
    "accidentalNaturalFlat": SymbolForms("flat", together(_NATURAL[:1], moved_forms(_FLAT, dx=0.92))),
    "accidentalNaturalSharp": SymbolForms("sharp", together(_NATURAL[:1], moved_forms(_SHARP, dx=0.95))),
    "accidentalTripleSharp": SymbolForms("sharp", together(_SHARP, moved_forms(_DOUBLE_SHARP[:1], dx=1.2))),
    "accidentalParensLeft": SymbolForms("parenthesis", _PARENTHESIS),
    "accidentalParensRight": SymbolForms(
        "parenthesis", moved_forms(_PARENTHESIS, dx=0.6, scale_x=-1, scale_y=1)
    ),
    "accidentalBracketLeft": SymbolForms("square bracket", _SQUARE_BRACKET),
    "accidentalBracketRight": SymbolForms(
        "square bracket", moved_forms(_SQUARE_BRACKET, dx=0.54, scale_x=-1, scale_y=1)
    ),
}
"""Sharps, flats and naturals, alone and combined, and the signs around them."""
