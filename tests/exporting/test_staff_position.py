"""The staff position of drawn notes: where their ink is, and what each annotation says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import smashcima as sc
from smashcima.exporting.alignment import AlignmentExporter
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.deepscores import DeepScoresExporter
from smashcima.exporting.html import HtmlExporter
from smashcima.exporting.mung import MungExporter
from smashcima.imaging import ImageLayer
from smashcima.scene.semantic import Accidental, KeyAccidental, ScoreBuilder, key_signature, note, rest
from smashcima.scene.visual import Notehead

EXPECTED = [-3, 1, -4]
"""Without a pitch; from the pitch; both, in contradiction."""


@pytest.fixture(scope="module")
def image() -> ImageLayer:
    builder = ScoreBuilder(time=None)
    builder.add_part("", "treble")
    sharp = note("C#5", "quarter")
    resting = rest("quarter")
    resting.staff_position = 4
    builder.add_voice(
        builder.add_measure(),
        1,
        note(None, "quarter", staff_position=-3),
        sharp,
        note("C5", "quarter", staff_position=-4),
        Accidental("f", staff_position=7),
        resting,
    )
    scene = sc.EngravedModel(seed=0, dpi=100)(score=builder.build())
    return scene.compose_page(scene.pages[0])


@pytest.mark.parametrize("clef", ["treble", "alto", "bass", "none"])
def test_the_ink_of_notes_without_a_pitch_lies_on_its_line_or_in_its_space(clef: str) -> None:
    builder = ScoreBuilder(time=None)
    builder.add_part("", clef)
    events = [note(None, "quarter", staff_position=position) for position in range(-12, 13)]
    builder.add_voice(builder.add_measure(), 1, *events)
    scene = sc.EngravedModel(seed=0)(score=builder.build())
    found = {}
    for head in scene.find(Notehead):
        assert head.staff is not None
        middle = (head.staff.line_ys[0] + head.staff.line_ys[-1]) / 2
        found[head.note.staff_position] = (middle - head.bbox().center.y) / head.staff.staff_space
    assert sorted(found) == list(range(-12, 13))
    assert all(abs(height - position / 2) < 0.05 for position, height in found.items())


def test_the_alignment_has_positions_of_heads_accidentals_and_rests(image: ImageLayer) -> None:
    objects = AlignmentExporter().export(image)["objects"]
    assert [o["meaning"]["staff_position"] for o in objects if o["label"] == "noteheadBlack"] == EXPECTED
    assert [o["meaning"]["staff_position"] for o in objects if o["label"] == "accidentalSharp"] == [1]
    assert [o["meaning"]["staff_position"] for o in objects if o["label"] == "accidentalFlat"] == [7]
    assert [o["meaning"]["staff_position"] for o in objects if o["label"] == "restQuarter"] == [4]
    heads = [o["meaning"] for o in objects if o["label"] == "noteheadBlack"]
    assert "midi_pitch_code" not in heads[0]
    assert [head["midi_pitch_code"] for head in heads[1:]] == [73, 72]


def test_every_format_with_a_place_for_it_says_the_position(image: ImageLayer) -> None:
    mung = [node for node in MungExporter().export(image) if node.class_name.startswith("notehead")]
    assert [node.data["staff_position"] for node in mung] == EXPECTED
    coco = CocoExporter().export(image)
    names = {category["id"]: category["name"] for category in coco["categories"]}
    heads = [a for a in coco["annotations"] if names[a["category_id"]].startswith("noteheadBlack")]
    assert [head["attributes"]["staff_position"] for head in heads] == EXPECTED
    deepscores = DeepScoresExporter().export(image)["annotations"].values()
    said = [a["comments"] for a in deepscores if "rel_position" in a["comments"]]
    assert [f"rel_position:{position};" in text for position, text in zip(EXPECTED, said, strict=True)] == [
        True
    ] * 3
    page = HtmlExporter().export_string(image)
    facts = json.loads(page.split('<script id="facts" type="application/json">')[1].split("</script>")[0])
    assert [f["staff position"] for f in facts.values() if f["label"] == "noteheadBlack"] == ["-3", "1", "-4"]
    assert "notehead at staff position -3" in page


def test_traits_and_spaces_of_the_staff_follow_the_position(image: ImageLayer) -> None:
    objects = AlignmentExporter().export(image)["objects"]
    heads = [o for o in objects if o["label"] == "noteheadBlack"]
    assert [set(head["traits"]) & {"onLine", "inSpace"} for head in heads] == [
        {"inSpace"},
        {"inSpace"},
        {"onLine"},
    ]


def test_a_scene_file_keeps_positions(tmp_path: Path) -> None:
    builder = ScoreBuilder(key=key_signature(("s", -4)), time="9/0")
    builder.add_part("", "treble")
    builder.add_voice(builder.add_measure(), 1, note("C5", "quarter", staff_position=-4))
    sc.EngravedModel(seed=0)(score=builder.build()).save(tmp_path / "scene")
    scene = sc.MusicScene.load(tmp_path / "scene")
    assert [(str(n.pitch), n.staff_position, n.position) for n in scene.score.notes()] == [("C5", -4, -4)]
    assert [sign.staff_position for sign in scene.score.descendants(KeyAccidental)] == [-4]
