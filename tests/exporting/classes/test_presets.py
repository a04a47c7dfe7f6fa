"""Ready-made selections, vocabularies of one's own, and selections that would lose a class."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting import CLASS_PRESETS, ClassSelection
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.classes import read_selection

RARE = Path(__file__).parents[1] / "rare_signs.musicxml"


@pytest.fixture(scope="module", params=["example", "rare"])
def annotation(request: pytest.FixtureRequest, example_score: Path) -> PageAnnotation:
    score = example_score if request.param == "example" else RARE
    scene = sc.EngravedModel(seed=0, dpi=50)(score, pages=[0])
    return annotate(scene.compose_page(scene.pages[0]))


def test_the_detector_sees_drawn_symbols_once(annotation: PageAnnotation) -> None:
    chosen = ClassSelection.of("detector")
    seen = set()
    for node in annotation.nodes:
        name = chosen.class_of_node(node.sign, node.scene_object)
        if name is not None:
            assert node.is_ink, node
            assert not node.members, node
            seen.add(name)
    assert {"noteheadBlack", "stem", "gClef"} <= seen
    drawn = {node.sign.label for node in annotation.nodes if node.is_ink and node.sign.label != "staffLine"}
    assert drawn - seen == set()  # nothing that is drawn is lost


@pytest.mark.parametrize(
    ("name", "vocabulary"), [("muscima", "muscimapp2"), ("deepscores", "deepscores"), ("doremi", "doremi")]
)
def test_presets_of_data_sets_have_all_their_classes(name: str, vocabulary: str) -> None:
    assert ClassSelection.of(name).classes == ClassSelection(vocabulary).classes
    assert name in CLASS_PRESETS


def test_a_vocabulary_of_ones_own_has_its_own_order(annotation: PageAnnotation) -> None:
    mine = {"stick": "stem", "head": ["noteheadHalf", "noteheadBlack"]}
    chosen = ClassSelection.of(mine)
    assert chosen.classes == ("stick", "head")
    assert pickle.loads(pickle.dumps(chosen)).classes == chosen.classes
    document = sc.CocoExporter(mine).export(annotation)
    assert [(each["id"], each["name"]) for each in document["categories"]] == [(1, "stick"), (2, "head")]
    numbers = {number for number, _ in sc.YoloExporter(mine).export(annotation)}
    assert numbers == {0, 1}


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        ({"head": "noteheadBlak"}, "closest: 'noteheadBlack'"),
        ({"head": []}, "must have the name of a label"),
        ({"head": 3}, "must have the name of a label"),
        ({"a": "stem", "b": "stem"}, "names 'stem' for several classes"),
        ({}, "at least one class"),
    ],
)
def test_a_vocabulary_that_makes_no_sense_is_an_error(mine: dict[str, Any], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        ClassSelection.of(mine)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"keep": ["stem"], "merge": {"line": ["stem", "beam"]}}, "'beam', but keep= does not name them"),
        ({"drop": ["beam"], "merge": {"line": ["stem", "beam"]}}, "'beam', but drop= leaves them out"),
        ({"keep": ["line"], "merge": {"line": ["stem", "beam"]}}, "name 'stem', 'beam' instead"),
        ({"merge": {"line": ["stem"], "bar": ["stem"]}}, "one class only"),
    ],
)
def test_a_selection_that_loses_a_class_is_an_error(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        ClassSelection(**options)


def test_a_class_may_be_merged_into_one_that_exists() -> None:
    chosen = ClassSelection(keep=["stem", "beam"], merge={"stem": ["stem", "beam"]})
    assert chosen.classes == ("stem",)


def test_a_selection_is_narrowed() -> None:
    few = ClassSelection(keep=["stem", "beam", "slur"])
    assert set(few.narrowed(drop=["beam"]).classes) == {"stem", "slur"}
    assert few.narrowed(keep=["gClef"]).classes == ("gClef",)
    assert "line" in few.narrowed(merge={"line": ["stem", "beam"]}).classes
    assert "stem" not in ClassSelection().narrowed(drop=["stem"]).classes


def test_groups_with_names_of_their_symbols_can_be_left_out(example_score: Path) -> None:
    scene = sc.EngravedModel(seed=0, dpi=50)(example_score, pages=[1])
    image = scene.compose_page(scene.pages[0])

    def count(groups: bool) -> int:
        chosen = ClassSelection(keep=["volta"], groups=groups)
        return len(sc.CocoExporter(chosen).export(image)["annotations"])

    assert 0 < count(groups=False) < count(groups=True)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("stick: stem\nhead: [noteheadHalf]\n", ("stick", "head")),
        ("{vocabulary: muscimapp2, keep: [stem, beam], drop: [beam]}", ("stem",)),
        ("keep: [stem, beam]\nmerge: {line: [stem, beam]}\ngroups: false\n", ("line",)),
    ],
)
def test_selections_are_read_from_files(tmp_path: Path, text: str, classes: tuple[str, ...]) -> None:
    path = tmp_path / "classes.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_selection(path).classes == classes


@pytest.mark.parametrize("text", ["- stem", "keep: stem", "{", "head: [no-such]", "vocabulary: omr"])
def test_a_file_without_a_selection_is_an_error_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "classes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExportError, match=r"classes\.yaml"):
        read_selection(path)
