"""Denominators of 0 in time signatures, which Verovio does not draw: laid out as another digit, then replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smashcima.assets.fonts.engraver_metrics import glyph_name, symbol_box
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Place, Primitive, Symbol
from smashcima.geometry import Vector2

ZeroUnits = dict[str, tuple[bool, ...]]
"""For each drawn denominator of a time signature or a group of them, whether it is 0; by id."""

STAND_IN = "8"
"""Digit that is laid out instead."""

_ZERO, _STAND_IN = 0xE080, 0xE088
"""SMuFL's `timeSig0` and `timeSig8`."""

_SAME_NUMBER_SS = 2.0
"""Maximum distance between the origins of digits of one number, in staff spaces."""


def with_zero_units(primitives: Sequence[Primitive], zero_units: ZeroUnits) -> tuple[Primitive, ...]:
    """The primitives of a page, with the stand-in digits replaced by 0."""
    drawn: dict[tuple[Place, str], list[tuple[int, Symbol]]] = {}
    for index, found in enumerate(primitives):
        if (
            isinstance(found, Symbol)
            and found.kind is PrimitiveKind.TIME_SIGNATURE
            and found.element in zero_units
        ):
            drawn.setdefault((found.place, found.element), []).append((index, found))
    completed = list(primitives)
    for (_, element), symbols in drawn.items():
        numbers = _numbers(_lowest_row(symbols))
        for number, is_zero in zip(numbers, zero_units[element], strict=False):
            index, digit = number[0]
            if is_zero and digit.code_point == _STAND_IN:
                completed[index] = _zero(digit)
    return tuple(completed)


def _lowest_row(symbols: Sequence[tuple[int, Symbol]]) -> list[tuple[int, Symbol]]:
    """The digits of the denominators of a time signature, from left to right."""
    lowest = max(symbol.origin.y for _, symbol in symbols)
    row = [entry for entry in symbols if entry[1].origin.y > lowest - entry[1].scale_y / 2]
    return sorted(row, key=lambda entry: entry[1].origin.x)


def _numbers(row: Sequence[tuple[int, Symbol]]) -> list[list[tuple[int, Symbol]]]:
    """The digits of a row, grouped into numbers."""
    numbers: list[list[tuple[int, Symbol]]] = []
    for entry in row:
        gap = entry[1].origin.x - numbers[-1][-1][1].origin.x if numbers else 0.0
        if numbers and gap < _SAME_NUMBER_SS * entry[1].scale_x:
            numbers[-1].append(entry)
        else:
            numbers.append([entry])
    return numbers


def _zero(digit: Symbol) -> Symbol:
    """A 0 with the same centre as the digit."""
    own, other = symbol_box(_ZERO, digit.font), symbol_box(_STAND_IN, digit.font)
    shift = 0.0
    if own is not None and other is not None:
        shift = (other.left + other.right - own.left - own.right) / 2 * digit.scale_x
    return replace(
        digit,
        name=glyph_name(_ZERO, digit.font),
        code_point=_ZERO,
        origin=digit.origin + Vector2(shift, 0.0),
    )
