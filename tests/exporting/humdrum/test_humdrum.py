"""Humdrum: **kern that others read as the same music, and the tokens of bekern."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from smashcima.errors import SettingsError
from smashcima.exporting.humdrum import HumdrumExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import (
    BarlineForm,
    HairpinForm,
    Score,
    ScoreBuilder,
    beam,
    chord,
    count_elements,
    note,
    rest,
    tuplet,
)


def song() -> Score:
    made = ScoreBuilder(title="Song", key=1, time="2/4")
    made.add_part("Voice", "treble")
    made.add_part("Bass", "bass")
    first = made.add_measure()
    notes = [note("F#5", "eighth.", "Sing-"), note("E5", "16th", "ing"), note("D5", "quarter")]
    made.add_voice(first, 1, beam(*notes[:2]), notes[2])
    made.add_voice(first, 2, chord(["G2", "D3"], "half"))
    made.slur(notes[0], notes[1])
    made.hairpin(HairpinForm.CRESCENDO, notes[0], notes[2])
    second = made.add_measure(right=BarlineForm.END)
    last = note("D5", "half")
    made.add_voice(second, 1, last)
    made.add_voice(second, 1, tuplet(*(note(p, "eighth") for p in ("B4", "A4", "G4"))), rest("quarter"))
    made.tie(notes[2], last)
    return made.build()


KERN = """\
!!!OTL: Song
!!!system-decoration: s1,s2
**kern	**kern	**text	**dynam
*part2	*part1	*part1	*part1
*staff2	*staff1	*staff1	*staff1
*I"Bass	*I"Voice	*	*
*clefF4	*clefG2	*	*
*k[f#]	*k[f#]	*	*
*M2/4	*M2/4	*	*
=1-	=1-	=1-	=1-
2GG 2D	(8.ff#L	Sing-	<
.	16eeJk)	ing	.
.	[4dd	.	[
=2	=2	=2	=2
*	*^	*	*
2r	2dd]	12b	.	.
.	.	12a	.	.
.	.	12g	.	.
.	.	4r	.	.
*	*v	*v	*	*
==	==	==	==
*-	*-	*-	*-
"""


def test_a_song_line_by_line():
    assert HumdrumExporter().export(song()) == KERN


def test_ekern_marks_the_parts_of_notes_and_leaves_out_all_else():
    lines = HumdrumExporter("ekern").export(song()).splitlines()
    assert lines[:6] == [
        "**ekern_1.0\t**ekern_1.0",
        "*clefF4\t*clefG2",
        "*k[f#]\t*k[f#]",
        "*M2/4\t*M2/4",
        "=-\t=-",
        "2@GG 2@D\t8@.@ff@#·(·L",
    ]
    assert lines[8:10] == ["=\t=", "*\t*^"]


def test_bekern_is_a_sequence_of_tokens():
    tokens = HumdrumExporter().tokens(song())
    start = tokens.index("GG") - 1
    assert tokens[start : start + 12] == ("2", "GG", "<s>", "2", "D", "<t>", "8", ".", "ff", "#", "(", "L")
    assert HumdrumExporter("bekern").export(song()) == " ".join(tokens)
    assert tokens.count("<b>") == len(HumdrumExporter("ekern").export(song()).splitlines())


def test_accidentals_against_the_rule_are_said():
    made = ScoreBuilder(time="2/4", key=1)
    made.add_part("Flute", "treble")
    made.add_voice(made.add_measure(), 1, note("F5", "eighth"), note("F5", "eighth"), note("C5", "quarter"))
    score = made.build()
    reminder = list(score.notes())[1]
    from smashcima.scene.semantic import Accidental

    reminder.children.append(Accidental("n"))
    lines = HumdrumExporter().export(score).splitlines()
    assert lines[lines.index("=1-") + 1 :][:3] == ["8ffn", "8ffnX", "4cc"]


def test_a_clef_before_the_barline_is_said_once():
    made = ScoreBuilder(time="2/4")
    made.add_part("Viola", "alto")
    made.add_voice(made.add_measure(), 1, note("C4", "half"))
    made.change(clefs={1: "treble"})
    made.add_voice(made.add_measure(), 1, note("C5", "half"))
    lines = HumdrumExporter().export(made.build()).splitlines()
    assert lines[lines.index("=1-") :] == ["=1-", "2c", "*clefG2", "=2", "2cc", "=", "*-"]


def test_an_unknown_encoding_is_an_error():
    with pytest.raises(SettingsError, match="kern, ekern, bekern"):
        HumdrumExporter("krn")


def test_what_kern_does_not_say_is_listed():
    made = ScoreBuilder(time="2/4")
    made.add_part("Piano", "treble", "bass")
    measure = made.add_measure()
    above, below = note("C5", "half"), note("C3", "half")
    made.add_voice(measure, 1, above)
    made.add_voice(measure, 2, below)
    made.slur(above, below)
    score = made.build()
    assert [str(i) for i in HumdrumExporter().omissions(score)] == [
        "measure 1: slur: not written: it leads from one staff to another"
    ]
    assert "2C\t2cc" in HumdrumExporter().export(score).splitlines()


def heard(score: Score) -> Counter[tuple[Fraction, Any, Fraction]]:
    return Counter(
        (n.onset, n.sounding_pitch.midi, n.quarter_length)
        for n in score.notes()
        if n.sounding_pitch is not None
    )


def test_verovio_reads_the_tutorial_score_back(tutorial_score: Path):
    score = load_score(tutorial_score).score
    again = load_score(data=HumdrumExporter().export(score), format=".krn").score
    assert heard(again) == heard(score)
    before, after = count_elements(score), count_elements(again)
    kept = ("measures", "notes", "chords", "rests", "beams", "accidentals", "articulations", "slurs", "hairpins",
            "fermatas", "syllables", "clefs", "key signatures", "time signatures", "system breaks")  # fmt: skip
    assert {k: after[k] for k in kept} == {k: before[k] for k in kept}


@pytest.mark.slow
def test_verovio_reads_many_scores_back(lieder_paths: list[Path], format_paths: list[Path]):
    total = 0
    for path in [*lieder_paths[2::9], *[p for p in format_paths if p.suffix == ".krn"][::3]]:
        score = load_score(path).score
        assert heard(load_score(data=HumdrumExporter().export(score), format=".krn").score) == heard(score), (
            path.name
        )
        total += sum(1 for _ in score.notes())
    assert total > 5_000
