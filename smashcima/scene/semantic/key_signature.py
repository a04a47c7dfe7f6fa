"""Key signatures, traditional and free."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS
from smashcima.scene.semantic.pitch import Alter, Pitch, Step
from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject

SHARP_ORDER = (Step.F, Step.C, Step.G, Step.D, Step.A, Step.E, Step.B)
"""The order in which sharps are added; flats come in the reverse order."""


class KeyAccidental(SemanticObject):
    """One accidental of a free key signature: on a step, at its usual height or in an octave, or at a position of the staff."""

    tag = "keyAccid"

    step: Step | None = None
    """The step that it alters; `None` where only the position is given."""

    kind: str = "n"
    """MEI's name of what is drawn, as `Accidental.kind`: `s`, `f`, `n`, `x`, `ff`, ..."""

    octave: int | None = None
    """The octave of the step at whose height it stands; `None` for the usual one."""

    staff_position: int | None = field(default=None, kw_only=True)
    """The position on the staff as written in the source: 0 is the middle, +1 a step up. It decides where the sign is
    drawn, also where step and octave say otherwise."""

    @property
    def alter(self) -> Alter | None:
        """Semitones that it stands for; `None` where that is not known."""
        return ACCIDENTAL_ALTERS.get(self.kind)


class KeySignature(SemanticObject):
    """A key signature: at the start of a staff, or a change in the course of the music."""

    tag = "keySig"

    fifths: int | None = 0
    """Sharps, or flats as a negative number; `None` for a free one. Where there are `KeyAccidental` children, these
    are what is drawn and what counts."""

    mode: str | None = None
    """`major`, `minor`, `dorian`, ... where the source says so."""

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """The attributes of the staff or score definition that the source wrote in its place, if it did."""

    @property
    def accidentals(self) -> list[KeyAccidental]:
        """The accidentals of a free key signature."""
        return self.children_of(KeyAccidental)

    @property
    def is_free(self) -> bool:
        """Whether it consists of signs of its own instead of a number of sharps or flats."""
        return self.fifths is None or bool(self.accidentals)

    @property
    def alters(self) -> dict[Step, Alter]:
        """The steps that it alters, in the order in which they are written.

        Signs of which only the position is known are left out; `alters_under` knows their steps.
        """
        return self._alters(None)

    def alters_under(self, clef: Clef | None, staff_lines: int = 5) -> dict[Step, Alter]:
        """The steps that it alters under a clef (without one, a treble clef), in the order in which they are written.

        A sign without a step alters the step that has its position under the clef.
        """
        if all(accidental.step is not None for accidental in self.accidentals):
            return self._alters(None)
        return self._alters((clef or Clef()).middle_diatonic(staff_lines))

    def _alters(self, middle: int | None) -> dict[Step, Alter]:
        """The steps by the diatonic number of the middle of the staff, if that is known."""
        written: dict[Step, Alter] = {}
        accidentals = self.accidentals
        if self.fifths and not accidentals:
            order = SHARP_ORDER if self.fifths > 0 else SHARP_ORDER[::-1]
            for index in range(min(abs(self.fifths), 14)):
                altered = order[index % 7]
                written[altered] = written.get(altered, 0) + (1 if self.fifths > 0 else -1)
        for accidental in accidentals:
            step: Step | None = accidental.step
            if step is None and middle is not None and accidental.staff_position is not None:
                step = Pitch.of_diatonic(middle + accidental.staff_position).step
            alter = accidental.alter
            if step is not None and alter is not None:
                written[step] = alter
        return written
