"""Facts of nodes, which are kept from one sample of the same music to the next."""

from __future__ import annotations

from pathlib import Path

import smashcima as sc
from smashcima.exporting import CocoExporter, MungExporter
from smashcima.exporting.annotation import annotate
from smashcima.scene.semantic import Note, Pitch, Step
from smashcima.scene.visual import Notehead

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


def test_facts_of_an_edited_note_are_new() -> None:
    scene = sc.EngravedModel(seed=0, dpi=50)(EXAMPLE, pages=[0])
    image = scene.compose_page(scene.pages[0])
    before = annotate(image)
    number = next(i for i, node in enumerate(before.nodes) if isinstance(node.scene_object, Notehead))
    texts = [each.export_string(before) for each in (CocoExporter(), MungExporter())]
    note = before.nodes[number].scene_object.semantic  # type: ignore[attr-defined]
    assert isinstance(note, Note)
    note.pitch = note.sounding_pitch = Pitch(Step.B, 7)
    after = annotate(image)
    assert (after.facts[number]["pitch_step"], after.facts[number]["midi_pitch_code"]) == ("B", 107)
    assert '"pitch_step":"B","pitch_octave":7' in CocoExporter().export_string(after)
    assert MungExporter().export_string(after) != texts[1]
    # An annotation says what was so when its facts were first asked for.
    assert [each.export_string(before) for each in (CocoExporter(), MungExporter())] == texts


def test_facts_may_be_modified() -> None:
    scene = sc.EngravedModel(seed=0, dpi=50)(EXAMPLE, pages=[0])
    image = scene.compose_page(scene.pages[0])
    annotation = annotate(image)
    expected = [dict(each) for each in annotation.facts]
    for each in annotation.facts:
        each["pitch_step"] = "H"
    assert annotate(image).facts == expected
