"""Hidden music (`visible="false"`) takes no ink and no room; the score keeps it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import smashcima as sc
from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, PrimitiveKind
from smashcima.mei import read_mei
from smashcima.scene.semantic import Note, Score

NOTE = '<note xml:id="{}" dur="{}" pname="{}" oct="{}"/>'


def mei(*layers: str, marks: str = "", before: str = "") -> str:
    """One measure of 4/4 with layers on a staff; `before` is a layer content of a further measure before it."""
    contents = "".join(f'<layer n="{n}">{layer}</layer>' for n, layer in enumerate(layers, 1))
    first = f'<measure n="0"><staff n="1"><layer n="1">{before}</layer></staff></measure>' if before else ""
    return (
        '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.1"><meiHead><fileDesc><titleStmt><title/></titleStmt><pubStmt/></fileDesc></meiHead>'
        "<music><body><mdiv><score>"
        '<scoreDef meter.count="4" meter.unit="4"><staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>'
        f'</staffGrp></scoreDef><section>{first}<measure n="1"><staff n="1">{contents}</staff>{marks}</measure>'
        "</section></score></mdiv></body></music></mei>"
    )


def note(
    identity: str, step: str = "c", octave: int = 5, dur: int = 4, more: str = "", inside: str = ""
) -> str:
    return f'<note xml:id="{identity}" dur="{dur}" pname="{step}" oct="{octave}" {more}>{inside}</note>'


HIDDEN = 'visible="false"'
FOUR = "".join(note(f"n{n}", octave=5) for n in range(4))


def drawn(source: str) -> tuple[Score, Engraving]:
    score, _ = read_mei(source)
    return score, engrave(score)


def heads(engraving: Engraving) -> list[tuple[str | None, float, float]]:
    """Element and place of each notehead, and nothing else that differs between scores."""
    return [
        (p.element, round(p.origin.x, 6), round(p.origin.y, 6))  # type: ignore[attr-defined]
        for page in engraving.pages
        for p in page.primitives
        if p.kind is PrimitiveKind.NOTEHEAD
    ]


def ink(engraving: Engraving) -> list[object]:
    """All primitives without the ids of elements."""
    from dataclasses import replace

    return [
        replace(p, element=None, place=replace(p.place, measure=None))  # type: ignore[arg-type, type-var]
        for page in engraving.pages
        for p in page.primitives
    ]


def kinds(engraving: Engraving) -> Counter[str]:
    return Counter(p.kind.name for page in engraving.pages for p in page.primitives)


@pytest.mark.parametrize(
    "hidden",
    [
        "".join(note(f"h{n}", octave=4, more=HIDDEN) for n in range(4)),
        "".join(note(f"h{n}", octave=4, dur=16, more=HIDDEN) for n in range(16)),
        f"<beam>{''.join(note(f'h{n}', octave=4, dur=8, more=HIDDEN) for n in range(8))}</beam>",
        f"<beam {HIDDEN}>{''.join(note(f'h{n}', octave=4, dur=8) for n in range(8))}</beam>",
        f'<tuplet num="3" numbase="2">{"".join(note(f"h{n}", dur=2, more=HIDDEN) for n in range(3))}</tuplet>',
        f'<chord xml:id="c" dur="1" {HIDDEN}>{NOTE.format("h1", 1, "c", 4)}{NOTE.format("h2", 1, "e", 4)}</chord>',
        f'<chord xml:id="c" dur="1">{note("h1", more=HIDDEN)}{note("h2", "e", more=HIDDEN)}</chord>',
        f'<rest xml:id="h1" dur="1" {HIDDEN}/>',
        f'<mRest xml:id="h1" {HIDDEN}/>',
        f"<bTrem>{note('h1', dur=1, more=HIDDEN)}</bTrem>",
        f"<fTrem>{note('h1', dur=1, more=HIDDEN)}{note('h2', 'e', dur=1, more=HIDDEN)}</fTrem>",
    ],
)
def test_a_hidden_voice_leaves_the_page_as_it_is_without_it(hidden: str) -> None:
    score, engraving = drawn(mei(FOUR, hidden))
    assert ink(engraving) == ink(drawn(mei(FOUR))[1])
    assert engraving.issues == ()
    assert len(score.measures[0].staves[0].voices) == 2


def test_a_hidden_layer_is_left_out() -> None:
    source = mei(FOUR, FOUR.replace('"n', '"h')).replace('<layer n="2">', f'<layer n="2" {HIDDEN}>')
    score, engraving = drawn(source)
    assert ink(engraving) == ink(drawn(mei(FOUR))[1])
    assert [found.is_hidden for found in score.descendants(Note)] == [False] * 4 + [True] * 4


def test_hidden_notes_keep_the_time_of_the_others() -> None:
    hidden = note("h1", "e", more=HIDDEN)
    _, engraving = drawn(
        mei(
            note("a") + hidden + note("b", dur=2),
            note("c", octave=4) * 1 + note("d", octave=4, dur=2) + note("e", octave=4),
        )
    )
    _, spaced = drawn(
        mei(
            note("a") + '<space dur="4"/>' + note("b", dur=2),
            note("c", octave=4) + note("d", octave=4, dur=2) + note("e", octave=4),
        )
    )
    assert heads(engraving) == heads(spaced)


def test_hidden_members_of_chords_and_their_signs_are_not_drawn() -> None:
    sign = '<accid xml:id="a" accid="s"/>'
    chord = f'<chord xml:id="c" dur="1">{note("n1")}{note("h1", "e", more=HIDDEN, inside=sign)}</chord>'
    score, engraving = drawn(mei(chord))
    assert [element for element, _, _ in heads(engraving)] == ["n1"]
    assert PrimitiveKind.ACCIDENTAL.name not in kinds(engraving)
    assert engraving.issues == ()
    assert [found.is_hidden for found in score.descendants(Note)] == [False, True]


def test_hidden_signs_of_visible_notes_are_not_drawn() -> None:
    inside = (
        f'<accid xml:id="a" accid="s" {HIDDEN}/><artic xml:id="s" artic="stacc" {HIDDEN}/>'
        f'<verse xml:id="v" n="1" {HIDDEN}><syl xml:id="y">la</syl></verse>'
    )
    marks = f'<dynam xml:id="d" staff="1" startid="#n1" {HIDDEN}>f</dynam><fermata xml:id="f" startid="#n1" {HIDDEN}/>'
    score, engraving = drawn(mei(note("n1", dur=1, inside=inside), marks=marks))
    assert ink(engraving) == ink(drawn(mei(note("n1", dur=1)))[1])
    assert engraving.issues == ()
    assert next(score.notes()).accidental is None


def test_partly_hidden_beams_and_tuplets_keep_the_rest() -> None:
    beam = (
        f"<beam>{note('a', dur=8)}{note('b', dur=8)}{note('h', dur=8, more=HIDDEN)}{note('c', dur=8)}</beam>"
    )
    _, engraving = drawn(mei(beam + note("d", dur=2)))
    assert [element for element, _, _ in heads(engraving)] == ["a", "b", "c", "d"]
    assert kinds(engraving)["BEAM"] == 1
    lone = f"<beam>{note('a', dur=8)}{note('h', dur=8, more=HIDDEN)}</beam>"
    _, engraving = drawn(mei(lone + note("d") + note("e", dur=2)))
    assert kinds(engraving)["BEAM"] == 0
    assert kinds(engraving)["FLAG"] == 1
    triplet = f'<tuplet num="3" numbase="2">{note("a", dur=8)}{note("h", dur=8, more=HIDDEN)}{note("b", dur=8)}</tuplet>'
    score, engraving = drawn(mei(triplet + note("d") + note("e", dur=2)))
    assert [element for element, _, _ in heads(engraving)] == ["a", "b", "d", "e"]
    assert kinds(engraving)["TUPLET_NUMBER"] == 1
    assert [n.onset for n in score.notes()] == [0, Fraction(1, 3), Fraction(2, 3), 1, 2]


def test_ties_and_slurs_of_hidden_notes_are_not_drawn() -> None:
    music = note("a") + note("h", more=HIDDEN) + note("b", dur=2)
    tie = '<tie xml:id="t" startid="#a" endid="#h"/>'
    _, engraving = drawn(mei(music, marks=tie))
    assert engraving.issues == ()
    assert kinds(engraving)["TIE"] == 0
    slur = '<slur xml:id="s" startid="#h" endid="#b"/>'
    _, engraving = drawn(mei(music, marks=slur))
    assert kinds(engraving)["SLUR"] == 0
    assert [(i.element, i.what) for i in engraving.issues] == [
        ("slur", "not drawn: one of its notes is hidden (id s)")
    ]


def test_a_dynamic_at_a_hidden_note_is_drawn_in_its_place() -> None:
    hidden = "".join(note(f"h{n}", more=HIDDEN) for n in range(4))
    mark = '<dynam xml:id="d" staff="1" startid="#h2">f</dynam>'
    _, engraving = drawn(mei(note("n", dur=1), hidden, marks=mark))
    assert kinds(engraving)["DYNAMIC"] == 1
    assert [element for element, _, _ in heads(engraving)] == ["n"]
    assert engraving.issues == ()


def test_a_staff_with_nothing_visible_is_empty() -> None:
    _, engraving = drawn(mei("".join(note(f"h{n}", more=HIDDEN) for n in range(4)), before=FOUR))
    assert len(heads(engraving)) == 4
    assert engraving.issues == ()


def test_a_hidden_playback_voice_is_in_the_score_only(shared_data: Path) -> None:
    model = sc.orchestration.EngravedModel()
    scene = model(shared_data / "cases" / "91-hidden-playback-voice.musicxml")
    assert len(scene.find(sc.Notehead)) == 2
    notes = list(scene.score.notes())
    assert [found.is_hidden for found in notes] == [False] + [True] * 8 + [False]
    assert [found.onset for found in notes] == [0, *(Fraction(n, 4) for n in range(8)), 2]
    labels = [str(region.label) for page in scene.pages for region in scene.compose_page(page).regions]
    assert labels.count("smufl::noteheadHalf") == 2
    assert not any("Black" in label or "beam" in label for label in labels)


STAFF = '<staff n="{}"{}><layer n="1"><note xml:id="{}" dur="1" pname="c" oct="5"/></layer></staff>'


def of_two_staves(definition: str, *measures: str) -> str:
    body = "".join(f'<measure n="{n}">{content}</measure>' for n, content in enumerate(measures, 1))
    two = f'<staffDef n="2" lines="5" clef.shape="G" clef.line="2" {definition}/>'
    return (
        mei(FOUR)
        .replace("</staffGrp>", f"{two}</staffGrp>")
        .replace(mei(FOUR).partition("<section>")[2].partition("</section>")[0], body)
    )


def test_a_hidden_staff_takes_no_room() -> None:
    contents = STAFF.format(1, "", "a") + STAFF.format(2, "", "b")
    score, engraving = drawn(of_two_staves(HIDDEN, contents))
    assert [element for element, _, _ in heads(engraving)] == ["a"]
    assert [staff.number for system in engraving.systems for staff in system.staves] == [1]
    assert engraving.issues == ()
    assert [note.is_hidden for note in score.notes()] == [False, False]  # the staff is, its notes sound


def test_a_staff_hidden_for_a_measure_has_no_lines_there() -> None:
    contents = STAFF.format(1, "", "a") + STAFF.format(2, "", "b")
    hidden = STAFF.format(1, "", "c") + STAFF.format(2, f" {HIDDEN}", "d")
    _, engraving = drawn(
        of_two_staves("", contents, hidden, contents.replace('"a"', '"e"').replace('"b"', '"f"'))
    )
    assert sorted(str(element) for element, _, _ in heads(engraving)) == ["a", "b", "c", "e", "f"]
    assert kinds(engraving)["STAFF_LINE"] == 3 * 5 + 2 * 5
    assert engraving.issues == ()
