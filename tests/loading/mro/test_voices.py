"""Voices and onsets."""

from fractions import Fraction

from smashcima.loading import load_score
from smashcima.scene.semantic import Space, Tuplet
from tests.loading.mro.mro_text import (
    BASS,
    bar,
    beam,
    chord,
    file,
    first_bar,
    half,
    note,
    one_stave,
    page,
    quarter,
    rest,
    stave,
    system,
    time,
    triplet,
    whole,
)
from tests.loading.mro.reading import load, onsets, pitches


def voices(score):
    return [
        [str(note.pitch) for note in voice.descendants() if note.tag == "note"]
        for voice in score.measures[0].voices
    ]


def test_chords_above_each_other_are_voices_by_their_stems():
    chords = [half(100, -3), half(200, -2), whole(100, 4)]
    low = [quarter(x, p, up=False) for x, p in ((100, 3), (150, 4), (200, 3), (250, 4))]
    score = load(one_stave(first_bar(*chords[:2], *low, end=300)))
    assert voices(score) == [["E5", "D5"], ["F4", "E4", "F4", "E4"]]
    assert [note.onset for note in score.notes()] == [0, 2, 0, 1, 2, 3]


def test_one_voice_may_change_the_direction_of_its_stems():
    chords = [quarter(100, 2, up=True), quarter(150, -2, up=False), half(200, 0, up=False)]
    assert voices(load(one_stave(first_bar(*chords, end=300)))) == [["G4", "D5", "B4"]]


def test_a_semibreve_is_the_voice_beside_the_stems():
    chords = [whole(100, 4), *[quarter(x, -3) for x in (100, 150, 200, 250)]]
    assert voices(load(one_stave(first_bar(*chords, end=300)))) == [["E5"] * 4, ["E4"]]


def test_a_second_between_voices_is_moved_aside():
    chords = [half(100, -1), half(119, 0, up=False), half(200, -2), half(200, 3, up=False)]
    score = load(one_stave(first_bar(*chords, end=300)))
    assert voices(score) == [["C5", "D5"], ["B4", "F4"]]
    assert onsets(score) == [0, 2, 0, 2]


def test_a_dotted_note_may_move_the_other_voice_further_if_the_bar_is_too_long_otherwise():
    chords = [half(100, 0, up=False, extra="naugdots 1"), whole(134, 0), quarter(250, 2, up=False)]
    score = load(one_stave(first_bar(*chords, end=300)))
    assert sorted(onsets(score)) == [0, 0, 3]


def test_three_voices():
    chords = [
        chord(100, note(-5, "Minim"), up=True),
        quarter(100, 2, up=False),
        rest(100, "Crotchetrest", p=0),
        quarter(150, 3, up=False),
        rest(150, "Crotchetrest", p=0),
        half(200, -5),
        half(200, 2, up=False),
    ]
    score = load(one_stave(first_bar(*chords, end=300)))
    assert len(score.measures[0].voices) == 3
    assert onsets(score) == [0, 2, 0, 1, 2]


def test_a_pause_without_a_rest_is_a_space():
    chords = [
        quarter(100, -3), quarter(150, -3), quarter(200, -3), quarter(250, -3),
        quarter(100, 3, up=False), quarter(200, 3, up=False),
    ]  # fmt: skip
    score = load(one_stave(first_bar(*chords, end=300)))
    low = score.measures[0].voices[1]
    assert [(type(event), event.onset) for event in low.events if isinstance(event, Space)] == [(Space, 1)]
    assert onsets(low) == [0, 2]


def test_a_pause_inside_a_triplet_is_a_space_of_a_triplet():
    high = [quarter(100 + 30 * n, -3, extra=triplet() + " nflags 1") for n in range(3)]
    low = [quarter(160, 3, up=False, extra=triplet(1) + " nflags 1")]
    chords = [*high, *low, half(220, -3), half(220, 3, up=False), quarter(300, -3), quarter(300, 3, up=False)]
    score = load(one_stave(first_bar(*chords, end=350)))
    low_voice = score.measures[0].voices[1]
    assert onsets(low_voice) == [Fraction(2, 3), 1, 3]
    assert isinstance(next(low_voice.objects()), Tuplet)


def test_a_voice_enters_where_the_other_stave_has_an_event():
    upper = first_bar(*[quarter(x, 0) for x in (100, 150, 200, 250)], end=300)
    lower = first_bar(whole(100, 4), quarter(200, -3), quarter(250, -3), end=300, clef=BASS)
    score = load(file(page(system(stave(upper), stave(lower, top=236)))))
    assert onsets(score.measures[0].staves[1]) == [2, 3, 0]


def test_a_beam_that_goes_on_in_the_other_stave_leaves_gaps():
    beams = [beam(0, 2, 0, 1), beam(0, 2, 1, 0)]
    upper = first_bar(quarter(180, 0, extra=beams[0]), quarter(220, 0, extra=beams[1]), half(250, 0), end=350)
    lower = first_bar(quarter(100, 0, extra=beams[0]), quarter(140, 0, extra=beams[1]), end=350, clef=BASS)
    loaded = load_score(data=file(page(system(stave(upper), stave(lower, top=236)))), format="mro")
    assert [onsets(staff) for staff in loaded.score.measures[0].staves] == [
        [1, Fraction(3, 2), 2],
        [0, Fraction(1, 2)],
    ]


def test_voices_may_have_their_rests_on_the_other_stave():
    upper = first_bar(rest(100, "Quaverrest"), rest(300, "Quaverrest"), end=400, timesig=time(3, 4))
    chords = [
        half(100, 2, up=False), quarter(150, -5, extra="naugdots 1"),
        quarter(300, 4, up=False), quarter(350, -3, extra="nflags 1"),
    ]  # fmt: skip
    lower = first_bar(*chords, end=400, clef=BASS, timesig=time(3, 4))
    loaded = load_score(data=file(page(system(stave(upper), stave(lower, top=236)))), format="mro")
    high, low = loaded.score.measures[0].staves[1].voices
    assert (onsets(high), onsets(low)) == ([Fraction(1, 2), Fraction(5, 2)], [0, 2])


def test_a_wrong_duration_on_one_stave_leaves_the_others_as_they_are():
    upper = first_bar(half(100, 0), half(200, 0, extra="naugdots 2"), end=300)
    lower = first_bar(*[quarter(x, 0) for x in (100, 150, 200, 250)], end=300, clef=BASS)
    loaded = load_score(data=file(page(system(stave(upper), stave(lower, top=236)))), format="mro")
    assert onsets(loaded.score.measures[0].staves[1]) == [0, 1, 2, 3]
    assert [issue.what for issue in loaded.issues] == [
        "lasts 11/2 quarters; the time signature requires 4: kept as it was recognised"
    ]


def test_the_stems_decide_on_staves_that_are_split_into_voices():
    chords = [quarter(100, -3), quarter(150, 3, up=False), half(200, -3)]
    text = one_stave(first_bar(*chords, end=300), split=True)
    assert voices(load(text)) == [["E5", "E5"], ["F4"]]


def test_a_beam_stays_in_one_voice():
    chords = [
        half(100, -6), half(200, -6),
        quarter(100, 6, up=False, extra=beam(0, 2, 0, 1)), quarter(130, -4, up=True, extra=beam(0, 2, 1, 0)),
        quarter(150, 4, up=False), half(200, 3, up=False),
    ]  # fmt: skip
    score = load(one_stave(first_bar(*chords, end=300)))
    assert voices(score) == [["A5", "A5"], ["C4", "F5", "E4", "F4"]]


def test_measures_follow_in_all_voices():
    bars = (
        first_bar(half(100, -3), half(100, 3, up=False), half(150, -3), half(150, 3, up=False), end=200),
        bar(quarter(240, 0), quarter(280, 0), half(320, 0), end=400, timesig=time(4, 4, x=215)),
    )
    assert [pitches(measure) for measure in load(one_stave(*bars)).measures] == [
        ["E5", "E5", "F4", "F4"],
        ["B4", "B4", "B4"],
    ]
