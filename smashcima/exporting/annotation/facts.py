"""What a node means: its pitch, duration, place in time, words, and where it comes from."""

from __future__ import annotations

from fractions import Fraction

from smashcima.exporting.annotation.node import Node
from smashcima.scene.semantic import Event, Note, SemanticObject
from smashcima.scene.visual import DynamicMark, Notehead, VisualObject, WordsMark
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS, DYNAMIC_WORDS

Fact = str | int | float

_SPELT = {**DYNAMIC_WORDS, **{label: letter for letter, label in DYNAMIC_LETTERS.items()}}


def facts_of(node: Node) -> dict[str, Fact]:
    """Facts by the names that MuNG uses for them; times in quarter notes since the start of the score.

    `midi_pitch_code` is the key that sounds, `pitch_step` and `pitch_octave` are as written.
    """
    thing = node.scene_object
    facts: dict[str, Fact] = {}
    semantic = getattr(thing, "semantic", None)
    if isinstance(thing, Notehead) and isinstance(semantic, Note) and semantic.pitch is not None:
        facts["pitch_step"] = semantic.pitch.step.name
        facts["pitch_octave"] = semantic.pitch.octave
        facts["pitch_modification"] = _number(semantic.pitch.alter)
        facts["midi_pitch_code"] = _number((semantic.sounding_pitch or semantic.pitch).midi)
    if isinstance(semantic, Event) and isinstance(thing, VisualObject) and _is_timed(thing):
        facts["onset_beats"] = _number(semantic.onset)
        facts["duration_beats"] = _number(semantic.quarter_length)
    if isinstance(thing, WordsMark) and thing.text:
        facts["text_transcription"] = thing.text
    if isinstance(thing, DynamicMark) and not node.is_ink:
        facts["text_transcription"] = _SPELT[thing.label]
    if isinstance(semantic, SemanticObject) and semantic.id:
        facts["source_element"] = semantic.id
    return facts


def _is_timed(thing: VisualObject) -> bool:
    return thing.kind in ("notehead", "rest", "measure_rest", "multi_rest")


def _number(value: Fraction | float) -> int | float:
    """A whole number as such, any other one as a float."""
    return int(value) if value == int(value) else float(value)
