"""Times of the elements of a MusicXML measure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from lxml import etree


class Timed(NamedTuple):
    """An element of a measure, and when it sounds or stands."""

    at: Fraction
    """Divisions from the start of the measure; for a member of a chord, the start of the chord."""

    element: etree._Element


def timeline(measure: etree._Element) -> Iterator[Timed]:
    """The children of a measure in the order of the file, with their times."""
    at = onset = Fraction(0)
    for child in measure:
        if child.tag == "note":
            if child.find("chord") is None:
                onset = at
                at += duration_of(child)
            yield Timed(onset, child)
            continue
        if child.tag == "backup":
            at = max(at - duration_of(child), Fraction(0))
        elif child.tag == "forward":
            at += duration_of(child)
        yield Timed(at, child)


def duration_of(element: etree._Element) -> Fraction:
    """The `<duration>` of an element in divisions; 0 for grace notes, and where it is absent or no number."""
    if element.find("grace") is not None:
        return Fraction(0)
    return _number(element.findtext("duration", "0"))


@lru_cache(maxsize=1024)
def _number(text: str) -> Fraction:
    try:
        return Fraction(text.strip())
    except ValueError:
        return Fraction(0)
