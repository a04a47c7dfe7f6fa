"""Times of the events in imported MEI, before it becomes a score."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lxml import etree

_MEI = "{http://www.music-encoding.org/ns/mei}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

EVENTS = tuple(f"{_MEI}{name}" for name in ("note", "chord", "rest", "space", "tabGrp"))
"""Names of the elements that take time in a voice; the notes of a chord take none of their own."""

_LONG = {"long": Fraction(16), "breve": Fraction(8), "maxima": Fraction(32)}


def value_of_event(event: etree._Element) -> Fraction:
    """Quarter length of the note value and dots of an event; 1 without a note value, 0 for grace notes."""
    if event.get("grace") is not None:
        return Fraction(0)
    name = event.get("dur", "4")
    length = _LONG.get(name) or (Fraction(4, int(name)) if name.isdecimal() and int(name) else Fraction(1))
    dots = event.get("dots", "0")
    return length * (2 - Fraction(1, 2 ** (int(dots) if dots.isdecimal() else 0)))


def ratio_of(element: etree._Element) -> Fraction:
    """Factor of the duration of an event, or of the durations in a tuplet, by `num` and `numbase`; 1 without them."""
    numbers = element.get("num", ""), element.get("numbase", "")
    if not all(number.isdecimal() and int(number) for number in numbers):
        return Fraction(1)
    return Fraction(int(numbers[1]), int(numbers[0]))


def factor_around(event: etree._Element) -> Fraction:
    """Factor of the duration of an event by the tuplets and tremolos around it."""
    factor = Fraction(1)
    for group in event.iterancestors(f"{_MEI}tuplet", f"{_MEI}fTrem"):
        factor *= ratio_of(group) if group.tag == f"{_MEI}tuplet" else Fraction(1, 2)
    return factor


def onsets_in(layer: etree._Element) -> Iterator[tuple[str, Fraction]]:
    """Id and onset in quarters of each event and each note of a chord in a layer."""
    at = Fraction(0)
    for event in layer.iter(*EVENTS):
        parent = event.getparent()
        if parent is not None and parent.tag == f"{_MEI}chord":
            continue
        for found in event.iter(event.tag, f"{_MEI}note"):
            yield found.get(_XML_ID, ""), at
        at += value_of_event(event) * ratio_of(event) * factor_around(event)
