"""Time signatures: simple, additive, by symbol, combined, free; including numbers that define no measure."""

from __future__ import annotations

import re
from dataclasses import field
from enum import Enum
from fractions import Fraction

from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject


class TimeSymbol(Enum):
    """Symbols of time signatures; the values are those of MEI."""

    COMMON = "common"
    CUT = "cut"
    OPEN = "open"

    # Names of smashcima 1.
    common = COMMON
    cut = CUT


_SYMBOL_LENGTH = {TimeSymbol.COMMON: Fraction(4), TimeSymbol.CUT: Fraction(4)}


class TimeSignature(SemanticObject):
    """A time signature: at the start of a staff, or a change in the course of the music."""

    tag = "meterSig"

    count: str | None = None
    """Beats, as written: `3`, `3+2`, `2½`; `None` in free time, or for a symbol."""

    unit: int | None = None
    """The note value of a beat: 4 for a quarter. `None` if there is no second number; any number is drawn as given."""

    symbol: TimeSymbol | None = None

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """Attributes of the staff or score definition that express it in the source; `None` for an element."""

    @property
    def numbers(self) -> tuple[str | None, int | None]:
        """Count and unit; of a common or cut time without numbers, those that its symbol stands for."""
        if self.count is None and self.symbol is TimeSymbol.COMMON:
            return "4", 4
        if self.count is None and self.symbol is TimeSymbol.CUT:
            return "2", 2
        return self.count, self.unit

    @property
    def beats(self) -> Fraction | None:
        """The total number of beats; `None` if there is none."""
        if self.count is None:
            return None
        total = Fraction(0)
        for part in re.findall(r"\d{1,6}(?:\.\d{1,6})?", self.count):
            total += Fraction(part)
        return total or None

    @property
    def beat_length(self) -> Fraction:
        """Length of a beat in quarter notes; 1 if the signature has no unit."""
        if self.unit is not None and self.unit > 0:
            return Fraction(4) / self.unit
        return Fraction(2) if self.symbol is TimeSymbol.CUT else Fraction(1)

    @property
    def quarter_length(self) -> Fraction | None:
        """Length of a measure in quarter notes; `None` in free time, and for numbers without a length (9/0, 0/4)."""
        if self.unit is not None and self.unit <= 0:
            return None
        beats = self.beats
        if beats is not None:
            return beats * self.beat_length
        return _SYMBOL_LENGTH.get(self.symbol) if self.symbol is not None else None


class TimeSignatureGroup(SemanticObject):
    """Several time signatures written side by side."""

    tag = "meterSigGrp"

    function: str | None = None
    """`mixed` (a measure is their sum), `alternating` (measures alternate), `interchanging`, `other`."""

    @property
    def signatures(self) -> list[TimeSignature]:
        """The signatures, from left to right."""
        return self.children_of(TimeSignature)

    @property
    def beat_length(self) -> Fraction:
        """Length of a beat of the first signature in quarter notes."""
        signatures = self.signatures
        return signatures[0].beat_length if signatures else Fraction(1)

    @property
    def quarter_length(self) -> Fraction | None:
        """Length of a measure in quarter notes: the sum if mixed, else that of the first signature."""
        lengths = [length for length in (s.quarter_length for s in self.signatures) if length is not None]
        if not lengths:
            return None
        return sum(lengths, Fraction(0)) if self.function == "mixed" else lengths[0]
