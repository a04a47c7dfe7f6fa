"""Barlines and repeat signs."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.scene.semantic import BarlineForm

_FORMS = {
    "": None,
    "|": None,
    "||": BarlineForm.DOUBLE,
    "|]": BarlineForm.END,
    "[|": BarlineForm.DOUBLE,
    ".|": BarlineForm.DOTTED,
    "[|]": BarlineForm.INVISIBLE,
}

_CLOSING = frozenset({"||", "|]", "[|"})
"""Barlines that end an ending, besides repeat signs."""


@dataclass(frozen=True, slots=True)
class BarlineReading:
    """What a barline means."""

    right: BarlineForm | None
    """Barline of the measure before it; `None` for a single one."""

    left: BarlineForm | None
    """Barline of the measure after it: the start of a repeat, or `None`."""

    closes_ending: bool

    flaw: str = ""
    """How it is drawn otherwise than written, if it is."""


def read_barline(text: str) -> BarlineReading:
    """Reads a barline such as `|`, `:|`, `::` or `[|`."""
    core = text.strip(":")
    ends, starts = text.startswith(":"), text.endswith(":")
    flaw = ""
    if core and (core not in _FORMS or core == "[|"):
        flaw = "drawn as a double barline"
    elif core and ("::" in (text[:2], text[-2:])):
        flaw = "drawn as a simple repeat sign"
    form = _FORMS.get(core, BarlineForm.DOUBLE)
    right = BarlineForm.REPEAT_END if ends else None if starts else form
    left = BarlineForm.REPEAT_START if starts else None
    return BarlineReading(right, left, ends or starts or core in _CLOSING, flaw)
