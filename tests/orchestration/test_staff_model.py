"""Models of single staves."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smashcima as sc
from smashcima.errors import EngravingError, SettingsError
from smashcima.exporting import CocoExporter, MungExporter
from smashcima.notations.mashcima import VOCABULARY, repair_annotation
from smashcima.orchestration import Neighbours, PrintedStaffModel, StaffModel
from smashcima.scene.semantic import Score, ScoreBuilder, chord, note
from smashcima.scene.visual.note_marks import Notehead
from tests.staff_reader import StaffReader

EXAMPLE = (
    "clef.G-2 #4 time.C h-5 ( ) e=-5 =s=-4 #-3 =s-3 s=-2 =s=-1 N0 =s=0 #1 =s1 | "
    "h2 ( ) e=2 =s=3 #4 =s4 s=5 =s=6 N7 =s=7 #8 =s8 | q9 . * er fermata hr :|"
)
PRINTED = PrintedStaffModel(seed=1)


def pen(**options) -> StaffModel:
    return StaffModel(hand="pen", **{"seed": 7, **options})


# -- the annotation on the page ------------------------------------------------------------------------------


def test_the_example_is_read_back_from_its_shapes():
    assert StaffReader(PRINTED(EXAMPLE).page).read() == EXAMPLE


@pytest.mark.parametrize(
    "token",
    sorted(VOCABULARY - {"?", "tuplet.3"})
    if isinstance(VOCABULARY, set)
    else [t for t in VOCABULARY if t not in ("?", "tuplet.3")],
)
def test_every_token_is_read_back_from_its_shape(token: str):
    annotation, _ = repair_annotation(f"clef.G-2 {token} q0")
    scene = PRINTED(annotation)
    if not any("unbalanced" in str(issue) for issue in scene.issues):
        assert StaffReader(scene.page).read() == annotation


def test_the_number_of_a_tuplet_is_drawn():
    assert StaffReader(PRINTED("tuplet.3 e=0 =e=1 =e2 q0").page).tuplets() == ["3"]
    assert StaffReader(PRINTED("tuplet.3 e0").page).tuplets() == ["3"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(set(VOCABULARY) - {"(", ")", "tuplet.3"})), min_size=1, max_size=14))
def test_random_annotations_are_read_back_from_their_shapes(tokens: list[str]):
    annotation, _ = repair_annotation("clef.G-2 " + " ".join(tokens))
    scene = PRINTED(annotation)
    found = StaffReader(scene.page).read().split()
    # A gap has no shape, and neither have marks at it a reader could name.
    if "?" not in annotation:
        assert found == annotation.split()


def test_every_notehead_of_a_handwritten_staff_is_nearest_to_its_position():
    scene = pen(placement=0)("q-4 q-2 q0 q1 q2 q3 q4 h-3 h-1 h5")
    heads = sorted(Notehead.many_of(scene.page, "page"), key=lambda head: head.bbox().left)
    ys = scene.staff.line_ys
    step = (ys[4] - ys[0]) / 8
    found = [round((ys[2] - (h.bbox().top + h.bbox().bottom) / 2) / step) for h in heads]
    assert found == [-4, -2, 0, 1, 2, 3, 4, -3, -1, 5]


def test_unknown_symbols_leave_a_gap_and_an_issue():
    scene = PRINTED("q0 ? q0")
    plain = PRINTED("q0 q0")
    assert [issue.element for issue in scene.issues] == ["?"]
    assert scene.page.width > plain.page.width


def test_an_empty_annotation_is_an_empty_staff_with_an_issue():
    scene = PRINTED("")
    assert "empty" in str(scene.issues[0])
    assert scene.image().width > 0


# -- scenes --------------------------------------------------------------------------------------------------


def test_a_scene_has_its_annotation_staff_and_image():
    scene = pen()(EXAMPLE)
    image = scene.image()
    assert scene.annotation == EXAMPLE
    assert scene.staff is scene.page.systems[0].staves[0]
    assert image.bitmap.shape == (image.height, image.width, 4)
    assert len(image.regions) > 60
    assert scene.image(height=96).height == 96


def test_a_score_of_one_staff_is_drawn():
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Flute", "treble")
    builder.add_voice(builder.add_measure(), 1, note("B4", "half"), note("C5", "half"))
    scene = PRINTED(builder.build())
    assert isinstance(scene.score, Score)
    assert StaffReader(scene.page).read() == "clef.G-2 time.4 time.4 h0 h1 |"
    assert scene.annotation == "clef.G-2 time.4 time.4 h0 h1 |"


def test_the_same_sample_is_the_same_image():
    first, second = pen()(EXAMPLE, index=3).image(), pen()(EXAMPLE, index=3).image()
    assert np.array_equal(first.bitmap, second.bitmap)
    assert not np.array_equal(first.bitmap, pen()(EXAMPLE, index=4).image().bitmap)


def test_a_batch_draws_the_samples_of_single_calls():
    texts = ["clef.G-2 q0 q1", "clef.F2 h0 |"]
    model = pen()
    batch = [scene.image().bitmap for scene in model.batch(texts)]
    singles = [pen()(text, index=index).image().bitmap for index, text in enumerate(texts)]
    assert all(np.array_equal(a, b) for a, b in zip(batch, singles, strict=True))
    assert [scene.index for scene in model.batch(texts, index=10)] == [10, 11]


def test_each_sample_of_a_batch_has_another_writer():
    writers = (
        {scene.styles["writer"] for scene in pen().batch(["q0"] * 4)}
        if "writer" in pen()("q0").styles
        else None
    )
    images = [scene.image().bitmap for scene in pen().batch(["q0 q1"] * 4)]
    assert writers is None or len(writers) == 4
    assert len({image.tobytes() for image in images}) == 4


def test_spacing_options_are_used():
    spacing = sc.StaffSpacing(min_width_ss=100)
    scene = PrintedStaffModel(seed=1, spacing=spacing)("q0")
    assert scene.page.width == pytest.approx(100 * 1.75 + 3, abs=0.1)
    assert scene.staff.staff_space == pytest.approx(1.75)


def test_options_of_pages_are_refused():
    with pytest.raises(SettingsError, match="page"):
        StaffModel(hand="pen", page="A4")


def test_chords_are_refused():
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Flute", "treble")
    builder.add_voice(builder.add_measure(), 1, chord(["B4", "D5"], "whole"))
    with pytest.raises(EngravingError, match="chord"):
        PRINTED(builder.build())


def test_a_recipe_makes_the_same_staff():
    model = pen(spacing=sc.StaffSpacing(room_above_ss=6), neighbours=Neighbours())
    again = sc.Recipe.from_dict(json.loads(json.dumps(model.recipe.to_dict()))).build()
    assert np.array_equal(model(EXAMPLE).image().bitmap, again(EXAMPLE).image().bitmap)


def test_a_record_repeats_a_staff_with_random_neighbours():
    scene = pen(neighbours=Neighbours())(EXAMPLE)
    record = json.loads(json.dumps(scene.record_with_source()))
    repeated = sc.orchestration.SampleRecord.from_dict(record).repeat()
    assert np.array_equal(scene.image().bitmap, repeated.image().bitmap)


# -- neighbours ----------------------------------------------------------------------------------------------


def test_given_neighbours_are_on_the_page_and_cut_from_the_image():
    alone = pen()(EXAMPLE).image()
    scene = pen()(EXAMPLE, above="clef.G-2 q-12 q-12 q-12", below="clef.F2 q12 q12 q12")
    image = scene.image()
    assert len(scene.page.systems) == 3
    assert scene.main_system == 1
    assert (image.width, image.height) == (alone.width, alone.height)


def test_ink_of_neighbours_is_marked_as_not_belonging():
    scene = pen()(EXAMPLE, above="clef.G-2 q-12 q-12 q-12", below="clef.F2 q12 q12 q12")
    image = scene.image()
    alone = pen()(EXAMPLE).image()
    marked = [label for label in image.regions.labels if label == "smashcima::distractorNeighbour"]
    assert marked
    assert sorted(set(image.regions.labels) - {"smashcima::distractorNeighbour"}) == sorted(
        set(alone.regions.labels)
    )
    heads = sum("notehead" in label for label in image.regions.labels)
    assert heads == sum("notehead" in label for label in alone.regions.labels)
    assert len(MungExporter().export(image)) == len(MungExporter().export(alone))
    assert len(CocoExporter().export(image)["annotations"]) == len(
        CocoExporter().export(alone)["annotations"]
    )


def test_random_neighbours_differ_between_samples():
    model = pen(neighbours=Neighbours(lyrics=1.0, slurs=1.0))
    scenes = list(model.batch([EXAMPLE] * 3))
    assert all(len(scene.page.systems) == 3 for scene in scenes)
    assert len({scene.page.height for scene in scenes}) == 3


@pytest.mark.parametrize(
    "options", [{"above": 2}, {"distance_ss": (3, 2)}, {"lyrics": -0.1}, {"distance_ss": (1, 2)}]
)
def test_invalid_neighbours_are_refused(options: dict):
    with pytest.raises(SettingsError, match=next(iter(options))):
        Neighbours(**options)


def test_a_record_holds_the_annotation():
    scene = pen()(f"  {EXAMPLE}\n")
    record = json.loads(json.dumps(scene.record))
    assert record["source"]["text"] == EXAMPLE
    assert record["source"]["format"] == "Mashcima annotation"
    repeated = sc.orchestration.SampleRecord.from_dict(record).repeat()
    assert np.array_equal(scene.image().bitmap, repeated.image().bitmap)
