"""Primitives answer for their own points, sizes and ink, whatever their shape."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.engraving import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Place,
    Polyline,
    Primitive,
    PrimitiveKind,
    Symbol,
    Text,
    TextRun,
)
from smashcima.geometry import Point, Rectangle

HERE = (Place(0), "n1")
K = PrimitiveKind


def rings(*corners: tuple[float, float]) -> np.ndarray:
    return np.array(corners, dtype=np.float64)


PRIMITIVES: dict[str, tuple[Primitive, list[tuple[float, float]]]] = {
    "symbol": (
        Symbol(K.NOTEHEAD, *HERE, "noteheadBlack", 0xE0A4, Point(3, 4), 2.0, 2.0, "Leipzig"),
        [(3, 4)],
    ),
    "line": (Line(K.STEM, *HERE, Point(1, 2), Point(1, 9), 0.2), [(1, 2), (1, 9)]),
    "polyline": (Polyline(K.HAIRPIN, *HERE, rings((5, 1), (0, 2), (5, 3)), 0.2), [(5, 1), (0, 2), (5, 3)]),
    "polygon": (
        FilledPolygon(K.BEAM, *HERE, rings((0, 0), (4, 1), (4, 2), (0, 1))),
        [(0, 0), (4, 1), (4, 2), (0, 1)],
    ),
    "curve": (
        Curve(
            K.SLUR, *HERE, rings((0, 0), (1, 2), (3, 2), (4, 0)).reshape(1, 4, 2), np.empty((0, 4, 2)), 0.4
        ),
        [(0, 0), (1, 2), (3, 2), (4, 0)],
    ),
    "disc": (Disc(K.AUGMENTATION_DOT, *HERE, Point(2, 2), 0.5, 0.25), [(2, 2)]),
    "box": (Box(K.MULTI_REST, *HERE, Rectangle(1, 1, 6, 2), True, 0.2), [(1, 1), (7, 3)]),
    "shape": (
        GenericShape(K.GENERIC, *HERE, (rings((0, 0), (2, 0), (0, 2)), rings((5, 5), (6, 5), (5, 6)))),
        [(0, 0), (2, 0), (0, 2), (5, 5), (6, 5), (5, 6)],
    ),
    "text": (
        Text(K.TEXT, *HERE, (TextRun("ab", 4.0, origin=Point(2, 8)), TextRun("c", 4.0))),
        [(2, 8)],
    ),
}
ALL = pytest.mark.parametrize("name", PRIMITIVES)


@ALL
def test_points_are_those_that_say_where_it_is(name: str) -> None:
    primitive, points = PRIMITIVES[name]
    assert primitive.points.tolist() == [list(point) for point in points]


@ALL
def test_moved_points_move_the_ink_and_nothing_else(name: str) -> None:
    primitive, points = PRIMITIVES[name]
    moved = primitive.with_points(primitive.points + (10.0, -3.0))
    assert type(moved) is type(primitive)
    assert (moved.kind, moved.place, moved.element) == (primitive.kind, primitive.place, primitive.element)
    assert moved.points.tolist() == [[x + 10, y - 3] for x, y in points]
    assert moved.reach() == primitive.reach()
    before, after = primitive.bounds(), moved.bounds()
    assert (after.left, after.top) == pytest.approx((before.left + 10, before.top - 3))
    assert (after.width, after.height) == pytest.approx((before.width, before.height))


@ALL
def test_resizing_keeps_the_points_and_multiplies_the_reach(name: str) -> None:
    primitive, _ = PRIMITIVES[name]
    larger = primitive.resized(3.0)
    assert np.array_equal(larger.points, primitive.points)
    assert larger.reach() == pytest.approx([3 * side for side in primitive.reach()])


@ALL
def test_ink_lies_within_the_spread_of_the_first_and_last_point(name: str) -> None:
    primitive, _ = PRIMITIVES[name]
    spread, box = primitive.spread(), primitive.bounds()
    (x0, y0), (x1, y1) = primitive.points[0], primitive.points[-1]
    assert box.left >= min(x0, x1) - spread
    assert box.right <= max(x0, x1) + spread
    assert box.top >= min(y0, y1) - spread
    assert box.bottom <= max(y0, y1) + spread


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("line", (0.9, 1.9, 1.1, 9.1)),
        ("polyline", (-0.1, 0.9, 5.1, 3.1)),
        ("polygon", (0, 0, 4, 2)),
        ("curve", (-0.2, -0.2, 4.2, 2.2)),
        ("disc", (1.5, 1.75, 2.5, 2.25)),
        ("box", (0.9, 0.9, 7.1, 3.1)),
        ("shape", (0, 0, 6, 6)),
    ],
)
def test_bounds_hold_the_ink(name: str, sides: tuple[float, ...]) -> None:
    box = PRIMITIVES[name][0].bounds()
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(sides)


def test_a_stretched_text_has_wider_letters_at_the_same_place() -> None:
    text = PRIMITIVES["text"][0]
    wide = text.stretched(1.5, 1.0)
    assert isinstance(wide, Text)
    assert wide.coordinates() == text.coordinates()
    assert wide.runs[0].width == pytest.approx(1.5 * TextRun("ab", 4.0).width)
    assert wide.with_coordinates([5.0, 6.0]).runs[0].stretch == 1.5
    spaced = TextRun("ab", 4.0, letter_spacing=1.0, stretch=2.0)
    assert spaced.width == pytest.approx(2.0 * TextRun("ab", 4.0).width + 2.0)


def test_only_symbols_and_texts_are_stretched() -> None:
    symbol = PRIMITIVES["symbol"][0].stretched(2.0, 0.5)
    assert isinstance(symbol, Symbol)
    assert (symbol.scale_x, symbol.scale_y) == (4.0, 1.0)
    disc = PRIMITIVES["disc"][0]
    assert disc.stretched(2.0, 0.5) is disc


def test_a_turned_symbol_reaches_as_far_as_its_turned_box() -> None:
    upright = Symbol(K.ARPEGGIO, *HERE, "x", 0, Point(0, 0), 1.0, 1.0, "F")
    turned = Symbol(K.ARPEGGIO, *HERE, "x", 0, Point(0, 0), 1.0, 1.0, "F", 90.0)

    def boxes(name: str, font: str) -> tuple[float, float, float, float]:
        return (0.0, -1.0, 3.0, 0.0)

    assert upright.reach(boxes) == (0.0, -1.0, 3.0, 0.0)
    assert turned.reach(boxes) == pytest.approx((0.0, 0.0, 1.0, 3.0))


def test_words_are_as_high_as_their_characters_and_as_wide_as_the_engraver_measures_them() -> None:
    text = PRIMITIVES["text"][0]
    assert isinstance(text, Text)
    box = text.bounds()
    assert box.left == 2.0
    assert box.width == pytest.approx(sum(run.width for run in text.runs))
    assert box.top < 8 - 2 < box.bottom
