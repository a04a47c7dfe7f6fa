"""Symbols of clefs, key signatures and time signatures."""

from __future__ import annotations

from smashcima.comparing.symbols import Symbol
from smashcima.scene.semantic import (
    Clef,
    KeySignature,
    MeasureStaff,
    SemanticObject,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
)

_OCTAVES = {1: " 8 above", -1: " 8 below", 2: " 15 above", -2: " 15 below"}
_SYMBOLS = {TimeSymbol.COMMON: "C", TimeSymbol.CUT: "cut C", TimeSymbol.OPEN: "O"}

SIGNATURES = (Clef, KeySignature, TimeSignature, TimeSignatureGroup)


def signature_symbol(found: SemanticObject) -> Symbol | None:
    """Symbol of a clef, key signature or time signature; `None` if nothing is drawn."""
    if isinstance(found, Clef):
        return None if found.same_as is not None else Symbol("clef", _clef(found))
    if isinstance(found, KeySignature):
        return Symbol("key", _key(found))
    if isinstance(found, TimeSignatureGroup):
        return Symbol("time", " + ".join(_time(each) for each in found.signatures))
    if isinstance(found, TimeSignature):
        return Symbol("time", text) if (text := _time(found)) else None
    return None


def is_drawn(found: SemanticObject) -> bool:
    """Whether a signature is visible."""
    return found.mei.get("visible") != "false" and found.mei.get("form") != "invis"


class SignaturesInForce:
    """Finds the changes of clef, key and time of a staff, from measure to measure."""

    def __init__(self) -> None:
        # A key without sharps and flats at the start of a staff is not drawn.
        self._known: dict[str, Symbol] = {"key": Symbol("key", _key(KeySignature(0)))}

    def at_start(self, holder: MeasureStaff) -> list[Symbol]:
        """Symbols of the signatures that a measure begins with, if they differ from those in force before."""
        clef = holder.clef.effective if holder.clef is not None else None
        found = []
        for signature in (clef, holder.key_signature, holder.time_signature):
            symbol = signature_symbol(signature) if signature is not None else None
            if signature is None or symbol is None or self._known.get(symbol.kind) == symbol:
                continue
            self.set(symbol)
            if is_drawn(signature):
                found.append(symbol)
        return found

    def set(self, symbol: Symbol) -> None:
        """Records a signature in the course of a measure."""
        self._known[symbol.kind] = symbol


def _clef(clef: Clef) -> str:
    shape = clef.shape.value if clef.shape is not None else ""
    return f"{shape}{clef.line or ''}{_OCTAVES.get(clef.octave_shift, '')}"


def _key(key: KeySignature) -> str:
    if key.is_free:
        signs = (
            f"{sign.kind} {sign.step.name if sign.step is not None else f'{sign.staff_position:+d}'}"
            for sign in key.accidentals
            if sign.step is not None or sign.staff_position is not None
        )
        return "of " + ", ".join(signs)
    fifths = key.fifths or 0
    if not fifths:
        return "without sharps and flats"
    sign = "sharp" if fifths > 0 else "flat"
    return f"{abs(fifths)} {sign}{'s' if abs(fifths) > 1 else ''}"


def _time(time: TimeSignature) -> str:
    if time.symbol is not None:
        return _SYMBOLS[time.symbol]
    if time.count is None:
        return ""
    return f"{time.count}/{time.unit}" if time.unit is not None else time.count
