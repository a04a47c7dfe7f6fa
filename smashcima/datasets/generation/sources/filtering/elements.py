"""Names of the elements of notation that plans may ask for."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.scene import semantic
from smashcima.scene.semantic import Note, Score, SemanticObject, count_elements


@cache
def class_names() -> frozenset[str]:
    """Names of the classes of objects in scores: `Chord`, `Ornament`, ..."""
    return frozenset(
        name
        for name in semantic.__all__
        if isinstance(each := getattr(semantic, name), type) and issubclass(each, SemanticObject)
    )


@cache
def plain_names() -> tuple[str, ...]:
    """Plain names: those of `count_elements`, `grace notes` and `lyrics`."""
    return (*count_elements(Score()), "grace notes", "lyrics")


def element_counts(music: SemanticObject) -> dict[str, int]:
    """Numbers of the elements that occur in a score or measure, by plain names and by names of classes.

    Elements do not count for the base classes of their class: see `count_of`.
    """
    plain = count_elements(music)
    plain["grace notes"] = sum(1 for note in music.descendants(Note) if note.is_grace)
    plain["lyrics"] = plain["syllables"]
    classes: dict[str, int] = {}
    for found in music.descendants():
        name = type(found).__name__
        classes[name] = classes.get(name, 0) + 1
    return {name: number for name, number in (*plain.items(), *sorted(classes.items())) if number}


def count_of(name: str, counts: Mapping[str, int]) -> int:
    """The number of elements of a name; that of a base class counts its subclasses."""
    if name not in class_names():
        return counts.get(name, 0)
    wanted = getattr(semantic, name)
    return sum(
        number
        for each, number in counts.items()
        if each in class_names() and issubclass(getattr(semantic, each), wanted)
    )


def read_elements(data: Any, where: Where) -> tuple[str, ...]:
    """Names of elements in a plan: one or a list. Raises `PlanError` for unknown names."""
    found = []
    for index, each in enumerate([data] if isinstance(data, str) else where.list(data)):
        name = where.at(index).text(each)
        if name not in plain_names() and name not in class_names():
            close = difflib.get_close_matches(name, (*plain_names(), *sorted(class_names())), 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise where.at(index).error(
                f"there is no element {name!r}{hint}; give a class of smashcima.scene.semantic such as Chord, or one of "
                f"{', '.join(plain_names())}"
            )
        found.append(name)
    return tuple(found)
