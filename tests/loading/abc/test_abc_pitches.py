from __future__ import annotations

import pytest

from smashcima.scene.semantic import KeySignature, Note, TimeSignature
from tests.loading.abc.abc_scores import HEAD, issues_of, pitches, score_of, signs, voice


def in_key(key: str, music: str) -> str:
    return f"X:1\nT:A\nM:none\nL:1/4\nK:{key}\n{music}\n"


def test_letters_and_marks_give_octaves():
    assert pitches(score_of("C,, C, C c c' c'' C,', C'|")) == "C2 C3 C4 C5 C6 C7 C3 C5"


# -- accidentals: chapter 11.3 of the standard ---------------------------------------------------------------


def test_an_accidental_holds_to_the_end_of_its_bar():
    score = score_of("c ^c c g|c f ^f f|")
    assert pitches(score) == "C5 C#5 C#5 G5 | C5 F5 F#5 F#5"
    assert signs(score) == "- s - - | - - s -"


def test_an_accidental_holds_in_every_key():
    score = score_of(in_key("G", "f =f f g|f ^c c _d|d"))
    assert pitches(score) == "F#5 F5 F5 G5 | F#5 C#5 C#5 Db5 | D5"


def test_by_default_an_accidental_holds_in_all_octaves_where_it_is_drawn_again():
    score = score_of("^F f F, F|F f|")
    assert pitches(score) == "F#4 F#5 F#3 F#4 | F4 F5"
    assert signs(score) == "s s s - | - -"


def test_within_octaves_only_if_the_tune_says_so():
    for line in ("%%propagate-accidentals octave", "I:propagate-accidentals octave"):
        score = score_of(HEAD.replace("K:", f"{line}\nK:") + "^F f F f|")
        assert pitches(score) == "F#4 F5 F#4 F5"
        assert signs(score) == "s - - -"


def test_an_accidental_for_its_note_only_is_cancelled_where_needed():
    score = score_of(HEAD.replace("K:", "%%propagate-accidentals not\nK:") + "^F F f ^F|F4|")
    assert pitches(score) == "F#4 F4 F5 F#4 | F4"
    assert signs(score) == "s n - s | -"


def test_a_tie_carries_an_accidental_over_the_barline_to_one_note():
    score = score_of("^c4-|c2 c2|")
    assert pitches(score) == "C#5 | C#5 C5"
    assert signs(score) == "s | - -"


def test_accidentals_of_grace_notes_and_chords_hold_too():
    assert pitches(score_of("{^f}g f [_Be] B|")) == "F#5 G5 F#5 Bb4 E5 Bb4"


def test_accidentals_of_a_voice_do_not_reach_others_on_its_staff_and_naturals_are_drawn():
    score = score_of("X:1\nM:2/4\nL:1/4\n%%score (1 2)\nV:1\nV:2\nK:C\n[V:1]^f2|\n[V:2]z f|\n")
    assert (voice(score, 1, 0), voice(score, 1, 1)) == ("F#5", "z F5")
    assert signs(score) == "s n"


def test_double_accidentals_and_naturals():
    score = score_of(in_key("D", "^^c __B =f ^f"))
    assert pitches(score) == "C##5 Bbb4 F5 F#5"
    assert signs(score) == "x ff n s"


def test_quarter_tones_are_kept_exactly():
    score = score_of(in_key("C", "^/c _/d ^3/2f _3/2a ^1/2e"))
    assert [float(note.pitch.alter) for note in score.notes() if note.pitch] == [0.5, -0.5, 1.5, -1.5, 0.5]
    assert signs(score) == "1qs 1qf 3qs 3qf 1qs"


def test_other_fractions_are_rounded_and_named():
    assert issues_of("^1/4c|") == ["measure 1: accidental: ^1/4 is drawn as the nearest quarter tone, n"]


# -- keys: chapter 3.1.14 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "fifths", "mode"),
    [
        ("C", 0, "major"), ("Am", 0, "minor"), ("A minor", 0, "minor"), ("F#m", 3, "minor"), ("Bb", -2, "major"),
        ("Ddor", 0, "dorian"), ("ADor", 1, "dorian"), ("G mixolydian", 0, "mixolydian"), ("F#MIX", 5, "mixolydian"),
        ("Dmixm", 1, "mixolydian"), ("EPhr", 0, "phrygian"), ("F lydian", 0, "lydian"), ("BLoc", 0, "locrian"),
        ("C ionian", 0, "ionian"), ("A aeolian", 0, "aeolian"), ("Cb", -7, "major"), ("C#", 7, "major"),
        ("Ebmin", -6, "minor"), ("Gmaj", 1, "major"), ("none", 0, None), ("", 0, None), ("HP", 0, None),
    ],
)  # fmt: skip
def test_tonic_and_mode_give_the_key_signature(key: str, fifths: int, mode: str | None):
    (found,) = score_of(in_key(key, "C|")).descendants(KeySignature)
    assert (found.fifths, found.mode) == (fifths, mode)


@pytest.mark.parametrize(
    ("key", "signs_of_key", "notes"),
    [
        ("D Phr ^f", [("b", "f"), ("e", "f"), ("f", "s")], "Bb4 Eb5 F#5 C5"),
        ("D exp _b _e ^f", [("b", "f"), ("e", "f"), ("f", "s")], "Bb4 Eb5 F#5 C5"),
        ("D =c", [("f", "s"), ("c", "n")], "B4 E5 F#5 C5"),
        ("Hp", [("f", "s"), ("c", "s"), ("g", "n")], "B4 E5 F#5 C#5"),
        ("C exp ^^f", [("f", "x")], "B4 E5 F##5 C5"),
    ],
)
def test_keys_sign_by_sign(key: str, signs_of_key: list[tuple[str, str]], notes: str):
    score = score_of(in_key(key, "B e f c|"))
    (found,) = score.descendants(KeySignature)
    assert [(sign.step.value, sign.kind) for sign in found.accidentals if sign.step] == signs_of_key
    assert pitches(score) == notes
    assert signs(score) == "- - - -"


def test_signs_that_are_a_usual_signature_become_one():
    (found,) = score_of(in_key("D exp ^f ^c", "c|")).descendants(KeySignature)
    assert (found.fifths, found.accidentals) == (2, [])


def test_accidentals_beyond_the_mode_may_be_written_at_notes():
    text = in_key("D Phr ^f", "B f f|").replace("K:", "%%writeout-accidentals added\nK:")
    score = score_of(text)
    assert pitches(score) == "Bb4 F#5 F#5"
    assert signs(score) == "- s -"
    whole = score_of(text.replace("added", "all"))
    assert (pitches(whole), signs(whole)) == ("Bb4 F#5 F#5", "f s -")


def test_a_key_changes_at_a_bar_inside_it_and_in_a_line_of_its_own():
    score = score_of("c f [K:D] c f|f4|\nK:Gm\nB4|[K:none]B4|")
    assert pitches(score) == "C5 F5 C#5 F#5 | F#5 | Bb4 | B4"
    assert signs(score) == "- - - - | - | - | -"


def test_the_same_key_and_metre_are_not_drawn_again():
    score = score_of(HEAD + "c4|\nM:4/4\nK:Am\nc4|[K:Ddor]c4|[K:G]c4|[K:Em]c4|")
    assert [key.fifths for key in score.descendants(KeySignature)] == [0, 1]
    assert len(list(score.descendants(TimeSignature))) == 1


def test_a_free_key_is_cancelled_by_naturals():
    score = score_of(in_key("D exp _b ^f", "b f|[K:C] b f|"))
    last = list(score.descendants(KeySignature))[-1]
    assert [(sign.step.value, sign.kind) for sign in last.accidentals if sign.step] == [
        ("b", "n"),
        ("f", "n"),
    ]
    assert pitches(score) == "Bb5 F#5 | B5 F5"


def test_an_unknown_mode_is_named():
    assert issues_of(in_key("Gfoo", "f|")) == ["K field: 'foo' is unknown; ignored"]


# -- clefs and transposition: chapter 4.6 ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clef", "shape", "line", "pitch", "position"),
    [
        ("", "G", 2, "B4", 0), ("clef=bass", "F", 4, "B4", 12), ("bass", "F", 4, "B4", 12), ("alto", "C", 3, "B4", 6),
        ("clef=tenor", "C", 4, "B4", 8), ("treble-8", "G", 2, "B3", 0), ("treble+8", "G", 2, "B5", 0),
        ("bass3", "F", 3, "B4", 10), ("alto1", "C", 1, "B4", 2), ("bass middle=d", "F", 4, "B2", -2),
        ("treble middle=d", "G", 1, "B4", -2), ("octave=-1", "G", 2, "B3", -7), ("clef=C2", "C", 2, "B4", 4),
    ],
)  # fmt: skip
def test_clefs_place_notes(clef: str, shape: str, line: int, pitch: str, position: int):
    score = score_of(in_key(f"C {clef}", "B|"))
    (note,) = score.notes()
    found = score.staves[0].clef
    assert found is not None
    assert found.shape is not None
    assert (found.shape.value, found.line, str(note.pitch), note.position) == (shape, line, pitch, position)


@pytest.mark.parametrize(
    ("properties", "written", "sounding"),
    [
        ("transpose=-2", "C5", "Bb4"), ("transpose=-9", "C5", "Eb4"), ("t=7", "C5", "G5"), ("octave=1", "C6", "C6"),
        ("bass middle=d transpose=-24", "C3", "C3"), ("treble-8", "C4", "C4"), ("transpose=-12", "C5", "C4"),
    ],
)  # fmt: skip
def test_written_and_sounding_pitch(properties: str, written: str, sounding: str):
    (note,) = score_of(in_key(f"C {properties}", "c|")).notes()
    assert (str(note.pitch), str(note.sounding_pitch)) == (written, sounding)


def test_a_percussion_clef_has_positions_instead_of_pitches():
    score = score_of(in_key("perc stafflines=1", "B d|"))
    assert [(note.pitch, note.position) for note in score.notes()] == [(None, 0), (None, 2)]
    assert score.staves[0].lines == 1


def test_a_clef_changes_before_the_barline():
    score = score_of("C4|[K:bass]C,4|")
    first, second = score.notes()
    assert (first.position, second.position) == (-6, -1)
    assert [child.tag for child in score.measures[0].voices[0].children if not isinstance(child, str)] == [
        "note",
        "clef",
    ]


def test_pipe_music_has_stems_down():
    score = score_of(in_key("HP", "{g}A"))
    assert [note.stem_direction.value for note in score.descendants(Note) if note.stem_direction] == [
        "up",
        "down",
    ]
