"""Staves without lines, elisions of all kinds, repeats of measures, and slashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, PrimitiveKind, Text
from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import Syllable
from tests.loading.musicxml.drawn_signs import drawn
from tests.loading.musicxml.score_elements import (
    DIVISIONS,
    TREBLE,
    attributes,
    key,
    note,
    rest,
    score,
    time,
)

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)


def with_lines(lines: int) -> str:
    details = f"<staff-details><staff-lines>{lines}</staff-lines></staff-details>"
    return attributes(DIVISIONS, key(0), time(4, 4), TREBLE, details)


def count(engraving: Engraving, kind: PrimitiveKind) -> int:
    return sum(primitive.kind is kind for page in engraving.pages for primitive in page.primitives)


def test_a_staff_without_lines_has_none_and_keeps_the_positions_of_five() -> None:
    loaded = load_score(data=score([with_lines(0) + note("B4", 8) + note("F5", 8)]))
    engraving = engrave(loaded.score)
    assert count(engraving, PrimitiveKind.STAFF_LINE) == 0
    assert count(engraving, PrimitiveKind.LEDGER_LINE) == 0
    assert [n.position for n in loaded.score.notes()] == [0, 4]
    assert not loaded.issues


def test_a_staff_without_lines_survives_a_round_trip() -> None:
    read = load_score(data=score([with_lines(0) + note("B4", 16)])).score
    again = load_score(data=MusicXmlExporter().export_string(read)).score
    assert count(engrave(again), PrimitiveKind.STAFF_LINE) == 0


@pytest.mark.parametrize("lines", [1, 3, 4, 5, 6])
def test_a_staff_has_the_lines_that_it_starts_with(lines: int) -> None:
    engraving = engrave(load_score(data=score([with_lines(lines) + note("B4", 16)])).score)
    assert {len(staff.line_ys) for system in engraving.systems for staff in system.staves} == {lines}


def test_a_change_of_lines_is_named() -> None:
    change = "<staff-details><staff-lines>1</staff-lines></staff-details>"
    loaded = load_score(data=score([START + note("B4", 16), attributes(change) + note("B4", 16)]))
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 2", "staff-lines")]


def lyric(*parts: str) -> str:
    """A lyric of syllables with the texts of the elisions between them."""
    content = "".join(
        f"<elision>{part}</elision>" if index % 2 else f"<syllabic>single</syllabic><text>{part}</text>"
        for index, part in enumerate(parts)
    )
    return f'<lyric number="1">{content}</lyric>'


def words(engraving: Engraving) -> list[str]:
    """The lyrics that are drawn, each with what is drawn in one piece with it."""
    return [
        "".join(run.text for run in primitive.runs)
        for page in engraving.pages
        for primitive in page.primitives
        if primitive.kind is PrimitiveKind.LYRIC and isinstance(primitive, Text)
    ]


TIE = "\ue551"


@pytest.mark.parametrize(
    ("elision", "texts", "shown"),
    [
        (" ", ["la", "al"], ["la", "al"]),
        ("\N{NO-BREAK SPACE}", ["la", "al"], ["la", "al"]),
        ("", ["la", "al"], [f"la{TIE}", "al"]),
        ("\N{UNDERTIE}", ["la", "al"], [f"la{TIE}", "al"]),
        ("_", ["la", "al"], [f"la{TIE}", "al"]),
        ("'", ["la'al"], ["la'al"]),
        ("-", ["la-al"], ["la-al"]),
        ("\N{MIDDLE DOT}", ["la\N{MIDDLE DOT}al"], ["la\N{MIDDLE DOT}al"]),
    ],
)
def test_an_elision_is_drawn_as_its_text_says(elision: str, texts: list[str], shown: list[str]) -> None:
    loaded = load_score(data=score([START + note("C5", 16, more=lyric("la", elision, "al"))]))
    assert [syllable.text for syllable in loaded.score.descendants(Syllable)] == texts
    assert words(engrave(loaded.score)) == shown
    assert not loaded.issues


def test_each_elision_of_a_lyric_is_drawn_for_itself() -> None:
    music = START + note("C5", 16, more=lyric("e", " ", "e", "", "le", "'", "i"))
    assert words(engrave(load_score(data=score([music])).score)) == ["e", f"e{TIE}", "le'i"]


def test_the_number_of_a_verse_is_not_lost() -> None:
    loaded = load_score(data=score([START + note("C5", 16, more=lyric("1.", " ", "A"))]))
    assert not loaded.issues
    assert "1." in " ".join(words(engrave(loaded.score)))


QUARTERS = note("C5") + note("D5") + note("E5") + note("F5")


def style(content: str) -> str:
    return attributes(f"<measure-style>{content}</measure-style>")


def test_a_repeated_measure_is_drawn_as_one_and_nothing_is_lost() -> None:
    repeat = style('<measure-repeat type="start">1</measure-repeat>')
    stop = style('<measure-repeat type="stop"/>')
    loaded = load_score(data=score([START + QUARTERS, repeat + QUARTERS, stop + QUARTERS]))
    assert set(drawn(engrave(loaded.score), PrimitiveKind.MEASURE_REPEAT)) == {(1, 1)}
    assert len(list(loaded.score.notes())) == 8
    assert not loaded.issues


@pytest.mark.parametrize(
    ("content", "element"),
    [
        ('<measure-repeat type="start">2</measure-repeat>', "measure-repeat"),
        ('<slash type="start" use-stems="no"/>', "slash"),
        ('<beat-repeat type="start" slashes="1"/>', "beat-repeat"),
    ],
)
def test_styles_that_are_drawn_otherwise_are_named(content: str, element: str) -> None:
    loaded = load_score(data=score([START + QUARTERS, QUARTERS, style(content) + QUARTERS, QUARTERS]))
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 3", element)]


def test_slashes_that_are_noteheads_are_drawn() -> None:
    slashes = "".join(note("B4", more="<notehead>slash</notehead>") for _ in range(3)) + note(
        "B4", more="<notehead>slash</notehead>"
    )
    loaded = load_score(data=score([START + rest(16), style('<slash type="start"/>') + slashes]))
    assert not loaded.issues


@pytest.mark.parametrize(
    "name", ["94-no-staff-lines.musicxml", "17-lyrics.musicxml", "28-measure-repeat-slash.musicxml"]
)
def test_the_cases_are_read_without_an_issue(shared_data: Path, name: str) -> None:
    assert not load_score(shared_data / "cases" / name).issues
