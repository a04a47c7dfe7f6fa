"""Other common symbols: ornaments, repeat signs, braces and brackets, arpeggios, long rests."""

from __future__ import annotations

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms, oval, together

_SHORT_TRILL = (
    form("points", 3, "0.16,-0.30 0.62,-0.80! 1.06,-0.26! 1.56,-0.80! 2.0,-0.26! 2.56,-0.76"),
    form("wave", 2, "0.14,-0.36 0.50,-0.74 0.96,-0.24 1.44,-0.74 1.92,-0.24 2.30,-0.66 2.70,-0.44"),
)
_BAR_THROUGH = (form("bar", 1, "1.40,-1.14 1.36,0.12"),)
_TREMBLEMENT = (
    form(
        "points",
        3,
        "0.16,-0.30 0.60,-0.80! 1.0,-0.26! 1.46,-0.80! 1.90,-0.26! 2.36,-0.80! 2.80,-0.26! 3.30,-0.76",
    ),
)

_TURN = (
    form("s", 3, "0.30,-0.16 0.14,-0.44 0.48,-0.74 0.92,-0.46 1.36,-0.14 1.70,-0.40 1.52,-0.72"),
    form(
        "curled",
        2,
        "0.44,-0.30*1.4 0.20,-0.26 0.20,-0.66 0.60,-0.76 0.92,-0.44 1.26,-0.10 1.66,-0.26 1.66,-0.60 1.42,-0.60*1.4",
    ),
)
_TURN_BAR = (form("bar", 1, "0.94,-0.96 0.92,0.06"),)

_SEGNO = (
    form(
        "s",
        3,
        "1.64,-2.36 1.30,-2.80 0.70,-2.50 0.84,-1.86 1.50,-1.20 1.50,-0.50 0.90,-0.16 0.46,-0.60",
        "2.0,-2.80 0.20,-0.10",
        "0.34,-1.70*1.6",
        "1.86,-1.16*1.6",
    ),
    form(
        "swung",
        2,
        "1.50,-2.20 1.40,-2.76 0.80,-2.70 0.62,-2.10 1.10,-1.50 1.60,-0.86 1.30,-0.26 0.70,-0.30 0.60,-0.80",
        "1.96,-2.66 0.26,-0.26",
        "0.40,-1.50*1.6",
        "1.80,-1.46*1.6",
    ),
)
_CODA = (
    form(
        "oval cross",
        3,
        oval((1.5, -1.5), (0.72, 1.0), 0, -90, 370),
        "1.50,-3.04 1.50,0.08",
        "0.36,-1.50 2.66,-1.52",
    ),
    form(
        "round cross",
        2,
        oval((1.5, -1.5), (0.90, 0.92), 0, -80, 375),
        "1.50,-2.90 1.48,-0.04",
        "0.20,-1.46 2.80,-1.52",
    ),
)

_BRACE = (
    form(
        "curve",
        3,
        "0.28,-3.94*0.6 0.14,-3.50*1.3 0.20,-2.60*1.5 0.06,-2.0*0.7! 0.20,-1.40*1.5 0.14,-0.50*1.3 0.28,-0.06*0.6",
    ),
    form(
        "wavy",
        2,
        "0.30,-3.94*0.7 0.10,-3.40 0.24,-2.40*1.2 0.04,-2.0! 0.24,-1.60*1.2 0.10,-0.60 0.30,-0.06*0.7",
    ),
)
_BRACKET_TOP = (form("wing", 1, "0.06,-0.04*1.2 0.70,-0.20 1.30,-0.56 1.70,-1.06*0.7"),)

_ARPEGGIO = (form("wave", 3, "0.0,-0.06 0.26,-0.36 0.52,-0.30 0.78,-0.06 1.04,-0.06"),)
_WIGGLE = (form("wave", 3, "-0.06,-0.56 0.24,-0.84 0.50,-0.80 0.80,-0.50 1.06,-0.52 1.30,-0.74"),)

_BAR_REPEAT = (
    form("slash", 3, "0.22,0.86*1.8 1.86,-0.86*1.8", "0.40,-0.50*1.6", "1.68,0.50*1.6"),
    form("thin", 2, "0.26,0.90*1.2 1.80,-0.90*1.2", "0.46,-0.46*1.5", "1.62,0.46*1.5"),
)
_TWO_BAR_REPEAT = (
    form(
        "slashes",
        3,
        "0.22,0.86*1.6 1.86,-0.86*1.6",
        "1.02,0.86*1.6 2.66,-0.86*1.6",
        "0.40,-0.50*1.6",
        "2.48,0.50*1.6",
    ),
)

_REPEAT_BAR = (form("slash", 1, "0.14,0.90*1.6 1.80,-0.90*1.6"),)

_SHORT_TRILLS = {
    "ornamentShortTrill": SymbolForms("short trill", _SHORT_TRILL),
    "ornamentMordent": SymbolForms("short trill", together(_SHORT_TRILL, _BAR_THROUGH)),
    "ornamentTremblement": SymbolForms("tremblement", _TREMBLEMENT),
}

SIGNS: Forms = {
    **_SHORT_TRILLS,
    "ornamentTurn": SymbolForms("turn", _TURN),
    "ornamentTurnInverted": SymbolForms("turn", moved_forms(_TURN, dy=-0.88, scale_x=1.0, scale_y=-1.0)),
    "ornamentTurnSlash": SymbolForms("turn", together(_TURN, _TURN_BAR)),
    "segno": SymbolForms("segno", _SEGNO),
    "coda": SymbolForms("coda", _CODA),
    "brace": SymbolForms("brace", _BRACE),
    "bracketTop": SymbolForms("bracket", _BRACKET_TOP),
    "bracketBottom": SymbolForms("bracket", moved_forms(_BRACKET_TOP, scale_x=1.0, scale_y=-1.0)),
    "wiggleArpeggiatoUp": SymbolForms("arpeggio", _ARPEGGIO),
    "wiggleTrill": SymbolForms("wiggle", _WIGGLE),
    "repeat1Bar": SymbolForms("bar repeat", _BAR_REPEAT),
    "repeat2Bars": SymbolForms("two bar repeat", _TWO_BAR_REPEAT),
    "repeatBarSlash": SymbolForms("repeat slash", _REPEAT_BAR),
}
"""Ornaments, repeat signs, and signs that join staves or notes."""
