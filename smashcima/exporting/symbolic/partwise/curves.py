"""Numbers that match the two ends of slurs, glissandos and wavy lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smashcima.scene.semantic import ControlEvent, SemanticObject

MOST_NUMBERS = 16
"""Upper limit of MusicXML's number-level, which is from 1 to 16."""


def number_spans(
    spans: Iterable[ControlEvent], places: Mapping[SemanticObject, int]
) -> dict[ControlEvent, int]:
    """Assigns each span the lowest number that no overlapping span has, in document order.

    `places` are the positions of notes in the document. A span that is open on one side uses its number until the end,
    or from the start. Spans without any end in the document have no number.
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
    """For each number, the position up to which it is in use."""
    for first, _, last, span in sorted(ranges, key=lambda entry: entry[:2]):
        free = (n for n in range(1, MOST_NUMBERS + 1) if taken.get(n, -1) < first)
        number = next(free, MOST_NUMBERS)
        numbers[span] = number
        taken[number] = last
    return numbers
