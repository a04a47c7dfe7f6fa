"""Conversion between versions."""

import pytest

from smashcima.errors import ExportError
from smashcima.notations.mro import MroEncoding, MroNoteShape, parse_mro, with_version, write_mro
from tests.notations.mro.every_slot import EVERY_SLOT
from tests.notations.mro.test_parsing import bar_of


def test_the_newest_version_has_everything():
    document, _ = parse_mro(EVERY_SLOT)
    converted, issues = with_version(document, 3100)
    chord = converted.score.pages[0].systems[0].staves[0].bars[0].chords[0]
    assert issues == []
    assert (chord.tuplet_id, chord.tuplet_count) == (0, 0)
    assert converted == document


@pytest.mark.parametrize(
    ("version", "absent", "present"),
    [
        (
            1000,
            ["stemslash", "tupletID", "dynamics", "texts", "TrebleDown8", "style"],
            ["tupletcount 1", "accent"],
        ),
        (
            2000,
            ["texts", "style", "trill", "nofmmrestbars", "Dyn_sffz"],
            ["stemslash", "tupletID", "Hairpincres"],
        ),
        (2011, ["type 1", "marcato", "upbow", "Dyn_sffz"], ["texts", "style 6", "TrebleDown8"]),
        (3000, ["mordent", "staccatissimo", "Dyn_sffz", "nofmmrestbars"], ["type 1", "style 5"]),
    ],
)
def test_a_version_has_only_its_own_slots(version, absent, present):
    converted, issues = with_version(parse_mro(EVERY_SLOT)[0], version)
    text = write_mro(converted).decode("latin-1")
    assert [word for word in absent if word in text] == []
    assert [word for word in present if word not in text] == []
    assert converted.header.version == version
    assert issues
    assert parse_mro(write_mro(converted)) == (converted, [])


def test_what_is_left_out_is_reported():
    _, issues = with_version(parse_mro(EVERY_SLOT)[0], 1000)
    found = [str(issue) for issue in issues]
    assert "version 1000: clef.shape: TrebleDown8 written as Treble: new in version 2000" in found
    assert "version 1000: stave.texts: left out: new in version 2011" in found
    assert not any("tuplet" in each for each in found)


def test_tuplets_are_counted_from_left_to_right_in_version_1000():
    columns_and_ids = [(30, 0), (10, 0), (20, 0), (40, -1), (50, 1), (60, 1)]
    chords = " ".join(f"chord {{ flagposn 0,{column} tupletID {id} }}" for column, id in columns_and_ids)
    converted, issues = with_version(parse_mro(bar_of(f"chords {{ nof 6 {chords} }}"))[0], 1000)
    read = converted.score.pages[0].systems[0].staves[0].bars[0].chords
    assert [chord.tuplet_count for chord in read] == [3, 1, 2, 0, 1, 2]
    assert {chord.tuplet_id for chord in read} == {-1}
    assert issues == []


def test_a_count_of_one_starts_a_tuplet():
    counts = [1, 2, 3, 0, 1, 2, 3]
    chords = " ".join(
        f"chord {{ flagposn 0,{10 * n} tupletcount {count} }}" for n, count in enumerate(counts)
    )
    text = bar_of(f"chords {{ nof 7 {chords} }}").replace("3100", "1000")
    converted, _ = with_version(parse_mro(text)[0], 2000)
    read = converted.score.pages[0].systems[0].staves[0].bars[0].chords
    assert [chord.tuplet_id for chord in read] == [0, 0, 0, -1, 1, 1, 1]
    assert {chord.tuplet_count for chord in read} == {0}


def test_chords_without_notes_are_left_out():
    chords = "chord { notes { nof 1 note { shape Grace } } } chord { notes { nof 1 note { shape Minim } } }"
    converted, issues = with_version(parse_mro(bar_of(f"chords {{ nof 2 {chords} }}"))[0], 1000)
    (chord,) = converted.score.pages[0].systems[0].staves[0].bars[0].chords
    assert chord.notes[0].shape is MroNoteShape.MINIM
    assert [str(issue) for issue in issues] == ["version 1000: note: Grace left out: new in version 2000"]


def test_version_1000_is_in_ascii_where_that_is_possible():
    latin, _ = with_version(parse_mro(EVERY_SLOT)[0], 1000)
    plain, _ = with_version(parse_mro(EVERY_SLOT.replace(b"\xf6", b"o"))[0], 1000)
    assert (latin.header.encoding, plain.header.encoding) == (MroEncoding.ISO88591, MroEncoding.ASCII)
    assert with_version(plain, 2000)[0].header.encoding is MroEncoding.ISO88591


def test_an_unknown_version_is_an_error():
    with pytest.raises(ExportError, match="There is no version 1234"):
        with_version(parse_mro(EVERY_SLOT)[0], 1234)
