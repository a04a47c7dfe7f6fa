from __future__ import annotations

import dataclasses

import pytest

from smashcima.engravers.verovio import engrave_mei
from smashcima.engraving import (
    NAMED_PAGE_SIZES,
    Breaks,
    LayoutOptions,
    Line,
    Margins,
    MusicFont,
    PageSize,
    PrimitiveKind,
)
from smashcima.errors import SettingsError
from smashcima.geometry import mm_to_px
from smashcima.orchestration import EngravedModel


def test_the_default_page_has_2582_by_3652_pixels_at_300_dpi():
    size = LayoutOptions().page_size
    assert mm_to_px(size.width, 300) == pytest.approx(2582)
    assert mm_to_px(size.height, 300) == pytest.approx(3652)
    assert round(size.width, 1) == 218.6
    assert round(size.height, 1) == 309.2


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("A4", 210, 297),
        ("a4", 210, 297),
        ("Letter", 215.9, 279.4),
        ("A4 landscape", 297, 210),
        ("a5-landscape", 210, 148),
    ],
)
def test_pages_have_names(name: str, width: float, height: float):
    assert LayoutOptions(page=name).page_size == PageSize(width, height)


def test_an_unknown_page_name_lists_the_known_ones():
    with pytest.raises(SettingsError, match=r"'A99'.*A4.*PageSize\("):
        LayoutOptions(page="A99")


def test_all_named_pages_are_upright():
    assert NAMED_PAGE_SIZES
    assert all(size.width < size.height for size in NAMED_PAGE_SIZES.values())


def test_one_number_is_a_margin_on_all_sides():
    assert LayoutOptions(margins=12).page_margins == Margins(12, 12, 12, 12)


def test_content_is_what_margins_leave():
    options = LayoutOptions(page=PageSize(100, 200), margins=Margins(top=1, right=2, bottom=3, left=4))
    assert options.content_size == (94, 196)


def test_words_stand_for_breaks_and_fonts():
    options = LayoutOptions(breaks="auto", music_font="petaluma")
    assert options.breaks is Breaks.AUTO
    assert options.music_font is MusicFont.PETALUMA


def test_no_music_font_is_left_open_and_engraved_in_leipzig(snippet):
    assert LayoutOptions().music_font is None
    assert dataclasses.replace(LayoutOptions(), margins=10).music_font is None
    made = snippet(music_font=None)
    assert made.engraving.music_font == "Leipzig"
    assert {p.font for p in made.of_kind(PrimitiveKind.NOTEHEAD)} == {"Leipzig"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"staff_space": 0.1}, "between 0.3 and 10 mm"),
        ({"staff_space": float("nan")}, "between 0.3 and 10 mm"),
        ({"note_spacing": 9}, "between 0.4 and 4"),
        ({"note_spacing_ratio": 0.9}, "between 1 and 2"),
        ({"staff_distance_ss": -1}, "between 0 and 24"),
        ({"system_distance_ss": 25}, "between 0 and 24"),
        ({"breaks": "sometimes"}, "Valid values: source, auto, encoded, none"),
        ({"music_font": "Sonata"}, "Valid values: Bravura, Gootville, Leipzig, Leland, Petaluma"),
        ({"measure_numbers": 0}, "True, False or between 1 and 64, not 0"),
        ({"measure_numbers": 65}, "True, False or between 1 and 64, not 65"),
        ({"hidden_staves": frozenset({0})}, "staff numbers from 1"),
        ({"margins": 120}, "leave"),
        ({"margins": -1}, "zero or more"),
    ],
)
def test_senseless_options_are_refused_with_what_to_do(options: dict, message: str):
    with pytest.raises(SettingsError, match=message):
        LayoutOptions(**options)


@pytest.mark.parametrize("sides", [(0, 100), (100, float("inf")), (100, 5000)])
def test_senseless_pages_are_refused(sides: tuple[float, float]):
    with pytest.raises(SettingsError, match="must be between 10 and 2000 mm"):
        PageSize(*sides)


def test_options_do_not_change_when_the_given_mapping_does():
    given = {"beamMaxSlope": 5}
    options = LayoutOptions(verovio=given)
    given["beamMaxSlope"] = 7
    assert dict(options.verovio) == {"beamMaxSlope": 5}


def test_an_option_that_verovio_lacks_is_an_error(snippet):
    with pytest.raises(SettingsError, match="noSuchOption"):
        snippet(verovio={"noSuchOption": 1})


def test_options_of_verovio_are_passed_on(snippet):
    thin = snippet(verovio={"stemWidth": 0.1}).of_kind(PrimitiveKind.STEM)[0]
    thick = snippet(verovio={"stemWidth": 0.4}).of_kind(PrimitiveKind.STEM)[0]
    assert isinstance(thin, Line)
    assert isinstance(thick, Line)
    assert thick.width == pytest.approx(4 * thin.width)


def test_broken_mei_is_an_engraving_error():
    from smashcima.errors import EngravingError

    with pytest.raises(EngravingError, match="not well-formed"):
        engrave_mei("<mei")


def test_options_of_verovio_that_follow_from_others_are_refused_when_the_model_is_made():
    options = LayoutOptions(verovio={"pageWidth": 100})
    with pytest.raises(SettingsError, match="pageWidth are derived from layout options"):
        EngravedModel(layout=options)
    with pytest.raises(SettingsError, match="pageWidth are derived from layout options"):
        engrave_mei("<mei/>", options)
