"""Composing models draw music of their own; the same address is the same page, in any process and from its recipe."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from smashcima.composing import Conditions, CoverageComposer, GrammarComposer, OneOf
from smashcima.errors import SettingsError
from smashcima.mei import write_mei
from smashcima.orchestration import ComposedModel, PrintedComposedModel, Recipe, SampleRecord
from smashcima.scene.visual import Notehead

SMALL = Conditions(ensemble="piano", measures=4, metre=OneOf(("3/4", "4/4")))


def printed(**options: object) -> PrintedComposedModel:
    return PrintedComposedModel(**{"seed": 3, "dpi": 40, "conditions": SMALL, **options})  # type: ignore[arg-type]


def test_a_model_without_input_makes_pages():
    scene = ComposedModel(seed=1, dpi=40, hand="pen", conditions=SMALL)()
    assert len(scene.score.measures) == 4
    assert scene.issues == ()
    notes = list(scene.score.notes())
    assert notes
    assert all(Notehead.of_or_none(note, "note") is not None for note in notes)
    assert scene.render(scene.pages[0]).shape[2] == 4


def test_each_call_composes_another_piece_and_an_index_repeats_one():
    model = printed()
    first, second = model(), model()
    assert write_mei(first.score) != write_mei(second.score)
    again = model(index=0)
    assert write_mei(again.score) == write_mei(first.score)
    assert np.array_equal(again.render(again.pages[0]), first.render(first.pages[0]))


def test_the_piece_does_not_depend_on_who_draws():
    by_hand = ComposedModel(seed=3, dpi=40, hand="pen", conditions=SMALL)(index=5)
    assert write_mei(by_hand.score) == write_mei(printed()(index=5).score)


def test_conditions_of_a_call_replace_those_of_the_model():
    scene = printed()({"for": "violin", "key": "A major", "measures": 3, "shares": {"pedals": 1}})
    assert len(scene.score.staves) == 1
    assert [issue.element for issue in scene.issues] == ["shares: pedals"]


def test_recipes_and_pickles_make_the_same_pages():
    wanted = Conditions(staves=1, measures=OneOf((4, 5)), shares={"ornaments": 0.2})
    model = printed(conditions=wanted, composer=GrammarComposer())
    expected = write_mei(model(index=2).score)
    recipe = Recipe.from_dict(model.recipe.to_dict())
    assert write_mei(recipe.build()(index=2).score) == expected
    assert write_mei(pickle.loads(pickle.dumps(model))(index=2).score) == expected


def test_a_record_repeats_the_sample():
    model = printed(composer=CoverageComposer(("accidentalSharp", "flag8thUp"), times=2))
    scene = model()
    again = SampleRecord.from_dict(scene.record_with_source()).repeat()
    assert np.array_equal(again.render(again.pages[0]), scene.render(scene.pages[0]))


def test_wrong_options_are_refused():
    with pytest.raises(SettingsError, match="composer must be a Composer"):
        printed(composer="grammar")
    with pytest.raises(SettingsError, match="no condition 'tonality'"):
        printed(conditions={"tonality": "G"})
