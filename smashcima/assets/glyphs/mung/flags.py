"""Grouping of the strokes of flags by stem.

MUSCIMA++ annotates each stroke of a flag separately: a sixteenth note has an `8th_flag` and a `16th_flag`, whereas
SMuFL's `flag16thUp` includes both. Each stem therefore yields one glyph of all its strokes and, if there are several,
one glyph for each stroke under a Smashcima label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.assets.glyphs.mung.page_graph import PageGraph, Thing
from smashcima.scene.visual.labels import Label

_FLAG = re.compile(r"flag(8th|16th|32nd|64th|128th|256th|512th|1024th)(Up|Down)?")
_DURATIONS = ("8th", "16th", "32nd", "64th", "128th", "256th", "512th", "1024th")


@dataclass(frozen=True, slots=True)
class FlagGlyph:
    """One stroke of a flag, or all strokes of a stem."""

    label: Label
    strokes: tuple[Thing, ...]
    """Strokes, starting with that of the longest duration."""

    stem: Thing | None
    up: bool

    @property
    def has_first(self) -> bool:
        """Whether the stroke at the end of the stem is included."""
        return _duration(self.strokes[0]) == _DURATIONS[0]


def is_flag(name: str) -> bool:
    """Whether a class is that of a flag."""
    return _FLAG.fullmatch(name) is not None


def flag_glyphs(page: PageGraph) -> Iterator[FlagGlyph]:
    """All flags of a page, in file order of their first strokes."""
    stems: dict[int, tuple[Thing | None, list[Thing]]] = {}
    for thing in page.things:
        if is_flag(thing.name):
            stem = _stem_of(thing)
            # A stroke without a stem is a flag of its own.
            key = stem.source.object_id if stem is not None else -1 - thing.source.object_id
            stems.setdefault(key, (stem, []))[1].append(thing)
    for stem, strokes in stems.values():
        yield from _of_stem(stem, sorted(strokes, key=lambda stroke: _DURATIONS.index(_duration(stroke))))


def _of_stem(stem: Thing | None, strokes: list[Thing]) -> Iterator[FlagGlyph]:
    up = _is_up(strokes[0], stem)
    direction = "Up" if up else "Down"
    small = any(head.name.endswith("Small") for head in strokes[0].heads)
    durations = [_duration(stroke) for stroke in strokes]
    last = durations[-1]
    if durations == list(_DURATIONS[: len(durations)]) or len(strokes) == 1:
        name = f"flag{last}{direction}"
        label = Label.own(f"{name}Small") if small else Label.smufl(name)
        yield FlagGlyph(label, tuple(strokes), stem, up)
    if len(strokes) > 1 and not small:
        for stroke in strokes:
            yield FlagGlyph(Label.own(f"flag{_duration(stroke)}{direction}"), (stroke,), stem, up)


def _duration(flag: Thing) -> str:
    found = _FLAG.fullmatch(flag.name)
    return found[1] if found is not None else _DURATIONS[0]


def _stem_of(flag: Thing) -> Thing | None:
    """The stem of the noteheads with this flag; the nearest if there are several."""
    stems = [stem for head in flag.heads for stem in head.to("stem")]
    return min(stems, key=lambda stem: (abs(stem.x - flag.source.left), stem.source.object_id), default=None)


def _is_up(flag: Thing, stem: Thing | None) -> bool:
    heads = flag.heads
    if heads:
        middle = sum(head.y for head in heads) / len(heads)
        return (stem.y if stem is not None else flag.y) < middle
    return not flag.name.endswith("Down")
