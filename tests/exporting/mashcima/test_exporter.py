"""Annotations of scores from other sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima.scene.semantic as s
from smashcima.composing.annotations import AnnotationMix, MusicalStyle, generate_annotations
from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.mashcima import MashcimaExporter
from smashcima.exporting.musicxml import MusicXmlExporter
from smashcima.loading import load_score
from smashcima.loading.mashcima import score_of_annotation
from smashcima.scene.semantic import ScoreBuilder, beam, chord, note, rest, tuplet

EXTENDED = MashcimaExporter(extensions=True)


def built(*events: s.SemanticObject, **options: object) -> tuple[ScoreBuilder, s.Score]:
    builder = ScoreBuilder(**{"time": None, **options})  # type: ignore[arg-type]
    builder.add_part("Part", "treble")
    builder.add_voice(builder.add_measure(), 1, *events)
    return builder, builder.build()


def test_a_song_is_written_with_positions() -> None:
    builder = ScoreBuilder(key=-2, time="3/4")
    builder.add_part("Voice", "treble")
    first, second = note("D5", "quarter."), note("C5", "eighth")
    builder.add_voice(builder.add_measure(), 1, first, second, note("F#4", "quarter"))
    builder.add_voice(builder.add_measure(right=s.BarlineForm.END), 1, rest("quarter"), beam(note("Eb5", "eighth"), note("E5", "eighth")), rest("quarter"))  # fmt: skip
    builder.slur(first, second)
    score = builder.build()
    expected = "clef.G-2 b0 b3 time.3 time.4 q2 * ( ) e1 #-3 q-3 | qr e=3 N3 =e3 qr"
    assert MashcimaExporter().export(score) == f"{expected} |"
    assert EXTENDED.export_string(score) == f"{expected} ~|]"
    assert [str(issue) for issue in MashcimaExporter().omissions(score)] == ["token 19: ~|]: written as a plain barline"]  # fmt: skip
    assert EXTENDED.omissions(score) == []


def test_ties_are_brackets_inside_those_of_slurs() -> None:
    notes = [note("C5", "half"), note("C5", "half"), note("D5", "half")]
    builder, score = built(*notes)
    builder.slur(notes[0], notes[2])
    builder.tie(notes[0], notes[1])
    assert EXTENDED.export(score) == "clef.G-2 h1 ( ( ) h1 ) h2 |"


def test_slurs_that_cross_are_reported() -> None:
    notes = [note("C5", "half"), note("D5", "half"), note("E5", "half"), note("F5", "half")]
    builder, score = built(*notes)
    builder.slur(notes[0], notes[2])
    builder.slur(notes[1], notes[3])
    assert EXTENDED.export(score) == "clef.G-2 h1 ( h2 ( ) h3 ) h4 |"
    assert {issue.what for issue in EXTENDED.omissions(score)} == {"read back with another end: slurs that cross cannot be written"}  # fmt: skip


def test_tuplets_have_their_number_at_the_middle_note() -> None:
    triplet = tuplet(*(note("C5", "eighth") for _ in range(3)))
    quintuplet = tuplet(*(note("C5", "16th") for _ in range(5)), count=5, base=4)
    _, score = built(triplet, quintuplet)
    assert EXTENDED.export(score) == "clef.G-2 e1 tuplet.3 e1 e1 s1 s1 ~tuplet.5 s1 s1 s1 |"


def test_chords_and_further_voices_are_errors_unless_the_highest_is_chosen() -> None:
    builder, score = built(chord(["C5", "E5"], "half"), rest("half"))
    with pytest.raises(ExportError, match=r"Mashcima has no chords; there is one in measure 1\. MashcimaExporter\(polyphony='highest'\)"):  # fmt: skip
        EXTENDED.export(score)
    highest = MashcimaExporter(polyphony="highest")
    assert highest.export(score) == "clef.G-2 h3 hr |"
    assert [issue.what for issue in highest.omissions(score)] == ["left out: a lower note of a chord"]
    builder.add_part("Second", "bass")
    with pytest.raises(ExportError, match="Mashcima has one staff, but the score has 2"):
        EXTENDED.export(score)


def test_an_unknown_option_is_an_error() -> None:
    with pytest.raises(SettingsError, match=r"no polyphony 'lowest'; available: error, highest\."):
        MashcimaExporter(polyphony="lowest")


def test_a_key_signature_before_an_accidental_needs_an_extension() -> None:
    builder, _ = built(note("C5", "quarter"))
    builder.change(key=1)
    builder.add_voice(builder.add_measure(), 1, note("B#4", "quarter"))
    score = builder.build()
    assert EXTENDED.export(score) == "clef.G-2 q1 | #4 ~key #0 q0 |"
    assert MashcimaExporter().export(score) == "clef.G-2 q1 | #4 q0 |"
    assert [issue.element for issue in MashcimaExporter().omissions(score)] == ["~key", "#0"]


@pytest.mark.parametrize(
    ("event", "expected", "omission"),
    [
        (note("C2", "quarter"), "|", "left out: the language has no such note (position -20, quarter)"),
        (note("C5", "256th"), "|", "left out: the language has no such note (position 1, 256th)"),
        (note("C5", "quarter...."), "q1 ~*** |", "written with 3 of its 4 dots"),
        (rest("maxima"), "|", "left out: the language has no token for it"),
        (s.MeasureRepeat(), "|", "left out: the language has no token for it"),
        (s.Clef(s.ClefShape.TAB), "|", "left out: the language has no such clef"),
        (s.TimeSignature("2½", 4), "|", "left out: the language has no such time signature"),
        (s.Accidental("1qs", staff_position=0), "|", "its accidental '1qs' is left out: the language has no token for it"),
    ],
)  # fmt: skip
def test_what_the_language_lacks_is_reported(event: s.SemanticObject, expected: str, omission: str) -> None:
    _, score = built(event)
    assert EXTENDED.export(score) == f"clef.G-2 {expected}"
    assert [issue.what for issue in EXTENDED.omissions(score)] == [omission]


def test_marks_without_a_token_are_counted() -> None:
    first, second = note("C5", "half", lyric="la"), note("C5", "half")
    builder, score = built(first, second)
    builder.hairpin(s.HairpinForm.CRESCENDO, first, second)
    builder.dynamic("cresc.", first)
    builder.dynamic("sfz", second)
    assert EXTENDED.export(score) == "clef.G-2 h1 ~dyn.sfz h1 |"
    assert [str(issue) for issue in EXTENDED.omissions(score)] == [
        "measure 1: dynam: left out: the language has no token for it",
        "score: hairpin: 1 drawn, not written",
        "score: syl: 1 drawn, not written",
    ]


def test_grace_notes_and_slashes_from_musicxml() -> None:
    measure = """<measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign><line>2</line></clef></attributes>
    <note><grace slash="yes"/><pitch><step>D</step><octave>5</octave></pitch><type>eighth</type></note>
    <note><pitch><step>C</step><octave>5</octave></pitch><duration>1</duration><type>quarter</type></note></measure>"""
    text = f'<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">{measure}</part></score-partwise>'
    score = load_score(data=text).score
    assert EXTENDED.export(score).split()[1:3] == ["~grace/.e2", "q1"]


def test_files_have_one_line(tmp_path: Path) -> None:
    _, score = built(note("C5", "half"))
    EXTENDED.write(score, tmp_path / "a.mashcima")
    assert (tmp_path / "a.mashcima").read_text() == "clef.G-2 h1 |\n"
    assert load_score(tmp_path / "a.mashcima").issues == ()


def test_music_is_the_same_after_musicxml() -> None:
    """Verovio reads what the annotations mean: pitches, durations, beams, keys."""
    style = MusicalStyle(clef_change=0, plus=0, repeat=0.5, key_change=0.2, time_change=0.2, shows_clef=1)
    for annotation in generate_annotations(6, 1, AnnotationMix(balanced=0, style=style)):
        score, _ = score_of_annotation(annotation)
        text = MusicXmlExporter().export_string(score)
        again = load_score(data=text, format=".musicxml").score
        # MusicXML has no invisible end of the music.
        assert MashcimaExporter().export(again).removesuffix(" |") == annotation.removesuffix(" |")
