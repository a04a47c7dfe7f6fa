"""Times of the elements in the layers of the MEI that Verovio makes of MusicXML."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lxml import etree

_MEI = "{http://www.music-encoding.org/ns/mei}"

_EVENTS = frozenset(f"{_MEI}{name}" for name in ("note", "chord", "rest", "space"))
_WHOLE = frozenset(f"{_MEI}{name}" for name in ("mRest", "mSpace", "multiRest", "mRpt", "mRpt2", "multiRpt"))

WHOLE_MEASURE = Fraction(10**9)
"""Length of events that last for the whole measure."""


class TimedElement(NamedTuple):
    """An element of a layer, and when it sounds or stands."""

    at: Fraction
    """Units of `dur.ppq` from the start of the measure."""

    element: etree._Element
    """A note, chord, rest, space or clef; notes of chords are left out."""

    length: Fraction
    """Its length, in the same unit; 0 for grace notes and clefs."""

    is_grace: bool


def times_in_layer(layer: etree._Element) -> list[TimedElement] | None:
    """The events and clefs of a layer in its order; `None` if the length of one is not known."""
    found: list[TimedElement] = []
    at = Fraction(0)
    for element, is_grace in _flattened(layer, False):
        length = Fraction(0)
        if element.tag in _WHOLE:
            length = WHOLE_MEASURE
        elif element.tag in _EVENTS and not is_grace:
            units = element.get("dur.ppq", "")
            if not units.isdecimal():
                return None
            length = Fraction(int(units))
        found.append(TimedElement(at, element, length, is_grace))
        at += length
    return found


def _flattened(container: etree._Element, is_grace: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in container.iterchildren(etree.Element):
        if child.tag in _EVENTS or child.tag in _WHOLE:
            yield child, is_grace or child.get("grace") is not None
        elif child.tag == f"{_MEI}clef":
            yield child, False
        elif len(child):
            yield from _flattened(child, is_grace or child.tag == f"{_MEI}graceGrp")


def spaces(length: Fraction, units: int) -> list[etree._Element]:
    """Spaces that last as long as a number of quarters; none if note types cannot express it.

    `units` are those of `dur.ppq` in a quarter.
    """
    made: list[etree._Element] = []
    for value in (1, 2, 4, 8, 16, 32, 64, 128):
        part = Fraction(4, value)
        while length >= part:
            attributes = {"dur": str(value), "dur.ppq": str(int(part * units))}
            made.append(etree.Element(f"{_MEI}space", attributes))
            length -= part
    return [] if length else made
