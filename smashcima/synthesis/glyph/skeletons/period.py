"""Forms of the 17th to 19th century, which differ from those that people write today. Drawn for this project.

Heads are large and round, quarter rests are turned eighth rests, clefs have their old shapes. Each period has the forms
of symbols that it wrote differently; all others are those of today. Widths are those of a broad nib, which makes most of
the contrast itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms, oval
from smashcima.synthesis.glyph.skeletons.period_signs import hooked_rests, period_signs
from smashcima.synthesis.pen import Allograph

_MIDDLE = (0.59, 0.0)

_CLEF_CHANGE = 0.68
"""Size of clefs within a line, as in `variants`."""

_ROUND_BLACK = (
    form("round", 5, oval(_MIDDLE, (0.43, 0.36), 24, filled=True)),
    form("big", 3, oval(_MIDDLE, (0.46, 0.40), 16, filled=True)),
    form("leaning", 3, oval(_MIDDLE, (0.47, 0.33), 38, filled=True)),
    form(
        "drop",
        2,
        "fill 0.17,0.20 0.36,0.36 0.68,0.30 0.98,0.02 1.02,-0.22 0.84,-0.36 0.50,-0.32 0.24,-0.08",
    ),
)

_SMALL_BLACK = (
    form("round", 4, oval(_MIDDLE, (0.36, 0.27), 24, filled=True)),
    form("oval", 4, oval(_MIDDLE, (0.38, 0.24), 32, filled=True)),
    form("upright", 2, oval(_MIDDLE, (0.32, 0.29), 10, filled=True)),
    form("drop", 2, "fill 0.22,0.22 0.40,0.30 0.74,0.16 0.98,-0.14 0.92,-0.28 0.54,-0.22"),
)

_ROUND_HALF = (
    form("round", 5, oval(_MIDDLE, (0.44, 0.37), 24, -70, 385)),
    form("big", 3, oval(_MIDDLE, (0.46, 0.40), 16, -80, 375)),
    form("leaning", 3, oval(_MIDDLE, (0.47, 0.34), 38, -55, 390)),
    form(
        "two strokes",
        2,
        "0.96,-0.30 0.56,-0.40 0.20,-0.10 0.22,0.24",
        "0.20,0.12 0.42,0.38 0.84,0.26 1.0,-0.12 0.92,-0.34",
    ),
)

_SMALL_HALF = (
    form("round", 4, oval(_MIDDLE, (0.44, 0.33), 22, -70, 385)),
    form("oval", 4, oval(_MIDDLE, (0.46, 0.30), 30, -60, 390)),
    form("upright", 2, oval(_MIDDLE, (0.40, 0.36), 8, -80, 380)),
    form("open", 2, oval(_MIDDLE, (0.46, 0.31), 35, -20, 330)),
)

_WHOLE = (
    form("round", 5, oval((0.72, 0.0), (0.50, 0.40), 12, -70, 385)),
    form("big", 3, oval((0.72, 0.0), (0.54, 0.42), 8, -80, 380)),
    form("leaning", 3, oval((0.72, 0.0), (0.54, 0.36), 26, -55, 390)),
    form(
        "two strokes",
        2,
        oval((0.72, 0.0), (0.52, 0.40), 10, -45, 200),
        oval((0.72, 0.0), (0.52, 0.40), 10, 150, 200),
    ),
)

_TURNED_EIGHTH = form(
    "turned eighth", 6, "1.04,-0.54*1.7 0.78,-0.34 0.46,-0.36 0.22,-0.70! 0.44,0.10 0.70,0.86"
)
_TURNED_SMALL = form("turned small", 3, "0.96,-0.40*1.4 0.66,-0.26 0.26,-0.52! 0.40,0.06 0.58,0.62")
_TURNED_DOT = form("turned dot", 3, "0.98,-0.46*2.3 0.80,-0.24 0.50,-0.24 0.24,-0.62! 0.46,0.14 0.72,0.80")
_TICK = form("tick", 3, "0.06,-0.56*1.2 0.16,0.54! 0.46,-0.08*1.3 0.82,-0.12*1.5 1.04,-0.34 1.32,-0.64*0.8")
_WAVY = form(
    "wavy", 3, "0.04,-0.26*1.5 0.20,-0.44 0.34,-0.10 0.24,0.60! 0.58,-0.02 0.84,-0.20*1.5 1.06,-0.08*1.3 1.34,-0.44*0.7"
)  # fmt: skip
_SWUNG = form("swung", 2, "0.14,-0.30 0.36,-0.46 0.40,0.0 0.48,0.40! 0.70,0.02 1.16,-0.40*1.4")
_FIVE = form("five", 5, "0.98,-0.52 0.42,-0.46! 0.60,-0.20 0.76,0.06 0.62,0.34 0.10,0.40")
_LONG_FIVE = form("long five", 3, "1.0,-0.74 0.56,-0.62 0.36,-0.36! 0.78,0.0 0.70,0.40 0.34,0.60 0.02,0.54")
_WAVE = form("wave", 2, "0.26,-0.92 0.62,-0.44! 0.34,-0.10 0.64,0.24! 0.30,0.44 0.40,0.84")

_SHARP = (
    form(
        "open",
        5,
        "0.34,-1.04*0.8 0.30,1.10*0.8",
        "0.80,-1.14*0.8 0.76,0.96*0.8",
        "0.04,-0.26*0.9 1.08,-0.46*0.9",
        "0.02,0.46*0.9 1.06,0.24*0.9",
    ),
    form(
        "lattice",
        3,
        "0.18,-0.86*0.8 0.66,0.78*0.8",
        "0.54,-0.98*0.8 1.0,0.68*0.8",
        "0.04,0.12*0.9 0.94,-0.66*0.9",
        "0.20,0.66*0.9 1.12,-0.08*0.9",
    ),
    form(
        "tall",
        3,
        "0.38,-1.34*0.8 0.34,1.30*0.8",
        "0.78,-1.40*0.8 0.74,1.16*0.8",
        "0.06,-0.24 1.06,-0.42",
        "0.06,0.44 1.06,0.26",
    ),
)

_G_TAIL = form(
    "tail",
    5,
    "1.28,0.34 1.02,0.02 1.20,-0.44 1.66,-0.40 1.90,0.12 1.60,0.80 0.98,0.86 0.50,0.34 0.60,-0.50 1.16,-1.50 1.58,-2.30 1.54,-2.96 1.24,-2.86 1.12,-2.10 1.26,0.20 1.36,1.60 1.10,2.50 0.58,2.66 0.24,2.24",
)
_G_CIRCLES = form(
    "circles",
    4,
    "1.30,0.14 1.06,-0.14 1.26,-0.50 1.70,-0.32 1.80,0.36 1.28,0.88 0.62,0.66 0.42,-0.06 0.78,-0.84 1.36,-1.50 1.72,-2.10 1.60,-2.66 1.22,-2.62 1.08,-2.10 1.30,-1.0 1.50,0.60 1.44,1.56 1.10,1.86 0.86,1.56*1.6",
)
_G_CROSSED = form(
    "crossed",
    3,
    "0.52,1.80*1.5 0.70,2.14 1.12,2.04 1.40,1.30 1.30,-0.60 1.02,-2.10 1.20,-2.86 1.60,-2.80 1.70,-2.20 1.22,-1.30 0.60,-0.50 0.44,0.34 0.94,0.94 1.62,0.76 1.84,0.06 1.46,-0.46 1.04,-0.20 1.16,0.28",
)
_G_LETTER = form(
    "letter",
    2,
    "1.86,-1.60 1.50,-2.06 0.98,-1.84 0.90,-1.20 1.30,-0.70 1.78,-0.10 1.66,0.66 1.06,0.94 0.52,0.56 0.62,-0.16 1.16,-0.46 1.50,-0.06 1.20,0.36",
    "1.30,-2.60*0.8 1.34,1.70*0.8",
)
_G_NARROW = form(
    "narrow tail",
    4,
    "1.24,0.32 1.06,0.0 1.24,-0.40 1.60,-0.22 1.68,0.34 1.32,0.80 0.84,0.56 0.80,-0.30 1.16,-1.40 1.54,-2.40 1.50,-3.20 1.26,-3.10 1.18,-2.0 1.30,0.60 1.30,2.0 0.98,2.50 0.62,2.20*1.5",
)

_DASHES = ("1.74,-0.70*1.2 1.92,-0.36*1.2", "1.74,0.28*1.2 1.92,0.62*1.2")
_DOTS = ("1.94,-0.50*1.4", "1.94,0.48*1.4")

_F_ARC = form(
    "arc",
    5,
    "0.42,-0.14*1.6 0.18,-0.30 0.26,-0.74 0.78,-1.0 1.30,-0.66 1.34,0.20 0.94,1.16 0.16,1.96",
    *_DASHES,
)
_F_SPIRAL = form(
    "spiral",
    4,
    "0.64,-0.02*1.4 0.84,-0.26 0.62,-0.52 0.28,-0.34 0.26,0.10 0.66,0.34 1.14,0.10 1.26,-0.44 0.90,-0.96 0.36,-0.92 0.06,-0.40 0.10,0.60 0.10,1.20",
    *_DOTS,
)
_F_TURNED = form(
    "turned c",
    4,
    "0.20,-0.76*1.4 0.66,-1.02 1.20,-0.74 1.34,-0.10 1.10,0.60 0.60,0.96 0.16,0.86*1.3",
    *_DASHES,
)
_F_STEMMED = form(
    "stemmed",
    2,
    "0.22,-1.0*1.1 0.22,1.02*1.1",
    "0.40,-0.66 0.84,-0.98 1.32,-0.62 1.26,0.20 0.82,0.96",
    *_DASHES,
)
_F_HOOK = form(
    "hook",
    4,
    "0.50,0.06*1.3 0.22,-0.14 0.34,-0.70 0.90,-0.96 1.42,-0.62 1.44,0.20 1.04,1.24 0.30,2.10",
    *_DOTS,
)

_C_LADDER = form(
    "ladder",
    4,
    "0.28,-2.06 0.26,2.10",
    "0.28,-1.16*1.3 1.30,-1.22*1.3",
    "0.28,-0.40*1.3 1.28,-0.44*1.3",
    "1.30,-1.62 1.28,-0.10",
    "0.28,0.36*1.3 1.30,0.30*1.3",
    "0.28,1.12*1.3 1.30,1.06*1.3",
    "1.32,0.04 1.30,1.60",
)
_C_TWO_LINES = form(
    "two lines",
    4,
    "0.28,-2.0 0.26,2.04",
    "0.66,-2.0 0.64,2.0",
    "0.68,-0.70*1.2 1.20,-0.98! 1.24,-0.16 0.70,0.0! 1.26,0.20 1.22,1.02! 0.68,0.72*1.2",
)
_C_K = form(
    "k",
    3,
    "0.28,-2.0*1.2 0.28,2.04*1.2",
    "0.64,-2.0 0.62,2.0",
    "1.66,-1.74 1.40,-0.84 0.72,-0.04! 1.34,0.66 1.70,1.74*1.3",
)
_C_BOX = form(
    "box",
    2,
    "0.30,-2.0 0.28,2.0",
    "0.74,-1.30 0.72,1.30",
    "0.74,-0.90*1.5 1.66,-1.04*1.5",
    "0.74,-0.30*1.5 1.66,-0.42*1.5",
    "0.74,0.36*1.5 1.66,0.24*1.5",
    "0.74,0.94*1.5 1.66,0.82*1.5",
)
_C_THREE = form(
    "three",
    4,
    "0.28,-2.0*1.3 0.26,2.0*1.3",
    "0.66,-2.0 0.64,2.0",
    "0.92,-1.50*1.4 1.44,-1.80 1.82,-1.30 1.56,-0.44 0.98,-0.04! 1.66,0.26 1.82,1.14 1.46,1.78 0.94,1.50*1.4",
)

_DOT = (
    form("round", 5, "0.20,0.0*2.0"),
    form("small", 3, "0.20,0.0*1.5"),
    form("pressed", 2, "0.10,-0.05*1.7 0.30,0.05*1.7"),
)

_FLAT = (
    form("open", 4, "0.24,-1.80 0.20,0.66! 0.30,-0.10 0.64,-0.42 0.86,-0.16 0.66,0.26 0.20,0.66"),
    form("round", 4, "0.22,-1.60 0.18,0.40 0.36,0.56 0.76,0.22 0.84,-0.22 0.60,-0.40 0.22,-0.02"),
    form("long", 2, "0.30,-2.10 0.20,0.50! 0.44,-0.30 0.76,-0.36 0.80,0.0 0.52,0.44 0.20,0.54"),
)

_COMMON = (
    form("c", 4, "1.34,-0.60*1.3 1.18,-0.94 0.70,-0.96 0.24,-0.40 0.22,0.36 0.66,0.94 1.20,0.84 1.50,0.40"),
    form("big c", 3, "1.40,-0.70*1.5 1.06,-1.10 0.48,-0.86 0.14,-0.06 0.34,0.84 0.92,1.10 1.44,0.60"),
    form(
        "looped c",
        2,
        "1.16,-0.30 1.38,-0.62 1.14,-1.02 0.60,-0.86 0.20,-0.10 0.40,0.80 0.96,0.98 1.46,0.46",
    ),
)
_TALL = moved_forms(_COMMON, dx=-0.12, scale_x=1.25, scale_y=1.45)
_CUT = form("stroke", 1, "0.86,-1.60 0.80,1.60")


def _clefs(
    g: tuple[Allograph, ...], f: tuple[Allograph, ...], c: tuple[Allograph, ...]
) -> dict[str, SymbolForms]:
    made: dict[str, SymbolForms] = {}
    for name, family, forms in (("gClef", "g clef", g), ("fClef", "f clef", f), ("cClef", "c clef", c)):
        made[name] = SymbolForms(family, forms)
        made[f"{name}Change"] = SymbolForms(family, moved_forms(forms, scale_x=_CLEF_CHANGE))
    return made


@cache
def period_forms() -> Mapping[str, Forms]:
    """The forms of each period that differ from those of today, by the name of the period."""
    times = (*_COMMON, *_TALL)
    cut = tuple(form(each.name, each.weight, *each.strokes, *_CUT.strokes) for each in times)
    common: dict[str, SymbolForms] = {
        **period_signs(),
        "accidentalSharp": SymbolForms("sharp of the period", _SHARP),
        "accidentalFlat": SymbolForms("flat of the period", _FLAT),
        "noteheadWhole": SymbolForms("notehead", _WHOLE),
        "augmentationDot": SymbolForms("dot of the period", _DOT),
        "repeatDot": SymbolForms("dot of the period", _DOT),
        "timeSigCommon": SymbolForms("common time", times),
        "timeSigCutCommon": SymbolForms("common time", cut),
    }
    large: dict[str, SymbolForms] = {
        **common,
        **hooked_rests(),
        "noteheadBlack": SymbolForms("notehead", _ROUND_BLACK),
        "noteheadHalf": SymbolForms("notehead", _ROUND_HALF),
    }
    return {
        "baroque": {
            **large,
            "restQuarter": SymbolForms(
                "quarter rest", (_TURNED_EIGHTH, _TURNED_SMALL, _TURNED_DOT, _TICK, _WAVY, _SWUNG)
            ),
            **_clefs(
                (_G_TAIL, _G_CIRCLES, _G_CROSSED, _G_LETTER),
                (_F_ARC, _F_SPIRAL, _F_TURNED, _F_STEMMED),
                (_C_LADDER, _C_TWO_LINES, _C_BOX, _C_K),
            ),
        },
        "classical": {
            **large,
            "restQuarter": SymbolForms("quarter rest", (_TICK, _WAVY, _TURNED_EIGHTH, _TURNED_DOT, _SWUNG)),
            **_clefs(
                (_G_TAIL, _G_CROSSED, _G_CIRCLES, _G_NARROW),
                (_F_ARC, _F_TURNED, _F_SPIRAL, _F_HOOK),
                (_C_TWO_LINES, _C_K, _C_THREE, _C_LADDER),
            ),
        },
        "romantic": {
            **common,
            "noteheadBlack": SymbolForms("notehead", _SMALL_BLACK),
            "noteheadHalf": SymbolForms("notehead", _SMALL_HALF),
            "restQuarter": SymbolForms("quarter rest", (_FIVE, _LONG_FIVE, _TURNED_SMALL, _WAVE)),
            **_clefs((_G_NARROW, _G_TAIL, _G_CROSSED), (_F_HOOK, _F_ARC), (_C_K, _C_THREE, _C_TWO_LINES)),
        },
    }
