"""Compiled kernels that draw and paint outlines give the same results as NumPy."""

import numpy as np
import pytest

from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.imaging import (
    InkLayer,
    Outlines,
    PixelGrid,
    blend,
    rasterize,
)
from smashcima.imaging.compositing.blending import blended_on
from smashcima.imaging.compositing.painting import paint_ink
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.regions.growing import grown
from smashcima.scene.visual import AffineSpace, InkLoad, InkMedium, InkPath


def test_shapes_have_the_same_masks(both, rng):
    rings = [
        rng.normal(rng.uniform(-20, 80, 2), rng.uniform(0.3, 40), (n, 2)) for n in rng.integers(3, 30, 60)
    ]
    rings += [np.round(ring * part) / part for ring in rings[:20] for part in (1, 2)]
    outlines = Outlines.of([Contours((ring,)) for ring in rings], [(1, 0, 0, 1, 0, 0)] * len(rings))
    arrays, compiled = both(lambda: list(rasterize(outlines, 60, 50)))
    assert len(arrays) > 30
    assert [window[:3] for window in arrays] == [window[:3] for window in compiled]
    for one, other in zip(arrays, compiled, strict=True):
        np.testing.assert_array_equal(one.clear, other.clear)


def test_outlines_have_the_same_points_and_measures(both, rng):
    shared = Contours((rng.normal(0, 9, (7, 2)), rng.normal(0, 3, (5, 2)), rng.normal(0, 1, (2, 2))))
    contours = [Contours((rng.normal(0, 9, (n, 2)),)) for n in rng.integers(3, 200, 20)]
    contours[5:5] = [shared, Contours(()), shared]
    transforms = [tuple(row) for row in rng.normal(0, 3, (len(contours), 6)).tolist()]
    some = np.array([6, 0, 5, 7, 6])[::-1]

    def measured():
        outlines = Outlines.of(contours, transforms)
        outlines.points.flags.writeable = False
        parts = [outlines, outlines.chosen(some), outlines.chosen(some[:0])]
        arrays = [
            (each.points, each.following, each.ring_starts, each.shape_rings, each.bboxes(), each.areas())
            for each in parts
        ]
        return [array.tobytes() for each in arrays for array in each]

    arrays, compiled = both(measured)
    assert arrays == compiled


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_outlines_grow_alike(both, rng, share):
    rings = [rng.normal(rng.uniform(0, 50, 2), rng.uniform(0.1, 9), (n, 2)) for n in rng.integers(3, 40, 60)]
    rings[1][2] = rings[1][1]  # points that are repeated, in the middle and at the end
    rings[2][-1] = rings[2][0]
    rings[3][1:3] = rings[3][0]
    rings[4] = np.repeat(rings[4][:1], 5, axis=0)
    pairs = zip(rings[::2], rings[1::2], strict=True)
    contours = [Contours(()), *(Contours((one, other * 0.5)) for one, other in pairs)]
    by_px = np.where(rng.random(len(contours)) < share, rng.normal(0, 2, len(contours)), 0.0)

    def points():
        return grown(Outlines.of(contours, [(1, 0, 0, 1, 0, 0)] * len(contours)), by_px).points

    arrays, compiled = both(points)
    np.testing.assert_array_equal(arrays, compiled)


def test_outlines_may_have_whole_numbers_in_any_order_of_memory(both):
    corners = np.array([(0, 0), (30, 0), (30, 20), (0, 20)])
    given = [Contours((corners,)), Contours((np.asfortranarray(corners),))]

    def placed():
        return Outlines.of(given, [(2.0, 0.0, 0.0, 2.0, 1.0, 5.0)] * 2).points

    arrays, compiled = both(placed)
    np.testing.assert_array_equal(arrays, [(1, 5), (61, 5), (61, 45), (1, 45)] * 2)
    np.testing.assert_array_equal(compiled, arrays)


@pytest.mark.parametrize(
    "colors", [[(30, 40, 50, 255)], [(30, 40, 50, 180), (200, 90, 0, 255), (0, 0, 9, 77)]]
)
def test_painted_shapes_have_the_same_pixels(both, rng, colors):
    grid = PixelGrid(163, 121, 300, Transform(a=9.7, d=9.7, e=20, f=60))
    rings = [rng.normal(rng.uniform(-4, 12, 2), rng.uniform(0.1, 9), (9, 2)) for _ in range(20)]

    def painted():
        space = AffineSpace()
        for number, ring in enumerate(rings):
            InkPath(space, Contours((ring,)), colors[number % len(colors)])
        layer = paint_ink(InkPath.many_of(space, "space"), grid, SpaceMaps(space, grid.to_px))
        return layer.coverage.tobytes(), np.asarray(layer.color).tobytes()

    arrays, compiled = both(painted)
    assert arrays == compiled
    assert len(set(arrays[0])) > 30


@pytest.mark.parametrize("warmth", [0.0, 0.4])
@pytest.mark.parametrize("degrees", [0.0, 20.0])
def test_ink_with_loads_has_the_same_pixels(both, warmth, degrees):
    medium = InkMedium(
        thin_load=0.4,
        dry_opacity=0.3,
        full_opacity=0.95,
        thin_color=(40, 80, 120),
        pooling=0.5,
        fading=0.3,
        unevenness=0.2,
        skips=0.1,
        tooth=0.6,
        warmth=warmth,
    )
    turn = Transform.rotateDegCC(degrees).then(Transform(a=9.7, d=9.7, e=20, f=60))
    grid = PixelGrid(163, 121, 300, turn)

    def painted():
        space, draws = AffineSpace(), np.random.default_rng(7)
        for number in range(12):
            ring = draws.normal(draws.uniform(0, 12, 2), draws.uniform(0.1, 3), (9, 2))
            load = InkLoad(medium, (30, 40, 50, 255), 1.0, 0.3) if number % 4 else None
            InkPath(space, Contours((ring,)), (30, 40, 50, 255), load=load)
        layer = paint_ink(InkPath.many_of(space, "space"), grid, SpaceMaps(space, grid.to_px))
        return layer.coverage.tobytes(), layer.color if warmth == 0 else layer.color.tobytes()

    arrays, compiled = both(painted)
    assert arrays == compiled
    assert len(set(arrays[0])) > 30


@pytest.mark.parametrize(
    "colors",
    [[(0, 0, 0, 255)], [(0, 0, 0, 255), (0, 0, 0, 90)], [(10, 20, 30, 200), (200, 0, 0, 255), (0, 9, 90, 0)]],
)
def test_ink_is_painted_in_the_same_way(both, rng, colors):
    space = AffineSpace()
    ink = [
        InkPath(space, Contours((rng.uniform(-2, 12, (5, 2)),)), color=colors[number % len(colors)])
        for number in range(40)
    ]
    grid = PixelGrid.over(Rectangle(0, 0, 10, 8), 200)

    def painted():
        layer = paint_ink(ink, grid, SpaceMaps(space, grid.to_px))
        return layer.coverage, np.asarray(layer.color)

    for one, other in zip(*both(painted), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("paper", ["white", "grained", "translucent"])
@pytest.mark.parametrize("offset", [0, 3])
def test_ink_is_blended_in_the_same_way(both, rng, paper, offset):
    height, width = 70, 31

    def coverage():
        memory = rng.integers(0, 256, height * width + offset, dtype=np.uint8)
        memory[rng.random(len(memory)) < 0.8] = 0
        return memory[offset:].reshape(height, width)

    pixels = np.full((height, width, 4), 255, np.uint8)
    if paper != "white":
        pixels[:, :, : 4 if paper == "translucent" else 3] = rng.integers(0, 256, 4)[
            : 4 if paper == "translucent" else 3
        ]
    layers = [InkLayer(coverage(), color) for color in ((0, 0, 0), (90, 30, 5), (0, 200, 255))]
    tinted = InkLayer(coverage(), np.zeros((height, width, 3), np.uint8))
    for inks in (
        layers[:1],
        layers[1:2],
        layers[:2],
        layers,
        [layers[1], tinted],
        [InkLayer(coverage(), opaque=True)],
    ):

        def blended(inks=inks):
            image = pixels.copy()
            blend(image, inks)
            return image

        np.testing.assert_array_equal(*both(blended))

        def blended_afresh(inks=inks):
            return blended_on(tuple(pixels[0, 0].tolist()), width, height, inks)

        np.testing.assert_array_equal(*both(blended_afresh))
