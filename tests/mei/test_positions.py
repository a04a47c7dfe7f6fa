"""Positions in MEI: `@loc` counts from the lowest line, `@ploc` and `@oloc` name a pitch."""

from __future__ import annotations

import re

import pytest

import smashcima.scene.semantic as s
from smashcima.mei import read_mei, write_mei
from tests.mei.test_reading import document, layer, read
from tests.mei.test_round_trips import lines_of


def elements(mei: str) -> list[str]:
    """The document, a line for each tag and text, whatever the ids."""
    return [line for line, _ in lines_of(mei)]


def staff(lines: int, content: str, clef: str = '<clef shape="G" line="2"/>', key: str = "") -> str:
    """A document of one measure on a staff of so many lines."""
    text = document(layer(content), definition="", staff="")
    return text.replace(
        '<staffDef xml:id="S1" n="1" lines="5" />',
        f'<staffDef xml:id="S1" n="1" lines="{lines}">{clef}{key}</staffDef>',
    )


@pytest.mark.parametrize(("lines", "expected"), [(5, -4), (4, -3), (3, -2), (1, 0)])
def test_location_0_is_the_lowest_line_of_any_staff(lines: int, expected: int) -> None:
    mei = staff(lines, '<note dur="4" loc="0"/><rest dur="4" loc="0"/><accid accid="s" loc="0"/>')
    score = read(mei)
    found = [*score.notes(), *score.descendants(s.Rest), *score.descendants(s.Accidental)]
    assert [each.staff_position for each in found] == [expected] * 3
    assert elements(write_mei(score, attributes_as_elements=False)) == elements(mei)


def test_a_pitch_beside_a_location_stays_as_it_is() -> None:
    mei = staff(5, '<note dur="4" pname="c" oct="5" loc="0"/><note dur="4" pname="c" oct="5"/>')
    score = read(mei)
    assert [(str(n.pitch), n.staff_position, n.pitch_position, n.position) for n in score.notes()] == [
        ("C5", -4, 1, -4), ("C5", None, 1, 1),
    ]  # fmt: skip
    assert elements(write_mei(score)) == elements(mei)


@pytest.mark.parametrize(
    ("clef", "expected"),
    [
        ('<clef shape="G" line="2"/>', 1),
        ('<clef shape="F" line="4"/>', 13),
        ('<clef shape="perc"/>', 1),
        ("", 1),
    ],
)
def test_a_named_location_is_a_position_under_the_clef(clef: str, expected: int) -> None:
    mei = staff(5, '<note dur="4" ploc="c" oloc="5"/><rest dur="4" ploc="c" oloc="5"/>', clef)
    score = read(mei)
    first = next(score.notes())
    assert (first.staff_position, first.pitch) == (expected, None)
    assert next(score.descendants(s.Rest)).staff_position == expected
    assert elements(write_mei(score)) == elements(mei)
    first.staff_position = 0
    assert re.search(r'<note[^>]*dur="4" loc="4"/>', write_mei(score))


def test_positions_made_in_python_are_written_from_the_lowest_line() -> None:
    builder = s.ScoreBuilder(key=s.key_signature(("s", 3), ("x", -4)), time="9/0")
    builder.add_part("Part", "treble")
    builder.add_voice(
        builder.add_measure(), 1, s.note(None, "half", staff_position=-3), s.Accidental("f", staff_position=6)
    )
    score = builder.build()
    mei = re.sub(r' xml:id="[^"]*"', "", write_mei(score))
    for expected in (
        '<note dur="2" loc="1"/>',
        '<accid accid="f" loc="10"/>',
        '<keyAccid accid="s" loc="7"/>',
        '<keyAccid accid="x" loc="0"/>',
        '<meterSig count="9" unit="0"/>',
    ):
        assert expected in mei
    again, issues = read_mei(write_mei(score))
    assert issues == []
    assert next(again.notes()).staff_position == -3
    assert [sign.staff_position for sign in again.descendants(s.KeyAccidental)] == [3, -4]
    assert elements(write_mei(again)) == elements(write_mei(score))


def test_locations_follow_when_a_staff_gets_other_lines() -> None:
    score = read(staff(5, '<note dur="4" loc="4"/>'))
    next(score.descendants(s.Staff)).lines = 1
    assert next(score.notes()).staff_position == 0
    assert 'loc="0"' in write_mei(score)


def test_a_note_that_crosses_counts_from_the_staff_it_is_drawn_on() -> None:
    text = document(
        '<measure n="1"><staff n="1"><layer n="1"><note dur="4" loc="0" staff="2"/>'
        '<chord dur="4" staff="2"><note loc="0"/></chord></layer></staff><staff n="2"/></measure>'
    ).replace("</staffGrp>", '<staffDef n="2" lines="1"/></staffGrp>')
    score = read(text)
    assert [found.staff_position for found in score.notes()] == [0, 0]
    assert elements(write_mei(score, attributes_as_elements=False)) == elements(text)


def test_keys_of_any_signs_come_back_as_they_were() -> None:
    key = '<keySig><keyAccid pname="b" oct="4" accid="f"/><keyAccid loc="13" accid="n"/><keyAccid pname="c" accid="s" loc="0"/></keySig>'
    mei = staff(5, '<note dur="1" loc="4"/>', key=key)
    score = read(mei)
    (found,) = score.descendants(s.KeySignature)
    assert found.fifths is None
    assert [(a.step, a.octave, a.kind, a.staff_position) for a in found.accidentals] == [
        (s.Step.B, 4, "f", None), (None, None, "n", 9), (s.Step.C, None, "s", -4),
    ]  # fmt: skip
    assert elements(write_mei(score)) == elements(mei)


def test_what_is_no_pitch_at_a_named_location_is_told() -> None:
    _, issues = read_mei(staff(5, '<note dur="4" ploc="h" oloc="5"/>'))
    assert [(issue.element, issue.what) for issue in issues] == [
        ("note", "ploc='h', oloc='5' is not a valid position")
    ]
