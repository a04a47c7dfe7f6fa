"""The JSON of everything: read here without any code of ours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import music21
import pytest

import smashcima as sc
from smashcima.exporting.alignment import AlignmentExporter
from smashcima.imaging import ImageLayer

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="module")
def images() -> list[ImageLayer]:
    scene = sc.EngravedModel(seed=0, dpi=100)(EXAMPLE)
    return [scene.compose_page(page) for page in scene.pages]


@pytest.fixture(scope="module")
def documents(images: list[ImageLayer], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    read = []
    for number, image in enumerate(images):
        path = tmp_path_factory.mktemp("alignment") / "page.json"
        AlignmentExporter(file_name=f"{number}.png").write(image, path)
        read.append(json.loads(path.read_text("utf-8")))
    return read


def test_the_head_says_what_it_is(documents: list[dict[str, Any]]) -> None:
    assert documents[0]["format"] == "smashcima-alignment"
    assert documents[0]["version"] == 1
    assert documents[0]["image"] == {"file_name": "0.png", "width": 861, "height": 1217, "dpi": 100.0}


def test_all_references_lead_to_objects(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        ids = [found["id"] for found in document["objects"]]
        assert len(set(ids)) == len(ids)
        known = set(ids)
        for links in document["links"].values():
            assert {end for link in links for end in link} <= known
        for found in document["objects"]:
            for key in ("page", "system", "staff", "measure"):
                assert found.get(key, ids[0]) in known
            assert set(found.get("members", [])) <= known


def test_signs_say_where_they_stand_and_what_they_are_called_elsewhere(
    documents: list[dict[str, Any]],
) -> None:
    head = next(found for found in documents[0]["objects"] if found["label"] == "noteheadHalf")
    assert head["kind"] == "ink"
    assert head["classes"]["muscimapp2"] == "noteheadHalf"
    assert head["classes"]["deepscores"].startswith("noteheadHalf")
    assert head["staff"].startswith(head["system"])
    left, top, right, bottom = head["bbox"]
    (middle,) = head["key_points"]
    assert left < middle[0] < right
    assert top < middle[1] < bottom
    holes = Counter(ring["hole"] for ring in head["outline"])
    assert holes == {False: 1, True: 1}
    kinds = Counter(found["kind"] for found in documents[0]["objects"])
    assert set(kinds) == {"ink", "group", "area"}


def test_every_note_of_the_source_is_there_with_its_pitch_and_time(documents: list[dict[str, Any]]) -> None:
    ours = Counter(
        (found["meaning"]["midi_pitch_code"], round(found["meaning"]["onset_beats"], 3))
        for document in documents
        for found in document["objects"]
        if found["label"].startswith("notehead")
    )
    score = music21.converter.parse(EXAMPLE)
    theirs: Counter[tuple[int, float]] = Counter()
    for note in score.recurse().notes:
        onset = round(float(note.getOffsetInHierarchy(score)), 3)
        theirs.update((pitch.midi, onset) for pitch in note.pitches)
    assert sum(theirs.values()) > 400
    assert ours == theirs


def test_elements_lead_back_to_the_score(documents: list[dict[str, Any]]) -> None:
    score = sc.load_score(EXAMPLE).score
    tags = Counter()
    for found in documents[0]["objects"]:
        if "element" in found:
            element = score.by_id(found["element"]["id"])
            assert element is not None
            assert element.tag == found["element"]["tag"]
            tags[element.tag] += 1
    assert tags["note"] > 200


def test_outlines_can_be_left_out_and_bytes_repeat(images: list[ImageLayer]) -> None:
    bare = AlignmentExporter(outlines=False)
    assert "outline" not in bare.export(images[0])["objects"][0]
    assert bare.export_string(images[0]) == bare.export_string(images[0])
