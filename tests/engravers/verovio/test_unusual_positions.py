"""Notes and accidentals at written positions: where they are drawn, worked out from the lines of the staff."""

from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, Line, PrimitiveKind, Symbol
from smashcima.mei import read_mei
from smashcima.scene.semantic import (
    Accidental,
    Chord,
    Note,
    ScoreBuilder,
    SemanticObject,
    beam,
    chord,
    note,
    tuplet,
)

CLEFS = ["treble", "alto", "bass", "none"]


def engraved(*events: SemanticObject, clef: str = "treble", lines: int = 5) -> Engraving:
    """The engraving of one measure."""
    builder = ScoreBuilder(time=None)
    builder.add_part("", clef, lines=lines)
    builder.add_voice(builder.add_measure(), 1, *events)
    return engrave(builder.build())


def heights(engraving: Engraving, kind: PrimitiveKind) -> list[float]:
    """Positions of symbols above the middle of their staff, from left to right, in half staff spaces."""
    staff = engraving.systems[0].staves[0]
    symbols = [found for found in engraving.primitives(kind) if isinstance(found, Symbol)]
    return [
        round((staff.middle_y - found.origin.y) / (staff.staff_space / 2), 3)
        for found in sorted(symbols, key=lambda found: found.origin.x)
    ]


def said(engraving: Engraving) -> list[tuple[str, str]]:
    return [(issue.element, issue.what) for issue in engraving.issues]


@pytest.mark.parametrize("clef", CLEFS)
def test_notes_without_a_pitch_stand_at_their_positions_under_any_clef(clef: str) -> None:
    made = [note(None, "quarter", staff_position=position) for position in range(-12, 13)]
    engraving = engraved(*made, clef=clef)
    assert heights(engraving, PrimitiveKind.NOTEHEAD) == list(range(-12, 13))
    assert said(engraving) == []


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 6])
def test_positions_are_counted_from_the_middle_of_any_staff(lines: int) -> None:
    made = [note(None, "quarter", staff_position=position) for position in range(-4, 5)]
    assert heights(engraved(*made, lines=lines), PrimitiveKind.NOTEHEAD) == list(range(-4, 5))


def test_ledger_lines_lead_to_notes_without_a_pitch() -> None:
    engraving = engraved(note(None, "quarter", staff_position=-9), note(None, "quarter", staff_position=6))
    staff = engraving.systems[0].staves[0]
    ledgers = [found for found in engraving.primitives(PrimitiveKind.LEDGER_LINE) if isinstance(found, Line)]
    found = {round((staff.middle_y - line.start.y) / (staff.staff_space / 2), 3) for line in ledgers}
    assert found == {-8.0, -6.0, 6.0}


def test_chords_beams_and_accidentals_obey_positions() -> None:
    flat = note(None, "quarter", staff_position=3)
    flat.children.append(Accidental("f"))
    engraving = engraved(
        chord([-4, -3, "F5"], "quarter"),
        beam(note(None, "eighth", staff_position=-2), note(None, "eighth", staff_position=5)),
        flat,
        clef="treble",
    )
    assert sorted(heights(engraving, PrimitiveKind.NOTEHEAD)) == [-4, -3, -2, 3, 4, 5]
    assert heights(engraving, PrimitiveKind.ACCIDENTAL) == [3]
    assert said(engraving) == []


@pytest.mark.parametrize("second", [(-4, -3), (3, "F5"), ("E5", 4), ("E5", "F5")])
def test_the_heads_of_a_second_stand_side_by_side(second: tuple[int | str, int | str]) -> None:
    engraving = engraved(chord(second, "quarter"))
    low, high = (found for found in engraving.primitives(PrimitiveKind.NOTEHEAD) if isinstance(found, Symbol))
    assert abs(low.origin.x - high.origin.x) > 0.9 * low.scale_x


def test_a_position_wins_against_a_pitch_in_drawing() -> None:
    engraving = engraved(note("C5", "quarter", staff_position=-4), note("C5", "quarter"))
    assert heights(engraving, PrimitiveKind.NOTEHEAD) == [-4, 1]


def test_the_stem_of_a_chord_reaches_all_heads_whatever_their_pitches() -> None:
    made = chord(["C5", "E4"], "quarter")
    low, high = made.notes
    low.staff_position, high.staff_position = -4, 1
    engraving = engraved(made)
    staff = engraving.systems[0].staves[0]
    (stem,) = [found for found in engraving.primitives(PrimitiveKind.STEM) if isinstance(found, Line)]
    ends = sorted((staff.middle_y - y) / (staff.staff_space / 2) for y in (stem.start.y, stem.end.y))
    assert ends[0] < -3
    assert ends[1] > 1
    assert heights(engraving, PrimitiveKind.NOTEHEAD) == [-4, 1]


def test_accidentals_without_a_note_are_drawn_where_they_stand() -> None:
    engraving = engraved(
        note("C5", "quarter"),
        Accidental("s", staff_position=-1),
        note("C5", "quarter"),
        Accidental("n", staff_position=8),
    )
    assert heights(engraving, PrimitiveKind.ACCIDENTAL) == [-1, 8]
    assert said(engraving) == []


def test_accidentals_inside_of_beams_tuplets_and_chords_are_drawn_before_the_note_behind() -> None:
    in_chord = Chord(children=[Accidental("f", staff_position=4), *chord([-2], "quarter").notes])
    in_chord.duration = note("C4", "quarter").duration
    engraving = engraved(
        beam(note("C5", "eighth"), Accidental("s", staff_position=-1), note("C5", "eighth")),
        tuplet(
            note("C5", "eighth"),
            note("C5", "eighth"),
            Accidental("n", staff_position=6),
            note("C5", "eighth"),
        ),
        in_chord,
    )
    assert heights(engraving, PrimitiveKind.ACCIDENTAL) == [-1, 6, 4]
    assert said(engraving) == []


def test_what_has_no_position_at_all_is_named() -> None:
    engraving = engraved(
        Note(duration=note("C5", "quarter").duration, id="lost"), Accidental("s", id="alone")
    )
    assert said(engraving) == [
        ("note", "without a pitch or a staff position, drawn on the lowest line (id lost)"),
        (
            "accid",
            "without a note or a staff position, drawn on the lowest line (id alone)",
        ),
    ]
    assert heights(engraving, PrimitiveKind.NOTEHEAD) == [-4]


def test_a_position_named_by_a_pitch_is_drawn(write_document, write_measure) -> None:  # type: ignore[no-untyped-def]
    score, _ = read_mei(write_document(write_measure('<note dur="1" ploc="c" oloc="5"/>')))
    assert heights(engrave(score), PrimitiveKind.NOTEHEAD) == [1]
