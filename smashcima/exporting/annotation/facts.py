"""Meaning of a node: pitch, duration, onset, text, and its origin in the score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, TypeAlias

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
from smashcima.short_repr import ShortRepr

Fact = str | int | float

Facts: TypeAlias = dict[str, Fact]

Basis: TypeAlias = tuple[Any, ...]
"""The immutable values of a scene on which facts depend."""

_MOST_NODES = 2**14
"""Number of nodes of which the facts are kept: those of some 18 pages."""

_SPELT = {**DYNAMIC_WORDS, **{label: letter for letter, label in DYNAMIC_LETTERS.items()}}


def facts_of(node: Node) -> Facts:
    """Returns the facts of a node by their names in MuNG; times are in quarter notes from the start of the
    score.

    `midi_pitch_code` is the sounding pitch; `pitch_step` and `pitch_octave` are the written one.
    `staff_position` is the position of a notehead, accidental or rest in steps above the middle of the staff:
    the written position if the score has one; otherwise, for notes and their accidentals, that of the pitch.
    `piece` is the number of a piece of a slur, hairpin or line that is drawn in several systems, and `pieces` their
    number; all pieces have the same `source_element`.
    """
    return dict(kept_facts([node])[0].facts)


class KeptFacts(ShortRepr):
    """The facts of a node, with their texts in the formats that were written; not to be modified."""

    __slots__ = ("_texts", "basis", "facts")

    def __init__(self, basis: Basis, facts: Facts) -> None:
        self.basis = basis
        self.facts = facts
        self._texts: dict[Callable[[Facts], str], str] = {}

    def text(self, write: Callable[[Facts], str]) -> str:
        """The text of the facts, written by `write` if it was not written before."""
        text = self._texts.get(write)
        if text is None:
            text = self._texts[write] = write(self.facts)
        return text


_Reader: TypeAlias = Callable[[Any, object, Node], Basis]
_Writer: TypeAlias = Callable[[Basis, Facts], None]

_kept: dict[tuple[type, str], KeptFacts] = {}
"""The last facts by class of object and by id of what it draws: most are the same in the next sample of the same music."""


def kept_facts(nodes: Iterable[Node]) -> list[KeptFacts]:
    """The facts of all nodes; see `facts_of`."""
    result: list[KeptFacts] = []
    for node in nodes:
        thing = node.scene_object
        kind = type(thing)
        readers = _READERS.get(kind)
        if readers is None:
            readers = _READERS[kind] = tuple(
                [read for classes, read, _ in _FACTS if issubclass(kind, classes)]
            )
        semantic = thing.__dict__.get("semantic")
        if semantic is None and hasattr(kind, "semantic"):
            semantic = getattr(thing, "semantic", None)
        source = semantic.id if isinstance(semantic, SemanticObject) else ""
        basis = (source, *[read(thing, semantic, node) for read in readers])
        known = _kept.get((kind, source))
        if known is None or known.basis != basis:
            known = KeptFacts(basis, _facts_from(kind, basis))
            if len(_kept) >= _MOST_NODES:
                _kept.clear()
            _kept[kind, source] = known
        result.append(known)
    return result


def _facts_from(kind: type, basis: Basis) -> Facts:
    facts: Facts = {}
    writers = [write for classes, _, write in _FACTS if issubclass(kind, classes)]
    for write, values in zip(writers, basis[1:], strict=True):
        if values:
            write(values, facts)
    if basis[0]:
        facts["source_element"] = basis[0]
    return facts


def _pitches(thing: Notehead, semantic: object, node: Node) -> Basis:
    if isinstance(semantic, Note) and (pitch := semantic.pitch) is not None:
        return pitch, semantic.sounding_pitch or pitch
    return ()


def _add_pitch(basis: Basis, facts: Facts) -> None:
    pitch, sounding = basis
    facts["pitch_step"] = pitch.step.name
    facts["pitch_octave"] = pitch.octave
    facts["pitch_modification"] = _number(pitch.alter)
    facts["midi_pitch_code"] = _number(sounding.midi)


def _position(thing: VisualObject, semantic: object, node: Node) -> Basis:
    position = None
    if isinstance(thing, Notehead):
        position = semantic.position if isinstance(semantic, Note) else None
    elif isinstance(thing, AccidentalMark):
        position = semantic.position if isinstance(semantic, Accidental) else None
    elif isinstance(semantic, Rest | MeasureRest):
        position = semantic.staff_position
    return () if position is None else (position,)


def _add_position(basis: Basis, facts: Facts) -> None:
    facts["staff_position"] = basis[0]


def _times(thing: VisualObject, semantic: object, node: Node) -> Basis:
    if thing.kind in _TIMED and isinstance(semantic, Event):
        return semantic.onset, semantic.quarter_length
    return ()


def _add_time(basis: Basis, facts: Facts) -> None:
    facts["onset_beats"], facts["duration_beats"] = map(_number, basis)


def _words(thing: WordsMark, semantic: object, node: Node) -> Basis:
    return (thing.text,) if thing.text else ()


def _dynamic(thing: DynamicMark, semantic: object, node: Node) -> Basis:
    return () if node.is_ink else (_SPELT[thing.label],)


def _add_text(basis: Basis, facts: Facts) -> None:
    facts["text_transcription"] = basis[0]


def _pieces(thing: SpannerMark, semantic: object, node: Node) -> Basis:
    count = thing.piece_count
    return (thing.piece_number, count) if count > 1 else ()


def _add_piece(basis: Basis, facts: Facts) -> None:
    facts["piece"], facts["pieces"] = basis


_TIMED = frozenset({"notehead", "rest", "measure_rest", "multi_rest"})
"""Kinds of objects that have a time."""

_FACTS: tuple[tuple[type | tuple[type, ...], _Reader, _Writer], ...] = (
    (Notehead, _pitches, _add_pitch),
    ((Notehead, AccidentalMark, RestMark, MeasureRestMark), _position, _add_position),
    (VisualObject, _times, _add_time),
    (WordsMark, _words, _add_text),
    (DynamicMark, _dynamic, _add_text),
    (SpannerMark, _pieces, _add_piece),
)
"""By class of object, in the order of the facts: functions that find what some facts depend on (nothing if there are none),
and that add them."""

_READERS: dict[type, tuple[_Reader, ...]] = {}
"""The first functions for a class and its base classes; found once for each class."""


def _number(value: Fraction | float) -> int | float:
    """Converts a number to `int` if it is whole, otherwise to `float`."""
    if type(value) is int:
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else value.numerator / value.denominator
    return int(value) if value == int(value) else float(value)
