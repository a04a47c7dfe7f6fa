"""Noteheads. Stems are at their left side, x = 0, and their right side, x = 1.18 staff spaces."""

from __future__ import annotations

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms, oval

_MIDDLE = (0.59, 0.0)

_BLACK = (
    form("oval", 4, oval(_MIDDLE, (0.38, 0.20), 38, filled=True)),
    form("round", 3, oval(_MIDDLE, (0.35, 0.26), 30, filled=True)),
    form("tall", 5, oval(_MIDDLE, (0.38, 0.18), 52, filled=True)),
    form("small", 3, oval(_MIDDLE, (0.29, 0.16), 45, filled=True)),
    form("flat slash", 2, "0.22,0.26*1.2 0.56,0.02*1.6 0.97,-0.28*1.2"),
    form("steep slash", 4, "0.30,0.35*1.2 0.56,0.03*1.5 0.88,-0.36*1.2"),
    form("drop", 2, "fill 0.24,0.26 0.36,0.32 0.72,0.10 0.96,-0.24 0.86,-0.34 0.48,-0.14"),
    form("scribble", 2, "0.30,0.14*1.3 0.80,-0.28*1.3 0.36,0.28*1.3 0.86,-0.10*1.3 0.54,0.26*1.3"),
    form("dash", 3, "0.43,0.33*1.5 0.60,0.02*1.7 0.77,-0.33*1.3"),
    form("lens", 4, oval(_MIDDLE, (0.37, 0.10), 46, filled=True)),
    form("blot", 3, "fill 0.24,0.24! 0.44,-0.12 0.94,-0.32! 0.84,0.06 0.52,0.30"),
    form("wedge", 4, "fill 0.27,0.34! 0.32,-0.02 0.86,-0.36! 0.92,-0.12 0.60,0.24"),
    form("dabs", 3, "0.36,0.24*1.7 0.60,-0.04*2.1 0.82,-0.26*1.6", "0.46,-0.02*1.6 0.74,0.14*1.6"),
    form("hooked", 3, "0.32,0.18 0.36,0.32*1.3 0.58,0.04*2.2 0.86,-0.26*1.6! 0.78,-0.36"),
    form("upright", 2, oval(_MIDDLE, (0.34, 0.20), 72, filled=True)),
)

_HALF_SHAPES = (
    form("oval", 4, oval(_MIDDLE, (0.49, 0.32), 28, -70, 385)),
    form("round", 3, oval(_MIDDLE, (0.47, 0.38), 20, -80, 375)),
    form("tall", 5, oval(_MIDDLE, (0.49, 0.31), 52, -40, 395)),
    form("small", 3, oval(_MIDDLE, (0.41, 0.32), 30, -80, 380)),
    form("flat", 2, oval(_MIDDLE, (0.49, 0.27), 15, -90, 380)),
    form("narrow", 4, oval(_MIDDLE, (0.46, 0.24), 50, -60, 390)),
    form(
        "two strokes",
        2,
        "0.98,-0.26 0.62,-0.40 0.22,-0.12 0.18,0.20",
        "0.16,0.14 0.36,0.36 0.80,0.24 1.02,-0.14 0.94,-0.30",
    ),
    form("open", 2, oval(_MIDDLE, (0.48, 0.31), 35, -20, 325)),
    form("crossing ends", 3, "0.40,-0.40 0.20,0.10 0.36,0.34 0.76,0.26 1.0,-0.06 0.84,-0.34 0.30,-0.26"),
    form("square", 4, "0.86,-0.32 0.34,-0.28 0.22,0.24 0.46,0.34 0.86,0.26 0.98,-0.20 0.62,-0.36"),
    form(
        "two arcs", 3, "0.90,-0.30 0.44,-0.26 0.22,0.18 0.40,0.34", "0.30,0.30 0.84,0.22 1.0,-0.16 0.72,-0.36"
    ),
    form("lens", 4, "0.94,-0.40! 0.44,-0.22 0.24,0.38! 0.74,0.22 0.96,-0.42"),
    form("dome", 3, "0.24,0.32! 0.18,-0.06 0.50,-0.38 0.90,-0.28 1.0,0.08 0.92,0.30 0.54,0.34 0.18,0.30"),
    form(
        "thick side",
        3,
        "0.86,-0.32 0.42,-0.30*1.2 0.24,0.12*1.4 0.50,0.36*1.2 0.92,0.14 0.96,-0.26 0.70,-0.38",
    ),
    form("upright", 2, oval(_MIDDLE, (0.40, 0.34), 100, -60, 385)),
)

_HALF_WIDTH = 1.08
"""Measured: half heads are 1.11 staff spaces wide, with their ink."""

_HALF = moved_forms(_HALF_SHAPES, dx=_MIDDLE[0] * (1 - _HALF_WIDTH), scale_x=_HALF_WIDTH, scale_y=1.0)

_WHOLE = (
    form("oval", 4, oval((0.72, 0.0), (0.55, 0.36), 14, -70, 385)),
    form("round", 3, oval((0.72, 0.0), (0.49, 0.42), 10, -80, 375)),
    form("tall", 5, oval((0.70, 0.0), (0.50, 0.38), 45, -50, 395)),
    form("small", 3, oval((0.70, 0.0), (0.44, 0.34), 20, -80, 380)),
    form("flat", 2, oval((0.74, 0.0), (0.56, 0.30), 10, -90, 380)),
    form("narrow", 4, oval((0.70, 0.0), (0.50, 0.30), 40, -60, 390)),
    form(
        "two strokes",
        2,
        oval((0.72, 0.0), (0.52, 0.36), 10, -45, 200),
        oval((0.72, 0.0), (0.52, 0.38), 10, 150, 200),
    ),
    form(
        "thick sides",
        2,
        "ring 0.72,-0.42*0.7 0.22,-0.10*1.8 0.26,0.22*1.6 0.74,0.42*0.7 1.22,0.12*1.8 1.18,-0.22*1.6",
    ),
    form("crossing ends", 3, "0.52,-0.44 0.20,0.04 0.42,0.38 0.94,0.32 1.26,-0.04 1.02,-0.36 0.38,-0.30"),
    form("square", 4, "1.0,-0.36 0.36,-0.34 0.22,0.22 0.50,0.40 1.10,0.32 1.24,-0.18 0.80,-0.42"),
    form(
        "two arcs",
        3,
        "1.10,-0.32 0.56,-0.34 0.20,0.10 0.50,0.40",
        "0.34,0.36 0.98,0.30 1.26,-0.10 0.86,-0.42",
    ),
    form("lens", 4, "1.20,-0.38! 0.60,-0.26 0.24,0.34! 0.90,0.26 1.22,-0.40"),
    form("dome", 3, "0.28,0.32! 0.22,-0.06 0.66,-0.38 1.12,-0.28 1.24,0.08 1.16,0.30 0.70,0.34 0.22,0.30"),
    form(
        "thick side",
        3,
        "1.0,-0.34 0.50,-0.34*1.2 0.26,0.10*1.4 0.60,0.38*1.2 1.14,0.18 1.18,-0.24 0.86,-0.40",
    ),
    form("upright", 2, oval((0.70, 0.0), (0.44, 0.40), 100, -60, 385)),
)

_BREVE_BODY = oval((1.2, 0.0), (0.60, 0.38), 8, -70, 385)

_BREVE = (
    form("two lines", 5, _BREVE_BODY, "0.30,-0.72 0.28,0.72", "2.12,-0.72 2.10,0.72"),
    form(
        "four lines",
        3,
        _BREVE_BODY,
        "0.18,-0.72 0.16,0.72",
        "0.42,-0.7 0.40,0.7",
        "2.0,-0.72 1.98,0.7",
        "2.24,-0.7 2.2,0.72",
    ),
)

_BREVE_SQUARE = (
    form(
        "square",
        5,
        "0.2,-0.75 0.2,0.75",
        "1.5,-0.75 1.48,0.75",
        "0.2,-0.36*1.6 1.5,-0.36*1.6",
        "0.2,0.36*1.6 1.5,0.36*1.6",
    ),
)

_CROSS = (
    form("two strokes", 5, "0.14,-0.42 1.04,0.42", "1.04,-0.42 0.12,0.42"),
    form("slanted", 2, "0.22,-0.36 0.98,0.34", "1.06,-0.50 0.10,0.44"),
)

_DIAMOND = "0.59,-0.44! 1.06,0.0! 0.59,0.44! 0.12,0.0!"

NOTEHEADS: Forms = {
    "noteheadBlack": SymbolForms("notehead", _BLACK),
    "noteheadHalf": SymbolForms("notehead", _HALF),
    "noteheadWhole": SymbolForms("notehead", _WHOLE),
    "noteheadDoubleWhole": SymbolForms("breve", _BREVE),
    "noteheadDoubleWholeSquare": SymbolForms("breve square", _BREVE_SQUARE),
    "noteheadXBlack": SymbolForms("cross", _CROSS),
    "noteheadDiamondBlack": SymbolForms("diamond", (form("diamond", 1, f"fill {_DIAMOND}"),)),
    "noteheadDiamondWhite": SymbolForms("diamond", (form("diamond", 1, f"ring {_DIAMOND}"),)),
    "noteheadDiamondHalf": SymbolForms("diamond", (form("diamond", 1, f"ring {_DIAMOND}"),)),
}
"""Black, half, whole and double whole; crosses and diamonds."""
