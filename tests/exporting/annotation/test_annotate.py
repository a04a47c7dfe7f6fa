"""Nodes and links of annotated pages: the bundled example, whose notes are known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.exporting.annotation import PageAnnotation, annotate, facts_of
from smashcima.exporting.annotation.areas import united
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import DefaultCompositor, Outlines
from smashcima.imaging.filters import Crop
from smashcima.scene.visual import AffineSpace, Page, ViewBox

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="module", params=["printed", "by hand"])
def annotation(request: pytest.FixtureRequest) -> PageAnnotation:
    """The first page: four systems of a voice and a piano, three staves each, two sharps, 3/4."""
    printed = request.param == "printed"
    model = sc.EngravedModel(seed=0) if printed else sc.BaseHandwrittenModel(seed=3)
    scene = model(EXAMPLE, pages=[0])
    return annotate(scene.compose_page(scene.pages[0]))


def labels(annotation: PageAnnotation) -> Counter[str]:
    return Counter(node.sign.label for node in annotation.nodes)


def linked(annotation: PageAnnotation, source: str, target: str) -> list[tuple[int, int]]:
    nodes = annotation.nodes
    return [
        (a, b)
        for a, b in annotation.syntax.tolist()
        if nodes[a].sign.label == source and nodes[b].sign.label == target
    ]


def heads(annotation: PageAnnotation) -> list[int]:
    return [i for i, node in enumerate(annotation.nodes) if node.sign.label.startswith("notehead")]


def test_nodes_are_the_page_frame_the_signs_and_their_groups(annotation: PageAnnotation) -> None:
    found = labels(annotation)
    assert found["page"] == 1
    assert found["system"] == 4
    assert found["staff"] == 12
    assert found["staffLine"] == 60
    assert found["staffSpace"] == 72
    assert found["keySignature"] == 12
    assert found["timeSignature"] == 3
    assert found["tuplet"] == 1
    assert len({node.id for node in annotation.nodes}) == len(annotation)


def test_a_brace_is_one_region_and_holds_its_staves(annotation: PageAnnotation) -> None:
    found = labels(annotation)
    assert found["brace"] == 4
    assert found["staffGrouping"] == 8
    pieces = Counter(
        label.rpartition("::")[2] for label in annotation.image.regions.labels if "brace" in label
    )
    assert pieces["brace"] == 4
    staffs = linked(annotation, "staffGrouping", "staff")
    # Each brace holds the two staves of the piano, the line at the start of each system all three, and the brace.
    assert Counter(Counter(a for a, _ in staffs).values()) == {2: 4, 3: 4}
    assert len(linked(annotation, "staffGrouping", "staffGrouping")) == 4
    assert len(linked(annotation, "staffGrouping", "systemStart")) == 4


def test_barlines_of_the_piano_are_one_stroke_and_those_of_the_voice_another(
    annotation: PageAnnotation,
) -> None:
    measures = labels(annotation)["systemMeasure"]
    bars = [i for i, node in enumerate(annotation.nodes) if node.sign.label == "barlineSingle"]
    heights = [np.diff(annotation.regions.bboxes[i][[1, 3]])[0] for i in bars]
    staff_height = 7.0 / 25.4 * 300
    tall = [height for height in heights if height > 2 * staff_height]
    assert len(tall) == len(heights) / 2
    assert labels(annotation)["measureSeparator"] == measures


def test_key_signatures_hold_their_accidentals(annotation: PageAnnotation) -> None:
    held = linked(annotation, "keySignature", "accidentalSharp")
    assert Counter(Counter(a for a, _ in held).values()) == {2: 12}
    assert len(linked(annotation, "keySignature", "staff")) == 12


def test_time_signatures_hold_their_digits(annotation: PageAnnotation) -> None:
    assert len(linked(annotation, "timeSignature", "timeSig3")) == 3
    assert len(linked(annotation, "timeSignature", "timeSig4")) == 3


def test_every_notehead_is_on_one_staff_and_has_at_most_one_stem(annotation: PageAnnotation) -> None:
    targets = annotation.targets(annotation.syntax)
    for index in heads(annotation):
        kinds = Counter(annotation.nodes[target].sign.label for target in targets[index])
        assert kinds["staff"] == 1
        assert kinds["stem"] == (annotation.nodes[index].sign.label != "noteheadWhole")
        assert kinds["staffLine"] + kinds["staffSpace"] <= 1


def test_noteheads_lie_on_the_line_or_space_they_are_linked_to(annotation: PageAnnotation) -> None:
    centres = (annotation.regions.bboxes[:, 1] + annotation.regions.bboxes[:, 3]) / 2
    half_space = 1.75 / 25.4 * 300 / 2
    checked = 0
    for index, target in annotation.syntax.tolist():
        if annotation.nodes[target].sign.label in ("staffLine", "staffSpace") and index in set(
            heads(annotation)
        ):
            assert abs(centres[index] - centres[target]) < 1.2 * half_space
            checked += 1
    assert checked > 150


def test_what_is_beamed_has_no_flag(annotation: PageAnnotation) -> None:
    targets = annotation.targets(annotation.syntax)
    for index in heads(annotation):
        kinds = {annotation.nodes[target].sign.label for target in targets[index]}
        assert not ("beam" in kinds and any(kind.startswith("flag") for kind in kinds))


def test_a_grace_note_hangs_on_the_note_after_it(annotation: PageAnnotation) -> None:
    graces = [i for i in heads(annotation) if "small" in annotation.nodes[i].sign.traits]
    sources = annotation.sources(annotation.syntax)
    assert len(graces) == 1
    hosts = [i for i in sources[graces[0]] if i in heads(annotation)]
    assert hosts
    left = annotation.regions.bboxes[:, 0]
    assert all(left[host] > left[graces[0]] for host in hosts)


def test_precedence_follows_time_within_a_voice(annotation: PageAnnotation) -> None:
    facts = [facts_of(node) for node in annotation.nodes]
    assert len(annotation.precedence) > 100
    for before, after in annotation.precedence.tolist():
        gap = facts[after]["onset_beats"] - facts[before]["onset_beats"]  # type: ignore[operator]
        assert gap == pytest.approx(facts[before]["duration_beats"])


def test_links_lead_from_nodes_to_nodes_and_stand_once(annotation: PageAnnotation) -> None:
    for links in (annotation.syntax, annotation.precedence):
        assert len(np.unique(links, axis=0)) == len(links)
        assert (links[:, 0] != links[:, 1]).all()
        assert links.min() >= 0
        assert links.max() < len(annotation)


def test_facts_tell_pitch_and_time(annotation: PageAnnotation) -> None:
    first = annotation.nodes[heads(annotation)[0]]
    facts = facts_of(first)
    assert facts["midi_pitch_code"] == 12 * (facts["pitch_octave"] + 1) + {  # type: ignore[operator]
        "C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11,
    }[str(facts["pitch_step"])] + facts["pitch_modification"]  # fmt: skip
    assert {"onset_beats", "duration_beats", "source_element"} <= set(facts)
    words = [facts_of(node).get("text_transcription") for node in annotation.nodes]
    assert "Voice" in words


def test_what_is_not_in_the_picture_has_no_node() -> None:
    scene = sc.EngravedModel(seed=0)(EXAMPLE, pages=[0])
    page: Page = scene.pages[0]
    top = ViewBox(page.space, Rectangle(0, 0, page.width, page.height / 4))
    annotation = annotate(DefaultCompositor().compose(top, 100))
    assert 0 < len(annotation) < len(annotate(scene.compose_page(page)))
    assert annotation.syntax.max() < len(annotation)


def test_an_empty_picture_has_no_nodes() -> None:
    space = AffineSpace()
    annotation = annotate(DefaultCompositor().compose(ViewBox(space, Rectangle(0, 0, 10, 10)), 100))
    assert len(annotation) == 0
    assert annotation.syntax.shape == (0, 2)
    assert list(annotation) == []


def test_areas_are_united_ring_by_ring() -> None:
    def square(left: float) -> Contours:
        return Contours.from_rectangle(Rectangle(left, 0, 1, 1))

    still = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    shapes = Outlines.of([square(0), square(2), square(4), Contours(())], [still] * 4)
    triangle = np.array([(7.0, 0.0), (8.0, 0.0), (8.0, 1.0)])
    together = united(shapes, [(2, 0), (3,), (), (1,)], [triangle])
    assert together.bboxes()[[0, 3, 4]].tolist() == [[0, 0, 5, 1], [2, 0, 3, 1], [7, 0, 8, 1]]
    assert np.isnan(together.bboxes()[1:3]).all()
    assert np.diff(together.shape_rings).tolist() == [2, 0, 0, 1, 1]
    assert together.following.tolist() == [1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 12]


def test_a_picture_of_a_part_has_a_region_for_each_node() -> None:
    model = sc.StaffModel(
        seed=1, hand="pen", dpi=100, postprocessing=sc.FilterStack([Crop(width=0.6, height=0.2)])
    )
    found = set()
    for index in range(12):
        annotation = annotate(model("clef.G-2 q0 q4 q-4 |", index=index).compose_page(0))
        assert len(annotation.nodes) == len(annotation.regions)
        found.add(labels(annotation)["staffSpace"])
    # The picture is lower than a staff: it has all six spaces, some of them, or none.
    assert min(found) < 6
    assert len(found) > 2
