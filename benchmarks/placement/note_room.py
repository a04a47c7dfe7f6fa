"""The room that notes of each value have in real pages, and in ours.

Run: `python benchmarks/placement/note_room.py`. Needs `../shared/data`. The room is the distance from a note or rest to
the next one of its staff, or to the barline. Our pages have the music that the real writers copied; each is by
another writer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from features import HEADS
from muscima import page_names, read_pages
from notation_graph import GraphPage, Staff, Thing
from scenes import graph_pages

from smashcima import BaseHandwrittenModel
from smashcima.orchestration import ScoreModel

_RESTS = {
    "restWhole": "whole",
    "restHalf": "half",
    "restQuarter": "quarter",
    "rest8th": "eighth",
    "rest16th": "16th",
}
_HEADS = (*HEADS, "noteheadWhole")
_LARGE_HEADS = {"noteheadHalf": "half", "noteheadWhole": "whole"}
_VALUES = ("quarter", "eighth", "16th", "32nd", "64th")
_LONGEST_FIRST = ("whole", "half", *_VALUES)
_FLAG = re.compile(r"flag(\d+)(th|nd)")
_LEVELS = {"8": 1, "16": 2, "32": 3, "64": 4}
_ONE_MOMENT_SS = 0.8
_FEWEST = 40

Rooms = dict[str, list[float]]


def rooms_of(page: GraphPage) -> Rooms:
    """The rooms of all notes and rests of a page by value, in staff spaces; `quarter |` before a barline."""
    found: Rooms = defaultdict(list)
    for staff in page.staves:
        for (x, value), (next_x, next_value) in pairwise(_moments(page, staff)):
            if value != "|":
                found[f"{value} |" if next_value == "|" else value].append((next_x - x) / staff.space)
    return found


def _moments(page: GraphPage, staff: Staff) -> list[tuple[float, str]]:
    """The x of the moments of a staff, with the shortest value of each; `|` for barlines."""
    middle = staff.middle(staff.left)
    events = [
        (thing.x, _value(thing))
        for thing in page.things
        if thing.staff is staff and (thing.name in _HEADS or thing.name in _RESTS)
    ]
    bars = [
        bar.x for bar in page.all("barline") if bar.top - staff.space <= middle <= bar.bottom + staff.space
    ]
    moments: list[tuple[float, str]] = []
    for x, value in sorted([*events, *((x, "|") for x in bars)]):
        before = moments[-1] if moments else (-np.inf, "|")
        if "|" in (value, before[1]) or x - before[0] >= _ONE_MOMENT_SS * staff.space:
            moments.append((x, value))
        elif _LONGEST_FIRST.index(value) > _LONGEST_FIRST.index(before[1]):
            moments[-1] = (before[0], value)
    return moments


def _value(thing: Thing) -> str:
    """The value of a note or rest, without dots."""
    if thing.name in _RESTS or thing.name in _LARGE_HEADS:
        return _RESTS.get(thing.name) or _LARGE_HEADS[thing.name]
    flags = [_LEVELS.get(flag[1], 0) for other in thing.related if (flag := _FLAG.match(other.name))]
    return _VALUES[min(max([len(thing.of("beam")), *flags]), len(_VALUES) - 1)]


def all_rooms(pages: Iterable[GraphPage]) -> Rooms:
    """The rooms of several pages together."""
    together: Rooms = defaultdict(list)
    for page in pages:
        for value, rooms in rooms_of(page).items():
            together[value] += rooms
    return together


def _drawn(model: ScoreModel) -> Iterable[GraphPage]:
    from samples import pieces  # here, since the benchmark of realism has a module of this name, too

    for number, piece in enumerate(pieces()):
        yield from graph_pages(model(piece.score, index=number), str(number))


def main() -> None:
    """Prints medians and 10 to 90 % of the rooms, in staff spaces."""
    columns = {
        "real writers": all_rooms(read_pages(page_names())),
        "engraver": all_rooms(_drawn(BaseHandwrittenModel(hand="pen", seed=1))),
        "own_layout": all_rooms(_drawn(BaseHandwrittenModel(hand="pen", seed=1, own_layout=True))),
    }
    print(f"{'value':10}" + "".join(f"{name:>22}" for name in columns))
    values = [f"{value}{end}" for value in _LONGEST_FIRST for end in ("", " |")]
    for value in (value for value in values if len(columns["real writers"][value]) >= _FEWEST):
        cells = (np.percentile(rooms[value] or [np.nan], [50, 10, 90]) for rooms in columns.values())
        print(
            f"{value:10}" + "".join(f"{middle:12.2f} ({low:.1f}..{high:4.1f})" for middle, low, high in cells)
        )


if __name__ == "__main__":
    main()
