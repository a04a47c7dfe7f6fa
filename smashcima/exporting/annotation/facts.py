"""Meaning of a node: pitch, duration, onset, text, and its origin in the score."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from smashcima.exporting.annotation.node import Node
from smashcima.scene.semantic import Accidental, Event, MeasureRest, Note, Rest, SemanticObject
from smashcima.scene.visual import (
    AccidentalMark,
    DynamicMark,
    MeasureRestMark,
    Notehead,
    RestMark,
    SpannerMark,
    VisualObject,
    WordsMark,
)
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS, DYNAMIC_WORDS

Fact = str | int | float

_SPELT = {**DYNAMIC_WORDS, **{label: letter for letter, label in DYNAMIC_LETTERS.items()}}


def facts_of(node: Node) -> dict[str, Fact]:
    """Returns the facts of a node by their names in MuNG; times are in quarter notes from the start of the
    score.

    `midi_pitch_code` is the sounding pitch; `pitch_step` and `pitch_octave` are the written one.
    `staff_position` is the position of a notehead, accidental or rest in steps above the middle of the staff:
    the written position if the score has one; otherwise, for notes and their accidentals, that of the pitch.
    `piece` is the number of a piece of a slur, hairpin or line that is drawn in several systems, and `pieces` their
    number; all pieces have the same `source_element`.
    """
    thing = node.scene_object
    kind = type(thing)
    finders = _FINDERS.get(kind)
    if finders is None:
        finders = _FINDERS[kind] = tuple([find for classes, find in _FACTS if issubclass(kind, classes)])
    facts: dict[str, Fact] = {}
    semantic = thing.__dict__.get("semantic")
    if semantic is None and hasattr(kind, "semantic"):
        semantic = getattr(thing, "semantic", None)
    for find in finders:
        find(thing, semantic, node, facts)
    if isinstance(semantic, SemanticObject) and semantic.id:
        facts["source_element"] = semantic.id
    return facts


def _add_pitch(thing: Notehead, semantic: object, node: Node, facts: dict[str, Fact]) -> None:
    if isinstance(semantic, Note) and (pitch := semantic.pitch) is not None:
        facts["pitch_step"] = pitch.step.name
        facts["pitch_octave"] = pitch.octave
        facts["pitch_modification"] = _number(pitch.alter)
        facts["midi_pitch_code"] = _number((semantic.sounding_pitch or pitch).midi)


def _add_position(thing: VisualObject, semantic: object, node: Node, facts: dict[str, Fact]) -> None:
    position = None
    if isinstance(thing, Notehead):
        position = semantic.position if isinstance(semantic, Note) else None
    elif isinstance(thing, AccidentalMark):
        position = semantic.position if isinstance(semantic, Accidental) else None
    elif isinstance(semantic, Rest | MeasureRest):
        position = semantic.staff_position
    if position is not None:
        facts["staff_position"] = position


def _add_time(thing: VisualObject, semantic: object, node: Node, facts: dict[str, Fact]) -> None:
    if thing.kind in _TIMED and isinstance(semantic, Event):
        facts["onset_beats"] = _number(semantic.onset)
        facts["duration_beats"] = _number(semantic.quarter_length)


def _add_words(thing: WordsMark, semantic: object, node: Node, facts: dict[str, Fact]) -> None:
    if thing.text:
        facts["text_transcription"] = thing.text


def _add_dynamic(thing: DynamicMark, semantic: object, node: Node, facts: dict[str, Fact]) -> None:
    if not node.is_ink:
        facts["text_transcription"] = _SPELT[thing.label]


def _add_piece(thing: SpannerMark, semantic: object, node: Node, facts: dict[str, Fact]) -> None:
    count = thing.piece_count
    if count > 1:
        facts["piece"] = thing.piece_number
        facts["pieces"] = count


_TIMED = frozenset({"notehead", "rest", "measure_rest", "multi_rest"})
"""Kinds of objects that have a time."""

_FACTS: tuple[tuple[type | tuple[type, ...], Callable[[Any, object, Node, dict[str, Fact]], None]], ...] = (
    (Notehead, _add_pitch),
    ((Notehead, AccidentalMark, RestMark, MeasureRestMark), _add_position),
    (VisualObject, _add_time),
    (WordsMark, _add_words),
    (DynamicMark, _add_dynamic),
    (SpannerMark, _add_piece),
)
"""Functions that find facts, in the order of the facts, by class of object."""

_FINDERS: dict[type, tuple[Callable[[Any, object, Node, dict[str, Fact]], None], ...]] = {}
"""The functions for a class and its base classes; found once for each class."""


def _number(value: Fraction | float) -> int | float:
    """Converts a number to `int` if it is whole, otherwise to `float`."""
    if type(value) is int:
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else value.numerator / value.denominator
    return int(value) if value == int(value) else float(value)
