"""MRO documents of scenes and layouts: positions are those of the ink, and nothing is left out in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import smashcima as sc
from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.mro import MroExporter
from smashcima.loading import load_score
from smashcima.notations.mro import (
    MroBarlineShape,
    MroChord,
    MroClefShape,
    MroDocument,
    MroDynamicShape,
    MroEncoding,
    MroNoteShape,
    MroRational,
    MroStave,
    MroVersion,
    parse_mro,
    write_mro,
)
from smashcima.scene.visual import Notehead, Page

TUNE = """X:1
T:Tune
L:1/8
M:3/4
K:D
!p! ^c'2 .d2 z2 | (3abc [Fc]2 (A,B,) |: !trill!g4 e>f :|
w: A-men all
"""


@pytest.fixture(scope="module")
def tune() -> sc.MusicScene:
    return sc.EngravedModel(seed=1, dpi=100, page="160x60")(data=TUNE, format=".abc")


@pytest.fixture(scope="module")
def written() -> sc.MusicScene:
    return sc.BaseHandwrittenModel(seed=3, hand="pen", dpi=100, page="160x60")(data=TUNE, format=".abc")


def only_stave(document: MroDocument) -> MroStave:
    ((stave,),) = [system.staves for page in document.score.pages for system in page.systems]
    return stave


def chords(document: MroDocument) -> list[MroChord]:
    return [chord for bar in only_stave(document).bars for chord in bar.chords]


def test_a_tune_has_its_signatures_bars_and_chords(tune: sc.MusicScene) -> None:
    document = MroExporter().export(tune)
    stave = only_stave(document)
    assert stave.size_units == 64
    first = stave.bars[0]
    (clef,), (key,), time = first.clefs, first.key_signatures, first.time_signature
    assert (clef.shape, clef.position_down) == (MroClefShape.TREBLE, 2)
    assert key.fifths == 2
    assert time is not None
    assert (time.top, time.bottom, time.is_symbol) == (3, 4, False)
    assert clef.centre_units.column < key.centre_units.column < time.centre_units.column
    assert [bar.barline.shape for bar in stave.bars if bar.barline] == [
        MroBarlineShape.SINGLE,
        MroBarlineShape.LEFT_REPEAT,
        MroBarlineShape.RIGHT_REPEAT,
    ]
    assert [
        [(note.shape.value, note.position_down) for note in chord.notes] for chord in chords(document)
    ] == [
        [("Solid", -8)],
        [("Solid", -2)],
        [("Crotchetrest", 0)],
        [("Solid", -6)],
        [("Solid", -7)],
        [("Solid", -1)],
        [("Solid", -1), ("Solid", 3)],
        [("Solid", 8)],
        [("Solid", 7)],
        [("Minim", -5)],
        [("Solid", -3)],
        [("Solid", -4)],
    ]


def test_chords_have_stems_beams_tuplets_and_expression(tune: sc.MusicScene) -> None:
    document = MroExporter().export(tune)
    sharp, dotted, rest, *triplet, chord, low, lower, trill, long, short = chords(document)
    assert sharp.notes[0].accidental.value == "Sharp"
    assert sharp.notes[0].accidental_offset_units < 0
    assert dotted.has_staccato
    assert rest.has_virtual_stem
    assert not sharp.is_stem_up
    assert low.is_stem_up
    assert [each.tuplet_transform for each in triplet] == [MroRational(2, 3)] * 3
    assert len({each.tuplet_id for each in triplet}) == 1
    assert chord.tuplet_transform == MroRational(1, 1)
    assert chord.tuplet_id == -1
    assert chord.head_end_down == (3 if chord.is_stem_up else -1)
    assert low.beam is not None
    assert lower.beam is not None
    assert (low.beam.node_count, low.beam.parts_left, low.beam.parts_right) == (2, 0, 1)
    assert (lower.beam.node_count, lower.beam.parts_left, lower.beam.parts_right) == (2, 1, 0)
    assert trill.has_trill
    assert long.dot_count == 1
    assert long.beam is not None
    assert short.beam is not None
    assert (long.beam.parts_left, long.beam.parts_right) == (0, 1)
    assert (short.beam.parts_left, short.beam.parts_right) == (2, 0)


def test_words_and_curves_have_places(tune: sc.MusicScene) -> None:
    document = MroExporter().export(tune)
    stave = only_stave(document)
    (line,) = stave.lyric_lines
    assert [(each.text, each.bar) for each in line.elements] == [("A-", 0), ("men", 0), ("all", 1)]
    assert line.baseline_units > 64
    (dynamic,) = stave.dynamics
    assert dynamic.shape is MroDynamicShape.P
    (slur,) = document.score.pages[0].systems[0].slurs
    low, lower = chords(document)[7:9]
    assert abs(slur.left_units.column - low.flag_units.column) < 24
    assert abs(slur.right_units.column - lower.flag_units.column) < 24
    assert slur.left_units.row > 64
    assert slur.radius_units > 0  # below the notes


@pytest.mark.parametrize("name", ["tune", "written"])
def test_heads_are_where_their_ink_is(name: str, request: pytest.FixtureRequest) -> None:
    scene: sc.MusicScene = request.getfixturevalue(name)
    document = MroExporter().export(scene)
    stave = only_stave(document)
    unit = scene.pages[0].systems[0].staves[0].staff_space / 16
    seen = [
        (stave.left_units + note.centre_units.column, stave.top_units + note.centre_units.row)
        for chord in chords(document)
        for note in chord.notes
        if note.centre_units is not None
    ]
    drawn = [(head.bbox().center.x / unit, head.bbox().center.y / unit) for head in scene.find(Notehead)]
    assert len(seen) == len(drawn) == 12
    for column, row in seen:
        assert any(abs(column - x) <= 0.5 and abs(row - y) <= 0.5 for x, y in drawn)


def test_a_layout_and_its_printed_scene_give_the_same_document(tune: sc.MusicScene) -> None:
    loaded = load_score(data=TUNE, format=".abc")
    model = sc.EngravedModel(seed=1, page="160x60")
    laid_out = replace(loaded, engraving=model.lay_out(loaded))
    of_layout, of_scene = (chords(MroExporter().export(x)) for x in (laid_out, tune))
    assert len(of_layout) == len(of_scene)
    for a, b in zip(of_layout, of_scene, strict=True):
        assert [note.position_down for note in a.notes] == [note.position_down for note in b.notes]
        assert abs(a.flag_units.row - b.flag_units.row) <= 1
        assert abs(a.flag_units.column - b.flag_units.column) <= 1


def test_written_bytes_are_read_as_the_same_document(tune: sc.MusicScene, tmp_path: Path) -> None:
    exporter = MroExporter(image_names=("page.png",), dpi=200)
    exporter.write(tune, tmp_path / "tune.mro")
    data = (tmp_path / "tune.mro").read_bytes()
    document, issues = parse_mro(data)
    assert issues == []
    assert document == exporter.export(tune)
    assert data == write_mro(document) == exporter.export_string(tune).encode("latin-1")
    page = document.score.pages[0]
    assert (page.image_path, page.image_width_px) == ("page.png", round(160 / 25.4 * 200))
    space = tune.pages[0].systems[0].staves[0].staff_space
    assert page.staff_space_px_1024 == round(1024 * space / 25.4 * 200)


def test_head_centres_can_be_left_out(tune: sc.MusicScene) -> None:
    text = MroExporter(head_centres=False).export_string(tune)
    assert all("centre" not in line for line in text.splitlines() if "note {" in line)


def test_older_versions_list_what_they_lack(tune: sc.MusicScene) -> None:
    document = MroExporter(version=MroVersion.V1000).export(tune)
    assert document.header.version == 1000
    assert only_stave(document).dynamics == ()
    omissions = MroExporter(version=1000).omissions(tune)
    assert any(issue.element == "chord.trill" for issue in omissions)


def test_everything_drawn_and_not_written_is_listed(tune: sc.MusicScene) -> None:
    assert [(issue.element, issue.what) for issue in MroExporter().omissions(tune)] == [
        ("title", "1 drawn as title, not written")
    ]
    scene = sc.EngravedModel(seed=1, dpi=50, page="120x60")(
        data="X:1\nL:1/4\nK:C\n!turn!CDEF|]\n", format=".abc"
    )
    found = {issue.element: issue.what for issue in MroExporter().omissions(scene)}
    assert found["turn"] == "1 drawn as ornament, not written"


def test_clefs_and_times_that_the_format_lacks_are_listed() -> None:
    scene = sc.EngravedModel(seed=1, dpi=50, page="120x60")(
        data="**kern\n*clefX\n*M3+2/4\n4ee\n4ee\n4ee\n4ee\n4ee\n==\n*-\n", format=".krn"
    )
    found = {issue.element: issue.what for issue in MroExporter().omissions(scene)}
    assert found["clef"] == "not written: the format has only G, F and C clefs"
    assert only_stave(MroExporter().export(scene)).bars[0].clefs == ()


def test_texts_beyond_latin_1_are_written_in_utf_8() -> None:
    scene = sc.EngravedModel(seed=1, dpi=50, page="120x60")(
        data='X:1\nL:1/4\nK:C\n"^dvořák"CDEF|]\n', format=".abc"
    )
    document = MroExporter().export(scene)
    assert document.header.encoding is MroEncoding.UTF8
    assert [text.text for text in only_stave(document).texts] == ["dvořák"]


def test_a_score_without_a_layout_is_refused() -> None:
    loaded = load_score(data=TUNE, format=".abc")
    with pytest.raises(ExportError, match="lay_out"):
        MroExporter().export(loaded)
    with pytest.raises(ExportError, match="lay_out"):
        MroExporter().export(loaded.score)  # type: ignore[arg-type]


def test_unknown_versions_are_refused() -> None:
    with pytest.raises(SettingsError, match="3100"):
        MroExporter(version=4000)


def test_rests_of_several_bars_have_their_number() -> None:
    scene = sc.EngravedModel(seed=1, dpi=50, page="120x60")(
        data="X:1\nL:1/4\nK:C\nCDEF|Z4|]\n", format=".abc"
    )
    (rest,) = [chord for chord in chords(MroExporter().export(scene)) if chord.is_rest]
    assert rest.notes[0].shape is MroNoteShape.MULTI_BAR_REST
    assert rest.multi_rest_bars == 4


def test_pages_without_staves_are_empty() -> None:
    class Nothing:
        score = load_score(data=TUNE, format=".abc").score
        pages: tuple[Page, ...] = ()

    document = MroExporter().export(Nothing())
    assert document.score.pages == ()


def test_positions_are_relative_to_the_stave(tune: sc.MusicScene) -> None:
    stave = only_stave(MroExporter().export(tune))
    rest = stave.bars[0].chords[2]
    assert abs(rest.flag_units.row - 32) <= 2  # the middle of a crotchet rest
    assert 0 < rest.flag_units.column < stave.width_units
