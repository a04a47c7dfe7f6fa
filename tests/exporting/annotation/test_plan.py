"""Annotations of pages whose music was annotated before are the same as others."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import numpy as np
import pytest

from smashcima import EngravedModel
from smashcima.exporting.annotation import Node, PageAnnotation, annotate
from smashcima.exporting.annotation.plan import PlannedAnnotation
from smashcima.exporting.classes import ClassSelection
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.mung import MungExporter
from smashcima.geometry import Transform, Vector2
from smashcima.imaging import ImageLayer
from smashcima.loading import load_score
from smashcima.orchestration import MusicScene
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Pitch, Score, Step
from smashcima.scene.visual import AccidentalMark, BarlineMark, Notehead, SlurCurve, Stem

SONG = "X:1\nM:3/4\nL:1/8\nK:D\n|:A|d2 f2 (ab)|{g}f3 e d2|[Ad^f]6|!p!d2 z2 F2:|\nw: la la la_ la"
SAMPLES = 3
"""Samples after which the plan of a page is used: the score is copied, asked for, and asked for again."""


@pytest.fixture(scope="module")
def model() -> EngravedModel:
    return EngravedModel(seed=0, dpi=100)


@pytest.fixture
def score(model: EngravedModel) -> Score:
    """A score of which the annotation of the page is kept."""
    found = load_score(data=SONG, format="abc").score
    for index in range(SAMPLES):
        annotate(image_of(model(found, index=index)))
    return found


def image_of(scene: MusicScene) -> ImageLayer:
    return scene.compose_page(scene.pages[0])


def content(annotation: PageAnnotation) -> list[object]:
    """All that an annotation says, with objects by their places in the image."""
    number = {thing: index for index, thing in enumerate(annotation.image.regions.scene_objects)}
    nodes = [
        node._replace(scene_object=number[node.scene_object], pieces=tuple(number[p] for p in node.pieces))
        for node in annotation.nodes
    ]
    return [
        nodes,
        annotation.facts,
        annotation.syntax.tolist(),
        annotation.precedence.tolist(),
        annotation.regions.ids,
        annotation.regions.labels,
        [number[thing] for thing in annotation.regions.scene_objects],
        annotation.regions.outlines.points.tolist(),
        annotation.regions.drawn.tolist(),
        MungExporter().export_string(annotation),
        CocoExporter().export_string(annotation),
    ]


def anew(image: ImageLayer) -> PageAnnotation:
    """The annotation of an image whose music counts as edited, so that nothing is kept of it."""
    head = next(t for t in image.regions.scene_objects if isinstance(t, Notehead))
    assert head.note is not None
    head.note.mei["type"] = "x"
    return annotate(image)


def test_the_annotation_of_a_further_sample_is_the_same(model: EngravedModel, score: Score) -> None:
    image = image_of(model(score, index=7))
    planned = annotate(image)
    assert isinstance(planned, PlannedAnnotation)
    found = content(planned)
    general = anew(image)
    assert not isinstance(general, PlannedAnnotation)
    assert found == content(general)


def test_nodes_are_made_when_they_are_asked_for(model: EngravedModel, score: Score) -> None:
    scene = model(score, index=7)
    annotation = annotate(image_of(scene))
    MungExporter().export_string(annotation)
    CocoExporter().export_string(annotation)
    assert "nodes" not in annotation.__dict__
    assert all(type(node) is Node for node in annotation.nodes)
    assert len(annotation) == len(annotation.nodes)
    drawn = set(annotation.image.regions.scene_objects)
    assert {node.scene_object for node in annotation.nodes} <= drawn
    assert annotation.masks().full(len(annotation) - 1).area > 0  # the last staff space


def test_a_saved_annotation_is_the_same(model: EngravedModel, score: Score) -> None:
    planned = annotate(image_of(model(score, index=7)))
    assert isinstance(planned, PlannedAnnotation)
    assert content(pickle.loads(pickle.dumps(planned))) == content(planned)


def test_links_of_an_annotation_can_be_changed(model: EngravedModel, score: Score) -> None:
    first = annotate(image_of(model(score, index=7)))
    first.syntax[:] = 0
    assert annotate(image_of(model(score, index=8))).syntax.any()


def relink_a_stem(scene: MusicScene) -> None:
    scene.find(Stem)[0].noteheads = [scene.find(Notehead)[-1]]


def relabel_a_head(scene: MusicScene) -> None:
    scene.find(Notehead)[0].glyph.region.label = "smufl::noteheadHalf"


def move_a_head_to_no_staff(scene: MusicScene) -> None:
    scene.find(Notehead)[0].staff = None


def change_a_kind(scene: MusicScene) -> None:
    scene.find(Notehead)[2].kind = "rest"


def change_a_pitch(scene: MusicScene) -> None:
    note = scene.find(Notehead)[1].note
    assert note is not None
    note.pitch = Pitch(Step.B, 2)


def swap_what_heads_draw(scene: MusicScene) -> None:
    one, other = scene.find(Notehead)[:2]
    one.semantic, other.semantic = other.semantic, one.semantic


def relink_a_slur(scene: MusicScene) -> None:
    scene.find(SlurCurve)[0].end_noteheads = [scene.find(Notehead)[-1]]


def relink_an_accidental(scene: MusicScene) -> None:
    scene.find(AccidentalMark)[0].notehead = scene.find(Notehead)[-1]


def move_a_barline(scene: MusicScene) -> None:
    space = scene.find(BarlineMark)[0].glyph.space
    space.transform = space.transform.then(Transform.translate(Vector2(30, 0)))


def remove_lines(scene: MusicScene) -> None:
    staff = scene.pages[0].staves[0]
    staff.line_ys = staff.line_ys[1:]


EDITS = (
    relink_a_stem,
    relabel_a_head,
    move_a_head_to_no_staff,
    change_a_kind,
    change_a_pitch,
    swap_what_heads_draw,
    relink_a_slur,
    relink_an_accidental,
    move_a_barline,
    remove_lines,
)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_seen(model: EngravedModel, score: Score, edit: Callable[[MusicScene], None]) -> None:
    scene = model(score, index=7)
    before = content(annotate(image_of(scene)))
    edit(scene)
    image = image_of(scene)
    after = content(annotate(image))
    assert after != before
    assert after == content(anew(image))
    # The next sample has no edit.
    assert isinstance(annotate(image_of(model(score, index=7))), PageAnnotation)
    assert content(annotate(image_of(model(score, index=7)))) == before


def test_classes_that_depend_on_objects_are_asked_for_each_object(model: EngravedModel, score: Score) -> None:
    asked: list[SceneObject] = []

    def split(thing: SceneObject, name: str) -> str:
        asked.append(thing)
        return f"{name}-{len(asked) % 2}"

    for index in (7, 8):
        asked.clear()
        annotation = annotate(image_of(model(score, index=index)))
        assert isinstance(annotation, PlannedAnnotation)
        names = annotation.class_names(ClassSelection(split=split))
        assert len(asked) == len(annotation)
        assert set(asked) <= set(annotation.image.regions.scene_objects)
        assert {name[-2:] for name in names if name} == {"-0", "-1"}


def test_selections_of_classes_have_texts_of_their_own(model: EngravedModel, score: Score) -> None:
    for index in (7, 8):
        image = image_of(model(score, index=index))
        annotation = annotate(image)
        some = CocoExporter(classes=ClassSelection(keep=["stem"])).export_string(annotation)
        every = CocoExporter().export_string(annotation)
        heads = MungExporter(ClassSelection("mung", keep=["noteheadBlack"])).export_string(annotation)
        general = anew(image)
        assert some == CocoExporter(classes=ClassSelection(keep=["stem"])).export_string(general)
        assert every == CocoExporter().export_string(general)
        assert heads == MungExporter(ClassSelection("mung", keep=["noteheadBlack"])).export_string(general)
        assert np.count_nonzero([node.sign.label == "stem" for node in annotation.nodes]) == some.count(
            '"bbox"'
        )
