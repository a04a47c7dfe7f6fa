"""Handwritten diacritics and their positions.

Marks above are drawn above y = 0 and marks below under y = 0, both centred at x = 0; composition moves them to the
top or the bottom of the letter. Marks through a letter are centred on it.
"""

from __future__ import annotations

ABOVE: dict[str, str] = {
    "\u0300": "-8,26 7,8",
    "\u0301": "8,27 -5,8 | 9,25 -4,9",
    "\u0302": "-13,9 0,25! 13,8",
    "\u0303": "-15,10 -6,20 5,12 15,20",
    "\u0304": "-15,15 15,16",
    "\u0305": "-20,15 20,16",
    "\u0306": "-13,24 -5,11 6,11 14,24",
    "\u0307": "0,20",
    "\u0308": "-10,20 / 10,21 | -9,15 -8,23 / 9,16 10,24",
    "\u0309": "-4,25 6,26 6,17 0,10",
    "\u030a": "0,28 -9,19 -1,8 9,17 1,28",
    "\u030b": "-3,27 -12,9 / 13,27 4,9",
    "\u030c": "-13,24 0,8! 14,25 | -12,25 -2,9 3,9 13,26",
    "\u030d": "0,28 0,8",
    "\u030f": "-13,27 -4,9 / 3,27 12,9",
    "\u0310": "-13,24 -5,11 6,11 14,24 / 0,30",
    "\u0311": "-13,10 -5,23 6,23 14,10",
    "\u0312": "5,28 -2,20 4,10",
    "\u0313": "-3,28 5,20 -3,10",
    "\u0314": "4,28 -4,20 4,10",
    "\u0342": "-15,10 -6,20 5,12 15,20",
    "\u0343": "-3,28 5,20 -3,10",
    "\u0352": "-13,10 -5,23 6,23 14,10",
    "\u0361": "2,10 20,26 40,26 58,10",
}
"""Marks above a letter, by combining character. Several marks are stacked."""

BELOW: dict[str, str] = {
    "\u0316": "-8,-8 7,-24",
    "\u0317": "8,-8 -5,-24",
    "\u0323": "0,-14",
    "\u0324": "-10,-14 / 10,-14",
    "\u0325": "0,-8 -8,-16 0,-25 9,-16 1,-8",
    "\u0326": "2,-10 1,-18 -5,-26",
    "\u0327": "1,2 -3,-7 8,-13 6,-22 -8,-22",
    "\u0328": "6,2 -3,-8 -2,-20 10,-19",
    "\u032d": "-13,-24 0,-9! 13,-24",
    "\u032e": "-13,-9 -5,-21 6,-21 14,-9",
    "\u0330": "-15,-20 -6,-11 5,-19 15,-11",
    "\u0331": "-15,-14 15,-13",
    "\u0332": "-22,-14 22,-13",
    "\u0345": "0,-8 -1,-22 6,-24",
}
"""Marks below a letter. Cedilla and ogonek touch it."""

TOUCHING = frozenset("\u0327\u0328")
"""Marks below that touch the letter."""

OGONEK = "\u0328"
"""Mark that touches the right end of the letter."""

THROUGH: dict[str, str] = {
    "\u0334": "-18,-4 -7,6 6,-4 18,5",
    "\u0335": "-16,0 16,1",
    "\u0336": "-26,0 26,1",
    "\u0337": "12,26 -12,-26",
    "\u0338": "20,46 -20,-46",
    "\u20e5": "-20,46 20,-46",
}
"""Marks through the middle of a letter."""

BESIDE_TALL = frozenset("dtlLďťľĽ")
"""Letters whose caron is written as an apostrophe beside them, as in Czech and Slovak."""

CARON = "\u030c"
HORN = "\u031b"

APOSTROPHE = "4,0 5,-10 -2,-24"
"""The caron of a tall letter, to the right of its ascender."""

HORN_FORM = "-4,-6 4,0 4,8"
"""The horn of Vietnamese letters, at the upper right corner."""

TURNED_COMMA_ABOVE = "4,28 -3,20 3,12"
"""The cedilla of a letter with a descender, as in Latvian ģ."""
