"""Clefs, and the staff positions of pitches under them."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from smashcima.scene.semantic.pitch import Pitch
from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject


class ClefShape(Enum):
    """Clef shapes; the values are those of MEI."""

    G = "G"
    F = "F"
    C = "C"
    DOUBLE_G = "GG"
    PERCUSSION = "perc"
    TAB = "TAB"

    percussion = PERCUSSION  # its name in smashcima 1


_REFERENCE = {ClefShape.G: 32, ClefShape.F: 24, ClefShape.C: 28, ClefShape.DOUBLE_G: 25}
"""Diatonic number of the pitch on the line of a clef: G4, F3, C4, G3."""

_DEFAULT_LINE = {ClefShape.G: 2, ClefShape.F: 4, ClefShape.C: 3, ClefShape.DOUBLE_G: 2}


class Clef(SemanticObject):
    """A clef: at the start of a staff, or a change in the course of the music."""

    tag = "clef"

    shape: ClefShape | None = ClefShape.G
    """`None` if the clef only repeats another one (`same_as`)."""

    line: int | None = None
    """The staff line of the clef, counted from 1 for the lowest; the nearest one, if `staff_position` is given."""

    octave_shift: int = 0
    """Octaves by which an 8 or 15 transposes it: -1 for the clef of a tenor voice."""

    same_as: Clef | None = None
    """The clef in another voice of the staff that this one copies; the copy is not drawn."""

    staff_position: int | None = field(default=None, kw_only=True)
    """The staff position of a clef that stands between or outside the lines: 0 is the middle of the staff, +1 one step
    up. It determines the pitches under the clef. `None` for the position of `line`."""

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """Attributes of the staff or score definition that express it in the source; `None` for an element."""

    @property
    def effective(self) -> Clef:
        """This clef, or the one that it copies."""
        seen = self
        for _ in range(8):
            if seen.same_as is None:
                break
            seen = seen.same_as
        return seen

    @property
    def has_pitch(self) -> bool:
        """Whether positions under this clef are pitches; `False` for percussion and tablature."""
        return self.effective.shape in _REFERENCE

    def middle_diatonic(self, staff_lines: int = 5) -> int:
        """The diatonic number (`Pitch.diatonic`) of the middle of the staff: 34 (B4) under a treble clef.

        Percussion and tablature clefs count as treble clefs, as their notes are written.
        """
        clef = self.effective
        if clef.shape not in _REFERENCE:
            clef = Clef(ClefShape.G, None, clef.octave_shift)
        assert clef.shape is not None
        return _REFERENCE[clef.shape] + 7 * clef.octave_shift - clef.position(staff_lines)

    def position(self, staff_lines: int = 5) -> int:
        """Staff position at which it is drawn; for G, F and C that of the pitch that it names."""
        clef = self.effective
        if clef.staff_position is not None:
            return clef.staff_position
        line = clef.line
        if line is None:
            line = _DEFAULT_LINE.get(clef.shape or ClefShape.G)
        return 0 if line is None else 2 * line - staff_lines - 1

    def pitch_position(self, pitch: Pitch, staff_lines: int = 5) -> int:
        """Staff position of a written pitch: 0 is the middle of the staff, +1 one step up."""
        return pitch.diatonic - self.middle_diatonic(staff_lines)
