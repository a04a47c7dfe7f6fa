"""Ids of what is on a page: unique, in reading order, the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import smashcima as sc
from smashcima.exporting.annotation import annotate
from smashcima.scene.visual import SystemMeasure, SystemStaff, VisualObject
from smashcima.scene.visual.reading_order import entries_of_page, parts_of

RARE_SIGNS = Path(__file__).parents[2] / "exporting" / "rare_signs.musicxml"

PRINT_IDS = """
import sys
import smashcima as sc
from smashcima.exporting.annotation import annotate
scene = sc.BaseHandwrittenModel(seed=5, dpi=60, hand="pen")(sys.argv[1])
page = annotate(scene.compose_page(scene.pages[0]))
print("\\n".join(node.id for node in page.nodes))
print(sc.exporting.MungExporter().export_string(page))
"""


def score_of(notes: list[tuple[str, int]], parts: int) -> str:
    """Measures of four quarter notes each, in so many parts."""
    steps = [notes[index : index + 4] for index in range(0, len(notes), 4)]
    listed = "".join(f'<score-part id="P{n}"><part-name/></score-part>' for n in range(parts))
    body = ""
    for n in range(parts):
        body += f'<part id="P{n}">'
        for number, measure in enumerate(steps, 1):
            body += f'<measure number="{number}">'
            if number == 1:
                body += "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
                body += "<clef><sign>G</sign><line>2</line></clef></attributes>"
            for step, octave in measure:
                body += f"<note><pitch><step>{step}</step><octave>{octave}</octave></pitch>"
                body += "<duration>1</duration><type>quarter</type></note>"
            body += "</measure>"
        body += "</part>"
    return f'<score-partwise version="4.0"><part-list>{listed}</part-list>{body}</score-partwise>'


NOTES = st.lists(st.tuples(st.sampled_from("CDEFGAB"), st.integers(3, 6)), min_size=4, max_size=48)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(notes=NOTES, parts=st.integers(1, 3), seed=st.integers(0, 5))
def test_ids_are_unique_and_repeat(notes: list[tuple[str, int]], parts: int, seed: int) -> None:
    text = score_of(notes, parts)
    found = []
    for _ in range(2):
        scene = sc.EngravedModel(seed=seed, dpi=30)(data=text, format=".musicxml")
        found.append([[entry.id for entry in entries_of_page(page)] for page in scene.pages])
        nodes = [node.id for page in scene.pages for node in annotate(scene.compose_page(page)).nodes]
        assert len(set(nodes)) == len(nodes)
    ids = [id for page in found[0] for id in page]
    assert len(set(ids)) == len(ids)
    assert found[0] == found[1]


def test_systems_staves_measures_and_signs_come_in_reading_order(example_score: Path) -> None:
    page = sc.EngravedModel(seed=0, dpi=30)(example_score).pages[0]
    entries = list(entries_of_page(page))
    place = {entry.scene_object: index for index, entry in enumerate(entries)}
    assert [system.index for system in page.systems] == list(range(len(page.systems)))
    for above, below in pairwise(page.systems):
        assert place[above] < place[below]
        assert above.region.bbox_in(page.space).center.y < below.region.bbox_in(page.space).center.y
    for system in page.systems:
        for one, other in pairwise(system.staves):
            assert place[one] < place[other]
        for one, other in pairwise(SystemMeasure.many_of(system, "system")):
            assert place[one] < place[other]
    parents = {entry.id for entry in entries}
    for entry in entries[1:]:
        assert entry.parent in parents
        if isinstance(entry.scene_object, VisualObject) and entry.scene_object.staff is not None:
            assert place[entry.scene_object.staff] < place[entry.scene_object]
    assert sum(isinstance(entry.scene_object, SystemStaff) for entry in entries) == 12


def test_letters_of_a_dynamic_follow_it_and_are_numbered() -> None:
    page = sc.EngravedModel(seed=0, dpi=30)(RARE_SIGNS).pages[0]
    entries = list(entries_of_page(page))
    (word,) = (index for index, entry in enumerate(entries) if parts_of(entry.scene_object))
    m, f = entries[word + 1 : word + 3]
    assert (m.id, f.id) == (f"{entries[word].id}-1", f"{entries[word].id}-2")
    assert [m.scene_object, f.scene_object] == parts_of(entries[word].scene_object)
    assert m.parent == f.parent == entries[word].id


@pytest.mark.slow
def test_ids_are_the_same_in_every_process() -> None:
    outputs = []
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", PRINT_IDS, str(RARE_SIGNS)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith("p1\n")
    assert "p1-dynamic" in outputs[0]
