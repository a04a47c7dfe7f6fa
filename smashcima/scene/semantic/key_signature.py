"""Key signatures, traditional and free."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.pitch import Alter, Step
from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject

SHARP_ORDER = (Step.F, Step.C, Step.G, Step.D, Step.A, Step.E, Step.B)
"""The order in which sharps are added; flats come in the reverse order."""


class KeyAccidental(SemanticObject):
    """One accidental of a free key signature, at a place of its own."""

    tag = "keyAccid"

    step: Step | None = None

    alter: Alter = 0

    octave: int | None = None


class KeySignature(SemanticObject):
    """A key signature: at the start of a staff, or a change in the course of the music."""

    tag = "keySig"

    fifths: int | None = 0
    """Sharps, or flats as a negative number; `None` for a free one, which has `KeyAccidental` children."""

    mode: str | None = None
    """`major`, `minor`, `dorian`, ... where the source says so."""

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """The attributes of the staff or score definition that the source wrote in its place, if it did."""

    @property
    def accidentals(self) -> list[KeyAccidental]:
        """The accidentals of a free key signature."""
        return self.children_of(KeyAccidental)

    @property
    def alters(self) -> dict[Step, Alter]:
        """The steps that it alters, in the order in which they are written."""
        written: dict[Step, Alter] = {}
        if self.fifths:
            order = SHARP_ORDER if self.fifths > 0 else SHARP_ORDER[::-1]
            for index in range(min(abs(self.fifths), 14)):
                step = order[index % 7]
                written[step] = written.get(step, 0) + (1 if self.fifths > 0 else -1)
        for accidental in self.accidentals:
            if accidental.step is not None:
                written[accidental.step] = accidental.alter
        return written
