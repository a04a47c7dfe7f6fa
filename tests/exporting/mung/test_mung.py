"""MuNG documents, judged by the reader of the format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from mung.graph import NotationGraph
from mung.io import read_nodes_from_file
from mung.node import Node

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting.classes import ClassSelection
from smashcima.exporting.mung import MungExporter
from smashcima.imaging import ImageLayer, ProjectiveMap

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="module")
def image() -> ImageLayer:
    scene = sc.EngravedModel(seed=0)(EXAMPLE, pages=[0])
    return scene.compose_page(scene.pages[0])


@pytest.fixture(scope="module")
def document(image: ImageLayer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mung") / "page.mung"
    MungExporter(dataset="Ours & theirs", document="page-0").write(image, path)
    return path


@pytest.fixture(scope="module")
def nodes(document: Path) -> list[Node]:
    return read_nodes_from_file(str(document))


def of_class(nodes: list[Node], *names: str) -> list[Node]:
    return [node for node in nodes if node.class_name in names]


def test_the_official_reader_finds_every_node(nodes: list[Node], image: ImageLayer) -> None:
    ours = MungExporter().export(image)
    assert len(nodes) == len(ours) > 700
    assert [node.class_name for node in nodes] == [node.class_name for node in ours]
    assert nodes[0].dataset == "Ours & theirs"
    assert nodes[0].document == "page-0"


def test_links_go_both_ways_and_make_a_graph(nodes: list[Node]) -> None:
    graph = NotationGraph(nodes)
    assert len(graph.edges) > 1000
    for source, target in graph.edges:
        assert source in graph[target].inlinks
        assert target in graph[source].outlinks


def test_noteheads_are_linked_as_in_muscima(nodes: list[Node]) -> None:
    graph = NotationGraph(nodes)
    heads = of_class(nodes, "noteheadBlack", "noteheadHalf", "noteheadBlackSmall")
    assert len(heads) == 199
    for head in heads:
        assert len(graph.children(head, ["staff"])) == 1
        assert len(graph.children(head, ["stem"])) == 1
    kinds = Counter((graph[a].class_name, graph[b].class_name) for a, b in graph.edges)
    assert kinds["keySignature", "accidentalSharp"] == 24
    assert kinds["timeSignature", "timeSig3"] == 3
    assert kinds["staff", "staffLine"] == 60
    assert kinds["staff", "staffSpace"] == 72
    assert kinds["tuplet", "tuplet3"] == 1
    assert kinds["noteheadBlack", "tuplet"] == 3
    assert kinds["stem", "graceNoteSlashStemUp"] == 1


def test_masks_are_the_ink_of_the_picture(nodes: list[Node], image: ImageLayer) -> None:
    dark = image.bitmap[:, :, 0] < 128
    drawn = np.zeros_like(dark)
    for node in nodes:
        if node.class_name in ("staff", "staffSpace"):
            continue
        window = (slice(node.top, node.bottom), slice(node.left, node.right))
        drawn[window] |= node.mask.astype(bool)
        assert node.mask.shape == (node.height, node.width)
    # Every dark pixel belongs to something, and but for pixels at edges where things touch, only those.
    assert (dark & ~drawn).sum() / dark.sum() < 0.004
    assert (drawn & ~dark).sum() / dark.sum() < 0.004


def test_a_staff_is_an_area_from_its_top_to_its_bottom_line(nodes: list[Node]) -> None:
    staves = of_class(nodes, "staff")
    assert len(staves) == 12
    for staff in staves:
        assert abs(staff.height - 7.0 / 25.4 * 300) <= 2
        assert staff.mask.mean() > 0.95


def test_meaning_is_in_the_data(nodes: list[Node]) -> None:
    heads = of_class(nodes, "noteheadBlack", "noteheadHalf")
    steps = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
    for head in heads:
        data = head.data
        midi = 12 * (data["pitch_octave"] + 1) + steps[data["pitch_step"]] + data["pitch_modification"]
        assert midi == data["midi_pitch_code"]
        assert data["duration_beats"] > 0
        assert data["smashcima_id"].startswith("p1-")
    texts = [node.data["text_transcription"] for node in nodes if "text_transcription" in node.data]
    assert "Voice" in texts
    assert "Piano" in texts


def test_precedence_leads_through_the_voice_and_back(nodes: list[Node]) -> None:
    by_id = {node.id: node for node in nodes}
    checked = 0
    for node in nodes:
        for after in node.data.get("precedence_outlinks", []):
            assert node.id in by_id[after].data["precedence_inlinks"]
            assert by_id[after].data["onset_beats"] >= node.data["onset_beats"]
            checked += 1
    assert checked > 200


def test_names_can_be_those_of_muscima_2(image: ImageLayer) -> None:
    names = {node.class_name for node in MungExporter(ClassSelection("muscimapp2")).export(image)}
    assert {"noteheadFull", "legerLine", "numeral3", "tuple", "measureSeparator"} <= names
    assert not names & {"noteheadBlack", "timeSig3", "barlineSingle"}


def test_what_has_no_class_is_listed(image: ImageLayer) -> None:
    omitted = {issue.element: issue.what for issue in MungExporter().omissions(image)}
    assert set(omitted) == {
        "page",
        "system",
        "grandStaff",
        "systemMeasure",
        "staffMeasure",
        "grandStaffMeasure",
    }
    assert omitted["system"].startswith("4 left out")


def test_the_graph_follows_a_turned_page(image: ImageLayer) -> None:
    turned = image.warped(
        ProjectiveMap.affine(((0.0, -1.0, image.height), (1.0, 0.0, 0.0))), image.height, image.width
    )
    before, after = MungExporter().export(image), MungExporter().export(turned)
    assert [node.class_name for node in after] == [node.class_name for node in before]
    assert [node.outlinks for node in after] == [node.outlinks for node in before]
    stem = next(index for index, node in enumerate(before) if node.class_name == "stem")
    assert after[stem].mask.width == before[stem].mask.height
    assert after[stem].mask.area == pytest.approx(before[stem].mask.area, rel=0.03)


def test_equal_pages_give_equal_bytes(image: ImageLayer) -> None:
    again = sc.EngravedModel(seed=0)(EXAMPLE, pages=[0])
    assert MungExporter().export_string(image) == MungExporter().export_string(
        again.compose_page(again.pages[0])
    )


def test_special_characters_survive(image: ImageLayer, document: Path) -> None:
    root = etree.parse(str(document)).getroot()
    assert root.get("dataset") == "Ours & theirs"


def test_an_empty_picture_is_an_empty_document() -> None:
    empty = ImageLayer(np.zeros((4, 4, 4), np.uint8), 300)
    assert MungExporter().export(empty) == []
    assert etree.fromstring(MungExporter().export_string(empty).encode()).tag == "Nodes"


def test_a_file_that_cannot_be_written_is_an_error(image: ImageLayer, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        MungExporter().write(image, tmp_path / "nowhere" / "page.mung")
