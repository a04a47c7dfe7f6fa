"""Decorations: their shorthands, and definitions of further ones (`U:`)."""

from __future__ import annotations

import re

SHORTHANDS: dict[str, str] = {
    ".": "!staccato!",
    "~": "!roll!",
    "H": "!fermata!",
    "L": "!accent!",
    "M": "!lowermordent!",
    "O": "!coda!",
    "P": "!uppermordent!",
    "S": "!segno!",
    "T": "!trill!",
    "u": "!upbow!",
    "v": "!downbow!",
}
"""What a letter stands for, unless a tune redefines it."""

_DEFINITION = re.compile(r"([H-Wh-w~])\s*=\s*(.+)$")


def parse_user_symbol(text: str) -> tuple[str, str] | None:
    """The letter of a `U:` field, and what it stands for: `!trill!`, or `"^text"`; empty for nothing.

    `None` if the field is invalid.
    """
    found = _DEFINITION.match(text.strip())
    if found is None:
        return None
    meaning = found[2].strip()
    if meaning in ("!nil!", "!none!", "nil", "none"):
        return found[1], ""
    if re.fullmatch(r'![^!]+!|"[^"]*"', meaning):
        return found[1], meaning
    if re.fullmatch(r"\+[^+]+\+", meaning):
        return found[1], f"!{meaning[1:-1]}!"
    return (found[1], f"!{meaning}!") if re.fullmatch(r"[A-Za-z().<>]+", meaning) else None
