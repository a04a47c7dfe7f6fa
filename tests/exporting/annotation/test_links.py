"""Links of signs that are rare in scores: one page that has each of them once, with the links that it must have."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.exporting.annotation import PageAnnotation, annotate, facts_of

SCORE = Path(__file__).parents[1] / "rare_signs.musicxml"


@pytest.fixture(scope="module")
def annotation() -> PageAnnotation:
    scene = sc.EngravedModel(seed=0, dpi=100)(SCORE)
    assert not scene.issues
    return annotate(scene.compose_page(scene.pages[0]))


def owners(annotation: PageAnnotation, label: str) -> list[list[str]]:
    """For each node of a label the labels of those that link to it."""
    inlinks = annotation.sources(annotation.syntax)
    return [
        [annotation.nodes[other].sign.label for other in inlinks[index]]
        for index, node in enumerate(annotation.nodes)
        if node.sign.label == label
    ]


def held(annotation: PageAnnotation, label: str) -> list[list[str]]:
    """For each node of a label the labels of those that it links to."""
    outlinks = annotation.targets(annotation.syntax)
    return [
        [annotation.nodes[other].sign.label for other in outlinks[index]]
        for index, node in enumerate(annotation.nodes)
        if node.sign.label == label
    ]


def test_strokes_between_notes_belong_to_both_stems_and_those_through_a_stem_to_it(
    annotation: PageAnnotation,
) -> None:
    assert owners(annotation, "tremoloStroke") == [["stem", "stem"], ["stem", "stem"]]
    assert owners(annotation, "tremolo3") == [["stem"]]


def test_a_fermata_belongs_to_the_barline_or_the_rest_that_it_is_above(annotation: PageAnnotation) -> None:
    assert sorted(owners(annotation, "fermataAbove")) == [["measureSeparator"], ["restQuarter"]]


def test_double_barlines_are_two_strokes_of_one_separator(annotation: PageAnnotation) -> None:
    double, repeat = held(annotation, "measureSeparator")
    assert sorted(double) == ["barlineStroke", "barlineStroke", "fermataAbove", "staff"]
    assert sorted(repeat) == ["barlineStroke", "barlineStroke", "staff"]


def test_a_repeat_holds_its_dots_and_strokes_and_no_staff(annotation: PageAnnotation) -> None:
    assert [sorted(found) for found in held(annotation, "repeat")] == [
        ["barlineStroke", "barlineStroke", "repeatDot", "repeatDot"]
    ]


def test_a_trill_has_the_note_and_its_accidental_has_the_trill(annotation: PageAnnotation) -> None:
    assert owners(annotation, "ornamentTrill") == [["noteheadBlack"]]
    assert owners(annotation, "accidentalFlat") == [["ornamentTrill"]]


def test_a_pedal_sign_belongs_to_the_note_at_which_it_is_pressed(annotation: PageAnnotation) -> None:
    assert owners(annotation, "keyboardPedalPed") == [["noteheadBlack"]]


def test_an_ending_holds_its_bracket_and_its_number(annotation: PageAnnotation) -> None:
    groups = [node for node in annotation.nodes if node.sign.label == "volta" and node.members]
    assert len(groups) == 1
    members = {annotation.nodes[index].sign.label for index in groups[0].members}
    assert members == {"volta", "voltaText"}
    assert owners(annotation, "voltaText") == [["volta"]]


def test_dynamics_hold_their_letters_however_many_there_are(annotation: PageAnnotation) -> None:
    assert held(annotation, "dynamicMF") == [["dynamicMezzo", "dynamicForte"]]
    assert held(annotation, "dynamicText") == [["dynamicForte"]]
    spelt = {
        node.sign.label: facts_of(node)["text_transcription"]
        for node in annotation.nodes
        if node.sign.label in ("dynamicMF", "dynamicText")
    }
    assert spelt == {"dynamicMF": "mf", "dynamicText": "f"}


def test_the_ink_of_a_dynamic_is_counted_once_as_that_of_its_letters(annotation: PageAnnotation) -> None:
    labels = [node.sign.label for node in annotation.nodes]
    word, m = labels.index("dynamicMF"), labels.index("dynamicMezzo")
    f = m + 1
    masks = annotation.masks()
    on_top = masks.instance_map
    assert not (on_top == 1 + word).any()
    assert {m, f} <= {int(value) - 1 for value in on_top.ravel() if value}
    together = masks.full(m).on(*on_top.shape[::-1]) | masks.full(f).on(*on_top.shape[::-1])
    whole = masks.full(word).on(*on_top.shape[::-1])
    assert whole.sum() > 50
    assert (together ^ whole).sum() <= 2  # where the letters meet, each has half of a pixel


def test_a_tuplet_has_its_notes_and_rests_and_holds_its_number(annotation: PageAnnotation) -> None:
    assert [sorted(found) for found in owners(annotation, "tuplet")] == [
        ["noteheadBlack", "noteheadBlack", "rest8th"]
    ]
    assert "tuplet3" in held(annotation, "tuplet")[0]
