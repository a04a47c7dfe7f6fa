from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from smashcima.loading import load_mei_text

NOTE = "<note><pitch><step>{}</step><octave>4</octave></pitch><duration>4</duration><voice>1</voice><type>whole</type></note>"

REST = '<note><rest measure="yes"/><duration>4</duration><voice>1</voice></note>'

TIMEWISE = (
    '<score-timewise version="4.0"><part-list><score-part id="P1"><part-name>A</part-name></score-part>'
    '<score-part id="P2"><part-name>B</part-name></score-part></part-list>'
    '<measure number="1"><part id="P1"><attributes><divisions>1</divisions></attributes>{c}</part>'
    '<part id="P2"><attributes><divisions>1</divisions></attributes>{d}</part></measure>'
    '<measure number="2"><part id="P1">{e}</part><part id="P2">{f}</part></measure></score-timewise>'
).format(c=NOTE.format("C"), d=NOTE.format("D"), e=NOTE.format("E"), f=NOTE.format("F"))


def staves(mei: str) -> dict[str, list[str]]:
    """The pitches of each staff, in order."""
    found: dict[str, list[str]] = {}
    for staff in etree.fromstring(mei.encode()).iter("{*}staff"):
        found.setdefault(str(staff.get("n")), []).extend(
            str(note.get("pname")) for note in staff.iter("{*}note")
        )
    return found


def test_timewise_scores_are_rearranged_and_it_is_said() -> None:
    loaded = load_mei_text(data=TIMEWISE)
    assert staves(loaded.meis[0]) == {"1": ["c", "e"], "2": ["d", "f"]}
    assert [issue.element for issue in loaded.issues] == ["score-timewise"]


def test_the_usual_document_type_is_read(musicxml: Callable[..., str]) -> None:
    doctype = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE score-partwise PUBLIC '
        '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">'
    )
    assert load_mei_text(data=doctype + musicxml()).meis[0].count("<note ") == 1


def test_encoded_system_and_page_breaks_reach_the_mei(musicxml: Callable[..., str]) -> None:
    note = NOTE.format("C")
    text = musicxml(note, f'<print new-system="yes"/>{note}', note, f'<print new-page="yes"/>{note}')
    document = etree.fromstring(load_mei_text(data=text).meis[0].encode())
    breaks: dict[str, str] = {}
    latest = ""
    for element in document.iter("{*}sb", "{*}pb", "{*}measure"):
        name = etree.QName(element).localname
        if name == "measure":
            breaks[str(element.get("n"))] = latest
        latest = "" if name == "measure" else name
    assert {number: kind for number, kind in breaks.items() if number != "1"} == {
        "2": "sb",
        "3": "",
        "4": "pb",
    }


def test_additive_time_signatures_are_no_nonsense(musicxml: Callable[..., str]) -> None:
    attributes = "<attributes><divisions>1</divisions><time><beats>3+2</beats><beat-type>8</beat-type></time></attributes>"
    assert "3+2" in load_mei_text(data=musicxml(NOTE.format("C"), attributes=attributes)).meis[0]


def two_parts(first: str, second: str) -> str:
    return (
        '<score-partwise><part-list><score-part id="P1"><part-name>A</part-name></score-part>'
        '<score-part id="P2"><part-name>B</part-name></score-part></part-list>'
        f'<part id="P1">{first}</part><part id="P2">{second}</part></score-partwise>'
    )


def part(contents: list[str], multiple_rest: bool) -> str:
    style = "<measure-style><multiple-rest>3</multiple-rest></measure-style>" if multiple_rest else ""
    head = (
        "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
        f"{style}</attributes>"
    )
    return "".join(
        f'<measure number="{n}">{head if n == 1 else ""}{content}</measure>'
        for n, content in enumerate(contents, 1)
    )


def test_a_multi_measure_rest_of_all_parts_stays_one() -> None:
    resting = part([REST, REST, REST, NOTE.format("C")], multiple_rest=True)
    loaded = load_mei_text(data=two_parts(resting, resting))
    assert loaded.meis[0].count("<multiRest ") == 2
    assert loaded.meis[0].count("<measure ") == 2
    assert loaded.issues == ()


@pytest.mark.parametrize("resting_part", [1, 2])
def test_notes_of_other_parts_under_a_multi_measure_rest_are_kept(resting_part: int) -> None:
    resting = part([REST, REST, REST, NOTE.format("G")], multiple_rest=True)
    playing = part([NOTE.format(step) for step in "CDEF"], multiple_rest=False)
    parts = (resting, playing) if resting_part == 1 else (playing, resting)
    loaded = load_mei_text(data=two_parts(*parts))
    other = "2" if resting_part == 1 else "1"
    assert staves(loaded.meis[0])[other] == ["c", "d", "e", "f"]
    assert [issue.element for issue in loaded.issues] == ["multiple-rest"]


@pytest.mark.parametrize("measure", [0, 1, 2])
def test_directions_under_a_multi_measure_rest_are_kept(measure: int) -> None:
    words = "<direction><direction-type><words>Lento</words></direction-type></direction>"
    contents = [REST, REST, REST, NOTE.format("G")]
    contents[measure] = words + contents[measure]
    resting = part(contents, multiple_rest=True)
    loaded = load_mei_text(data=two_parts(resting, part([REST] * 3 + [NOTE.format("C")], multiple_rest=True)))
    assert "Lento" in loaded.meis[0]
    assert [issue.element for issue in loaded.issues] == ["multiple-rest"]
