"""What is attached by position: slurs, ties, lyrics, dynamics, texts."""

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Direction,
    Dynamic,
    Hairpin,
    HairpinForm,
    Harmony,
    Slur,
    Syllable,
    SyllableConnector,
    SyllablePosition,
    TextSpan,
    Tie,
)
from tests.loading.mro.mro_text import (
    bar,
    chord,
    file,
    first_bar,
    half,
    lyric_line,
    note,
    one_stave,
    page,
    quarter,
    stave,
    system,
    whole,
)
from tests.loading.mro.reading import issues, load, reading


def arc(left: tuple[int, int], right: tuple[int, int], radius: int = -80, partner: int | None = None) -> str:
    more = "" if partner is None else f" partner {partner}"
    return f"leftpt {left[0]},{left[1]} rightpt {right[0]},{right[1]} radius {radius}{more}"


def row(p: int) -> int:
    """Row of a staff position on a stave whose top is that of the system."""
    return 32 + 8 * p


NOTES = first_bar(
    quarter(100, 0), quarter(150, 0), quarter(200, 2), quarter(250, 2, of_note="accid Sharp"), end=300
)


def ends(mark):
    return mark.start.onset, mark.end.onset


# ---------------------------------------------------------------- slurs and ties


def test_an_arc_between_neighbours_of_one_pitch_is_a_tie():
    score = load(one_stave(NOTES, slurs=(arc((row(0) + 10, 105), (row(0) + 10, 145), 60),)))
    (tie,) = score.descendants(Tie)
    assert (ends(tie), tie.direction) == ((0, 1), "below")
    assert not list(score.descendants(Slur))


def test_other_arcs_are_slurs():
    score = load(one_stave(NOTES, slurs=(arc((row(0) - 14, 100), (row(2) - 14, 200)),)))
    (slur,) = score.descendants(Slur)
    assert (ends(slur), slur.direction) == ((0, 2), "above")
    assert not list(score.descendants(Tie))


def test_an_accidental_at_the_second_note_makes_a_slur():
    assert (
        len(list(load(one_stave(NOTES, slurs=(arc((row(2), 206), (row(2), 230)),))).descendants(Slur))) == 1
    )


def test_an_arc_far_from_the_heads_is_a_slur():
    score = load(one_stave(NOTES, slurs=(arc((row(0) - 60, 105), (row(0) - 60, 145)),)))
    assert len(list(score.descendants(Slur))) == 1


def test_notes_of_chords_are_tied_one_by_one():
    bars = first_bar(
        chord(100, note(0, "Minim"), note(-2, "Minim")),
        chord(200, note(0, "Minim"), note(-2, "Minim")),
        end=300,
    )
    slurs = (arc((row(0) + 6, 108), (row(0) + 6, 192), 90), arc((row(-2) - 6, 108), (row(-2) - 6, 192)))
    score = load(one_stave(bars, slurs=slurs))
    assert [str(tie.start.pitch) for tie in score.descendants(Tie)] == ["B4", "D5"]


def test_a_tie_extends_an_accidental_across_the_barline():
    bars = (
        first_bar(chord(100, note(0, "Sbreve", "accid Flat")), end=200),
        bar(half(250, 0), half(300, 0), end=400),
    )
    score = load(one_stave(*bars, slurs=(arc((row(0) + 8, 110), (row(0) + 8, 240), 60),)))
    assert [str(each.pitch) for each in score.notes()] == ["Bb4", "Bb4", "B4"]


def test_a_tie_across_a_barline_needs_no_measure_of_the_right_length():
    upper = (first_bar(half(100, 0), end=200), bar(whole(250, 0), end=300))
    lower = (first_bar(whole(100, 0), end=200), bar(whole(250, 0), end=300))
    staves = (stave(*upper), stave(*lower, top=236))
    text = file(page(system(*staves, slurs=(arc((row(0) + 8, 110), (row(0) + 8, 240), 60),))))
    (tie,) = load_score(data=text, format="mro").score.descendants(Tie)
    assert ends(tie) == (0, 4)


def two_systems(first: str, second: str, upper: tuple[str, ...], lower: tuple[str, ...]) -> str:
    systems = (system(stave(first), slurs=upper), system(stave(second, top=400), top=400, slurs=lower))
    return file(page(*systems))


def test_a_tie_may_go_on_in_the_next_system():
    first, second = first_bar(whole(900, 0), end=990), bar(whole(100, 0), end=200)
    text = two_systems(
        first, second, (arc((row(0), 910), (row(0), 985)),), (arc((row(0), 60), (row(0), 90)),)
    )
    made = reading(text)
    (tie,) = made.score.descendants(Tie)
    assert [str(each.pitch) for each in (tie.start, tie.end)] == ["B4", "B4"]
    assert made.ids["slur", 0, 0, 0] == made.ids["slur", 0, 1, 0] == tie.id
    assert made.issues == ()


def test_a_slur_may_go_on_in_the_next_system():
    first = first_bar(half(800, 0), half(900, 1), end=990)
    second = bar(half(100, 2), half(200, 3), end=300)
    text = two_systems(
        first, second, (arc((row(-2), 800), (row(-2), 985)),), (arc((row(0), 50), (row(0), 200)),)
    )
    (slur,) = load(text).descendants(Slur)
    assert ends(slur) == (0, 6)


def test_an_arc_beyond_the_last_note_may_end_there():
    score = load(one_stave(NOTES, slurs=(arc((row(-2), 100), (row(0), 266)),)))
    (slur,) = score.descendants(Slur)
    assert ends(slur) == (0, 3)


def test_an_arc_without_notes_is_reported():
    assert issues(one_stave(NOTES, slurs=(arc((row(0), 600), (row(0), 700)),))) == [
        "page 1, system 1: slur 1: no two notes at its ends: not read"
    ]
    assert issues(one_stave(NOTES, slurs=(arc((row(2), 250), (row(2), 290)),))) == [
        "page 1, system 1: slur 1: goes on in the next system, but is not found there: not read"
    ]


# ---------------------------------------------------------------- lyrics


def syllables(score):
    return [(each.text, each.event.onset, each.verse.n) for each in score.descendants(Syllable)]


def test_syllables_are_sung_on_the_nearest_note_of_their_bar():
    bars = (first_bar(half(100, 0), half(200, 0), end=300), bar(whole(350, 0), end=400))
    line = lyric_line((104, 0, "Lied-"), (196, 0, "chen"), (340, 1, "klingt"))
    score = load(one_stave(*bars, lyrics=(line,)))
    assert syllables(score) == [("Lied", 0, "1"), ("chen", 2, "1"), ("klingt", 4, "1")]
    first, second, third = score.descendants(Syllable)
    assert (first.word_position, first.connector) == (SyllablePosition.INITIAL, SyllableConnector.HYPHEN)
    assert (second.word_position, second.connector) == (SyllablePosition.TERMINAL, SyllableConnector.SPACE)
    assert third.word_position is SyllablePosition.SINGLE


def test_of_two_voices_the_upper_one_sings():
    chords = [half(100, -3), half(100, 3, up=False), half(200, -3), half(200, 3, up=False)]
    score = load(one_stave(first_bar(*chords, end=300), lyrics=(lyric_line((104, 0, "Ah"), (196, 0, "oh")),)))
    assert [str(each.event.pitch) for each in score.descendants(Syllable)] == ["E5", "E5"]


def test_lines_are_verses_from_top_to_bottom():
    lines = (lyric_line((100, 0, "zwei"), row=140), lyric_line((100, 0, "eins"), row=110))
    score = load(one_stave(first_bar(whole(100, 0), end=200), lyrics=lines))
    assert syllables(score) == [("eins", 0, "1"), ("zwei", 0, "2")]


def test_words_go_on_in_the_next_system():
    systems = [
        system(
            stave(first_bar(whole(100, 0), end=200), lyrics=(lyric_line((100, 0, text)),)), top=100 + 300 * n
        )
        for n, text in enumerate(("Hal-", "le-", "lu"))
    ]
    positions = [each.word_position for each in load(file(page(*systems))).descendants(Syllable)]
    assert positions == [SyllablePosition.INITIAL, SyllablePosition.MIDDLE, SyllablePosition.TERMINAL]


def test_an_extender_belongs_to_the_syllable_before_it():
    line = (
        'abot 110 elements { nof 2 lyricelement { text$ "Ah" midc 100 bar 0 }'
        ' lyricelement { extender True c0 120 c1 190 text$ "" midc 150 bar 0 } }'
    )
    (found,) = load(one_stave(first_bar(whole(100, 0), end=200), lyrics=(line,))).descendants(Syllable)
    assert (found.text, found.connector) == ("Ah", SyllableConnector.EXTENDER)


def test_syllables_that_cannot_be_sung_are_reported():
    line = lyric_line((100, 0, ""), (100, 0, "Ah"))
    assert issues(one_stave(first_bar("virtualstem True flagposn 0,100 notes { nof 1 note { shape Sbreverest p -2 } }", end=200),
                            lyrics=(line,))) == [
        "page 1, system 1, stave 1, bar 1: lyricelement: an empty syllable: not read",
        "page 1, system 1, stave 1, bar 1: lyricelement: 'Ah': no note to sing it on; not read",
    ]  # fmt: skip


# ---------------------------------------------------------------- dynamics and texts


@pytest.mark.parametrize("letters", ["pppp", "ppp", "pp", "p", "mp", "mf", "f", "ff", "fff", "ffff", "fp", "sf", "fz", "sfz", "sffz", "sfp", "sfpp"])  # fmt: skip
def test_dynamics_stand_at_the_nearest_event(letters):
    score = load(one_stave(NOTES, dynamics=(f"type Dyn_{letters} c 146 c0 0 c1 0 r 90",)))
    (mark,) = score.descendants(Dynamic)
    assert (mark.text, mark.start.onset, mark.place) == (letters, 1, "below")


@pytest.mark.parametrize(
    ("shape", "form"), [("Hairpincres", HairpinForm.CRESCENDO), ("Hairpindim", HairpinForm.DIMINUENDO)]
)
def test_hairpins_cover_the_events_between_their_ends(shape, form):
    (mark,) = load(one_stave(NOTES, dynamics=(f"type {shape} c 0 c0 140 c1 240 r -20",))).descendants(Hairpin)
    assert (mark.form, mark.place, ends(mark)) == (form, "above", (1, 3))


def test_a_hairpin_under_one_note_leads_to_the_next():
    (mark,) = load(one_stave(NOTES, dynamics=("type Hairpincres c 0 c0 145 c1 180 r 90",))).descendants(
        Hairpin
    )
    assert ends(mark) == (1, 2)
    (mark,) = load(one_stave(NOTES, dynamics=("type Hairpincres c 0 c0 245 c1 290 r 90",))).descendants(
        Hairpin
    )
    assert (mark.start.onset, mark.end, mark.quarter_length) == (3, None, 1)


def test_texts_are_directions_or_chord_names():
    texts = (
        'abot -20 c0 95 height 40 style 6 type 0 text$ "dolce"',
        'abot -30 c0 190 height 36 style 1 type 1 text$ "Am7"',
    )
    score = load(one_stave(NOTES, texts=texts))
    (words,), (harmony,) = score.descendants(Direction), score.descendants(Harmony)
    assert (words.text, words.start.onset, words.place) == ("dolce", 0, "above")
    (span,) = words.descendants(TextSpan)
    assert dict(span.mei) == {"fontstyle": "italic", "fontweight": "normal"}
    assert (harmony.text, harmony.start.onset) == ("Am7", 2)


def test_marks_on_a_stave_without_events_start_with_its_first_measure():
    text = file(
        page(system(stave(NOTES), stave(first_bar(end=300), top=236, dynamics=("type Dyn_p c 100 r 90",))))
    )
    loaded = load_score(data=text, format="mro")
    (mark,) = loaded.score.descendants(Dynamic)
    assert (mark.onset, mark.staff) == (0, loaded.score.staves[1])


def test_an_empty_text_is_reported():
    assert issues(one_stave(NOTES, texts=('abot 0 c0 0 text$ " "',))) == [
        "page 1, system 1, stave 1: text: empty: not read"
    ]
