"""Noteheads. Stems are at their left side, x = 0, and their right side, x = 1.18 staff spaces."""

from __future__ import annotations

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, oval

_MIDDLE = (0.59, 0.0)

_BLACK = (
    form("oval", 5, oval(_MIDDLE, (0.40, 0.23), 28, filled=True)),
    form("round", 4, oval(_MIDDLE, (0.35, 0.28), 20, filled=True)),
    form("tall", 5, oval(_MIDDLE, (0.38, 0.20), 52, filled=True)),
    form("small", 3, oval(_MIDDLE, (0.26, 0.17), 35, filled=True)),
    form("flat slash", 2, "0.12,0.32*1.2 0.55,0.04*1.6 1.06,-0.32*1.2"),
    form("steep slash", 3, "0.22,0.42*1.2 0.56,0.04*1.5 0.96,-0.42*1.2"),
    form("drop", 2, "fill 0.24,0.26 0.36,0.32 0.72,0.10 0.96,-0.24 0.86,-0.34 0.48,-0.14"),
    form("scribble", 2, "0.30,0.10*1.3 0.80,-0.22*1.3 0.36,0.26*1.3 0.86,-0.06*1.3 0.56,0.20*1.3"),
)

_HALF = (
    form("oval", 5, oval(_MIDDLE, (0.49, 0.32), 28, -70, 385)),
    form("round", 4, oval(_MIDDLE, (0.47, 0.38), 20, -80, 375)),
    form("tall", 5, oval(_MIDDLE, (0.49, 0.31), 52, -40, 395)),
    form("small", 3, oval(_MIDDLE, (0.41, 0.32), 30, -80, 380)),
    form("flat", 2, oval(_MIDDLE, (0.49, 0.27), 15, -90, 380)),
    form("narrow", 3, oval(_MIDDLE, (0.46, 0.24), 50, -60, 390)),
    form(
        "two strokes",
        2,
        "0.98,-0.26 0.62,-0.40 0.22,-0.12 0.18,0.20",
        "0.16,0.14 0.36,0.36 0.80,0.24 1.02,-0.14 0.94,-0.30",
    ),
    form("open", 2, oval(_MIDDLE, (0.48, 0.31), 35, -20, 325)),
)

_WHOLE = (
    form("oval", 5, oval((0.72, 0.0), (0.55, 0.36), 14, -70, 385)),
    form("round", 4, oval((0.72, 0.0), (0.49, 0.42), 10, -80, 375)),
    form("tall", 5, oval((0.70, 0.0), (0.50, 0.38), 45, -50, 395)),
    form("small", 3, oval((0.70, 0.0), (0.44, 0.34), 20, -80, 380)),
    form("flat", 2, oval((0.74, 0.0), (0.56, 0.30), 10, -90, 380)),
    form("narrow", 3, oval((0.70, 0.0), (0.50, 0.30), 40, -60, 390)),
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
