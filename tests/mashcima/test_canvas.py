"""Canvases, and images of them."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import smashcima.mashcima as mc
from smashcima.errors import SettingsError
from smashcima.mashcima.annotation_to_image import (
    annotation_to_canvas,
    annotation_to_image,
    multi_staff_annotation_to_image,
)
from smashcima.mashcima.vocabulary import TokenGroup, parse_annotation_into_token_groups


def canvas_of(annotation: str) -> mc.Canvas:
    canvas = mc.Canvas()
    annotation_to_canvas(canvas, annotation)
    return canvas


def test_a_canvas_returns_its_annotation():
    text = "clef.G-2 #4 #1 time.3 time.4 ( #3 q3 * | ) h0 :|"
    canvas = canvas_of(text.replace("( ", ""))
    assert " ".join(canvas.get_annotations()) == text.replace("( ", "")
    assert [group.token for group in canvas.items][-2:] == ["h0", ":|"]


def test_items_are_added_as_groups_and_as_text():
    canvas = mc.Canvas()
    canvas.add(TokenGroup("q0", ["#0"], ["."]))
    canvas.add("q1 ( | ) h2")
    assert canvas.get_annotations() == ["#0", "q0", ".", "q1", "(", "|", ")", "h2"]
    with pytest.raises(SettingsError, match="a TokenGroup or text, not 3"):
        canvas.add(3)  # type: ignore[arg-type]
    canvas.finish_construction()
    with pytest.raises(SettingsError, match="finished canvas"):
        canvas.add("q0")


def test_repairs_are_told_on_request():
    canvas = mc.Canvas()
    with pytest.warns(mc.AnnotationWarning, match="ordered") as caught:
        annotation_to_canvas(canvas, "q0 * .")
    assert caught[0].filename == __file__
    assert canvas.get_annotations() == ["q0", ".", "*"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        annotation_to_canvas(canvas, "q0 * .", print_warnings=False)
    assert len(canvas.items) == 2


def test_a_canvas_is_drawn_on_a_wide_staff(pen: mc.SymbolRepository):
    canvas = canvas_of("q0 q1 q2 | h0")
    image = canvas.render(pen, seed=2)
    assert image.shape == (354, 3129)
    assert image.dtype == np.float32
    assert np.array_equal(canvas.render(pen, seed=2), image)
    assert np.array_equal(annotation_to_image(pen, "q0 q1 q2 | h0", seed=2), image)


def test_a_canvas_is_drawn_onto_an_image(pen: mc.SymbolRepository):
    img = np.zeros((400, 900), np.float32)
    rows = {pitch: 200 - 10 * pitch for pitch in range(-12, 13)}
    for pitch in (-4, -2, 0, 2, 4):
        img[rows[pitch]] = 1
    lines = img.copy()
    canvas = canvas_of("w-4 w0 w4")
    canvas.options = mc.CanvasOptions.get_tidy()
    end = canvas.render_onto_image(pen, img, rows, 100, seed=1)
    assert 200 < end < 450
    changed = np.argwhere(img != lines)
    assert changed[:, 1].min() > 100
    assert changed[:, 1].max() < end
    assert changed[:, 0].min() == pytest.approx(200 - 40 - 10, abs=7)
    assert changed[:, 0].max() == pytest.approx(200 + 40 + 10, abs=7)
    again = canvas_of("w0").render_onto_image(pen, img, rows, end, seed=1)
    assert again > end
    with pytest.warns(mc.CutInkWarning, match="900 x 400 px"):
        canvas_of("w0 w0").render_onto_image(pen, img, rows, 850, seed=1)


@pytest.mark.parametrize("positions", [{}, {0: 100}, {0: 100, 2: 120}])
def test_pitches_must_be_those_of_a_staff(pen: mc.SymbolRepository, positions: dict[int, float]):
    with pytest.raises(SettingsError, match="at least two pitches"):
        canvas_of("q0").render_onto_image(pen, np.zeros((354, 300)), positions, 0)


def test_images_are_floating_point(pen: mc.SymbolRepository):
    with pytest.raises(SettingsError, match=r"not one of uint8 \(354, 300\)"):
        canvas_of("q0").render_onto_image(pen, np.zeros((354, 300), np.uint8), {0: 178, 2: 148}, 0)  # type: ignore[arg-type]


def test_several_staves_take_the_given_repository(pen: mc.SymbolRepository):
    image = multi_staff_annotation_to_image(pen, "q0 q1", "q2", "q3", transform_image=False, seed=4)
    other = mc.synthesize("q0 q1", "q2", "q3", transform_image=False, symbol_repository=pen, seed=4)
    assert np.array_equal(image, other)


def test_groups_of_the_parser_are_items():
    groups, _ = parse_annotation_into_token_groups("time.9 time.0 #0 #1 q0")
    canvas = mc.Canvas()
    for group in groups:
        canvas.add(group)
    assert " ".join(canvas.get_annotations()) == "time.9 time.0 #0 #1 q0"


def test_items_have_the_padding_of_mashcima():
    spacing = mc.CanvasOptions().spacing(590)
    assert spacing.padding_ss == (5 / 29.5, 25 / 29.5)
    assert spacing.random_space_ss == (50 / 29.5, 300 / 29.5)
    assert spacing.random_space_probability == 0.03
    assert spacing.flip_stems_at == {-2, -1, 0, 1, 2}
    assert spacing.stems_down_from == 1
    assert spacing.min_width_ss == 20
