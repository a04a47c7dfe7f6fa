"""A source that says where everything stands is drawn as it is, and the engraver is not asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraver, Engraving, LayoutOptions, PrimitiveKind
from smashcima.errors import Issue
from smashcima.loading import ReadMusic, SourceFormat, load_score, load_scores, register_format
from smashcima.orchestration import BaseHandwrittenModel, EngravedModel
from smashcima.scene.semantic import Score, ScoreBuilder, note
from smashcima.scene.visual import Notehead, Stem

RAISED = 7.0
"""How far, in mm, the layout of the source lies above that of the engraver."""


def tune() -> Score:
    builder = ScoreBuilder(time="4/4")
    builder.add_part("", "treble")
    builder.add_voice(
        builder.add_measure(), 1, *(note(pitch, "quarter") for pitch in ("G4", "A4", "B4", "C5"))
    )
    return builder.build()


def raised(engraving: Engraving) -> Engraving:
    """The layout with everything but the staves moved up, and an issue of its own."""
    pages = tuple(
        replace(page, primitives=tuple(p.with_points(p.points - (0.0, RAISED)) for p in page.primitives))
        for page in engraving.pages
    )
    return replace(engraving, pages=pages, issues=(Issue("page 1", "layout", "seen so"),))


def read_tune(source: object) -> ReadMusic:
    score = tune()
    return ReadMusic((score,), ("",), (), (raised(engrave(score)),))


@pytest.fixture
def _placed_format():
    register_format(SourceFormat("Placed", (".placed",), read_tune))  # type: ignore[arg-type]


class NoEngraver(Engraver):
    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        raise AssertionError("the engraver is not needed")


class WithoutEngraver(EngravedModel):
    def register_services(self) -> None:
        super().register_services()
        self.container.interface(Engraver, NoEngraver, register_impl=True)


@pytest.mark.usefixtures("_placed_format")
def test_a_loader_gives_the_layout_beside_the_score():
    loaded = load_score(data="x", format=".placed")
    assert loaded.engraving is not None
    assert len(list(loaded.engraving.primitives(PrimitiveKind.NOTEHEAD))) == 4
    assert len(load_scores(data="x", format=".placed").engravings) == 1
    assert load_score(data="X:1\nK:C\nC", format=".abc").engraving is None


@pytest.mark.usefixtures("_placed_format")
def test_the_layout_is_drawn_as_it_is():
    scene = WithoutEngraver(seed=1)(data="x", format=".placed")
    usual = EngravedModel(seed=1)(score=tune())
    for seen, engraved in zip(scene.find(Notehead), usual.find(Notehead), strict=True):
        assert seen.bbox().center.y == pytest.approx(engraved.bbox().center.y - RAISED, abs=1e-6)
        assert seen.note is not None
    assert all(len(stem.noteheads) == 1 for stem in scene.find(Stem))
    assert [issue.what for issue in scene.issues] == ["seen so"]


@pytest.mark.usefixtures("_placed_format")
def test_it_is_written_by_hand_as_well():
    model = BaseHandwrittenModel(seed=1, hand="pen")
    scene = model(data="x", format=".placed")
    usual = BaseHandwrittenModel(seed=1, hand="pen")(score=tune())
    shift = usual.find(Notehead)[0].bbox().center.y - scene.find(Notehead)[0].bbox().center.y
    assert shift == pytest.approx(RAISED, abs=1.0)


@pytest.mark.usefixtures("_placed_format")
def test_what_was_loaded_is_a_source_itself_and_stays_as_it_is():
    loaded = load_score(data="x", format=".placed")
    model = WithoutEngraver(seed=1)
    first, second = model(loaded, index=0), model(loaded, index=0)
    assert first.score is not loaded.score
    assert [str(n.pitch) for n in second.score.notes()] == ["G4", "A4", "B4", "C5"]


def test_layouts_and_scores_have_to_be_as_many():
    with pytest.raises(ValueError, match="got 2 for 1 scores"):
        ReadMusic((tune(),), ("",), (), (None, None))
