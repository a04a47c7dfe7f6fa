"""StaffEngraver fulfils the contract of engravers."""

from __future__ import annotations

import pytest

from smashcima.engravers.staff import StaffEngraver
from smashcima.engraving import Engraver, Engraving, LayoutOptions
from smashcima.scene.semantic import Score, ScoreBuilder, note, rest
from smashcima.testing import EngraverContract


class TestStaffEngraver(EngraverContract):
    """One staff, one line, on a page as large as its content."""

    def make_engraver(self) -> Engraver:
        return StaffEngraver()

    def make_score(self) -> Score:
        builder = ScoreBuilder(time="3/4", key=-2)
        builder.add_part("Flute", "treble")
        for pitches in (("G4", "A4"), ("D5", "C6"), ("B3", "F5")):
            builder.add_voice(
                builder.add_measure(), 1, *(note(p, "quarter") for p in pitches), rest("quarter")
            )
        return builder.build()

    def engrave(self, score: Score) -> Engraving:
        return self.make_engraver().engrave(score, LayoutOptions(breaks="none"))

    def test_pages_are_numbered_and_have_the_size_that_was_asked_for(self) -> None:
        options = LayoutOptions(breaks="none", margins=5.0, staff_space=2.0)
        (page,) = self.make_engraver().engrave(self.make_score(), options).pages
        (staff,) = page.systems[0].staves
        assert page.index == 0
        assert page.width == pytest.approx(staff.right + 5.0)
        # Four staff spaces above and below the staff, and the margins.
        assert page.height == 2 * 5.0 + 3 * 4 * 2.0
