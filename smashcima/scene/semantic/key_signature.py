"""Key signatures, traditional and free."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.note_parts import alter_of_sign
from smashcima.scene.semantic.pitch import Alter, Pitch, Step
from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject

SHARP_ORDER = (Step.F, Step.C, Step.G, Step.D, Step.A, Step.E, Step.B)
"""The order in which sharps are added; flats come in the reverse order."""


class KeyAccidental(SemanticObject):
    """One accidental of a free key signature, at the usual height of a step, in an octave, or at a staff position."""

    tag = "keyAccid"

    step: Step | None = None
    """The step that it alters; `None` if only the position is given."""

    kind: str = "n"
    """MEI name of the drawn accidental, as in `Accidental.kind`: `s`, `f`, `n`, `x`, `ff`, ..."""

    octave: int | None = None
    """The octave of the step at whose height it is drawn; `None` for the usual height."""

    staff_position: int | None = field(default=None, kw_only=True)
    """The staff position given in the source: 0 is the middle of the staff, +1 one step up. The accidental is drawn at
    this position even if it contradicts step and octave."""

    @property
    def alter(self) -> Alter | None:
        """The alteration in semitones; `None` if unknown."""
        return alter_of_sign(self.kind, self.glyph)

    @property
    def glyph(self) -> str | None:
        """SMuFL name of its sign if it is not the usual one of its `kind`."""
        return self.mei.get("glyph.name")


class KeySignature(SemanticObject):
    """A key signature: at the start of a staff, or a change in the course of the music."""

    tag = "keySig"

    fifths: int | None = 0
    """Number of sharps, or of flats as a negative number; `None` for a free signature. `KeyAccidental` children, if
    any, take precedence."""

    mode: str | None = None
    """`major`, `minor`, `dorian`, ..., if specified in the source."""

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """Attributes of the staff or score definition that express it in the source; `None` for an element."""

    @property
    def accidentals(self) -> list[KeyAccidental]:
        """The accidentals of a free key signature."""
        return self.children_of(KeyAccidental)

    @property
    def is_free(self) -> bool:
        """Whether it consists of explicit accidentals instead of a number of sharps or flats."""
        return self.fifths is None or bool(self.accidentals)

    @property
    def alters(self) -> dict[Step, Alter]:
        """Alterations by step, in written order.

        Omits accidentals of which only the position is known; `alters_under` determines their steps.
        """
        return self._alters(None)

    def alters_under(self, clef: Clef | None, staff_lines: int = 5) -> dict[Step, Alter]:
        """Alterations by step under a clef (without one, a treble clef), in written order.

        An accidental without a step alters the step at its position under the clef.
        """
        if all(accidental.step is not None for accidental in self.accidentals):
            return self._alters(None)
        return self._alters((clef or Clef()).middle_diatonic(staff_lines))

    def _alters(self, middle: int | None) -> dict[Step, Alter]:
        """Alterations by step; `middle` is the diatonic number of the middle of the staff, if known."""
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
