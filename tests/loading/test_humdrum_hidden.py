"""Hidden notes of Humdrum chords are kept in the score."""

from __future__ import annotations

import pytest

import smashcima as sc

KERN = "**kern\t**kern\n*clefF4\t*clefG2\n*M2/4\t*M2/4\n=1\t=1\n{}\n==\t==\n*-\t*-\n"


def notes_of(text: str) -> list[tuple[str, bool]]:
    """Pitches of the treble staff, and whether the notes are hidden."""
    loaded = sc.load_score(data=KERN.format(text), format="krn")
    upper = loaded.score.staves[0]
    return [
        (str(note.pitch), note.mei.get("visible") == "false")
        for note in loaded.score.notes()
        if note.staff is upper
    ]


@pytest.mark.parametrize(
    "token, expected",
    [
        ("2e 2gyy", [("E4", False), ("G4", True)]),
        ("2e-yy 2g 2b-", [("Eb4", True), ("G4", False), ("Bb4", False)]),
        ("2e 2gg#yy 2ccc", [("E4", False), ("G#5", True), ("C6", False)]),
        ("2CCnyy 2c", [("C2", True), ("C4", False)]),
        ("2fyy 2ayy", [("F4", True), ("A4", True)]),
        ("2eyy", [("E4", True)]),
        ("2e 2g", [("E4", False), ("G4", False)]),
    ],
)
def test_hidden_members_of_chords_are_kept(token: str, expected: list[tuple[str, bool]]) -> None:
    assert notes_of(f"2C\t{token}") == expected


def test_the_beam_of_a_chord_with_a_hidden_note_is_visible() -> None:
    loaded = sc.load_score(data=KERN.format("2C\t8e 8gyy 8bL\n.\t8fJ\n.\t4r"), format="krn")
    assert 'color="transparent"' not in sc.mei.write_mei(loaded.score)
    assert [str(note.pitch) for note in loaded.score.notes()].count("G4") == 1
