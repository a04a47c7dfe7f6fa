"""Details of written documents: grace notes, chords over two staves, seconds, dynamics with words, clefs and keys."""

from __future__ import annotations

import pytest

import smashcima as sc
from smashcima.exporting.mro import MroExporter
from smashcima.notations.mro import MroChord, MroClefShape, MroDynamicShape, MroNoteShape, MroStave

HEAD = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/>
</titleStmt><pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef meter.count="4" meter.unit="4">"""
ONE = '<staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef>'
PIANO = """<staffGrp symbol="brace" bar.thru="true"><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>
<staffDef n="2" lines="5" clef.shape="F" clef.line="4"/></staffGrp></scoreDef>"""
TAIL = "</section></score></mdiv></body></music></mei>"


def document(measure: str, staves: str = ONE) -> tuple[list[MroStave], list[str]]:
    """The staves of a document with one measure, and the names of what is left out."""
    mei = f'{HEAD}{staves}<section><measure n="1">{measure}</measure>{TAIL}'
    scene = sc.EngravedModel(seed=1, dpi=50, page="160x100")(data=mei, format=".mei")
    exporter = MroExporter()
    made = exporter.export(scene)
    found = [stave for page in made.score.pages for system in page.systems for stave in system.staves]
    return found, [f"{issue.element}: {issue.what}" for issue in exporter.omissions(scene)]


def one(events: str, marks: str = "") -> tuple[MroStave, list[str]]:
    (stave,), omissions = document(f'<staff n="1"><layer n="1">{events}</layer></staff>{marks}')
    return stave, omissions


def chords(stave: MroStave) -> list[MroChord]:
    return [chord for bar in stave.bars for chord in bar.chords]


def test_grace_notes_have_their_shape_flags_and_slash() -> None:
    stave, omissions = one(
        '<note grace="unacc" stem.mod="1slash" pname="d" oct="5" dur="8"/><note pname="c" oct="5" dur="1"/>'
    )
    grace, whole = chords(stave)
    assert grace.notes[0].shape is MroNoteShape.GRACE
    assert grace.flag_count == 1
    assert grace.has_stem_slash
    assert whole.has_virtual_stem
    assert not whole.has_stem_slash
    assert omissions == []


def test_heads_on_the_wrong_side_of_the_stem_are_marked() -> None:
    stave, _ = one('<chord dur="2"><note pname="g" oct="4"/><note pname="a" oct="4"/></chord><rest dur="2"/>')
    chord = chords(stave)[0]
    assert chord.is_stem_up
    assert {note.position_down: note.is_on_normal_side for note in chord.notes} == {2: True, 1: False}
    assert chord.head_end_down == 2


def test_seconds_without_a_stem_are_marked_too() -> None:
    stave, _ = one('<chord dur="1"><note pname="g" oct="4"/><note pname="a" oct="4"/></chord>')
    (chord,) = chords(stave)
    assert chord.has_virtual_stem
    assert sorted(note.is_on_normal_side for note in chord.notes) == [False, True]


def test_a_beam_over_two_staves_belongs_to_the_upper_one() -> None:
    crossing = """<staff n="1"><layer n="1"><beam><note pname="c" oct="4" dur="8"/>
<note staff="2" pname="e" oct="3" dur="8"/></beam><rest dur="4"/><rest dur="2"/></layer></staff>
<staff n="2"><layer n="1"><rest dur="1"/></layer></staff>"""
    (upper, lower), _ = document(crossing, PIANO)
    assert upper.is_joined_to_below
    assert not lower.is_joined_to_below
    first, second = chords(upper)[:2]
    assert [note.staff_offset for note in (*first.notes, *second.notes)] == [0, 1]
    assert second.notes[0].position_down == -1  # E3 under a bass clef
    assert first.beam is not None
    assert second.beam is not None
    assert first.beam.id == second.beam.id
    assert [chord.is_rest for chord in chords(lower)] == [True]


def test_notes_of_a_voice_stay_on_its_stave_though_drawn_on_the_one_below() -> None:
    crossing = """<staff n="1"><layer n="1"><note pname="c" oct="4" dur="2"/>
<note staff="2" pname="e" oct="3" dur="2"/></layer></staff><staff n="2"><layer n="1"><rest dur="1"/></layer></staff>"""
    (upper, lower), _ = document(crossing, PIANO)
    assert [chord.notes[0].staff_offset for chord in chords(upper)] == [0, 1]
    assert [chord.is_rest for chord in chords(lower)] == [True]


def test_notes_of_a_voice_that_are_drawn_above_its_stave_are_on_the_upper_one() -> None:
    crossing = """<staff n="1"><layer n="1"><rest dur="1"/></layer></staff><staff n="2"><layer n="1">
<note pname="e" oct="3" dur="2"/><note staff="1" pname="c" oct="4" dur="2"/></layer></staff>"""
    (upper, lower), _ = document(crossing, PIANO)
    assert [chord.is_rest for chord in chords(upper)] == [True, False]
    assert [chord.notes[0].staff_offset for chord in chords(upper)] == [0, 0]
    assert len(chords(lower)) == 1


def test_inner_beams_and_hooks_are_parts_on_their_sides() -> None:
    notes = ("16", "16", "8", "32")
    beam = "".join(f'<note pname="g" oct="4" dur="{dur}"/>' for dur in notes)
    stave, _ = one(f'<beam>{beam}</beam><rest dur="2"/>')
    nodes = [chord.beam for chord in chords(stave) if chord.beam is not None]
    assert [(node.parts_left, node.parts_right) for node in nodes] == [(0, 2), (2, 1), (1, 1), (3, 0)]
    assert {node.node_count for node in nodes} == {4}


def test_nested_tuplets_multiply() -> None:
    inner = '<tuplet num="3" numbase="2">' + '<note pname="g" oct="4" dur="8"/>' * 3 + "</tuplet>"
    stave, _ = one(
        f'<tuplet num="3" numbase="2">{inner}<note pname="g" oct="4" dur="4"/><note pname="g" oct="4" dur="4"/></tuplet>'
        '<rest dur="2"/>'
    )
    assert [tuple(chord.tuplet_transform) for chord in chords(stave)] == [(4, 9)] * 3 + [(2, 3)] * 2 + [
        (1, 1)
    ]
    ids = [chord.tuplet_id for chord in chords(stave)]
    assert ids[0] == ids[1] == ids[2] != ids[3] == ids[4]
    assert ids[5] == -1


@pytest.mark.parametrize(
    ("clef", "shape", "down", "told"),
    [
        ('shape="C" line="4"', MroClefShape.ALTO, -2, []),
        ('shape="F" line="3"', MroClefShape.BASS, 0, []),
        ('shape="G" line="2" dis="8" dis.place="below"', MroClefShape.TREBLE_DOWN_8, 2, []),
        ('shape="G" line="2" dis="15" dis.place="above"', MroClefShape.TREBLE, 2, ["clef: written without its 8 or 15"]),
        ('shape="F" line="4" dis="8" dis.place="below"', MroClefShape.BASS, -2, ["clef: written without its 8 or 15"]),
    ],
)  # fmt: skip
def test_clefs_have_their_line(clef: str, shape: MroClefShape, down: int, told: list[str]) -> None:
    stave, omissions = one(f'<clef {clef}/><note pname="g" oct="4" dur="1"/>')
    change = stave.bars[0].clefs[-1]
    assert (change.shape, change.position_down) == (shape, down)
    assert omissions == told


def test_a_dynamic_with_words_is_a_dynamic_and_a_text() -> None:
    stave, omissions = one(
        '<note xml:id="a" pname="g" oct="4" dur="1"/>', '<dynam staff="1" startid="#a">p dolce</dynam>'
    )
    (dynamic,) = stave.dynamics
    (text,) = stave.texts
    assert dynamic.shape is MroDynamicShape.P
    assert text.text == "dolce"
    assert dynamic.right_units <= text.left_units
    assert omissions == []


@pytest.mark.parametrize(("written", "shape"), [("sffz", "Dyn_sffz"), ("mp", "Dyn_mp"), ("sfp", "Dyn_sfp")])
def test_dynamics_have_their_word(written: str, shape: str) -> None:
    stave, _ = one(
        '<note xml:id="a" pname="g" oct="4" dur="1"/>', f'<dynam staff="1" startid="#a">{written}</dynam>'
    )
    assert [dynamic.shape.value for dynamic in stave.dynamics] == [shape]
    assert stave.texts == ()


def test_chord_names_and_directions_are_told_apart() -> None:
    stave, _ = one(
        '<note xml:id="a" pname="g" oct="4" dur="1"/>',
        '<harm staff="1" startid="#a">Am7</harm><dir staff="1" startid="#a" place="above">dolce</dir>',
    )
    assert {text.text: text.type for text in stave.texts} == {"Am7": 1, "dolce": 0}


def test_articulations_have_their_height() -> None:
    stave, omissions = one(
        '<note pname="g" oct="4" dur="2" artic="stacc acc"/><note pname="g" oct="4" dur="2" artic="upbow lhpizz"/>'
    )
    first, second = chords(stave)
    assert first.has_staccato
    assert first.has_accent
    # below the notehead, and so below the end of the stem
    assert first.staccato_offset_units > 0
    assert first.flag_units.row + first.staccato_offset_units > 40
    assert second.has_up_bow
    assert omissions == ["artic: 1 drawn as articulation, not written"]


def test_cancelling_naturals_are_a_key_of_zero() -> None:
    note = '<staff n="1"><layer><note pname="g" oct="4" dur="1"/></layer></staff>'
    head = HEAD.replace("<scoreDef", '<scoreDef key.sig="2f"')
    change = '<scoreDef key.sig="0" keysig.cancelaccid="before"/>'
    mei = f'{head}{ONE}<section><measure n="1">{note}</measure>{change}<measure n="2">{note}</measure>{TAIL}'
    scene = sc.EngravedModel(seed=1, dpi=50, page="160x100")(data=mei, format=".mei")
    made = MroExporter().export(scene)
    bars = made.score.pages[0].systems[0].staves[0].bars
    assert [[key.fifths for key in bar.key_signatures] for bar in bars] == [[-2], [0]]
