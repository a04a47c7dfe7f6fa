"""Measures: assembly from bars, barlines, systems, lengths."""

from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Barline,
    BarlineForm,
    MeasureSpace,
    PageBreak,
    SystemBreak,
)
from tests.loading.mro.mro_text import (
    BASS,
    bar,
    file,
    first_bar,
    half,
    one_stave,
    page,
    quarter,
    rest,
    stave,
    system,
    time,
    whole,
)
from tests.loading.mro.reading import issues, load, onsets, pitches, reading


def quarters(start: int, *positions: int) -> list[str]:
    return [quarter(start + 40 * index, p) for index, p in enumerate(positions)]


def test_a_bar_is_a_measure():
    score = load(one_stave(first_bar(whole(100, 0), end=200), bar(whole(250, 1), end=300)))
    assert [(measure.n, measure.left, measure.right) for measure in score.measures] == [
        ("1", None, None),
        ("2", None, None),
    ]


def test_forms_of_barlines():
    bars = (
        first_bar(whole(100, 0), end=200, barline="Leftrepeat"),
        bar(whole(250, 0), end=300, barline="Backtobackrepeat"),
        bar(whole(350, 0), end=400, barline="Rightrepeat"),
        bar(whole(450, 0), end=500, barline="Double"),
        bar(whole(550, 0), end=600, barline="ThinThick"),
    )
    measures = load(one_stave(*bars)).measures
    assert [measure.left for measure in measures] == [None, BarlineForm.REPEAT_START, None, None, None]
    assert [measure.right for measure in measures] == [
        None,
        BarlineForm.REPEAT_BOTH,
        BarlineForm.REPEAT_END,
        BarlineForm.DOUBLE,
        BarlineForm.END,
    ]


def test_a_double_barline_inside_a_measure_does_not_end_it():
    bars = (
        first_bar(*quarters(100, 0, 1, 2), end=240, barline="Double"),
        bar(*quarters(260, 3), end=300),
        bar(whole(350, 4), end=400),
    )
    first, second = load(one_stave(*bars)).measures
    assert (first.n, second.n) == ("1", "2")
    assert pitches(first) == ["B4", "A4", "G4", "F4"]
    assert onsets(first) == [0, 1, 2, 3]
    (barline,) = first.descendants(Barline)
    assert barline.form is BarlineForm.DOUBLE
    assert first.voices[0].children.index(barline) == 3


def test_a_repeat_sign_divides_a_measure_into_two_pieces_with_one_number():
    bars = (
        first_bar(*quarters(100, 0, 1, 2), end=240, barline="Rightrepeat"),
        bar(*quarters(260, 3), end=300),
        bar(whole(350, 4), end=400),
    )
    measures = load(one_stave(*bars)).measures
    assert [measure.n for measure in measures] == ["1", "1", "2"]
    assert [measure.mei.get("metcon") for measure in measures] == ["false", "false", None]
    assert [measure.right for measure in measures] == [BarlineForm.REPEAT_END, None, None]
    assert [measure.quarter_length for measure in measures] == [3, 1, 4]


def test_bars_at_a_plain_barline_are_measures_even_if_they_are_short():
    bars = (
        first_bar(whole(100, 0), end=150),
        bar(*quarters(200, 0, 1), end=300),
        bar(*quarters(350, 0, 1), end=400),
    )
    what = "lasts 2 quarters; the time signature requires 4: kept as it was recognised"
    assert issues(one_stave(*bars)) == [
        f"page 1, system 1, stave 1, bar 2: measure 2: {what}",
        f"page 1, system 1, stave 1, bar 3: measure 3: {what}",
    ]


def test_a_measure_that_is_too_long_is_kept():
    loaded = load_score(data=one_stave(first_bar(*quarters(100, 0, 0, 0, 0, 0), end=300)), format="mro")
    assert len(list(loaded.score.notes())) == 5
    assert [issue.what for issue in loaded.issues] == [
        "lasts 5 quarters; the time signature requires 4: kept as it was recognised"
    ]


def test_an_upbeat_and_the_short_measures_that_complete_it_are_no_flaws():
    bars = (
        first_bar(*quarters(100, 0), end=150),
        bar(*quarters(200, 0, 1, 2), end=300, barline="Rightrepeat"),
        bar(whole(350, 0), end=400),
        bar(*quarters(450, 0, 1, 2), end=600, barline="ThinThick"),
    )
    assert [measure.n for measure in load(one_stave(*bars)).measures] == ["1", "2", "3", "4"]


def test_a_repeat_sign_at_the_start_of_a_system_opens_its_first_measure():
    opening = first_bar(end=110, barline="Leftrepeat")
    second = system(
        stave(
            bar(end=60, barline="Leftrepeat", clefs=("shape Treble centre 32,20",)),
            bar(whole(150, 1), end=300),
        )
    )
    text = file(page(system(stave(opening, bar(whole(150, 0), end=300))), second))
    measures = load(text).measures
    assert [measure.left for measure in measures] == [BarlineForm.REPEAT_START] * 2
    assert [measure.n for measure in measures] == ["1", "2"]


def test_signatures_after_the_last_barline_of_a_system_announce_those_of_the_next():
    courtesy = bar(end=998, invented=True, keys=("key 2 centre 32,960",), timesig=time(3, 4, x=980))
    first = system(stave(first_bar(whole(100, 0), end=940), courtesy))
    bars = [
        bar(half(150, -4), quarter(200, 0), end=300, clefs=("shape Treble centre 32,20",), keys=("key 2 centre 32,40",),
            timesig=time(3, 4)),
    ]  # fmt: skip
    made = reading(file(page(first, system(stave(*bars), top=400))))
    score = made.score
    assert made.ids["keysig", 0, 0, 0, 1, 0] == made.ids["keysig", 0, 1, 0, 0, 0]
    assert made.ids["barline", 0, 0, 0, 1] == made.ids["barline", 0, 0, 0, 0] == score.measures[0].id
    assert pitches(score) == ["B4", "F#5", "B4"]
    assert [measure.quarter_length for measure in score.measures] == [4, 3]


def test_a_measure_may_go_on_in_the_next_system():
    first = system(stave(first_bar(*quarters(100, 0, 1), end=950, invented=True)))
    second = system(stave(bar(*quarters(100, 2, 3), end=300), bar(whole(400, 0), end=500)), top=400)
    measures = load(file(page(first, second))).measures
    assert [measure.n for measure in measures] == ["1", "1", "2"]
    assert measures[0].right is BarlineForm.INVISIBLE


def test_systems_and_pages_are_breaks():
    systems = [system(stave(first_bar(whole(100, 0), end=200)), top=100 + 300 * n) for n in range(3)]
    score = load(file(page(*systems[:2]), page(systems[2])))
    section = score.measures[0].parent
    assert section is not None
    assert [type(child) for child in section.objects() if child.tag in ("sb", "pb")] == [
        SystemBreak,
        PageBreak,
    ]


# ---------------------------------------------------------------- several staves


def two_staves(upper: str, lower: str, joined: bool = True) -> str:
    return file(page(system(stave(upper, joined=joined), stave(lower, top=236))))


def test_joined_staves_are_one_part():
    upper, lower = first_bar(whole(100, 0), end=200), first_bar(whole(100, 0), end=200, clef=BASS)
    assert [len(part.staves) for part in load(two_staves(upper, lower)).parts] == [2]
    assert [len(part.staves) for part in load(two_staves(upper, lower, joined=False)).parts] == [1, 1]


def test_staves_have_one_time_signature():
    upper = first_bar(half(100, 0), quarter(150, 0), end=200, timesig=time(3, 4))
    lower = first_bar(half(100, 0), quarter(150, 0), end=200, clef=BASS, timesig="")
    assert load(two_staves(upper, lower)).measures[0].quarter_length == 3
    wrong = first_bar(half(100, 0), quarter(150, 0), end=200, clef=BASS, timesig=time(2, 4))
    assert issues(two_staves(upper, wrong)) == [
        "page 1, system 1, stave 2, bar 1: timesig: 2/4 where other staves have 3/4: read as the latter"
    ]


def test_a_system_may_have_fewer_staves():
    upper, lower = first_bar(whole(100, 0), end=200), first_bar(whole(100, 0), end=200, clef=BASS)
    song = first_bar(whole(100, 4), end=200)
    full = system(stave(song), stave(upper, top=236, joined=True), stave(lower, top=372))
    piano = system(stave(upper, joined=True), stave(lower, top=236), top=700)
    loaded = load_score(data=file(page(full, piano)), format="mro")
    assert [str(issue) for issue in loaded.issues] == [
        "page 1, system 2: staves: 2 of 3 staves: read as those with the numbers 2, 3"
    ]
    second = loaded.score.measures[1]
    assert [type(event) for event in second.staves[0].voices[0].events] == [MeasureSpace]
    assert pitches(second) == ["B4", "D3"]


def test_a_missing_barline_is_found_on_the_other_stave():
    bars = [first_bar(whole(100, 0), end=200), bar(whole(250, 0), end=300)]
    merged = first_bar(whole(100, 0), whole(250, 0), end=300, clef=BASS)
    loaded = load_score(data=file(page(system(stave(*bars), stave(merged, top=236)))), format="mro")
    assert [pitches(measure) for measure in loaded.score.measures] == [["B4", "D3"], ["B4", "D3"]]
    assert [str(issue) for issue in loaded.issues] == [
        "page 1, system 1, stave 2: bars: 1 where the system has 2: divided by position"
    ]


def test_barlines_that_differ_are_reported():
    upper = first_bar(whole(100, 0), end=200, barline="Double")
    lower = first_bar(whole(100, 0), end=200, clef=BASS)
    assert issues(two_staves(upper, lower)) == [
        "page 1, system 1, stave 2, bar 1: barline: Single, but the system has Double: read as the latter"
    ]


def test_a_bar_without_notes_and_rests_is_empty():
    upper, lower = first_bar(whole(100, 0), end=200), first_bar(end=200, clef=BASS)
    loaded = load_score(data=two_staves(upper, lower), format="mro")
    assert [type(event) for event in loaded.score.measures[0].staves[1].voices[0].events] == [MeasureSpace]
    assert [issue.what for issue in loaded.issues] == ["no notes or rests"]


def test_without_a_time_signature_measures_are_as_long_as_their_notes():
    text = one_stave(first_bar(*quarters(100, 0, 0, 0), end=300, timesig=""), bar(rest(350), end=400))
    assert [measure.quarter_length for measure in load(text).measures] == [3, 1]
