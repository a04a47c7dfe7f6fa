"""Elements of a staff in the order in which they are written, with changes of clef, key and time."""

from __future__ import annotations

from collections.abc import Iterator

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.measure import MeasureStaff, Voice
from smashcima.scene.semantic.note_parts import Accidental
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup
from smashcima.short_repr import ShortRepr

SIGNATURES = (Clef, KeySignature, TimeSignature, TimeSignatureGroup)
"""Classes of elements that change the state of a staff."""


class StaffElements(ShortRepr):
    """One pass over a staff, from left to right, that knows the clef, key and time in force."""

    def __init__(self) -> None:
        self._known: dict[type, SemanticObject] = {}

    def changes(self, holder: MeasureStaff) -> Iterator[SemanticObject]:
        """The clef, key and time at the start of a measure that differ from those before, without hidden ones."""
        clef = None if holder.clef is None else holder.clef.effective
        for found in (clef, holder.key_signature, holder.time_signature):
            if found is not None and self._known.get(_kind_of(found)) is not found:
                self._known[_kind_of(found)] = found
                if found.mei.get("visible") != "false":
                    yield found

    def of_voice(self, voice: Voice) -> Iterator[SemanticObject]:
        """The events, signatures and visible accidentals without a note of a voice, including those in groups.

        Chords are not divided; clefs that only copy that of another voice are omitted.
        """
        for element in _walk(voice):
            if isinstance(element, SIGNATURES):
                if isinstance(element, Clef) and element.same_as is not None:
                    continue
                self._known[_kind_of(element)] = element
            yield element


def _kind_of(signature: SemanticObject) -> type:
    return TimeSignature if isinstance(signature, TimeSignatureGroup) else type(signature)


def _walk(container: SemanticObject) -> Iterator[SemanticObject]:
    for child in container.chosen_children:
        if isinstance(child, SemanticObject):
            if child.is_event or isinstance(child, SIGNATURES):
                yield child
            elif isinstance(child, Accidental):
                if child.is_visible:
                    yield child
            else:
                yield from _walk(child)
