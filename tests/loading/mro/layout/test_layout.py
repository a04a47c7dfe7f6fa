"""Layouts of MRO documents: everything is at its stored place, and names the object of the score that it draws."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import smashcima as sc
from smashcima.engraving import Curve, Engraving, Line, Polyline, Primitive, PrimitiveKind, Symbol, Text
from smashcima.loading import Loaded, load_score
from smashcima.loading.mro.layout.sheet import STAFF_SPACE
from smashcima.scene.semantic import Chord
from tests.loading.mro.mro_text import (
    BASS,
    bar,
    beam,
    chord,
    file,
    first_bar,
    half,
    key,
    lyric_line,
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

K = PrimitiveKind
UNIT = STAFF_SPACE / 16
LEFT, TOP = 40, 100
"""Place of the first stave of the documents here, in units."""


def laid_out(text: str) -> tuple[Loaded, Engraving]:
    loaded = load_score(data=text, format="mro")
    assert loaded.engraving is not None
    assert loaded.engraving.issues == ()
    return loaded, loaded.engraving


def of_kind(engraving: Engraving, *kinds: PrimitiveKind) -> list[Primitive]:
    return list(engraving.primitives(*kinds))


def center_units(primitive: Primitive) -> tuple[float, float]:
    """Column and row of the centre of ink, relative to the first stave."""
    center = primitive.bounds().center
    return center.x / UNIT - LEFT, center.y / UNIT - TOP


FOUR = [quarter(100, 1), quarter(150, 0), quarter(200, -1), quarter(250, -2)]


def test_staff_lines_are_16_units_apart() -> None:
    _, engraving = laid_out(one_stave(first_bar(*FOUR, end=300)))
    (drawn,) = engraving.pages
    assert (drawn.width, drawn.height) == (1100 * UNIT, 1600 * UNIT)
    (staff,) = drawn.systems[0].staves
    assert np.allclose(staff.line_ys, [(TOP + row) * UNIT for row in (0, 16, 32, 48, 64)])
    assert np.allclose((staff.left, staff.right), (LEFT * UNIT, (LEFT + 1000) * UNIT))
    assert staff.staff_space == STAFF_SPACE


def test_small_staves_are_small() -> None:
    text = one_stave(first_bar(*FOUR, end=300)).replace("size 64", "size 48")
    (staff,) = laid_out(text)[1].pages[0].systems[0].staves
    assert staff.staff_space == 0.75 * STAFF_SPACE
    assert np.allclose(staff.line_ys[-1] - staff.line_ys[0], 48 * UNIT)


def test_noteheads_are_beside_their_stems_on_their_positions() -> None:
    loaded, engraving = laid_out(one_stave(first_bar(*FOUR, end=300)))
    heads = of_kind(engraving, K.NOTEHEAD)
    assert [head.element for head in heads] == [found.id for found in loaded.score.notes()]
    for head, column, p in zip(heads, (100, 150, 200, 250), (1, 0, -1, -2), strict=True):
        x, y = center_units(head)
        assert abs(x - column) < 1.5  # the stem is assumed to be half a notehead from its centre
        assert abs(y - (32 + 8 * p)) < 0.1


def test_stems_reach_from_the_head_to_the_flag_position() -> None:
    _, engraving = laid_out(one_stave(first_bar(*FOUR, end=300)))
    for stem, column, p in zip(of_kind(engraving, K.STEM), (109, 159, 209, 259), (1, 0, -1, -2), strict=True):
        assert isinstance(stem, Line)
        assert np.allclose([stem.end.x / UNIT - LEFT, stem.end.y / UNIT - TOP], [column, 0])
        assert abs(stem.start.y / UNIT - TOP - (32 + 8 * p)) < 8


def test_the_centre_of_a_notehead_is_kept_exactly() -> None:
    text = one_stave(first_bar(quarter(100, 1, of_note="centre 42,93"), *FOUR[1:], end=300))
    _, engraving = laid_out(text)
    x, y = center_units(of_kind(engraving, K.NOTEHEAD)[0])
    assert np.allclose((x, y), (93, 42))


def test_a_second_has_a_notehead_on_the_other_side_of_the_stem() -> None:
    text = one_stave(first_bar(chord(100, note(1), note(0, extra="normalside False")), *FOUR[1:], end=300))
    loaded, engraving = laid_out(text)
    low, high, *_ = of_kind(engraving, K.NOTEHEAD)
    assert low.bounds().right < high.bounds().center.x
    assert abs(low.bounds().right - high.bounds().left) < 3 * UNIT
    (stem, *_) = of_kind(engraving, K.STEM)
    event = loaded.score.by_id(stem.element or "")
    assert isinstance(event, Chord)


def test_flags_dots_accidentals_and_ledger_lines_are_drawn() -> None:
    made = chord(100, note(8, extra="accid Sharp accid_dc -12"), extra="nflags 1 naugdots 1")
    loaded, engraving = laid_out(one_stave(first_bar(made, *FOUR, end=300)))
    (flag,) = of_kind(engraving, K.FLAG)
    assert isinstance(flag, Symbol)
    assert flag.name == "flag8thUp"
    (accidental,) = of_kind(engraving, K.ACCIDENTAL)
    head = of_kind(engraving, K.NOTEHEAD)[0]
    assert np.isclose((accidental.bounds().center.x - head.bounds().left) / UNIT, -12)
    assert len(of_kind(engraving, K.AUGMENTATION_DOT)) == 1
    assert [round(line.bounds().center.y / UNIT - TOP) for line in of_kind(engraving, K.LEDGER_LINE)] == [
        80,
        96,
    ]
    assert loaded.score.by_id(accidental.element or "") is not None


def test_beams_go_through_the_ends_of_their_stems() -> None:
    made = [
        quarter(100, 1, extra=beam(0, 2, 0, 2)).replace("flagposn 0", "flagposn -20"),
        quarter(150, 0, extra=beam(0, 2, 2, 0)).replace("flagposn 0", "flagposn -12"),
    ]
    _, engraving = laid_out(one_stave(first_bar(*made, half(200, 0), quarter(250, 0), end=300)))
    outer, inner = of_kind(engraving, K.BEAM)
    left, top = outer.points[0]
    assert np.isclose(left / UNIT - LEFT, 109, atol=1)
    # the outer edge lies 0.1 spaces beyond the ends of the stems
    assert np.isclose(top / UNIT - TOP, -20 - 1.6, atol=0.3)
    assert np.isclose(outer.points[1][1] / UNIT - TOP, -12 - 1.6, atol=0.3)
    assert inner.bounds().top > outer.bounds().top
    assert of_kind(engraving, K.FLAG) == []


def test_stems_from_both_sides_end_in_a_beam_between_them() -> None:
    made = [
        quarter(100, -4, up=False, extra=beam(0, 2, 0, 1)).replace("flagposn 0", "flagposn 40"),
        quarter(150, 8, up=True, extra=beam(0, 2, 1, 0)).replace("flagposn 0", "flagposn 40"),
    ]
    _, engraving = laid_out(one_stave(first_bar(*made, half(200, 0), quarter(250, 0), end=300)))
    (drawn,) = of_kind(engraving, K.BEAM)
    rows = drawn.points[:, 1] / UNIT - TOP
    # the downward stem ends 0.1 spaces above the lower edge, the upward one 0.1 spaces below the upper edge
    assert np.allclose([rows[3], rows[1]], [40 + 1.6, 40 - 1.6], atol=0.2)


def test_rests_hang_from_and_lie_on_their_lines() -> None:
    _, engraving = laid_out(
        one_stave(first_bar(rest(100, "Minimrest"), rest(150), rest(200), end=300), bar(rest(400, "Sbreverest", -2), end=500))
    )  # fmt: skip
    half_rest, quarter_rest, _ = of_kind(engraving, K.REST)
    (whole_rest,) = of_kind(engraving, K.MEASURE_REST)
    assert np.isclose(half_rest.bounds().bottom / UNIT - TOP, 32, atol=1)
    assert np.isclose(whole_rest.bounds().top / UNIT - TOP, 16, atol=1)
    assert np.allclose(center_units(quarter_rest), (150, 32), atol=2)
    assert np.isclose(center_units(whole_rest)[0], 400)


def test_signatures_are_centred_at_their_places() -> None:
    _, engraving = laid_out(one_stave(first_bar(*FOUR, end=300, keys=(key(2),))))
    (clef,) = of_kind(engraving, K.CLEF)
    assert np.isclose(center_units(clef)[0], 20)
    sharps = of_kind(engraving, K.KEY_ACCIDENTAL)
    assert np.isclose((center_units(sharps[0])[0] + center_units(sharps[1])[0]) / 2, 50, atol=0.5)
    digits = of_kind(engraving, K.TIME_SIGNATURE)
    assert [round(center_units(digit)[0]) for digit in digits] == [70, 70]


def test_a_key_without_accidentals_is_drawn_as_the_naturals_that_cancel_the_last_one() -> None:
    _, engraving = laid_out(
        one_stave(first_bar(*FOUR, end=300, keys=(key(-2),)), bar(*FOUR, end=600, keys=(key(0),)))
    )
    names = [sign.name for sign in of_kind(engraving, K.KEY_ACCIDENTAL) if isinstance(sign, Symbol)]
    assert names == ["accidentalFlat"] * 2 + ["accidentalNatural"] * 2


@pytest.mark.parametrize(
    ("shape", "columns", "widths", "dots"),
    [
        ("Single", (300, 300), [0.15], 0),
        ("Double", (300, 309), [0.15, 0.15], 0),
        ("ThinThick", (300, 311), [0.15, 0.5], 0),
        ("Rightrepeat", (300, 311), [0.15, 0.5], 2),
        ("Leftrepeat", (300, 311), [0.5, 0.15], 2),
        ("Backtobackrepeat", (300, 322), [0.15, 0.5, 0.15], 4),
    ],
)
def test_strokes_of_barlines_are_at_their_columns(
    shape: str, columns: tuple[int, int], widths: list[float], dots: int
) -> None:
    text = one_stave(first_bar(*FOUR, end=300, barline=shape), bar(*FOUR, end=600))
    text = text.replace("rightlinex 300", f"rightlinex {columns[1]}")
    loaded, engraving = laid_out(text)
    strokes = [line for line in of_kind(engraving, K.BARLINE) if isinstance(line, Line)][: len(widths)]
    assert [round(line.width / STAFF_SPACE, 2) for line in strokes] == widths
    assert round(strokes[0].start.x / UNIT - LEFT) == columns[0]
    assert round(strokes[-1].start.x / UNIT - LEFT) == columns[1]
    assert len(of_kind(engraving, K.REPEAT_DOT)) == dots
    assert {line.element for line in strokes} == {loaded.score.measures[0].id}


def test_invented_barlines_are_not_drawn() -> None:
    _, engraving = laid_out(one_stave(first_bar(*FOUR, end=1000, invented=True)))
    assert of_kind(engraving, K.BARLINE) == []


def test_joined_staves_have_a_brace_and_barlines_through_both() -> None:
    right, left = first_bar(*FOUR, end=300), first_bar(*FOUR, end=302, clef=BASS)
    _, engraving = laid_out(file(page(system(stave(right, joined=True), stave(left, top=236)))))
    assert len(of_kind(engraving, K.BRACE)) == 1
    assert len(of_kind(engraving, K.SYSTEM_START)) == 1
    pieces = [line for line in of_kind(engraving, K.BARLINE) if isinstance(line, Line)]
    between = [line for line in pieces if line.place.staff is None]
    assert len(pieces) == 3
    assert len(between) == 1
    ends = [(round(p.x / UNIT - LEFT), round(p.y / UNIT - TOP)) for p in (between[0].start, between[0].end)]
    assert ends == [(300, 64), (302, 136)]


def test_separate_staves_have_separate_barlines() -> None:
    bars = first_bar(*FOUR, end=300)
    _, engraving = laid_out(file(page(system(stave(bars), stave(bars, top=236)))))
    assert of_kind(engraving, K.BRACE) == []
    assert len(of_kind(engraving, K.BARLINE)) == 2


def test_slurs_are_arcs_with_their_radius() -> None:
    slur = "leftpt -20,100 rightpt -20,250 radius -125"
    loaded, engraving = laid_out(one_stave(first_bar(*FOUR, end=300), slurs=(slur,)))
    (curve,) = of_kind(engraving, K.SLUR)
    assert isinstance(curve, Curve)
    assert np.allclose(curve.outer[0, 0] / UNIT - (LEFT, TOP), (100, -20))
    assert np.allclose(curve.outer[-1, 3] / UNIT - (LEFT, TOP), (250, -20))
    # a chord of 150 with a radius of 125: the middle is 125 - √(125² - 75²) = 25 above it
    chain = (curve.outer[0] + curve.inner[0][::-1]) / 2
    middle = (chain[0] + 3 * chain[1] + 3 * chain[2] + chain[3]) / 8
    assert np.isclose(middle[1] / UNIT - TOP, -45)
    assert curve.element is not None
    assert loaded.score.by_id(curve.element) is not None


def test_words_and_dynamics_are_at_their_places() -> None:
    text = one_stave(
        first_bar(*FOUR, end=300),
        lyrics=(lyric_line((100, 0, "A-"), (200, 0, "men")),),
        texts=('abot -30 c0 90 height 32 style 6 type 0 text$ "dolce"', 'abot -50 c0 90 height 32 style 4 type 1 text$ "Am"'),
        dynamics=("type Dyn_mf c 150 r 96", "type Hairpincres c0 160 c1 260 r 90"),
    )  # fmt: skip
    _, engraving = laid_out(text)
    syllables = [text for text in of_kind(engraving, K.LYRIC) if isinstance(text, Text)]
    assert [syllable.content for syllable in syllables] == ["A", "men"]
    assert [round(center_units(syllable)[0]) for syllable in syllables] == [100, 200]
    (hyphen,) = of_kind(engraving, K.LYRIC_HYPHEN)
    assert syllables[0].bounds().right < hyphen.bounds().left
    assert hyphen.bounds().right < syllables[1].bounds().left
    (dolce,) = of_kind(engraving, K.DIRECTION)
    assert isinstance(dolce, Text)
    (run,) = dolce.runs
    assert run.italic
    assert np.isclose(run.font_size, 32 * UNIT)
    assert run.origin is not None
    assert np.allclose((run.origin.x / UNIT - LEFT, run.origin.y / UNIT - TOP), (90, -30))
    assert len(of_kind(engraving, K.HARMONY)) == 1
    (dynamic,) = of_kind(engraving, K.DYNAMIC)
    assert isinstance(dynamic, Symbol)
    assert dynamic.name == "dynamicMF"
    assert np.isclose(center_units(dynamic)[0], 150)
    assert np.isclose(dynamic.origin.y / UNIT - TOP, 96)
    (hairpin,) = of_kind(engraving, K.HAIRPIN)
    assert isinstance(hairpin, Polyline)
    assert np.allclose(hairpin.corners[1] / UNIT - (LEFT, TOP), (160, 90))


def test_articulations_are_beyond_the_notehead_unless_the_document_has_their_height() -> None:
    low = quarter(100, 1, extra="staccato True")
    high = quarter(150, -8, up=False, extra="accent True accent_dr -120").replace("flagposn 0", "flagposn 60")
    _, engraving = laid_out(one_stave(first_bar(low, high, *FOUR[2:], end=300)))
    staccato, accent = of_kind(engraving, K.ARTICULATION)
    assert isinstance(staccato, Symbol)
    assert staccato.name == "articStaccatoBelow"
    assert center_units(staccato)[1] > 40
    assert np.isclose(center_units(accent)[1], -60)


def test_tuplets_have_their_number_and_without_a_common_beam_a_bracket() -> None:
    triplets = [quarter(x, 0, extra=triplet()) for x in (100, 120, 140)]
    _, engraving = laid_out(one_stave(first_bar(*triplets, half(200, 0), end=300)))
    assert len(of_kind(engraving, K.TUPLET_NUMBER)) == 1
    assert len(of_kind(engraving, K.TUPLET_BRACKET)) == 2
    joined = [
        quarter(x, 0, extra=triplet() + " " + beam(0, 3, index > 0, index < 2))
        for index, x in enumerate((100, 120, 140))
    ]
    text = one_stave(first_bar(*joined, half(200, 0), quarter(250, 0), end=300))
    text = text.replace("nofleft True", "nofleft 1").replace("nofleft False", "nofleft 0")
    _, engraving = laid_out(
        text.replace("nofright True", "nofright 1").replace("nofright False", "nofright 0")
    )
    assert len(of_kind(engraving, K.TUPLET_NUMBER)) == 1
    assert of_kind(engraving, K.TUPLET_BRACKET) == []


def test_notes_on_the_stave_below_are_drawn_there() -> None:
    upper = first_bar(chord(100, note(0).replace("staveoffset 0", "staveoffset 1")), *FOUR[1:], end=300)
    lower = first_bar(whole(150, 0), end=300, clef=BASS)
    _, engraving = laid_out(file(page(system(stave(upper, joined=True), stave(lower, top=236)))))
    crossing = of_kind(engraving, K.NOTEHEAD)[0]
    assert crossing.place.staff == 2
    assert np.isclose(center_units(crossing)[1], 136 + 32, atol=0.1)


def test_a_document_without_positions_has_no_layout() -> None:
    text = one_stave(first_bar(*FOUR, end=300)).replace("width 1000", "width 0")
    assert load_score(data=text, format="mro").engraving is None


def test_a_page_without_a_size_is_as_large_as_its_content() -> None:
    text = one_stave(first_bar(*FOUR, end=300)).replace("width 1100 height 1600", "width 0 height 0")
    _, engraving = laid_out(text)
    assert engraving.pages[0].width > (LEFT + 1000) * UNIT


def test_a_page_is_enlarged_for_what_is_beyond_its_edge() -> None:
    text = one_stave(first_bar(*FOUR, end=300)).replace("width 1100", "width 500")
    engraving = load_score(data=text, format="mro").engraving
    assert engraving is not None
    assert engraving.pages[0].width > (LEFT + 1000) * UNIT
    assert [issue.what for issue in engraving.issues] == ["enlarged: something is beyond its edge"]


def test_content_beyond_the_left_edge_is_moved() -> None:
    text = one_stave(first_bar(*FOUR, end=300)).replace("left 40", "left -100")
    engraving = load_score(data=text, format="mro").engraving
    assert engraving is not None
    assert len(engraving.issues) == 1
    (staff,) = engraving.systems[0].staves
    assert np.isclose(staff.left, 10, atol=0.1)
    assert np.isclose(engraving.pages[0].width, (1100 + 100) * UNIT + 10, atol=0.1)


def test_measures_reach_from_barline_to_barline() -> None:
    loaded, engraving = laid_out(one_stave(first_bar(*FOUR, end=300), bar(*FOUR, end=600)))
    first, second = engraving.measures
    assert (first.element, second.element) == tuple(measure.id for measure in loaded.score.measures)
    assert np.allclose([first.right / UNIT - LEFT, second.left / UNIT - LEFT], 300)
    places = Counter(head.place.measure for head in of_kind(engraving, K.NOTEHEAD))
    assert places == {0: 4, 1: 4}


def test_a_model_draws_the_document_as_it_was_seen() -> None:
    text = one_stave(first_bar(*FOUR, end=300, timesig=time(4, 4)))
    scene = sc.EngravedModel(seed=1, dpi=80)(data=text, format=".mro")
    heads = scene.find(sc.Notehead)
    assert [str(head.note.pitch) for head in heads if head.note] == ["A4", "B4", "C5", "D5"]
    assert np.isclose(heads[1].bbox().center.y, (TOP + 32) * UNIT, atol=0.05)
    written = sc.BaseHandwrittenModel(seed=1, hand="pen", dpi=80)(data=text, format=".mro")
    assert len(written.find(sc.Notehead)) == 4
