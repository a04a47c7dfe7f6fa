"""From skeletons to ink."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.caching import BoundedCache
from smashcima.errors import GeometryError
from smashcima.geometry import Contours
from smashcima.geometry.polygon import signed_area
from smashcima.imaging.regions.outline_arrays import Outlines
from smashcima.imaging.regions.rasterizer import rasterize
from smashcima.synthesis.pen import Pen, PenJob, PenWriter, SkeletonStroke, form
from smashcima.synthesis.pen.centre_line import centre_line, centre_lines

S = SkeletonStroke
SHARP = (
    S(((0.2, -1.2), (0.15, 1.3))),
    S(((0.6, -1.4), (0.55, 1.2))),
    S(((-0.1, -0.3), (0.9, -0.6)), (1.3,)),
    S(((-0.1, 0.5), (0.9, 0.2)), (1.3,)),
)
HALF = (S(((0, 0.1), (0.5, -0.45), (1.15, -0.2), (0.6, 0.45)), closed=True),)
BLACK = (S(((0.15, 0.15), (0.5, -0.35), (1.05, -0.15), (0.7, 0.35)), closed=True, filled=True),)
LOOP = (
    S(((1.3, 0.3), (0.9, 0.9), (0.6, 0.2), (1.3, -0.55), (1.9, 0.3), (1.2, 1.1), (0.2, 0.3), (1.3, -3.2))),
)
REST = (
    S(
        ((0.3, -1.4), (0.9, -0.6), (0.4, -0.1), (0.9, 0.6), (0.4, 0.5), (0.6, 1.3)),
        (1, 1, 2, 1, 1, 0.7),
        frozenset({1, 2, 3}),
    ),
)
DOT = (S(((0.0, 0.0),), (1.5,)),)
SYMBOLS = (SHARP, HALF, BLACK, LOOP, REST, DOT)

MECHANICAL = replace(
    PenWriter(),
    **{
        field.name: 0.0
        for field in fields(PenWriter)
        if "jitter" in field.name or "taper" in field.name or field.name.endswith("blob")
    },
    pressure=0.0,
    speed_thinning=0.0,
    roundness=0.0,
    habit=0.0,
    wobble=0.0,
    joining=0.0,
    tremor=0.0,
)
"""Follows the skeletons exactly."""


def _rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def _same(a: list[Contours], b: list[Contours]) -> bool:
    return len(a) == len(b) and all(one == two for one, two in zip(a, b, strict=True))


def _raster_area(contours: Contours, px_per_mm: float = 40.0) -> float:
    points = np.concatenate(contours.rings)
    low = points.min(axis=0) - 0.1
    width, height = np.ceil((points.max(axis=0) + 0.1 - low) * px_per_mm).astype(int).tolist()
    place = (px_per_mm, 0.0, 0.0, px_per_mm, -low[0] * px_per_mm, -low[1] * px_per_mm)
    windows = rasterize(Outlines.of([contours], [place]), width, height)
    return sum(float((255 - window.clear.astype(float)).sum()) / 255 for window in windows) / px_per_mm**2


# -- the exact skeleton --------------------------------------------------------------------------------------


def test_without_variation_a_stroke_is_the_skeleton_with_round_ends() -> None:
    stroke = (S(((0.0, 0.0), (5.0, 0.0))),)
    (ink,) = Pen(replace(MECHANICAL, pen_width=0.4)).write(stroke, 2.0, _rng())
    box = ink.bbox()
    assert (box.left, box.right) == pytest.approx((-0.2, 10.2))
    assert (box.top, box.bottom) == pytest.approx((-0.2, 0.2))


def test_widths_are_relative_to_the_pen() -> None:
    stroke = (S(((0.0, 0.0), (5.0, 0.0), (10.0, 0.0)), (1.0, 2.0, 1.0)),)
    (ink,) = Pen(replace(MECHANICAL, pen_width=0.4)).write(stroke, 1.0, _rng())
    assert ink.bbox().height == pytest.approx(0.8, abs=0.05)
    (wide,) = Pen(replace(MECHANICAL, pen_width=0.4)).write(stroke, 1.0, _rng(), width=2.0)
    assert wide.bbox().height == pytest.approx(1.6, abs=0.1)


def test_a_dot_is_a_disc() -> None:
    (ink,) = Pen(replace(MECHANICAL, pen_width=0.4)).write(DOT, 1.8, _rng())
    box = ink.bbox()
    assert box.width == pytest.approx(0.6, abs=0.03)
    assert box.height == pytest.approx(0.6, abs=0.03)
    assert box.center.distance_to(type(box.center)(0.0, 0.0)) < 0.01


def test_the_path_passes_through_all_knots() -> None:
    from shapely import Point as ShapelyPoint

    (ink,) = Pen(replace(MECHANICAL, pen_width=0.1)).write(LOOP, 1.8, _rng())
    area = ink.to_shapely()
    for x, y in LOOP[0].knots:
        assert area.distance(ShapelyPoint(1.8 * x, 1.8 * y)) < 0.02


def test_corners_are_kept_or_cut_by_roundness() -> None:
    angle = (S(((0.0, 4.0), (2.0, 0.0), (4.0, 4.0)), corners=frozenset({1})),)
    (sharp,) = Pen(replace(MECHANICAL, pen_width=0.2)).write(angle, 1.0, _rng())
    assert sharp.bbox().top == pytest.approx(-0.1, abs=0.01)
    (round_,) = Pen(replace(MECHANICAL, pen_width=0.2, roundness=0.8)).write(angle, 1.0, _rng())
    assert round_.bbox().top > 0.5


def test_slant_leans_to_the_right() -> None:
    upright = (S(((0.0, 0.0), (0.0, -10.0))),)
    (ink,) = Pen(replace(MECHANICAL, slant=45.0, pen_width=0.1)).write(upright, 1.0, _rng())
    assert ink.bbox().right == pytest.approx(10.0, abs=0.1)
    (half,) = Pen(replace(MECHANICAL, slant=45.0, pen_width=0.1)).write(upright, 1.0, _rng(), slant=0.0)
    assert half.bbox().right == pytest.approx(0.0, abs=0.1)


def test_size_and_aspect_stretch() -> None:
    cross = (S(((-2.0, 0.0), (2.0, 0.0))), S(((0.0, -2.0), (0.0, 2.0))))
    (ink,) = Pen(replace(MECHANICAL, size=2.0, aspect=4.0, pen_width=0.1)).write(cross, 1.0, _rng())
    assert ink.bbox().width == pytest.approx(16.1, abs=0.01)
    assert ink.bbox().height == pytest.approx(4.1, abs=0.01)


def test_a_broad_nib_is_thin_along_its_edge() -> None:
    writer = replace(MECHANICAL, nib_contrast=0.8, nib_angle=0.0)
    (along,) = Pen(writer).write((S(((0.0, 0.0), (10.0, 0.0))),), 1.0, _rng())
    (across,) = Pen(writer).write((S(((0.0, 0.0), (0.0, 10.0))),), 1.0, _rng())
    assert across.bbox().width == pytest.approx(5 * along.bbox().height)


# -- a hand --------------------------------------------------------------------------------------------------


def test_no_two_renderings_are_alike() -> None:
    inks = Pen(PenWriter.preset("neat")).write(SHARP, 1.8, _rng(), 20)
    assert len({ink.rings[0].tobytes() for ink in inks}) == 20


def test_equal_seeds_write_alike() -> None:
    pen = Pen(PenWriter.from_seed(3))
    for strokes in SYMBOLS:
        assert _same(pen.write(strokes, 1.8, _rng(4), 3), Pen(pen.writer).write(strokes, 1.8, _rng(4), 3))


def test_without_variation_a_writer_repeats_the_mean_form() -> None:
    inks = Pen(PenWriter.from_seed(3)).write(SHARP, 1.8, _rng(), 3, variation=0.0)
    assert inks[0] == inks[1] == inks[2]


def test_habits_tell_writers_of_equal_manner_apart() -> None:
    one, two = (
        Pen(PenWriter(seed=seed)).write(HALF, 1.8, _rng(), variation=0.0)[0].rings[0] for seed in (1, 2)
    )
    assert one.shape == two.shape
    assert float(np.abs(one - two).max()) > 0.02


def test_a_hasty_hand_varies_more_than_a_neat_one() -> None:
    spread = []
    for name in ("neat", "hasty"):
        inks = Pen(PenWriter.preset(name)).write(SHARP, 1.8, _rng(), 40)
        spread.append(np.std([ink.bbox().height for ink in inks]))
    assert spread[1] > 2 * spread[0]


def test_a_loop_has_a_counter() -> None:
    (exact,) = Pen(MECHANICAL).write(HALF, 1.8, _rng())
    area = exact.to_shapely()
    assert area.geom_type == "Polygon"
    assert len(area.interiors) == 1  # type: ignore[attr-defined]


def test_what_is_filled_has_none() -> None:
    for ink in Pen(PenWriter.preset("average")).write(BLACK, 1.8, _rng(), 10):
        assert len(ink.rings) == 1
        assert len(ink.to_shapely().interiors) == 0  # type: ignore[attr-defined]


@given(seed=st.integers(0, 10**6), symbol=st.sampled_from(SYMBOLS), mm_per_unit=st.floats(0.8, 4.0))
@settings(max_examples=60, deadline=None)
def test_rings_run_one_way_and_raster_to_their_union(
    seed: int, symbol: tuple[SkeletonStroke, ...], mm_per_unit: float
) -> None:
    for ink in Pen(PenWriter.from_seed(seed)).write(symbol, mm_per_unit, _rng(seed), 2):
        assert all(signed_area(ring) > 0 for ring in ink.rings)
        assert all(np.isfinite(ring).all() for ring in ink.rings)
        assert _raster_area(ink) == pytest.approx(ink.to_shapely().area, rel=0.01)


@given(
    knots=st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=7),
    closed=st.booleans(),
    filled=st.booleans(),
    corner=st.integers(0, 6),
)
@settings(max_examples=80, deadline=None)
def test_any_stroke_can_be_written(
    knots: list[tuple[float, float]], closed: bool, filled: bool, corner: int
) -> None:
    stroke = S(
        tuple(knots), corners=frozenset({corner} & set(range(len(knots)))), closed=closed, filled=filled
    )
    for ink in Pen(PenWriter.from_seed(len(knots))).write((stroke,), 1.8, _rng(), 2):
        assert not ink.is_empty
        assert all(np.isfinite(ring).all() for ring in ink.rings)
        assert float(np.abs(np.concatenate(ink.rings)).max()) < 40


def test_outlines_have_few_points() -> None:
    pen = Pen(PenWriter.preset("average"))
    counts = [
        sum(map(len, pen.write(symbol, 1.8, _rng())[0].rings)) for symbol in (SHARP, HALF, BLACK, REST, DOT)
    ]
    assert max(counts) <= 80


# -- batches -------------------------------------------------------------------------------------------------


def test_a_batch_writes_every_job_at_its_place() -> None:
    pen = Pen(MECHANICAL)
    jobs = [PenJob(symbol, 1.8, x=10.0 * i, y=3.0) for i, symbol in enumerate(SYMBOLS)]
    for i, (ink, symbol) in enumerate(zip(pen.write_batch(jobs, _rng()), SYMBOLS, strict=True)):
        (alone,) = pen.write(symbol, 1.8, _rng())
        assert len(ink.rings) == len(alone.rings)
        for placed, ring in zip(ink.rings, alone.rings, strict=True):
            np.testing.assert_allclose(placed, ring + (10.0 * i, 3.0), atol=1e-9)


def test_a_batch_varies_and_repeats_with_its_seed() -> None:
    pen = Pen(PenWriter.preset("average"))
    jobs = [PenJob(SHARP, 1.8)] * 3
    first = pen.write_batch(jobs, _rng(1))
    assert len({ink.rings[0].tobytes() for ink in first}) == 3
    assert _same(first, pen.write_batch(jobs, _rng(1)))
    assert pen.write_batch([], _rng(1)) == []


@pytest.mark.parametrize("writer", ["average", "calligraphic", "hasty"])
def test_symbols_are_written_alike_whether_planned_alone_or_together(writer: str) -> None:
    alone, together = Pen(PenWriter.preset(writer)), Pen(PenWriter.preset(writer))
    together.prepare([PenJob(symbol, 1.8, slant=slant) for symbol in SYMBOLS for slant in (0.0, 1.0)])
    for symbol in SYMBOLS:
        for slant in (0.0, 1.0):
            expected = alone.write(symbol, 1.8, _rng(3), 4, slant=slant)
            assert _same(together.write(symbol, 1.8, _rng(3), 4, slant=slant), expected)


def test_forms_do_not_depend_on_those_made_together_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [(symbol, 1.8, roundness) for symbol in SYMBOLS for roundness in (0.0, 0.4)]
    monkeypatch.setattr(form, "_FORMS", BoundedCache(64))
    together = form.symbol_forms(wanted)
    for key, one in zip(wanted, together, strict=True):
        monkeypatch.setattr(form, "_FORMS", BoundedCache(64))
        (alone,) = form.symbol_forms([key])
        assert (one.center, one.size, one.has_dots) == (alone.center, alone.size, alone.has_dots)
        for name in ("part", "masks", "bends", "swells"):
            assert np.array_equal(getattr(one, name), getattr(alone, name)), name
        for name in ("points", "tangent", "speed", "along", "to_end", "is_open_ended"):
            assert np.array_equal(getattr(one.samples, name), getattr(alone.samples, name)), name


def test_a_symbol_does_not_depend_on_equal_strokes_written_before(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = (S(((0.0, 0.0), (5.0, 0.0))),)
    mirrored = (S(((0.0, -0.0), (5.0, -0.0))),)
    assert plain == mirrored
    drawings = []
    for before in ((), (plain,)):
        monkeypatch.setattr(form, "_FORMS", BoundedCache(64))
        pen = Pen(PenWriter.preset("average"))
        for symbol in before:
            pen.write(symbol, 1.8, _rng())
        drawings.append(pen.write(mirrored, 1.8, _rng()))
    assert _same(*drawings)


def test_the_boxes_of_symbols_are_those_of_their_mean_forms() -> None:
    pen = Pen(PenWriter.preset("average"))
    boxes = pen.mean_boxes([PenJob(symbol, 1.8) for symbol in SYMBOLS])
    for box, symbol in zip(boxes, SYMBOLS, strict=True):
        points = np.concatenate(pen.write(symbol, 1.8, _rng(), variation=0.0)[0].rings)
        assert box == (*points.min(axis=0), *points.max(axis=0))
    assert pen.mean_boxes([]) == []


def test_lists_of_strokes_are_read_anew() -> None:
    pen = Pen(MECHANICAL)
    strokes = [S(((0.0, 0.0), (5.0, 0.0)))]
    (before,) = pen.write(strokes, 1.0, _rng())
    strokes[0] = S(((0.0, 0.0), (9.0, 0.0)))
    (after,) = pen.write(strokes, 1.0, _rng())
    assert after.bbox().width == pytest.approx(before.bbox().width + 4)


def test_nothing_cannot_be_written() -> None:
    with pytest.raises(GeometryError, match="at least one stroke"):
        Pen(MECHANICAL).write((), 1.8, _rng())
    with pytest.raises(GeometryError, match="positive size"):
        Pen(MECHANICAL).write(DOT, 0.0, _rng())


def test_numbers_of_numpy_make_the_same_habits_as_plain_ones():
    # NumPy 1 and NumPy 2 write them differently, which must not reach the writer's habits.
    as_numpy = tuple(replace(each, knots=tuple(map(tuple, np.array(each.knots)))) for each in SHARP)
    mine, theirs = (
        Pen(PenWriter.from_seed(3)).write(strokes, 1.0, np.random.default_rng(1))
        for strokes in (SHARP, as_numpy)
    )
    for own, other in zip(mine, theirs, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(own.rings, other.rings, strict=True))


def test_renderings_that_are_taken_one_by_one_are_those_that_are_written() -> None:
    strokes = (SkeletonStroke(((0.0, 0.0), (1.0, 0.5), (2.0, 0.0))), SkeletonStroke(((0.5, 1.0),)))
    pen = Pen(PenWriter.preset("average"))
    written = pen.write(strokes, 1.8, _rng(), 3)
    renderings = pen.render(strokes, 1.8, _rng(), 3)
    taken = [renderings.take() for _ in range(3)]
    assert taken[::-1] == written
    assert len(renderings) == 0


def test_a_centre_line_does_not_depend_on_those_made_with_it() -> None:
    doubled = S(((0.0, 0.0), (0.0, 0.0), (1.0, 1.0), (2.0, 0.5)), corners=frozenset({2}))
    wanted = [
        (stroke, size, roundness)
        for stroke in (*(stroke for symbol in SYMBOLS for stroke in symbol), doubled)
        for size in (1.8, 4.0)
        for roundness in (0.0, 0.6)
    ]
    for (stroke, size, roundness), line in zip(wanted, centre_lines(wanted), strict=True):
        alone = centre_line(stroke, size, roundness)
        assert line.points.tobytes() == alone.points.tobytes()
        assert line.widths.tobytes() == alone.widths.tobytes()
        assert (line.pieces, line.cuts, line.filled, line.closed, line.dot) == (
            alone.pieces,
            alone.cuts,
            alone.filled,
            alone.closed,
            alone.dot,
        )


def test_tall_symbols_lean_more_constantly_than_small_ones() -> None:
    def spread_of_leans(height: float) -> float:
        """Standard deviation of the lean of a vertical stroke, in degrees."""
        writer = replace(MECHANICAL, slant_jitter=3.0)
        strokes = (S(((0.0, 0.0), (0.0, height))), S(((0.0, height / 2), (height / 4, height / 2))))
        tops = []
        for one in Pen(writer).write(strokes, 1.0, _rng(), 400):
            points = np.concatenate(one.rings)
            top, bottom = points[points[:, 1].argmin()], points[points[:, 1].argmax()]
            tops.append(np.degrees(np.arctan2(top[0] - bottom[0], bottom[1] - top[1])))
        return float(np.std(tops))

    assert spread_of_leans(12.0) < 0.6 * spread_of_leans(5.0)
