"""Skeletons of symbols: where they lie, and how they are written down."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from smashcima.assets.fonts import SmuflFont
from smashcima.geometry import Contours
from smashcima.imaging import Outlines, rasterize
from smashcima.synthesis.glyph.skeletons import drawn_names, forms_of
from smashcima.synthesis.glyph.skeletons.notation import (
    FormsOnDemand,
    SymbolForms,
    bounds,
    form,
    moved,
    oval,
    stroke,
    together,
)
from smashcima.synthesis.pen import Pen, PenWriter, SkeletonStroke

BRAVURA = SmuflFont.load("Bravura")

SYMBOLS_OF_MOST_MUSIC = """
    noteheadBlack noteheadHalf noteheadWhole noteheadDoubleWhole flag8thUp flag8thDown flag16thUp flag16thDown
    flag32ndUp flag32ndDown flag64thUp flag64thDown restWhole restHalf restQuarter rest8th rest16th rest32nd rest64th
    gClef fClef cClef accidentalSharp accidentalFlat accidentalNatural accidentalDoubleSharp accidentalDoubleFlat
    timeSig0 timeSig1 timeSig2 timeSig3 timeSig4 timeSig5 timeSig6 timeSig7 timeSig8 timeSig9 timeSigCommon
    timeSigCutCommon augmentationDot repeatDot articStaccatoAbove articAccentBelow articTenutoAbove articMarcatoAbove
    articStaccatissimoBelow fermataAbove fermataBelow ornamentTrill ornamentMordent ornamentShortTrill ornamentTurn
    dynamicForte dynamicPiano dynamicMezzo dynamicSforzando dynamicZ dynamicRinforzando segno coda keyboardPedalPed
    keyboardPedalUp brace bracketTop bracketBottom wiggleArpeggiatoUp tremolo1 tremolo3 breathMarkComma caesura
    tuplet3 tuplet6 stringsUpBow stringsDownBow
""".split()

TALLER_BY_HAND = 1.6
"""How far, in staff spaces, a form may reach beyond the printed symbol: people write flats taller than fonts do."""


def test_the_symbols_of_most_music_have_skeletons() -> None:
    assert [name for name in SYMBOLS_OF_MOST_MUSIC if forms_of(name) is None] == []


@pytest.mark.parametrize(
    ("name", "least"),
    [("restQuarter", 3), ("gClef", 2), ("fClef", 2), ("cClef", 2), ("noteheadBlack", 3), ("noteheadHalf", 3)]
    + [
        ("flag8thUp", 3),
        ("flag8thDown", 3),
        ("accidentalSharp", 3),
        ("accidentalNatural", 3),
        ("timeSig4", 3),
    ],
)
def test_people_differ_in_how_they_write_it(name: str, least: int) -> None:
    forms = forms_of(name)
    assert forms is not None
    assert len({one.strokes for one in forms.forms}) >= least


@pytest.mark.parametrize("name", [name for name in drawn_names() if BRAVURA.has(name)])
def test_forms_lie_where_the_printed_symbol_does(name: str) -> None:
    printed = BRAVURA.glyph(name).outline.bbox()
    forms = forms_of(name)
    assert forms is not None
    for one in forms.forms:
        left, top, right, bottom = bounds(one.strokes)
        reach = TALLER_BY_HAND
        assert printed.left - 0.75 <= left <= right <= printed.right + 0.75, one.name
        assert printed.top - reach <= top <= bottom <= printed.bottom + reach, one.name
        overlap = min(bottom, printed.bottom) - max(top, printed.top)
        assert overlap >= 0.25 * min(bottom - top, printed.height), one.name


@pytest.mark.parametrize("name", drawn_names())
def test_forms_have_weights_and_names_of_their_own(name: str) -> None:
    forms = forms_of(name)
    assert forms is not None
    assert all(one.weight > 0 for one in forms.forms)
    assert len({one.name for one in forms.forms}) == len(forms.forms)


def test_symbols_of_a_family_have_the_same_forms() -> None:
    by_family: dict[str, list[tuple[str, float]]] = {}
    for name in drawn_names():
        forms = forms_of(name)
        assert forms is not None
        shapes = [(one.name, one.weight) for one in forms.forms]
        if forms.family in ("notehead", "flag", "hooked rest", "rest bar", "g clef"):
            assert [weight for _, weight in by_family.setdefault(forms.family, shapes)] == [
                w for _, w in shapes
            ]
    assert set(by_family) == {"notehead", "flag", "hooked rest", "rest bar", "g clef"}


def test_noteheads_lie_between_the_stems() -> None:
    for name in ("noteheadBlack", "noteheadHalf"):
        forms = forms_of(name)
        assert forms is not None
        for one in forms.forms:
            left, _, right, _ = bounds(one.strokes)
            assert 0 <= left < right <= 1.18
            assert (left + right) / 2 == pytest.approx(0.59, abs=0.06)


def test_a_stroke_is_read_from_text() -> None:
    read = stroke("0,0 1,-0.5*1.5! 2,0")
    assert read.knots == ((0.0, 0.0), (1.0, -0.5), (2.0, 0.0))
    assert read.widths == (1.0, 1.5, 1.0)
    assert read.corners == {1}
    assert not read.closed


def test_a_filled_stroke_is_closed() -> None:
    read = stroke("fill 0,0! 1,0! 1,1!")
    assert read.closed
    assert read.filled
    assert read.widths == (1.0,)
    assert not stroke("ring 0,0 1,0 1,1").filled


def test_an_oval_has_its_extent() -> None:
    assert bounds([oval((1.0, 0.0), (0.5, 0.25), start_deg=0.0, turn_deg=360.0)]) == pytest.approx(
        (0.5, -0.25, 1.5, 0.25), abs=0.04
    )


def test_moved_strokes_are_scaled_around_the_origin_first() -> None:
    (read,) = moved([stroke("1,1 2,2")], dx=10, dy=20, scale_x=2, scale_y=-1)
    assert read.knots == ((12, 19), (14, 18))


def test_forms_of_parts_are_joined_one_by_one() -> None:
    one, two, dot = form("one", 3, "0,0 1,0"), form("two", 1, "0,0 0,1"), form("dot", 1, "5,5")
    joined = together((one, two), (dot,))
    assert [(item.name, item.weight, len(item.strokes)) for item in joined] == [("one", 3, 2), ("two", 1, 2)]


def _still_ink(strokes: tuple[SkeletonStroke, ...]) -> Contours:
    """Strokes as a writer without any variation or habit writes them, in staff spaces."""
    still = dict.fromkeys(("habit", "wobble", "joining", "tremor", "pressure"), 0.0)
    (ink,) = Pen(replace(PenWriter(), pen_width=0.21, **still)).write(
        strokes, 1.0, np.random.default_rng(0), variation=0.0
    )
    return ink


def _holes(ink: Contours) -> int:
    """Number of enclosed clear areas."""
    size, scale = 400, 60.0
    (window,) = rasterize(Outlines.of([ink], [(scale, 0.0, 0.0, scale, 150.0, 200.0)]), size, size)
    clear = np.pad((window.clear > 128).astype(np.uint8), 1, constant_values=1)
    return cv2.connectedComponents(clear, connectivity=4)[0] - 2  # nothing, and what is around


def test_naturals_are_closed_as_nearly_all_real_ones_are() -> None:
    forms = forms_of("accidentalNatural")
    assert forms is not None
    is_closed = {one.name: _holes(_still_ink(one.strokes)) > 0 for one in forms.forms}
    assert [name for name, closed in is_closed.items() if not closed] == ["one stroke"]


def test_sharps_enclose_something_unless_they_are_blotted() -> None:
    forms = forms_of("accidentalSharp")
    assert forms is not None
    is_open = {one.name: _holes(_still_ink(one.strokes)) > 0 for one in forms.forms}
    assert is_open["open"]
    assert is_open["long"]
    assert is_open["tiny"]


def test_the_dots_of_f_clefs_stand_right_of_the_body_around_their_line() -> None:
    forms = forms_of("fClef")
    assert forms is not None
    for one in forms.forms:
        body, *dots = one.strokes
        assert len(dots) == 2, one.name
        upper, lower = (bounds([dot]) for dot in dots)
        assert upper[0] > bounds([body])[2] + 0.15, one.name
        assert upper[3] < 0 < lower[1], one.name
        middle_of_upper, middle_of_lower = (upper[1] + upper[3]) / 2, (lower[1] + lower[3]) / 2
        assert 0.7 <= middle_of_lower - middle_of_upper <= 0.9, one.name


def test_bowls_of_g_clefs_are_narrow_or_wide() -> None:
    forms = forms_of("gClef")
    assert forms is not None
    widths = [bounds(one.strokes)[2] - bounds(one.strokes)[0] for one in forms.forms]
    assert min(widths) < 1.1
    assert max(widths) > 2.2


def test_notes_in_tempo_markings_have_their_flags_with_every_form_of_the_head() -> None:
    heads, notes = forms_of("noteheadBlack"), forms_of("metNote8thUp")
    assert heads is not None
    assert notes is not None
    for head, note in zip(heads.forms, notes.forms, strict=True):
        assert note.name == head.name
        assert len(note.strokes) == len(head.strokes) + 2  # stem and flag


def test_forms_on_demand_are_made_once_when_looked_up() -> None:
    made = []

    def make() -> SymbolForms:
        made.append("dot")
        return SymbolForms("dot", (form("dot", 1, "0,0"),))

    forms = FormsOnDemand({"augmentationDot": make})
    assert (list(forms), len(forms), "augmentationDot" in forms, "gClef" in forms) == (
        ["augmentationDot"],
        1,
        True,
        False,
    )
    assert made == []
    assert forms["augmentationDot"] is forms["augmentationDot"]
    assert made == ["dot"]


def test_derived_symbols_have_the_forms_of_their_sources() -> None:
    clef, change = forms_of("gClef"), forms_of("gClefChange")
    assert clef is not None
    assert change is not None
    assert change.family == clef.family
    assert [item.strokes for item in change.forms] == [
        moved(item.strokes, scale_x=0.68) for item in clef.forms
    ]
