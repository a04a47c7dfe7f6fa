"""Contract of engravers."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.engraving import Engraver, Engraving, LayoutOptions, PageSize, PrimitiveKind, Symbol
from smashcima.scene.semantic import Score, ScoreBuilder, note, rest

_K = PrimitiveKind

_ON_ITS_LINE_SS = 0.1
"""Maximum distance of the centre of a notehead from its line or space, in staff spaces."""


class EngraverContract(ABC):
    """Requirements of an `Engraver`."""

    @abstractmethod
    def make_engraver(self) -> Engraver:
        """A new engraver."""

    def make_score(self) -> Score:
        """The score to lay out: two staves and three measures with notes and rests; beams are left to the engraver.

        May override, for an engraver that does not support every score.
        """
        builder = ScoreBuilder(time="4/4", key=1, title="Contract")
        builder.add_part("Piano", "treble", "bass")
        for pitches in (("G4", "A4", "B4", "C5"), ("D5", "E5", "F#5", "G5"), ("A5", "G5", "C6", "G4")):
            measure = builder.add_measure()
            builder.add_voice(measure, 1, *(note(pitch, "quarter") for pitch in pitches))
            builder.add_voice(measure, 2, note("G3", "half"), rest("half"))
        return builder.build()

    def engrave(self, score: Score) -> Engraving:
        """Lays out a score with a new engraver and default options."""
        return self.make_engraver().engrave(score)

    def test_every_note_is_drawn_with_its_id(self) -> None:
        score = self.make_score()
        drawn = {head.element for head in self.engrave(score).primitives(_K.NOTEHEAD)}
        assert {made.id for made in score.notes()} <= drawn

    def test_primitives_name_objects_of_the_score(self) -> None:
        score = self.make_score()
        named = {primitive.element for primitive in self.engrave(score).primitives()} - {None}
        unknown = {element for element in named if element is not None and score.by_id(element) is None}
        assert not unknown, f"primitives refer to {sorted(unknown)[:5]}, which are not in the score"

    def test_noteheads_lie_on_their_lines_and_spaces(self) -> None:
        score = self.make_score()
        positions = {made.id: made.pitch_position for made in score.notes()}
        for page in self.engrave(score).pages:
            for head in page.primitives:
                position = positions.get(head.element or "")
                if head.kind is not _K.NOTEHEAD or not isinstance(head, Symbol) or position is None:
                    continue
                staff = page.staff_at(head.place)
                assert staff is not None, f"{head.name} of {head.element} has no staff"
                expected = staff.middle_y - position * staff.staff_space / 2
                assert abs(head.origin.y - expected) <= _ON_ITS_LINE_SS * staff.staff_space

    def test_everything_has_a_place_on_its_page(self) -> None:
        for page in self.engrave(self.make_score()).pages:
            systems = {system.index: system for system in page.systems}
            for primitive in page.primitives:
                place = primitive.place
                assert place.page == page.index
                if place.system is not None:
                    system = systems[place.system]
                    assert place.staff is None or place.staff in {staff.number for staff in system.staves}
                    assert place.measure is None or place.measure in {m.index for m in system.measures}

    def test_measures_come_in_order_each_once(self) -> None:
        score = self.make_score()
        measures = self.engrave(score).measures
        assert [measure.element for measure in measures] == [measure.id for measure in score.measures]
        assert [measure.index for measure in measures] == list(range(len(measures)))
        assert all(measure.left < measure.right for measure in measures)

    def test_pages_are_numbered_and_have_the_size_that_was_asked_for(self) -> None:
        options = LayoutOptions(page=PageSize(180.0, 250.0))
        engraving = self.make_engraver().engrave(self.make_score(), options)
        assert [page.index for page in engraving.pages] == list(range(len(engraving.pages)))
        assert {(page.width, page.height) for page in engraving.pages} == {(180.0, 250.0)}

    def test_ink_stays_on_the_sheet(self) -> None:
        for page in self.engrave(self.make_score()).pages:
            for primitive in page.primitives:
                box = primitive.bounds()
                assert box.left >= -0.01
                assert box.top >= -0.01
                assert box.right <= page.width + 0.01
                assert box.bottom <= page.height + 0.01

    def test_staves_have_lines_at_equal_distances(self) -> None:
        for system in self.engrave(self.make_score()).systems:
            for staff in system.staves:
                gaps = [below - above for above, below in zip(staff.line_ys, staff.line_ys[1:], strict=False)]
                assert all(abs(gap - staff.staff_space) < 0.02 for gap in gaps)

    def test_says_what_belongs_to_what(self) -> None:
        for page in self.engrave(self.make_score()).pages:
            assert page.belonging is not None
            assert len(page.belonging.events) == len(page.primitives)
            for index, primitive in enumerate(page.primitives):
                if primitive.kind is _K.STEM:
                    assert page.belonging.noteheads[index], f"the stem of {primitive.element} has no notehead"

    def test_the_same_score_gives_the_same_layout(self) -> None:
        first, second = self.engrave(self.make_score()), self.engrave(self.make_score())
        assert [_signature(first)] == [_signature(second)]

    def test_the_score_stays_as_it_is(self) -> None:
        score = self.make_score()
        before = [(made.id, made.pitch, made.onset) for made in score.notes()]
        self.engrave(score)
        assert [(made.id, made.pitch, made.onset) for made in score.notes()] == before


def _signature(engraving: Engraving) -> list[tuple[object, ...]]:
    """All values of the primitives, in a form that compares by content."""
    return [(p.kind, p.place, p.element, tuple(p.coordinates())) for p in engraving.primitives()]
