"""The definitions at the start of a slice: its staves, with the clefs, keys and times in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.slicing.copies import Copies
from smashcima.scene.semantic.slicing.request import SliceRequest
from smashcima.scene.semantic.slicing.score_index import ScoreIndex
from smashcima.scene.semantic.slicing.states import SIGNATURES, pass_measure
from smashcima.scene.semantic.staff_state import StaffState
from smashcima.scene.semantic.staves import GroupSymbol, ScoreDefinition, Staff, StaffGroup
from smashcima.scene.semantic.texts import PageText
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score


class SliceStart:
    """Makes the score definition of a slice.

    Clefs and keys are drawn if the first measure begins a system, times if they are set at it. Clefs, keys and times
    that are in force but not drawn are included with `visible="false"`.
    """

    def __init__(self, score: Score, index: ScoreIndex, request: SliceRequest, copies: Copies) -> None:
        self._request = request
        self._copies = copies
        self._source = score.definition
        first = request.measures[0]
        self._is_start = first.index == 0
        self._states, self._set_here = index.states(first)
        pass_measure(self._states, first)
        self._used: set[str] = set()

    def definition(self) -> ScoreDefinition:
        """The definition, with copies of the staves and groups of the slice."""
        if self._source is None:
            return ScoreDefinition()
        common = self._common()
        children: list[Any] = [self._copy(found) for found in common]
        for child in self._source.children:
            if isinstance(child, SIGNATURES) or (isinstance(child, PageText) and not self._is_start):
                continue
            if isinstance(child, SemanticObject):
                kept = self._group(child, common)
                if kept is not None:
                    children.append(kept)
            else:
                children.append(child)
        return self._copies.node(self._source, children)

    def _common(self) -> list[SemanticObject]:
        """Keys and times that all staves share, as in the definition of a score."""
        states = [self._states[n] for n in self._request.staves]
        found: list[SemanticObject] = []
        for name in ("key", "time"):
            values = {getattr(state, name) for state in states}
            value = values.pop() if len(values) == 1 else None
            if value is not None and len(states) > 1 and self._is_of_score(value):
                found.append(value)
        return found

    def _is_of_score(self, value: SemanticObject) -> bool:
        return isinstance(value.parent, ScoreDefinition)

    def _group(self, source: SemanticObject, common: Sequence[SemanticObject]) -> SemanticObject | None:
        if isinstance(source, Staff):
            return self._staff(source, common) if source.n in self._request.staves else None
        if not isinstance(source, StaffGroup):
            return self._copies.tree(source)
        children: list[Any] = []
        for child in source.children:
            if isinstance(child, SemanticObject):
                kept = None if isinstance(child, SIGNATURES) else self._group(child, common)
                if kept is not None:
                    children.append(kept)
            else:
                children.append(child)
        staves = [s for child in children if isinstance(child, SemanticObject) for s in _staves_in(child)]
        if not staves:
            return None
        if len(staves) == 1:
            children = [child for child in children if not isinstance(child, GroupSymbol)]
        made = self._copies.node(source, children)
        if len(staves) == 1:
            made.mei.pop("symbol", None)
        return made

    def _staff(self, source: Staff, common: Sequence[SemanticObject]) -> Staff:
        state = self._states[source.n]
        children: list[Any] = []
        own = [value for value in (state.clef, state.key, state.time) if value is not None]
        for child in source.children:
            if isinstance(child, SIGNATURES):
                continue
            children.append(self._copies.tree(child) if isinstance(child, SemanticObject) else child)
        children.extend(self._copy(found, source.n) for found in own if found not in common)
        made = self._copies.node(source, children)
        _set_state(made, state)
        return made

    def _copy(self, source: SemanticObject, n: str = "") -> SemanticObject:
        """Copies an object in force; of several copies for different staves, only one keeps the id."""
        made = Copies().tree(source.effective if isinstance(source, Clef) else source)
        if made.id in self._used:
            made.id = f"{made.id}-{n}"
        self._used.add(made.id)
        if "attribute_form" in made.__dict__:
            made.__dict__["attribute_form"] = None
        is_time = isinstance(source, (TimeSignature, TimeSignatureGroup))
        is_drawn = self._is_start or source in self._set_here or (self._request.starts_system and not is_time)
        if not is_drawn:
            made.mei["visible"] = "false"
        return made


def _staves_in(found: SemanticObject) -> list[Staff]:
    return [found] if isinstance(found, Staff) else list(found.descendants(Staff))


def _set_state(staff: Staff, state: StaffState) -> None:
    staff.lines = state.lines
    staff.transposition_diatonic, staff.transposition_semitones = state.transposition
