"""Scenes written as MRO documents and read back: heads stay where they are, the music stays as it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smashcima as sc
from smashcima.comparing import compare_scores
from smashcima.engraving import Engraving, PrimitiveKind
from smashcima.exporting import MroExporter
from smashcima.loading import Loaded, load_score
from smashcima.loading.mro import MroReading, lay_out_reading, read_document
from smashcima.notations.mro import MroDocument, parse_mro
from smashcima.scene.semantic import Score
from smashcima.scene.visual import VisualObject
from tests.loading.mro.mro_text import first_bar, one_stave, quarter

SONGS = [
    "lc4985984.mxl",
    "lc6047553.mxl",
    "lc6491461.mxl",
    pytest.param("lc30893834.mxl", marks=pytest.mark.slow),
    pytest.param("lc5001716.mxl", marks=pytest.mark.slow),
]


def read_back(document: MroDocument) -> tuple[MroReading, Engraving]:
    reading = read_document(document)
    engraving = lay_out_reading(reading)
    assert engraving is not None
    return reading, engraving


def places(engraving: Engraving, unit: float) -> list[list[tuple[float, float]]]:
    """Centres of noteheads in units, by page."""
    return [
        [
            (p.bounds().center.x / unit, p.bounds().center.y / unit)
            for p in page.primitives
            if p.kind is PrimitiveKind.NOTEHEAD
        ]
        for page in engraving.pages
    ]


def farthest(here: list[tuple[float, float]], there: list[tuple[float, float]]) -> float:
    """The largest distance of a place in one coordinate from the nearest place of the other list."""
    distances = np.abs(np.array(here)[:, np.newaxis] - np.array(there)[np.newaxis]).max(axis=2)
    return float(distances.min(axis=1).max())


def drawn_places(scene: sc.MusicScene, unit: float) -> list[list[tuple[float, float]]]:
    heads = scene.find(sc.Notehead)
    boxes = [[head.bbox().center for head in heads if head.page is page] for page in scene.pages]
    return [[(center.x / unit, center.y / unit) for center in page] for page in boxes]


@pytest.fixture(scope="module")
def printed(repository: Path) -> sc.MusicScene:
    return sc.EngravedModel(seed=1)(repository / "tests" / "short_song.musicxml")


@pytest.fixture(scope="module")
def written(repository: Path) -> sc.MusicScene:
    return sc.BaseHandwrittenModel(seed=1, hand="pen")(repository / "tests" / "short_song.musicxml")


@pytest.mark.parametrize("name", ["printed", "written"])
def test_every_head_of_a_scene_stays_within_a_sixteenth_of_a_space(
    name: str, request: pytest.FixtureRequest
) -> None:
    scene: sc.MusicScene = request.getfixturevalue(name)
    space = scene.pages[0].systems[0].staves[0].staff_space
    before = drawn_places(scene, space / 16)
    reading, engraving = read_back(MroExporter().export(scene))
    after = places(engraving, engraving.pages[0].staff_space / 16)
    assert [len(page) for page in after] == [len(page) for page in before]
    assert max(farthest(a, b) for a, b in zip(before, after, strict=True)) <= 1
    assert max(farthest(a, b) for a, b in zip(after, before, strict=True)) <= 1
    # and once more, through a scene that is drawn from the document
    again = sc.EngravedModel(seed=2)(Loaded(reading.score, engraving, ()))
    third = drawn_places(again, engraving.pages[0].staff_space / 16)
    assert max(farthest(a, b) for a, b in zip(before, third, strict=True)) <= 1


def test_without_head_centres_printed_heads_are_within_an_eighth_of_a_space(printed: sc.MusicScene) -> None:
    before = drawn_places(printed, printed.pages[0].systems[0].staves[0].staff_space / 16)
    _, engraving = read_back(MroExporter(head_centres=False).export(printed))
    after = places(engraving, engraving.pages[0].staff_space / 16)
    assert max(farthest(a, b) for a, b in zip(before, after, strict=True)) <= 2


def agrees(score: Score, engraving: Engraving) -> bool:
    """Whether every notehead of the score is drawn once, and every primitive draws an object of the score, or none."""
    drawn = Counter(p.element for p in engraving.primitives(PrimitiveKind.NOTEHEAD))
    assert all(p.element is None or score.by_id(p.element) is not None for p in engraving.primitives())
    return drawn == Counter(note.id for note in score.notes())


def test_score_and_layout_agree(written: sc.MusicScene) -> None:
    reading, engraving = read_back(MroExporter().export(written))
    assert agrees(reading.score, engraving)
    kinds = {kind: sum(1 for _ in engraving.primitives(kind)) for kind in PrimitiveKind}
    of_scene = Counter(thing.kind for thing in written.find(VisualObject))
    for kind in (
        PrimitiveKind.STEM,
        PrimitiveKind.FLAG,
        PrimitiveKind.BEAM,
        PrimitiveKind.ACCIDENTAL,
        PrimitiveKind.REST,
        PrimitiveKind.MEASURE_REST,
        PrimitiveKind.CLEF,
        PrimitiveKind.KEY_ACCIDENTAL,
        PrimitiveKind.TIME_SIGNATURE,
        PrimitiveKind.SLUR,
        PrimitiveKind.TIE,
        PrimitiveKind.LYRIC,
        PrimitiveKind.DYNAMIC,
        PrimitiveKind.HAIRPIN,
        PrimitiveKind.ARTICULATION,
        PrimitiveKind.BARLINE,
        PrimitiveKind.REPEAT_DOT,
    ):
        assert kinds[kind] == of_scene[kind.value], kind


KEPT = (
    "clef",
    "key",
    "time",
    "barline",
    "pitch",
    "duration",
    "rest",
    "dot",
    "grace",
    "beam",
    "tuplet",
    "lyric",
)


def test_the_music_of_a_scene_written_by_hand_is_kept(written: sc.MusicScene) -> None:
    reading, _ = read_back(MroExporter().export(written))
    kinds = compare_scores(written.score, reading.score).kinds
    assert {kind: kinds[kind].errors for kind in KEPT if kind in kinds and kinds[kind].errors} == {}


@pytest.mark.parametrize("name", SONGS)
def test_songs_keep_pitches_durations_and_heads(name: str, shared_data: Path) -> None:
    loaded = load_score(shared_data / "lieder" / name)
    loaded = replace(loaded, engraving=sc.EngravedModel(seed=1).lay_out(loaded))
    reading, engraving = read_back(MroExporter().export(loaded))
    assert agrees(reading.score, engraving)
    kinds = compare_scores(loaded.score, reading.score).kinds
    for kind in ("pitch", "duration", "rest", "beam", "lyric", "barline"):
        assert kinds[kind].errors <= 0.01 * kinds[kind].symbols, kind
    assert loaded.engraving is not None
    before = places(loaded.engraving, loaded.engraving.pages[0].staff_space / 16)
    after = places(engraving, engraving.pages[0].staff_space / 16)
    assert max(farthest(a, b) for a, b in zip(before, after, strict=True)) <= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-12, 12), st.booleans(), st.integers(40, 90)), min_size=4, max_size=4))
def test_a_document_that_is_laid_out_and_written_again_is_the_same(
    notes: list[tuple[int, bool, int]],
) -> None:
    made = []
    for number, (p, is_up, length) in enumerate(notes):
        tip = 32 + 8 * p + (-length if is_up else length)
        made.append(quarter(120 + 60 * number, p, up=is_up).replace("flagposn 0,", f"flagposn {tip},"))
    document, issues = parse_mro(one_stave(first_bar(*made, end=400)))
    assert issues == []
    reading, engraving = read_back(document)
    again = MroExporter(head_centres=False).export(Loaded(reading.score, engraving, ()))
    (before,), (after,) = (
        [bar for page in d.score.pages for system in page.systems for stave in system.staves for bar in stave.bars]
        for d in (document, again)
    )  # fmt: skip
    assert before.barline == after.barline
    assert [clef.centre_units.column for clef in after.clefs] == [20]
    assert len(after.chords) == 4
    for one, other in zip(before.chords, after.chords, strict=True):
        assert one.is_stem_up == other.is_stem_up
        assert one.notes[0].position_down == other.notes[0].position_down == other.head_end_down
        assert abs(one.flag_units.row - other.flag_units.row) <= 1
        assert abs(one.flag_units.column - other.flag_units.column) <= 1
