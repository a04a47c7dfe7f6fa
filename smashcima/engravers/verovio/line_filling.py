"""Additional breaks between those of the source, where its systems or pages are overfull."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from smashcima.engravers.verovio.mei_edits import with_breaks, without_words
from smashcima.engravers.verovio.mei_index import MeiIndex
from smashcima.engravers.verovio.rendering import render
from smashcima.engraving.engraving import EngravedMeasure
from smashcima.engraving.layout_options import LayoutOptions

_FULL = 1.0 / 0.85
"""Factor by which a system may exceed the available width, by compressed note spacing, before it is overfull."""


@dataclass(frozen=True, slots=True)
class _Line:
    measures: tuple[EngravedMeasure, ...]
    height: float


def spread_breaks(
    mei: str, options: LayoutOptions, index: MeiIndex, known_ids: Collection[str], mode: str
) -> str | None:
    """MEI with additional breaks so that no system or page is overfull; `None` if no break would help.

    All breaks of the source are kept. Overfull systems are divided into the fewest possible parts of similar width, and
    overfull pages likewise. The score is laid out once without justification to find the natural widths.
    """
    natural = render(without_words(mei), options, index, known_ids, mode, justify=False)
    width, height = options.content_size
    left, top = options.page_margins.left, options.page_margins.top
    systems: list[str] = []
    pages: list[str] = []
    changed = False
    for page in natural.pages:
        extent = page.extent()
        used = max(extent.bottom - top, 1.0)
        lines: list[_Line] = []
        for system in page.systems:
            if not system.measures:
                continue
            right = system.measures[-1].right - left
            parts = _divide(system.measures, math.ceil(right / (width * _FULL)))
            changed = changed or len(parts) > 1
            lines.extend(_Line(part, used / len(page.systems)) for part in parts)
        groups = [lines]
        if mode == "encoded":
            needed = math.ceil(sum(line.height for line in lines) / height)
            groups = _balance(lines, needed)
            changed = changed or len(groups) > 1
        for group in groups:
            starts = [line.measures[0].element for line in group]
            pages.extend(starts[:1])
            systems.extend(starts[1:])
    if not changed:
        return None
    if mode == "encoded":
        return with_breaks(mei, systems, pages)
    return with_breaks(mei, [*systems, *pages], [])


def _divide(measures: tuple[EngravedMeasure, ...], count: int) -> list[tuple[EngravedMeasure, ...]]:
    """The measures divided into at most `count` non-empty rows of similar width."""
    count = min(count, len(measures))
    if count <= 1:
        return [measures]
    start = measures[0].left
    share = (measures[-1].right - start) / count
    rows: list[list[EngravedMeasure]] = [[] for _ in range(count)]
    for measure in measures:
        middle = (measure.left + measure.right) / 2 - start
        rows[min(int(middle / share), count - 1)].append(measure)
    return [tuple(row) for row in rows if row]


def _balance(lines: list[_Line], count: int) -> list[list[_Line]]:
    """The systems divided into `count` pages of similar numbers of systems."""
    count = max(1, min(count, len(lines)))
    size, larger = divmod(len(lines), count)
    groups, start = [], 0
    for index in range(count):
        end = start + size + (index < larger)
        groups.append(lines[start:end])
        start = end
    return groups
