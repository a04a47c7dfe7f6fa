"""Numbers by which the two ends of slurs, glissandos and wavy lines find each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smashcima.scene.semantic import ControlEvent, SemanticObject

MOST_NUMBERS = 16
"""MusicXML's number-level goes from 1 to 16."""


def number_spans(
    spans: Iterable[ControlEvent], places: Mapping[SemanticObject, int]
) -> dict[ControlEvent, int]:
    """The lowest number for each span that no other has between its ends, in the order of the document.

    `places` are those of the notes in the document. A span that is open on one side takes its number to the end, or
    from the start. Spans without any end in the document get none.
    """
    last_place = max(places.values(), default=0)
    ranges: list[tuple[int, int, int, ControlEvent]] = []
    for index, span in enumerate(spans):
        start = places.get(span.start) if span.start is not None else None
        end = places.get(span.end) if span.end is not None else None
        if start is None and end is None:
            continue
        first = 0 if start is None else start
        last = last_place if end is None else end
        ranges.append((min(first, last), index, max(first, last), span))
    numbers: dict[ControlEvent, int] = {}
    taken: dict[int, int] = {}
    """For each number, the place up to which it is taken."""
    for first, _, last, span in sorted(ranges, key=lambda entry: entry[:2]):
        free = (n for n in range(1, MOST_NUMBERS + 1) if taken.get(n, -1) < first)
        number = next(free, MOST_NUMBERS)
        numbers[span] = number
        taken[number] = last
    return numbers
