"""Lengths of MEI spaces, and spaces of a length."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction

_MEI = "{http://www.music-encoding.org/ns/mei}"
_LONG = {"long": Fraction(16), "breve": Fraction(8), "maxima": Fraction(32)}
_LONGEST, _SHORTEST = Fraction(8), Fraction(1, 64)


def length_of_space(space: ET.Element) -> Fraction:
    """Length of an MEI `<space>` in quarter lengths, without tuplets around it."""
    name = space.get("dur", "4")
    length = _LONG.get(name) or (Fraction(4, int(name)) if name.isdecimal() and int(name) else Fraction(1))
    dots = space.get("dots", "0")
    length *= 2 - Fraction(1, 2 ** (int(dots) if dots.isdecimal() else 0))
    return length * ratio_of(space)


def ratio_of(element: ET.Element) -> Fraction:
    """Factor of the durations of an event or tuplet by its `num` and `numbase`; 1 without them."""
    numbers = element.get("num", ""), element.get("numbase", "")
    if not all(number.isdecimal() and int(number) for number in numbers):
        return Fraction(1)
    return Fraction(int(numbers[1]), int(numbers[0]))


def spaces_of_length(length: Fraction) -> list[ET.Element] | None:
    """The fewest spaces that together last a length, the longest first; `None` if plain note values cannot."""
    found: list[ET.Element] = []
    value = _LONGEST
    while length and value >= _SHORTEST:
        while length >= value:
            name = "breve" if value == _LONGEST else str(int(4 / value))
            found.append(ET.Element(f"{_MEI}space", {"dur": name}))
            length -= value
        value /= 2
    return None if length else found
