"""Layout of single staves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from smashcima.engravers.staff import StaffEngraver, StaffSpacing
from smashcima.engraving import Engraving, LayoutOptions, Line, PrimitiveKind, Symbol
from smashcima.errors import EngravingError, SettingsError
from smashcima.scene.semantic import (
    BarlineForm,
    Clef,
    Fermata,
    Score,
    ScoreBuilder,
    Slur,
    StemDirection,
    beam,
    chord,
    key_signature,
    note,
    rest,
    time_signature,
    tuplet,
)

_K = PrimitiveKind
OPTIONS = LayoutOptions(breaks="none", staff_space=2.0, margins=4.0)


def staff_of(*events, **signatures) -> Score:
    builder = ScoreBuilder(**{"time": "4/4", **signatures})
    builder.add_part("Staff", "treble")
    builder.add_voice(builder.add_measure(), 1, *events)
    return builder.build()


def engrave(score: Score, **spacing) -> Engraving:
    return StaffEngraver(StaffSpacing(**spacing)).engrave(score, OPTIONS)


def names(engraving: Engraving, *kinds: PrimitiveKind) -> list[str]:
    return [p.name for p in engraving.primitives(*kinds) if isinstance(p, Symbol)]


def positions(engraving: Engraving, *kinds: PrimitiveKind) -> list[float]:
    staff = engraving.systems[0].staves[0]
    return [
        (staff.middle_y - p.origin.y) / (staff.staff_space / 2)
        for p in engraving.primitives(*kinds)
        if isinstance(p, Symbol)
    ]


def test_notes_are_drawn_at_their_staff_positions():
    made = engrave(staff_of(*(note(None, "quarter", staff_position=p) for p in (-12, -1, 0, 12))))
    assert positions(made, _K.NOTEHEAD) == pytest.approx([-12, -1, 0, 12])
    # Lines -6, -8, -10, -12 below and 6, 8, 10, 12 above.
    assert len(list(made.primitives(_K.LEDGER_LINE))) == 8


def test_impossible_signatures_are_drawn_as_written():
    made = engrave(staff_of(rest(), key=key_signature(("f", 0), ("s", 1)), time=time_signature("9/0")))
    assert names(made, _K.KEY_ACCIDENTAL) == ["accidentalFlat", "accidentalSharp"]
    assert positions(made, _K.KEY_ACCIDENTAL) == [0, 1]
    assert names(made, _K.TIME_SIGNATURE) == ["timeSig9", "timeSig0"]
    assert positions(made, _K.TIME_SIGNATURE) == [2, -2]


def test_the_digits_of_a_number_are_side_by_side():
    made = engrave(staff_of(rest(), time="12/8"))
    one, two, eight = made.primitives(_K.TIME_SIGNATURE)
    assert one.origin.y == two.origin.y < eight.origin.y
    assert one.origin.x < eight.origin.x < two.origin.x


def test_stems_below_the_middle_line_point_up():
    made = engrave(
        staff_of(note(None, "quarter", staff_position=-1), note(None, "quarter", staff_position=0))
    )
    low, middle = (stem.end.y - stem.start.y for stem in made.primitives(_K.STEM))
    assert low < 0 < middle


def test_a_stem_direction_of_the_score_is_used():
    given = note("C4", "quarter")
    given.stem_direction = StemDirection.DOWN
    (stem,) = engrave(staff_of(given)).primitives(_K.STEM)
    assert stem.end.y > stem.start.y


def test_stems_of_notes_on_ledger_lines_reach_the_middle_line():
    made = engrave(staff_of(note(None, "quarter", staff_position=12)))
    (stem,) = made.primitives(_K.STEM)
    assert stem.end.y == made.systems[0].staves[0].middle_y


def test_flipped_stems_follow_the_generator():
    score = staff_of(*(note(None, "16th", staff_position=0) for _ in range(16)))
    options = StaffSpacing(flip_stems_at=frozenset({0}))

    def directions(seed: int) -> list[bool]:
        made = StaffEngraver(options, np.random.default_rng(seed)).engrave(score, OPTIONS)
        return [stem.end.y < stem.start.y for stem in made.primitives(_K.STEM)]

    assert set(directions(1)) == {True, False}
    assert directions(1) == directions(1)
    assert directions(1) != directions(2)


def test_beams_have_a_piece_for_each_level_and_stems_end_inside_them():
    made = engrave(staff_of(beam(note("A4", "eighth."), note("G4", "16th"))))
    pieces = list(made.primitives(_K.BEAM))
    assert len(pieces) == 2
    whole, hook = (piece.corners[:, 0].max() - piece.corners[:, 0].min() for piece in pieces)
    assert hook < whole / 1.9
    page = made.pages[0]
    levels = sorted(piece.level for piece in page.belonging.beams.values())
    assert levels == [1, 2]
    assert [len(piece.stems) for piece in page.belonging.beams.values()] == [2, 1]


def test_beams_keep_away_from_noteheads():
    made = engrave(staff_of(beam(*(note(None, "16th", staff_position=p) for p in (-6, 5, -6, 5)))))
    staff = made.systems[0].staves[0]
    heads = {head.element: head for head in made.primitives(_K.NOTEHEAD)}
    for stem in made.primitives(_K.STEM):
        length = abs(stem.end.y - heads[stem.element].origin.y)
        assert length >= 2.5 * staff.staff_space


def test_each_repeat_has_its_strokes_and_dots():
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Staff", "treble")
    for right in (BarlineForm.REPEAT_START, BarlineForm.REPEAT_BOTH, BarlineForm.REPEAT_END, None):
        builder.add_voice(builder.add_measure(right=right), 1, rest())
    made = engrave(builder.build())
    widths = [round(line.width / 2.0, 3) for line in made.primitives(_K.BARLINE)]
    assert widths == [0.5, 0.15, 0.15, 0.5, 0.15, 0.15, 0.5, 0.15]
    assert len(list(made.primitives(_K.REPEAT_DOT))) == 2 + 4 + 2


def test_spacing_follows_durations():
    made = engrave(staff_of(note("A4", "half"), note("A4", "quarter"), note("A4", "quarter")))
    first, second, third = (head.origin.x for head in made.primitives(_K.NOTEHEAD))
    assert second - first > third - second


def test_the_ratio_of_spacing_leaves_quarter_notes_where_they_are():
    score = staff_of(note("A4", "quarter"), note("A4", "half"), note("A4", "quarter"))
    usual, even = (
        StaffEngraver().engrave(score, replace(OPTIONS, note_spacing=1.5, note_spacing_ratio=ratio))
        for ratio in (2**0.6, 1.0)
    )
    x = [[head.origin.x for head in made.primitives(_K.NOTEHEAD)] for made in (usual, even)]
    assert x[1][1] - x[1][0] == pytest.approx(x[0][1] - x[0][0])
    assert x[1][2] - x[1][1] == pytest.approx((x[0][2] - x[0][1]) / 2**0.6)


def test_padding_replaces_spacing_by_durations():
    score = staff_of(*(note("A4", "quarter") for _ in range(4)))
    made = engrave(score, padding_ss=(1.0, 1.0))
    xs = [head.origin.x for head in made.primitives(_K.NOTEHEAD)]
    head = next(made.primitives(_K.NOTEHEAD))
    width = head.sides()[2] - head.sides()[0]
    # One staff space on each side of every notehead.
    assert np.diff(xs) == pytest.approx([width + 2 * 2.0] * 3)
    staff = made.systems[0].staves[0]
    (clef,), *_, barline = made.primitives(_K.CLEF), *made.primitives(_K.BARLINE)
    assert clef.sides()[0] - staff.left == pytest.approx(2.0, abs=0.05)
    assert staff.right - barline.end.x == pytest.approx(2.0, abs=0.6)


def test_staff_lines_have_the_minimum_width():
    made = engrave(staff_of(rest()), min_width_ss=80.0)
    staff = made.systems[0].staves[0]
    assert staff.right - staff.left == pytest.approx(160.0)
    assert made.pages[0].width == pytest.approx(168.0)


def test_the_page_grows_with_high_notes():
    low = engrave(staff_of(note("A4", "quarter"))).pages[0]
    high = engrave(staff_of(note(None, "whole", staff_position=20))).pages[0]
    assert high.height > low.height
    assert min(head.sides()[1] for head in high.primitives if head.kind is _K.NOTEHEAD) >= 4.0 - 1e-9


def test_marks_are_stacked_without_overlap():
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Staff", "treble")
    noted = note("E5", "quarter")
    builder.add_voice(builder.add_measure(), 1, noted)
    builder.fermata(noted)
    builder.dynamic("mf", noted)
    made = engrave(builder.build())
    (fermata,), (dynamic,), (head,) = (
        list(made.primitives(k)) for k in (_K.FERMATA, _K.DYNAMIC, _K.NOTEHEAD)
    )
    assert fermata.name == "fermataAbove"
    assert dynamic.name == "dynamicMF"
    assert fermata.sides()[3] < head.sides()[1]
    (stem,) = made.primitives(_K.STEM)
    assert dynamic.sides()[1] > stem.end.y


def test_slurs_are_on_the_side_of_the_noteheads():
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Staff", "treble")
    events = [note("E4", "quarter"), note("G4", "quarter"), note("D5", "quarter"), note("F5", "quarter")]
    builder.add_voice(builder.add_measure(), 1, *events)
    builder.slur(events[0], events[1])
    builder.slur(events[2], events[3])
    low, high = engrave(builder.build()).primitives(_K.SLUR)

    def bulge(curve) -> float:
        return float(curve.outer[0, 1, 1] - curve.outer[0, 0, 1])

    assert bulge(high) < 0 < bulge(low)


@pytest.mark.parametrize(("padding_ss", "is_between"), [((1.0, 1.0), True), ((0.3, 0.3), False)])
def test_ties_of_close_noteheads_are_beside_them(padding_ss: tuple[float, float], is_between: bool):
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Staff", "treble")
    events = [note("C5", "half", staff_position=1), note("C5", "half", staff_position=1)]
    builder.add_voice(builder.add_measure(), 1, *events)
    builder.tie(events[0], events[1])
    made = engrave(builder.build(), padding_ss=padding_ss)
    (tie,) = made.primitives(_K.TIE)
    first, second = made.primitives(_K.NOTEHEAD)
    left, _, right, bottom = tie.sides()
    assert (first.sides()[2] < left and right < second.sides()[0]) == is_between
    assert (bottom < first.sides()[1]) == (not is_between)


def test_tuplets_have_their_number():
    made = engrave(staff_of(tuplet(*(note("C5", "eighth") for _ in range(3)))))
    assert names(made, _K.TUPLET_NUMBER) == ["tuplet3"]


def test_elements_of_the_score_are_named():
    score = staff_of(note("F#5", "quarter"), note("F5", "quarter"))
    made = engrave(score)
    assert all(score.by_id(primitive.element) is not None for primitive in made.primitives())
    accidentals = list(made.primitives(_K.ACCIDENTAL))
    assert [score.by_id(p.element).kind for p in accidentals] == ["s", "n"]


@pytest.mark.parametrize("clef", ["treble", "bass", "alto", "tenor"])
def test_clefs_are_on_their_lines(clef: str):
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Staff", clef)
    builder.add_voice(builder.add_measure(), 1, rest())
    score = builder.build()
    wanted = {"treble": -2, "bass": 2, "alto": 0, "tenor": 2}[clef]
    assert positions(engrave(score), _K.CLEF) == [wanted]


def test_a_clef_change_is_smaller():
    score = staff_of(note("C5", "quarter"), Clef(line=1), note("C5", "quarter"))
    assert names(engrave(score), _K.CLEF) == ["gClef", "gClefChange"]


def test_chords_and_several_staves_are_refused():
    with pytest.raises(EngravingError, match="chord"):
        engrave(staff_of(chord(["C5", "E5"], "quarter")))
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Piano", "treble", "bass")
    builder.add_measure()
    with pytest.raises(EngravingError, match="2"):
        engrave(builder.build())


def test_pages_with_several_systems_are_refused():
    with pytest.raises(SettingsError, match="breaks='none'"):
        StaffEngraver().engrave(staff_of(rest()), LayoutOptions())


@pytest.mark.parametrize(
    "options",
    [
        {"padding_ss": (2, 1)},
        {"random_space_probability": 1.5},
        {"min_width_ss": float("nan")},
        {"room_above_ss": -1},
    ],
)
def test_invalid_spacing_is_refused(options: dict):
    with pytest.raises(SettingsError, match=next(iter(options))):
        StaffSpacing(**options)


def test_the_staff_lines_are_continuous():
    made = engrave(staff_of(*(note("A4", "quarter") for _ in range(4))))
    lines = [p for p in made.primitives(_K.STAFF_LINE) if isinstance(p, Line)]
    assert len(lines) == 5
    assert {(line.start.x, line.end.x) for line in lines} == {(4.0, made.pages[0].width - 4.0)}


def test_a_slur_without_an_end_leads_to_the_edge_of_the_staff():
    score = staff_of(*(note("A4", "quarter") for _ in range(4)))
    first, second = list(score.notes())[1:3]
    measure = score.measures[0]
    measure.children.append(Slur(first, None))
    measure.children.append(Slur(None, second))
    score.update()
    made = engrave(score)
    staff = made.systems[0].staves[0]
    to_the_right, from_the_left = made.primitives(_K.SLUR)
    heads = list(made.primitives(_K.NOTEHEAD))
    assert to_the_right.outer[0, 3, 0] == pytest.approx(staff.right)
    assert from_the_left.outer[0, 0, 0] < heads[0].origin.x
    assert not made.issues


def test_fermatas_are_drawn_over_barlines():
    score = staff_of(note("A4", "whole"))
    score.measures[0].children.append(Fermata(beat=Fraction(5)))
    score.update()
    made = engrave(score)
    (fermata,), (barline,) = made.primitives(_K.FERMATA), made.primitives(_K.BARLINE)
    left, _, right, bottom = fermata.sides()
    assert (left + right) / 2 == pytest.approx(barline.start.x, abs=0.2)
    assert bottom < barline.start.y
