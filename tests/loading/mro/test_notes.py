"""Notes, chords and rests: pitches, durations, accidentals, what is attached to them."""

from fractions import Fraction

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Articulation,
    Beam,
    BeamSpan,
    Chord,
    Fermata,
    GraceKind,
    MeasureRest,
    Mordent,
    MultiMeasureRest,
    Note,
    Rest,
    StemDirection,
    Trill,
    Tuplet,
)
from tests.loading.mro.mro_text import (
    BASS,
    TREBLE,
    bar,
    beam,
    chord,
    file,
    first_bar,
    half,
    key,
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
from tests.loading.mro.reading import issues, load, pitches

FOUR = [quarter(100, 1), quarter(150, 0), quarter(200, -1), quarter(250, -2)]


def test_positions_are_counted_downwards_from_the_middle_line():
    score = load(one_stave(first_bar(*FOUR, end=300)))
    assert pitches(score) == ["A4", "B4", "C5", "D5"]
    assert [note.staff_position for note in score.notes()] == [-1, 0, 1, 2]
    assert [note.onset for note in score.notes()] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("clef", "middle"),
    [
        (TREBLE, "B4"),
        (BASS, "D3"),
        ("shape Alto centre 32,20 pitchposn 0", "C4"),
        ("shape Alto centre 32,20 pitchposn -2", "A3"),
        ("shape Alto centre 32,20 pitchposn 4", "G4"),
        ("shape TrebleUp8 centre 32,20 pitchposn 2", "B5"),
        ("shape TrebleDown8 centre 32,20 pitchposn 2", "B3"),
        ("shape Bass centre 32,20 pitchposn 0", "F3"),
    ],
)
def test_clefs_are_on_the_line_of_their_pitch_position(clef, middle):
    assert pitches(load(one_stave(first_bar(whole(100, 0), end=300, clef=clef)))) == [middle]


def test_the_key_and_accidentals_of_the_bar_alter_notes():
    bars = (
        first_bar(
            quarter(100, -4), quarter(150, 0, of_note="accid Flat accid_dc -14"), quarter(200, 0), quarter(250, -7),
            end=300, keys=(key(1),),
        ),
        bar(quarter(340, 0), quarter(380, -4, of_note="accid Natural"), quarter(420, -4), quarter(460, 3), end=500),
    )  # fmt: skip
    assert pitches(load(one_stave(*bars))) == ["F#5", "Bb4", "Bb4", "B5", "B4", "F5", "F5", "F#4"]


@pytest.mark.parametrize(
    ("accid", "kind", "pitch"),
    [
        ("Sharp", "s", "B#4"),
        ("Flat", "f", "Bb4"),
        ("Natural", "n", "B4"),
        ("DoubleSharp", "x", "B##4"),
        ("DoubleFlat", "ff", "Bbb4"),
        ("NaturalSharp", "ns", "B#4"),
        ("NaturalFlat", "nf", "Bb4"),
    ],
)
def test_every_accidental_is_read(accid, kind, pitch):
    score = load(one_stave(first_bar(chord(100, note(0, "Sbreve", f"accid {accid} accid_dc -14")), end=200)))
    (found,) = score.notes()
    assert found.accidental is not None
    assert (found.accidental.kind, str(found.pitch)) == (kind, pitch)


@pytest.mark.parametrize(
    ("made", "length"),
    [
        (chord(100, note(0, "Breve")), 8),
        (whole(100, 0), 4),
        (half(100, 0), 2),
        (quarter(100, 0), 1),
        (quarter(100, 0, extra="nflags 1"), Fraction(1, 2)),
        (quarter(100, 0, extra="nflags 3"), Fraction(1, 8)),
        (quarter(100, 0, extra="naugdots 1"), Fraction(3, 2)),
        (half(100, 0, extra="naugdots 2"), Fraction(7, 2)),
        (rest(100, "Breverest"), 8),
        (rest(100, "Minimrest"), 2),
        (rest(100, "CrotchetRest", extra="naugdots 1"), Fraction(3, 2)),
        (rest(100, "Quaverrest"), Fraction(1, 2)),
        (rest(100, "SQuaverRest"), Fraction(1, 4)),
        (rest(100, "DSquaverrest"), Fraction(1, 8)),
        (rest(100, "HDSquaverrest"), Fraction(1, 16)),
    ],
)
def test_shape_flags_and_dots_are_a_duration(made, length):
    score = load(one_stave(bar(made, end=200, clefs=(TREBLE,))))
    (event,) = [event for event in score.events() if isinstance(event, Note | Rest)]
    assert event.quarter_length == length


def test_beam_parts_are_flags():
    notes = [
        quarter(100, 0, extra=beam(0, 4, 0, 1)),
        quarter(130, 0, extra=beam(0, 4, 1, 2)),
        quarter(150, 0, extra=beam(0, 4, 2, 1)),
        quarter(170, 0, extra=beam(0, 4, 1, 0)),
    ]
    score = load(one_stave(first_bar(*notes, half(220, 0), end=300, timesig=time(7, 8))))
    lengths = [note.quarter_length for note in score.notes()]
    assert lengths == [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4), Fraction(1, 2), 2]
    (found,) = score.descendants(Beam)
    assert len(found.events) == 4


def test_a_beam_may_cross_a_barline():
    first = [
        quarter(100, 0),
        half(150, 0),
        quarter(200, 0, extra=beam(3, 3, 0, 1)),
        quarter(240, 0, extra=beam(3, 3, 1, 1)),
    ]
    second = [
        quarter(300, 0, extra=beam(3, 3, 1, 0)),
        quarter(340, 0, extra="nflags 1"),
        half(380, 0),
        quarter(420, 0),
    ]
    score = load(one_stave(first_bar(*first, end=270), bar(*second, end=500)))
    (found,) = score.descendants(BeamSpan)
    assert [event.onset for event in found.events] == [3, Fraction(7, 2), 4]
    assert found.measure is score.measures[0]
    assert not list(score.descendants(Beam))


def test_a_break_in_the_inner_beams_is_kept():
    notes = [
        quarter(100, 0, extra=beam(0, 4, 0, 2)),
        quarter(120, 0, extra=beam(0, 4, 2, 1)),
        quarter(140, 0, extra=beam(0, 4, 1, 2)),
        quarter(160, 0, extra=beam(0, 4, 2, 0)),
    ]
    score = load(one_stave(first_bar(*notes, end=300, timesig=time(1, 4))))
    assert [note.mei.get("breaksec") for note in score.notes()] == [None, "1", None, None]


def test_a_chord_is_its_notes_on_one_stem():
    made = chord(100, note(1), note(-1, extra="accid Sharp"), up=False)
    score = load(one_stave(first_bar(made, quarter(150, 0), half(200, 0), end=300)))
    (found,) = score.descendants(Chord)
    assert [str(each.pitch) for each in found.notes] == ["A4", "C#5"]
    assert found.stem_direction is StemDirection.DOWN


def test_the_order_in_the_file_does_not_matter():
    assert pitches(load(one_stave(first_bar(*FOUR[::-1], end=300)))) == ["A4", "B4", "C5", "D5"]


# ---------------------------------------------------------------- rests


def test_a_semibreve_rest_alone_fills_its_measure():
    score = load(one_stave(first_bar(rest(150, "Sbreverest", p=-2), end=300, timesig=time(3, 4))))
    (found,) = score.events()
    assert isinstance(found, MeasureRest)
    assert found.quarter_length == 3
    assert found.staff_position is None


def test_rests_away_from_their_usual_place_keep_their_position():
    score = load(one_stave(first_bar(rest(100, p=-4), rest(150), rest(200, "Minimrest"), end=300)))
    assert [event.staff_position for event in score.events()] == [4, None, None]


def test_a_rest_of_several_bars_counts_as_several_measures():
    bars = (
        first_bar(rest(150, "MultiBarRest", extra="nofmmrestbars 5"), end=300),
        bar(whole(350, 0), end=400),
    )
    score = load(one_stave(*bars))
    assert isinstance(next(score.events()), MultiMeasureRest)
    assert [measure.n for measure in score.measures] == ["1", "6"]
    assert score.measures[1].onset == 20


# ---------------------------------------------------------------- tuplets


def test_notes_with_one_id_are_a_tuplet():
    notes = [quarter(100 + 30 * n, 0, extra=triplet(0) + " nflags 1") for n in range(3)]
    more = [quarter(200 + 30 * n, 0, extra=triplet(1) + " nflags 1") for n in range(3)]
    score = load(one_stave(first_bar(*notes, *more, half(300, 0), end=350)))
    tuplets = list(score.descendants(Tuplet))
    assert [(found.count, found.base, len(found.events)) for found in tuplets] == [(3, 2, 3), (3, 2, 3)]
    assert [note.onset for note in score.notes()] == [Fraction(n, 3) for n in range(6)] + [2]


def test_without_ids_a_tuplet_ends_when_it_is_complete():
    extras = [beam(0, 3, 0, 1), beam(0, 3, 1, 1), beam(0, 3, 1, 0)]
    first = [
        quarter(100 + 30 * n, 0, extra="tuplettransform 2/3 tupletcount 1 " + extras[n]) for n in range(3)
    ]
    second = [
        quarter(200, 0, extra="tuplettransform 2/3"),
        quarter(240, 0, extra="tuplettransform 2/3 nflags 1"),
    ]
    score = load(one_stave(first_bar(*first, *second, half(300, 0), end=350), version=1000))
    assert [len(found.events) for found in score.descendants(Tuplet)] == [3, 2]
    assert [note.onset for note in score.notes()][3:] == [1, Fraction(5, 3), 2]


def test_a_tuplet_may_hold_only_a_part_of_a_beam():
    extras = [beam(0, 5, 0, 1)] + [beam(0, 5, 1, 1)] * 3 + [beam(0, 5, 1, 0)]
    tuplets = ["", "", *[triplet()] * 3]
    notes = [quarter(100 + 30 * n, 0, extra=extras[n] + " " + tuplets[n]) for n in range(5)]
    score = load(one_stave(first_bar(*notes, half(300, 0), end=350)))
    (found,) = score.descendants(Beam)
    assert [type(child) for child in found.objects()] == [Note, Note, Tuplet]


def test_a_factor_that_is_none_is_reported():
    assert issues(one_stave(first_bar(whole(100, 0, extra="tuplettransform 0/0"), end=200))) == [
        "page 1, system 1, stave 1, bar 1: tuplettransform: 0/0 is no factor of a tuplet: read as 1/1"
    ]


# ---------------------------------------------------------------- grace notes, articulations, ornaments


def test_grace_notes_take_no_time():
    graces = [chord(80, note(-2, "Grace"), extra="nflags 1 stemslash True"), chord(200, note(1, "Grace"))]
    score = load(one_stave(first_bar(*graces, *FOUR, end=300)))
    assert pitches(score) == ["D5", "A4", "B4", "A4", "C5", "D5"]
    first, second = [note for note in score.notes() if note.is_grace]
    assert (first.grace, first.mei.get("stem.mod")) == (GraceKind.UNACCENTED, "1slash")
    assert (second.grace, second.onset) == (GraceKind.ACCENTED, 2)


@pytest.mark.parametrize(
    ("slot", "kind"),
    [
        ("accent", "acc"),
        ("staccato", "stacc"),
        ("marcato", "marc"),
        ("staccatissimo", "stacciss"),
        ("tenuto", "ten"),
        ("upbow", "upbow"),
        ("downbow", "dnbow"),
    ],
)
def test_articulations(slot, kind):
    score = load(one_stave(first_bar(whole(100, 0, extra=f"{slot} True"), end=300)))
    (found,) = score.descendants(Articulation)
    assert (found.kinds, found.event) == ((kind,), next(score.notes()))


def test_signs_with_a_height_stand_above_or_below_the_notes():
    extra = "accent True accent_dr -20 staccato True staccato_dr 80 tenuto True pause True pause_dr 110"
    made = (
        "virtualstem False stemup True flagposn -24,109 "
        + extra
        + " notes { nof 1 note { shape Minim p 0 } }"
    )
    score = load(one_stave(first_bar(made, half(200, 0), end=300)))
    places = {sign.kinds[0]: sign.place for sign in score.descendants(Articulation)}
    assert places == {"acc": "above", "stacc": "below", "ten": None}
    assert [mark.place for mark in score.descendants(Fermata)] == ["below"]


def test_fermatas_and_ornaments():
    extra = "pause True trill True mordent True invmordent True"
    score = load(one_stave(first_bar(whole(100, 0, extra=extra), end=300)))
    (event,) = score.notes()
    assert len(event.marks(Fermata)) == len(event.marks(Trill)) == 1
    assert sorted(mark.form or "" for mark in event.marks(Mordent)) == ["lower", "upper"]


# ---------------------------------------------------------------- staves


def test_notes_of_a_chord_may_stand_on_the_stave_below():
    upper = first_bar(chord(100, note(0, "Sbreve"), "shape Sbreve staveoffset 1 p 0"), end=300)
    lower = first_bar(rest(150, "Sbreverest", p=-2), end=300, clef=BASS)
    score = load(file(page(system(stave(upper, joined=True), stave(lower, top=236)))))
    high, low = score.notes()
    assert (str(high.pitch), str(low.pitch)) == ("B4", "D3")
    assert high.staff is score.staves[0]
    assert low.staff is score.staves[1]


# ---------------------------------------------------------------- what is doubtful


def test_what_cannot_be_read_is_reported():
    chords = [
        quarter(100, 99),
        "flagposn 0,150",
        quarter(180, 0, extra="naugdots 9 nflags 12"),
        rest(220, extra="staccato True"),
        chord(260, note(0), note(0, "Crotchetrest")),
    ]
    found = issues(one_stave(bar(*chords, end=300, clefs=(TREBLE,))))
    where = "page 1, system 1, stave 1, bar 1: "
    assert found == [
        where + "note: staff position 99 is too far from the staff: not read",
        where + "chord: no notes: not read",
        where + "nflags: 12 flags or beams: read as 8",
        where + "naugdots: 9 dots: read as 4",
        where + "chord: 1 of 2 notes and rests on one stem: not read",
        where + "staccato: at a rest: not read",
    ]


def test_notes_beyond_the_octaves_have_a_position_only():
    text = one_stave(first_bar(whole(100, 40), end=300, clef="shape TrebleDown8 centre 32,20 pitchposn 2"))
    loaded = load_score(data=text, format="mro")
    (found,) = loaded.score.notes()
    assert (found.pitch, found.staff_position) == (None, -40)
    assert "outside the octaves 0 to 9" in str(loaded.issues[0])
