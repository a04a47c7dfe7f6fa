"""Time signatures in the course of the piece."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from smashcima.loading.mro.cells import Column
from smashcima.loading.mro.findings import Findings, Located
from smashcima.loading.mro.items import Item
from smashcima.notations.mro import MroTimeSignature
from smashcima.scene.semantic import TimeSignature, TimeSymbol

_MAX_NUMBER = 999

_SYMBOLS = {(4, 4): TimeSymbol.COMMON, (2, 2): TimeSymbol.CUT}


class TimesInForce:
    """The time signature in force from column to column.

    The same one holds on all staves: the most common of a column, if they differ. A sign after the music of a column,
    as at the end of a system, announces that of the next column.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._numbers: tuple[int, int, bool] | None = None
        self._signature: TimeSignature | None = None
        self._announced: list[Located[MroTimeSignature]] = []

    @property
    def length(self) -> Fraction | None:
        """Length of a measure in quarter lengths; `None` if unknown."""
        return self._signature.quarter_length if self._signature is not None else None

    def enter(self, column: Column, items: dict[int, list[Item]]) -> TimeSignature | None:
        """Moves to a column; returns the time signature that starts there, if any."""
        signs = self._announced
        later: list[Located[MroTimeSignature]] = []
        for staff, cell in column.cells.items():
            music = items[staff]
            for sign in cell.times:
                x = cell.left_units + sign.value.centre_units.column
                (later if music and x > music[-1].x else signs).append(sign)
        self._announced = later
        readable = [sign for sign in signs if self._is_readable(sign)]
        if not readable:
            return None
        numbers = Counter(_numbers(sign.value) for sign in readable).most_common(1)[0][0]
        for sign in readable:
            if _numbers(sign.value)[:2] != numbers[:2]:
                own, common = f"{sign.value.top}/{sign.value.bottom}", f"{numbers[0]}/{numbers[1]}"
                what = f"{own} where other staves have {common}: read as the latter"
                self._findings.tell(sign.indices, "timesig", what)
        if numbers == self._numbers and self._signature is not None:
            for sign in readable:
                self._findings.keep("timesig", sign.indices, self._signature)
            return None
        top, bottom, is_symbol = numbers
        self._numbers = numbers
        self._signature = TimeSignature(str(top), bottom, _SYMBOLS.get((top, bottom)) if is_symbol else None)
        for sign in readable:
            self._findings.keep("timesig", sign.indices, self._signature)
        return self._signature

    def leave(self) -> None:
        """Reports signs after the last measure."""
        for sign in self._announced:
            self._findings.tell(sign.indices, "timesig", "after the last measure: not read")

    def _is_readable(self, sign: Located[MroTimeSignature]) -> bool:
        top, bottom = sign.value.top, sign.value.bottom
        if 0 <= top <= _MAX_NUMBER and 0 <= bottom <= _MAX_NUMBER:
            return True
        self._findings.tell(sign.indices, "timesig", f"{top}/{bottom} is no time signature: not read")
        return False


def _numbers(sign: MroTimeSignature) -> tuple[int, int, bool]:
    return sign.top, sign.bottom, sign.is_symbol and (sign.top, sign.bottom) in _SYMBOLS
