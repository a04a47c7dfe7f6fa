"""Captions: descriptions that are written from conditions, and read back without loss."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from smashcima.composing.conditions import Conditions
from smashcima.composing.descriptions.description import Description, Drawing, drawing_fields
from smashcima.composing.descriptions.values import LABELS, written


def caption_of(what: Description | Conditions, drawing: Drawing | None = None) -> str:
    """The caption of conditions and of a drawing, or of a description, in the pattern of MusicScore.

    `a music score, instrumentation is piano, key is A minor, genre is waltz, paper is aged`. `parse_description` reads
    the same conditions from it.
    """
    conditions = what.conditions if isinstance(what, Description) else what
    if isinstance(what, Description):
        drawing = what.drawing
    values = dict(_values(conditions))
    if drawing is not None:
        values.update({name: getattr(drawing, name) for name in drawing_fields()})
    clauses = [
        f"{label} is {written(name, values[name])}"
        for name, label in LABELS.items()
        if values.get(name) is not None
    ]
    return ", ".join(("a music score", *clauses))


def _values(conditions: Conditions) -> Iterator[tuple[str, Any]]:
    for each in dataclasses.fields(conditions):
        if each.name != "shares":
            yield each.name, getattr(conditions, each.name)
    yield from ((f"share of {name}", share) for name, share in conditions.shares.items())
