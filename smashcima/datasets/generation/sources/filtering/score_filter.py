"""Filters of scores in plans.

```yaml
filter:
  parts: 1                     # a number or a range: [least, most]
  staves: 2                    # with parts: 1, music for two hands
  measures: [8, 200]
  voices: [1, 2]               # the most voices on a staff in a measure
  notes_per_measure: [1, 12]   # density, for each staff
  with: [Chord, slurs]         # elements that must occur
  without: [lyrics, tuplets]   # elements that must not
  keys: [-1, 0, 1]             # every key signature is one of these numbers of sharps (negative: flats)
  metres: [3/4, 4/4]           # every time signature is one of these
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from smashcima.datasets.generation.fields import Where, shown
from smashcima.datasets.generation.sources.filtering.elements import count_of, read_elements
from smashcima.datasets.generation.sources.filtering.facts import FREE, ScoreFacts

Range = tuple[float, float]

_NUMBERS = ("parts", "staves", "measures", "voices", "notes_per_measure")
_FIELDS = (*_NUMBERS, "with", "without", "keys", "metres")


@dataclass(frozen=True)
class ScoreFilter:
    """Conditions that a score must meet; those that are not given are met by all scores."""

    numbers: Mapping[str, Range] = field(default_factory=dict)
    """Least and greatest value by the name of a number of `ScoreFacts`."""

    wanted: tuple[str, ...] = ()
    """Elements that must occur: plain names or names of classes."""

    unwanted: tuple[str, ...] = ()
    """Elements that must not occur."""

    keys: tuple[int | str, ...] | None = None
    """All that its key signatures may be: numbers of sharps, or `free`."""

    metres: tuple[str, ...] | None = None
    """All that its time signatures may be."""

    @staticmethod
    def from_data(data: Any, where: Where) -> ScoreFilter:
        """Reads the field `filter` of a source. Raises `PlanError`."""
        fields = where.mapping(data, _FIELDS)
        keys = _keys(fields["keys"], where.at("keys")) if "keys" in fields else None
        metres = _metres(fields["metres"], where.at("metres")) if "metres" in fields else None
        return ScoreFilter(
            {name: _range(fields[name], where.at(name)) for name in _NUMBERS if name in fields},
            read_elements(fields.get("with", []), where.at("with")),
            read_elements(fields.get("without", []), where.at("without")),
            keys,
            metres,
        )

    def objection(self, facts: ScoreFacts) -> str | None:
        """The first condition that a score does not meet, in words; `None` if it meets all."""
        for name, (least, most) in self.numbers.items():
            value = getattr(facts, name)
            if not least <= value <= most:
                return f"{name.replace('_', ' ')}: {value:g}"
        for element in self.wanted:
            if not count_of(element, facts.elements):
                return f"no {element}"
        for element in self.unwanted:
            if number := count_of(element, facts.elements):
                return f"{element}: {number}"
        for name, allowed, found in (("key", self.keys, facts.keys), ("metre", self.metres, facts.metres)):
            if allowed is not None:
                for value in found or (FREE,):
                    if value not in allowed:
                        return f"{name}: {value}"
        return None


def _range(data: Any, where: Where) -> Range:
    if isinstance(data, list | tuple):
        if len(data) != 2:
            raise where.error(f"expected a number or [least, most], got {shown(data)}")
        least, most = (where.at(index).number(value, 0) for index, value in enumerate(data))
        if least > most:
            raise where.error(f"the least value ({least:g}) exceeds the greatest ({most:g})")
        return least, most
    value = where.number(data, 0)
    return value, value


def _keys(data: Any, where: Where) -> tuple[int | str, ...]:
    given = data if isinstance(data, list | tuple) else [data]
    return tuple(
        key if key == FREE else where.at(index).integer(key, -14, 14) for index, key in enumerate(given)
    )


def _metres(data: Any, where: Where) -> tuple[str, ...]:
    given = [data] if isinstance(data, str) else where.list(data)
    return tuple(where.at(index).text(metre) for index, metre in enumerate(given))
