"""Meaning of a node: pitch, duration, onset, text, and its origin in the score."""

from __future__ import annotations

from fractions import Fraction

from smashcima.exporting.annotation.node import Node
from smashcima.scene.graph import SceneObject
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
    facts: dict[str, Fact] = {}
    semantic = getattr(thing, "semantic", None)
    if isinstance(thing, Notehead) and isinstance(semantic, Note) and semantic.pitch is not None:
        facts["pitch_step"] = semantic.pitch.step.name
        facts["pitch_octave"] = semantic.pitch.octave
        facts["pitch_modification"] = _number(semantic.pitch.alter)
        facts["midi_pitch_code"] = _number((semantic.sounding_pitch or semantic.pitch).midi)
    position = _staff_position(thing, semantic)
    if position is not None:
        facts["staff_position"] = position
    if isinstance(semantic, Event) and isinstance(thing, VisualObject) and _is_timed(thing):
        facts["onset_beats"] = _number(semantic.onset)
        facts["duration_beats"] = _number(semantic.quarter_length)
    if isinstance(thing, WordsMark) and thing.text:
        facts["text_transcription"] = thing.text
    if isinstance(thing, DynamicMark) and not node.is_ink:
        facts["text_transcription"] = _SPELT[thing.label]
    if isinstance(thing, SpannerMark) and (count := thing.piece_count) > 1:
        facts["piece"] = thing.piece_number
        facts["pieces"] = count
    if isinstance(semantic, SemanticObject) and semantic.id:
        facts["source_element"] = semantic.id
    return facts


def _staff_position(thing: SceneObject, semantic: object) -> int | None:
    if isinstance(thing, Notehead) and isinstance(semantic, Note):
        return semantic.position
    if isinstance(thing, AccidentalMark) and isinstance(semantic, Accidental):
        return semantic.position
    if isinstance(thing, RestMark | MeasureRestMark) and isinstance(semantic, Rest | MeasureRest):
        return semantic.staff_position
    return None


def _is_timed(thing: VisualObject) -> bool:
    return thing.kind in ("notehead", "rest", "measure_rest", "multi_rest")


def _number(value: Fraction | float) -> int | float:
    """Converts a number to `int` if it is whole, otherwise to `float`."""
    return int(value) if value == int(value) else float(value)
