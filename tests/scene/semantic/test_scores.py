"""Scores made in Python: building, looking up, updating, counting."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smashcima.scene.semantic as s
from smashcima.errors import SettingsError
from smashcima.scene.semantic import ScoreBuilder, add_lyrics, beam, chord, note, rest, tuplet


def song() -> tuple[ScoreBuilder, s.Note, s.Note]:
    builder = ScoreBuilder(title="A song", composer="Nobody", key=-2, time="2/4")
    builder.add_part("Voice", "treble")
    builder.add_part("Piano", "treble", "bass")
    first, second = note("D5", "quarter", "Sing-"), note("B4", "quarter", "ing")
    measure = builder.add_measure()
    builder.add_voice(measure, 1, first, second)
    builder.add_voice(measure, 3, chord(["G2", "D3"], "half"))
    return builder, first, second


def test_a_built_score_has_parts_staves_and_rests() -> None:
    builder, first, second = song()
    score = builder.build()
    assert [(part.name, len(part.staves)) for part in score.parts] == [("Voice", 1), ("Piano", 2)]
    assert [staff.n for staff in score.staves] == ["1", "2", "3"]
    assert len(list(score.descendants(s.MeasureRest))) == 1
    assert (first.onset, second.onset, second.quarter_length) == (0, 1, 1)
    assert [str(found.pitch) for found in score.notes()] == ["D5", "B4", "G2", "D3"]
    assert [found.pitch_position for found in score.notes()] == [2, 0, -4, 0]


def test_accidentals_are_drawn_where_the_rules_demand() -> None:
    builder, first, second = song()
    measure = builder.add_measure()
    notes = [note("B4", "eighth"), note("B4", "eighth"), note("Bb4", "eighth"), note("Bb5", "eighth")]
    builder.add_voice(measure, 1, beam(*notes))
    builder.build()
    assert first.accidental is None
    assert second.accidental is not None
    assert second.accidental.kind == "n"
    assert [found.accidental.kind if found.accidental else None for found in notes] == ["n", None, "f", None]


def test_accidentals_follow_an_edit() -> None:
    builder, first, second = song()
    score = builder.build()
    second.pitch = s.Pitch.parse("B#4")
    first.pitch = s.Pitch.parse("Eb5")
    score.show_accidentals()
    assert second.accidental is not None
    assert second.accidental.kind == "s"
    assert first.accidental is None


def test_ids_are_made_in_the_order_of_the_score() -> None:
    score = song()[0].build()
    assert [found.id for found in score.notes()] == ["note-1", "note-2", "note-3", "note-4"]
    assert score.by_id("measure-1") is score.measures[0]
    assert score.by_id("part-2") is score.parts[1]
    assert score.by_id("nothing") is None


def test_the_index_follows_the_tree() -> None:
    builder, first, second = song()
    score = builder.build()
    assert score.by_id("note-2") is second
    second.detach()
    assert score.by_id("note-2") is None
    first.id = "renamed"
    assert score.by_id("renamed") is first
    assert score.by_id("note-1") is None


def test_changes_hold_from_where_they_stand() -> None:
    builder, _, _ = song()
    builder.change(key=1, time="3/4", clefs={1: "alto"})
    measure = builder.add_measure()
    low = note("C4", "half.")
    builder.add_voice(measure, 1, low)
    score = builder.build()
    assert score.measures[1].quarter_length == 3
    assert low.pitch_position == 0
    staff = score.measures[1].staves[0]
    assert staff.key_signature is not None
    assert staff.key_signature.fifths == 1
    assert staff.clef is not None
    assert staff.clef.shape is s.ClefShape.C


def test_marks_know_where_they_are() -> None:
    builder, first, second = song()
    slur = builder.slur(first, second)
    hairpin = builder.hairpin(s.HairpinForm.CRESCENDO, first, second)
    dynamic = builder.dynamic("mf", second)
    builder.build()
    assert first.marks(s.Slur) == [slur]
    assert (hairpin.onset, hairpin.quarter_length) == (0, 1)
    assert (dynamic.onset, dynamic.text, dynamic.place) == (1, "mf", "below")
    assert slur.measure is first.measure


def test_lyrics_are_divided_into_words() -> None:
    notes = [note("C5", "quarter") for _ in range(5)]
    add_lyrics(notes, "Lied- chen _ klin- gen")
    found = [
        (verse.syllables[0].text, verse.syllables[0].word_position)
        for event in notes
        for verse in event.verses
    ]
    position = s.SyllablePosition
    assert found == [
        ("Lied", position.INITIAL),
        ("chen", position.TERMINAL),
        ("klin", position.INITIAL),
        ("gen", position.TERMINAL),
    ]
    assert notes[2].verses == []
    with pytest.raises(SettingsError, match="more syllables"):
        add_lyrics(notes[:1], "too many")


def test_elements_are_counted() -> None:
    builder, first, second = song()
    builder.slur(first, second)
    builder.fermata(second)
    counts = s.count_elements(builder.build())
    expected = {
        "measures": 1,
        "notes": 4,
        "chords": 1,
        "measure rests": 1,
        "accidentals": 1,
        "clefs": 3,
        "slurs": 1,
        "syllables": 2,
        "ties": 0,
        "fermatas": 1,
        "measure numbers": 0,
        "other marks": 0,
    }
    assert {name: counts[name] for name in expected} == expected
    assert all(name == name.lower() and "_" not in name for name in counts)


def test_marks_without_a_name_of_their_own_are_counted_as_others() -> None:
    builder, first, second = song()
    builder.mark(s.MeasureNumber(first))
    builder.mark(s.OtherMark(first, tag="metaMark"))
    builder.mark(s.Turn(second))
    builder.mark(s.Harmony(second, children=["C7"]))
    builder.mark(s.Harmony(second, children=[s.FiguredBass(children=[s.Figure(children=["6"])])]))
    counts = s.count_elements(builder.build())
    names = ("measure numbers", "other marks", "ornaments", "harmonies", "figures")
    assert [counts[name] for name in names] == [1, 1, 1, 1, 1]


def test_mistakes_are_named() -> None:
    builder, _, _ = song()
    with pytest.raises(SettingsError, match="no staff 7"):
        builder.add_voice(builder.add_measure(), 7, rest())
    with pytest.raises(SettingsError, match="not a clef"):
        builder.add_part("Viola", "violin")
    with pytest.raises(SettingsError, match="not a time signature"):
        builder.change(time="4/four")
    with pytest.raises(SettingsError, match="does not start at an event"):
        builder.dynamic("p", note("C4", "quarter"))
    with pytest.raises(SettingsError, match="has no part"):
        ScoreBuilder().build()


def test_replacing_and_detaching_leave_no_link() -> None:
    builder, first, second = song()
    score = builder.build()
    other = s.Rest(duration=s.Duration.parse("quarter"))
    first.replace_with(other)
    score.update()
    assert first.parent is None
    assert other.onset == 0
    assert next(score.notes()).onset == 1
    assert second.voice is other.voice


texts = st.sampled_from(["C4", "F#4", "Bb4", "E5", "Ab3", "G#5", "B4"])
lengths = st.sampled_from(["quarter", "eighth", "16th.", "half", "32nd"])
plain = st.builds(note, texts, lengths)
groups = st.lists(plain, min_size=3, max_size=3).map(lambda notes: tuplet(*notes))
contents = st.lists(
    st.one_of(
        plain, groups, st.builds(rest, lengths), st.builds(lambda p, d: chord([p, "C6"], d), texts, lengths)
    ),
    min_size=1,
    max_size=8,
)


@given(st.lists(contents, min_size=1, max_size=4), st.integers(-7, 7))
@settings(max_examples=60, deadline=None)
def test_time_passes_without_gaps_in_any_built_score(
    measures: list[list[s.SemanticObject]], key: int
) -> None:
    builder = ScoreBuilder(key=key)
    builder.add_part("One", "treble")
    for content in measures:
        builder.add_voice(builder.add_measure(), 1, *content)
    score = builder.build()
    onset = Fraction(0)
    for measure in score.measures:
        assert measure.onset == onset
        at = onset
        for event in measure.voices[0].events:
            assert event.onset == at
            at = event.end
        assert at - onset == measure.quarter_length
        onset += measure.quarter_length
