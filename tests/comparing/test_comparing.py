"""The symbol error rate of small scores, counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from smashcima.comparing import KINDS, Difference, KindCounts, compare_scores
from smashcima.errors import SettingsError
from smashcima.scene.semantic import (
    BarlineForm,
    HairpinForm,
    Note,
    Score,
    ScoreBuilder,
    SemanticObject,
    beam,
    chord,
    note,
    rest,
    tuplet,
)
from smashcima.scene.semantic.shorthand import clef

QUARTERS = ["C4", "D4", "E4", "F4"], ["G4", "A4", "B4", "C5"], ["D5", "C5", "B4", "A4"]


def melody(*measures: list[str], key: int = 0, time: str = "4/4", clef_name: str = "treble") -> Score:
    """Measures of quarter notes on one staff."""
    builder = ScoreBuilder(key=key, time=time)
    builder.add_part("", clef_name)
    for pitches in measures:
        builder.add_voice(builder.add_measure(), 1, *(note(pitch, "quarter") for pitch in pitches))
    return builder.build()


def voices(*of: Sequence[SemanticObject], right: BarlineForm | None = None) -> Score:
    """One measure of several voices on one staff."""
    builder = ScoreBuilder(time="4/4")
    builder.add_part("", "treble")
    measure = builder.add_measure(right=right)
    for events in of:
        builder.add_voice(measure, 1, *events)
    return builder.build()


SYMBOLS = 2 + 3 * (4 * 2 + 1)
"""Clef and time; in each measure four notes with pitch and duration, and a barline."""


def test_equal_scores_have_no_differences() -> None:
    found = compare_scores(melody(*QUARTERS), melody(*QUARTERS))
    assert found.total == KindCounts(symbols=SYMBOLS)
    assert found.error_rate == 0
    assert found.differences == ()
    assert {kind: counts.symbols for kind, counts in found.kinds.items()} == {
        "clef": 1,
        "time": 1,
        "barline": 3,
        "pitch": 12,
        "duration": 12,
    }


def test_one_wrong_pitch_is_one_error() -> None:
    wrong = [QUARTERS[0], ["G4", "A4", "C5", "C5"], QUARTERS[2]]
    found = compare_scores(melody(*QUARTERS), melody(*wrong))
    assert found.error_rate == 1 / SYMBOLS
    assert found.kinds["pitch"] == KindCounts(symbols=12, wrong=1)
    assert found.kinds["pitch"].error_rate == 1 / 12
    assert found.differences == (Difference("pitch", "B4", "C5", measure="2", staff=1),)
    assert str(found) == "symbol error rate 3.45%: 1 errors in 29 symbols"
    assert str(found.differences[0]) == "measure 2, staff 1: pitch C5 instead of B4"


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_lost_measure_costs_its_own_symbols_only(lost: int) -> None:
    rest_of_it = [pitches for index, pitches in enumerate(QUARTERS) if index != lost]
    found = compare_scores(melody(*QUARTERS), melody(*rest_of_it))
    assert found.total == KindCounts(symbols=SYMBOLS, missing=9)
    assert {difference.measure for difference in found.differences} == {str(lost + 1)}


def test_a_measure_too_many_is_told_by_its_number_in_the_result() -> None:
    found = compare_scores(melody(QUARTERS[0], QUARTERS[2]), melody(*QUARTERS))
    assert found.total == KindCounts(symbols=SYMBOLS - 9, extra=9)
    assert {str(difference).partition(":")[0] for difference in found.differences} == {"measure 2, staff 1"}
    assert "extra pitch B4" in str(found.differences[5])


def test_a_lost_barline_is_one_error() -> None:
    joined = melody([*QUARTERS[0], *QUARTERS[1]], QUARTERS[2])
    found = compare_scores(melody(*QUARTERS), joined)
    assert found.differences == (Difference("barline", "single", None, measure="1", staff=1),)


def test_a_transposed_result_has_wrong_pitches_and_a_wrong_key() -> None:
    found = compare_scores(
        melody(["C4", "E4", "D4", "C4"], ["F4", "E4", "C4", "C4"]),
        melody(["G4", "B4", "A4", "G4"], ["C5", "B4", "G4", "G4"], key=1),
    )
    assert found.kinds["pitch"] == KindCounts(symbols=8, wrong=8)
    assert found.kinds["key"] == KindCounts(extra=1)  # the key of C major is not drawn
    assert found.errors == 9


def test_the_order_of_voices_does_not_count() -> None:
    def upper() -> list[Note]:
        return [note(pitch, "quarter") for pitch in ("C5", "D5", "E5", "F5")]

    def lower() -> list[Note]:
        return [note(pitch, "half") for pitch in ("C4", "B3")]

    assert compare_scores(voices(upper(), lower()), voices(lower(), upper())).errors == 0


def test_two_voices_have_a_note_value_more_than_a_chord() -> None:
    apart = voices([note("C4", "whole")], [note("E4", "whole")])
    found = compare_scores(apart, voices([chord(["E4", "C4"], "whole")]))
    assert found.differences == (Difference("duration", "whole", None, measure="1", staff=1),)


def test_a_note_missing_in_a_chord_is_one_error() -> None:
    found = compare_scores(
        voices([chord(["C4", "E4", "G4"], "whole")]), voices([chord(["E4", "G4"], "whole")])
    )
    assert found.differences == (Difference("pitch", "C4", None, measure="1", staff=1),)


def test_an_accidental_does_not_change_the_pitch() -> None:
    found = compare_scores(voices([note("F#4", "whole")]), voices([note("F4", "whole")]))
    assert found.differences == (Difference("accidental", "sharp", None, measure="1", staff=1),)


def test_a_rest_in_place_of_a_note_is_missing_and_extra() -> None:
    found = compare_scores(
        voices([note("C4", "half."), note("C4", "quarter")]), voices([note("C4", "half."), rest("quarter")])
    )
    assert sorted(str(difference) for difference in found.differences) == [
        "measure 1, staff 1: extra rest quarter",
        "measure 1, staff 1: missing duration quarter",
        "measure 1, staff 1: missing pitch C4",
    ]


def test_a_whole_rest_alone_looks_like_a_rest_of_a_measure() -> None:
    assert compare_scores(voices([rest()]), voices([rest("whole")])).errors == 0


def decorated(change: Callable[[ScoreBuilder, list[Note]], object] = lambda builder, notes: None) -> Score:
    builder = ScoreBuilder(time="4/4")
    builder.add_part("", "treble")
    notes = [note("C4", "quarter"), note("C4", "quarter"), note("E4", "eighth"), note("F4", "eighth")]
    builder.add_voice(builder.add_measure(), 1, notes[0], notes[1], *notes[2:], rest("quarter"))
    change(builder, notes)
    return builder.build()


@pytest.mark.parametrize(
    ("change", "kind", "count"),
    [
        (lambda b, n: b.slur(n[0], n[2]), "slur", 2),
        (lambda b, n: b.tie(n[0], n[1]), "tie", 2),
        (lambda b, n: b.dynamic("mf", n[0]), "dynamic", 1),
        (lambda b, n: b.dynamic("cresc.", n[0]), "text", 1),
        (lambda b, n: b.direction("dolce", n[0]), "text", 1),
        (lambda b, n: b.tempo("Andante", n[0]), "text", 1),
        (lambda b, n: b.hairpin(HairpinForm.CRESCENDO, n[0], n[3]), "hairpin", 1),
        (lambda b, n: b.fermata(n[1]), "fermata", 1),
    ],
)
def test_every_decoration_counts_by_its_kind(
    change: Callable[[ScoreBuilder, list[Note]], object], kind: str, count: int
) -> None:
    found = compare_scores(decorated(change), decorated())
    assert {kind: counts.missing for kind, counts in found.kinds.items() if counts.errors} == {kind: count}
    assert found.total.missing == count


def test_a_beam_counts_at_each_of_its_notes() -> None:
    def eighths() -> list[Note]:
        return [note(pitch, "eighth") for pitch in ("C4", "D4", "E4")]

    found = compare_scores(voices([beam(*eighths())]), voices(eighths()))
    assert [str(difference) for difference in found.differences] == [
        "measure 1, staff 1: missing beam start",
        "measure 1, staff 1: missing beam middle",
        "measure 1, staff 1: missing beam end",
    ]


def test_a_dynamic_counts_for_its_measure_and_not_for_its_place_in_it() -> None:
    early = decorated(lambda b, n: b.dynamic("p", n[0]))
    late = decorated(lambda b, n: b.dynamic("p", n[2]))
    assert compare_scores(early, late).errors == 0


def test_a_lyric_counts_with_its_hyphen() -> None:
    found = compare_scores(voices([note("C4", "whole", "a-")]), voices([note("C4", "whole", "a")]))
    assert found.differences == (Difference("lyric", "a-", "a", measure="1", staff=1),)


def test_a_triplet_has_a_start_and_an_end() -> None:
    triplet = voices([tuplet(*(note("C4", "quarter") for _ in range(3)))])
    plain = voices([note("C4", "quarter") for _ in range(3)])
    assert [str(difference) for difference in compare_scores(triplet, plain).differences] == [
        "measure 1, staff 1: missing tuplet start 3:2",
        "measure 1, staff 1: missing tuplet end",
    ]


def test_a_change_of_clef_before_the_barline_is_one_after_it() -> None:
    def changed(before: bool) -> Score:
        builder = ScoreBuilder(time="4/4")
        builder.add_part("", "treble")
        first, second = builder.add_measure(), builder.add_measure()
        builder.add_voice(first, 1, note("C4", "whole"), *[clef("bass")] * before)
        builder.add_voice(second, 1, *[clef("bass")] * (not before), note("C3", "whole"))
        return builder.build()

    found = compare_scores(changed(True), changed(False))
    assert found.errors == 0
    assert found.kinds["clef"].symbols == 2


def test_a_repeat_may_be_written_at_either_side_of_a_barline() -> None:
    def repeated(right: BarlineForm | None, left: BarlineForm | None) -> Score:
        builder = ScoreBuilder(time="4/4")
        builder.add_part("", "treble")
        builder.add_voice(builder.add_measure(right=right), 1, note("C4", "whole"))
        builder.add_voice(builder.add_measure(left=left), 1, note("C4", "whole"))
        return builder.build()

    both = repeated(BarlineForm.REPEAT_BOTH, None)
    assert compare_scores(both, repeated(BarlineForm.REPEAT_END, BarlineForm.REPEAT_START)).errors == 0
    start = repeated(BarlineForm.REPEAT_START, None)
    assert compare_scores(start, repeated(None, BarlineForm.REPEAT_START)).errors == 0
    assert compare_scores(both, start).kinds["barline"] == KindCounts(symbols=3, wrong=1)


def piano(*clefs: str) -> Score:
    builder = ScoreBuilder(time="4/4")
    builder.add_part("", *clefs)
    measure = builder.add_measure()
    for staff, name in enumerate(clefs, 1):
        builder.add_voice(measure, staff, note("C3" if name == "bass" else "C5", "whole"))
    return builder.build()


def test_a_lost_staff_costs_its_own_symbols_only() -> None:
    found = compare_scores(piano("treble", "bass"), piano("bass"))
    assert found.total == KindCounts(symbols=10, missing=5)
    assert {difference.staff for difference in found.differences} == {1}


def test_only_chosen_kinds_are_compared() -> None:
    found = compare_scores(
        melody(*QUARTERS), melody(*QUARTERS[:2], ["D5", "C5", "B4", "B4"]), kinds=["pitch"]
    )
    assert found.total == KindCounts(symbols=12, wrong=1)
    assert compare_scores(melody(*QUARTERS), melody(*QUARTERS[:2]), kinds=["clef"]).errors == 0


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(SettingsError, match="no kind of symbols 'notes'; available: clef, key"):
        compare_scores(melody(), melody(), kinds=["notes"])


def test_a_result_without_music_misses_everything() -> None:
    found = compare_scores(melody(*QUARTERS), melody())
    assert found.error_rate == 1
    back = compare_scores(melody(), melody(*QUARTERS))
    assert back.total == KindCounts(extra=SYMBOLS)
    assert back.error_rate == SYMBOLS


def test_the_dictionary_has_counts_and_differences() -> None:
    found = compare_scores(voices([note("C4", "whole")]), voices([note("D4", "whole")])).to_dict()
    assert found["error_rate"] == 1 / 5
    assert found["kinds"]["pitch"] == {
        "symbols": 1,
        "missing": 0,
        "extra": 0,
        "wrong": 1,
        "errors": 1,
        "error_rate": 1.0,
    }
    assert found["differences"] == [
        {"kind": "pitch", "truth": "C4", "result": "D4", "measure": "1", "staff": 1}
    ]
    assert list(found["kinds"]) == [kind for kind in KINDS if kind in found["kinds"]]
