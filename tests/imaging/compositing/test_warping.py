"""Pictures and truth moved together: marks, outlines, masks and boxes before and after."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting import DefaultCompositor, ImageLayer
from smashcima.geometry import Contours, Point, Rectangle, Transform
from smashcima.imaging import (
    DisplacementMap,
    Masks,
    PixelMap,
    ProjectiveMap,
    draw_layers,
    merge_layers,
    rasterize,
    resample,
    resample_bgra,
)
from smashcima.scene.visual import AffineSpace, ScenePoint, ViewBox

MM = 25.4
WIDTH, HEIGHT = 800, 1000
"""Size of the page of music at 100 DPI."""


def curl() -> PixelMap:
    def back(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x + 6 * np.sin(y / 150), y + 14 * np.sin(x / 130)], axis=1)

    return DisplacementMap.from_function(back, WIDTH, HEIGHT)


def fold() -> PixelMap:
    def back(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x, y + 8 * np.tanh((y - 480) / 40) * np.exp(-(((y - 480) / 150) ** 2))], axis=1)

    return DisplacementMap.from_function(back, WIDTH, HEIGHT, step_px=16)


def camera() -> PixelMap:
    corners = [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]
    return ProjectiveMap.between_quads(corners, [[40, 30], [770, 10], [790, 960], [15, 985]])


MAPS = {
    "translation": ProjectiveMap.translation(12.3, -7.7),
    "whole pixels": ProjectiveMap.translation(12, -7),
    "rotation": ProjectiveMap.rotation(3, (400, 500)),
    "scaling up": ProjectiveMap.scaling(1.4, 1.2),
    "scaling down": ProjectiveMap.scaling(0.45),
    "mirror": ProjectiveMap([[-1, 0, WIDTH], [0, 1, 0], [0, 0, 1]]),
    "camera": camera(),
    "curl": curl(),
    "fold": fold(),
    "chain": fold().then(curl()).then(camera()),
    "chain and half the size": fold().then(camera()).then(ProjectiveMap.scaling(0.5)),
}


@pytest.fixture(params=list(MAPS), scope="module")
def pixel_map(request) -> PixelMap:
    return MAPS[request.param]


def size_after(pixel_map: PixelMap) -> tuple[int, int]:
    corners = pixel_map.forward(np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], float))
    return int(np.ceil(corners[:, 0].max())), int(np.ceil(corners[:, 1].max()))


def test_marks_are_found_where_the_scene_and_the_regions_say(build, pixel_map):
    """Discs at known points: the centroid of their ink after the warp, against `locate`, and against the boxes."""
    page = build.page(8, 10)
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    disc = Contours((1.0 * np.stack([np.cos(angles), np.sin(angles)], axis=1),))
    marks_mm = np.array([(x, y) for x in range(20, 200, 24) for y in range(20, 250, 24)], float)
    for x, y in marks_mm:
        build.path(page, Contours((disc.rings[0] + (x, y),)))
    image = (
        DefaultCompositor()
        .compose(page, dpi=100)
        .warped(pixel_map, *size_after(pixel_map), border=(255, 255, 255, 255))
    )
    ink = 255.0 - image.bitmap[:, :, 0]
    places = image.locate(marks_mm)
    assert len(places) == 80
    found = 0
    for (x, y), region in zip(places, list(image.regions)[1:], strict=True):
        left, top, right, bottom = region.pixel_box
        if left < 2 or top < 2 or right > image.width - 2 or bottom > image.height - 2:
            continue
        window = ink[top - 2 : bottom + 2, left - 2 : right + 2]
        ys, xs = np.indices(window.shape) + 0.5
        centroid = (
            (xs * window).sum() / window.sum() + left - 2,
            (ys * window).sum() / window.sum() + top - 2,
        )
        # Not even a fifth of the half pixel that is allowed.
        assert np.hypot(centroid[0] - x, centroid[1] - y) < 0.1
        center = np.array([left + right, top + bottom]) / 2
        assert np.hypot(*(center - (x, y))) < 1
        found += 1
    assert found >= 60


FINE = 6
"""How many times finer the masks are drawn before the warp."""


@pytest.mark.parametrize("name", ["rotation", "curl", "chain"])
def test_visible_masks_are_those_of_the_ink_drawn_before_the_warp_and_warped(build, name):
    """The truth: which object is on top at 36 points of each pixel, looked up in a fine picture before the warp."""
    page = build.page(3, 4)
    for y in (0.8, 1.0, 1.2, 2.6, 2.8, 3.0):
        build.path(page, build.inch_box(0.3, y, 2.7, y + 0.03), layer="stafflines", label="staffLine")
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    for x, y in np.random.default_rng(5).random((50, 2)) * (60, 84) + (8, 14):
        head = np.stack([x + 3 * np.cos(angles), y + 2 * np.sin(angles)], axis=1)
        build.path(page, Contours((head,)))
        build.path(page, Contours.from_rectangle(Rectangle(x + 2, y - 12, 1.2, 12)))
    pixel_map = MAPS[name]
    before = DefaultCompositor().compose(page, dpi=100)
    fine = Masks(
        before.regions.moved(ProjectiveMap.scaling(FINE)), FINE * before.width, FINE * before.height
    ).instance_map
    after = before.warped(pixel_map, 310, 400)
    masks = after.masks()

    width, height = 310, 400
    grid = (np.arange(FINE * height) + 0.5) / FINE
    points = np.stack(np.meshgrid(grid[: FINE * width], grid), axis=2).reshape(-1, 2)
    columns, rows = np.floor(pixel_map.backward(points) * FINE).astype(int).T
    inside = (columns >= 0) & (rows >= 0) & (columns < fine.shape[1]) & (rows < fine.shape[0])
    seen = np.where(inside, fine[np.where(inside, rows, 0), np.where(inside, columns, 0)], 0)
    seen = seen.reshape(height, FINE, width, FINE).swapaxes(1, 2).reshape(height, width, -1)
    ious = []
    for index in np.flatnonzero(after.regions.drawn >= 0).tolist():
        mask = masks.visible(index)
        left, top, right, bottom = np.maximum(after.regions.pixel_boxes()[index], 0)
        window = (slice(top, bottom), slice(left, right))
        part = (seen[window] == index + 1).mean(axis=2)
        # So many points tell the covered part of a pixel to within this; nearer to a half, both answers are right.
        sure = np.abs(part - 0.5) > 0.5 / FINE
        # A pixel that two objects share goes to the upper one if that covers half of it, however much is left.
        other = ((seen[window] > 0) & (seen[window] != index + 1)).mean(axis=2)
        sure &= (part < 0.2) | (other < 0.2)
        truth, ours = (part > 0.5) & sure, mask.on(width, height)[window] & sure
        if truth.sum() > 50:
            ious.append((truth & ours).sum() / (truth | ours).sum())
    assert len(ious) >= 60
    assert min(ious) >= 0.98


def test_boxes_contain_their_ink_and_are_tight(music_page, pixel_map):
    width, height = size_after(pixel_map)
    regions = DefaultCompositor().compose(music_page, dpi=100).regions.moved(pixel_map).clipped(width, height)
    boxes = regions.pixel_boxes()
    ink = np.tile((width, height, 0, 0), (len(regions), 1))
    for shape, left, top, clear in rasterize(regions.outlines, width, height):
        ys, xs = np.nonzero(clear < 255)
        low, high = (xs.min() + left, ys.min() + top), (xs.max() + left + 1, ys.max() + top + 1)
        ink[shape] = *np.minimum(ink[shape][:2], low), *np.maximum(ink[shape][2:], high)
    assert len(regions) >= 40
    assert (boxes[:, :2] <= ink[:, :2]).all()
    assert (boxes[:, 2:] >= ink[:, 2:]).all()
    assert np.abs(boxes - ink).max() <= 1


@pytest.mark.parametrize("name", ["curl", "fold", "chain"])
def test_outlines_follow_the_curves_of_the_map(music_page, name):
    """Every point of a long straight line before is on its outline after."""
    pixel_map = MAPS[name]
    before = DefaultCompositor().compose(music_page, dpi=100).regions
    after = before.moved(pixel_map)
    assert len(after.outlines.points) > len(before.outlines.points)
    for index, region in enumerate(before):
        if not region.label.startswith(("page", "staff", "system")):
            continue
        for ring, moved in zip(region.rings, after[index].rings, strict=True):
            part = np.linspace(0, 1, 400)[:, np.newaxis]
            for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
                places = pixel_map.forward(start + part * (end - start))
                assert distance_to_ring(places, moved).max() < 0.1


def distance_to_ring(points: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """How far each of some points is from a closed line."""
    way = np.roll(ring, -1, axis=0) - ring
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    away = points[:, np.newaxis] - ring
    along = np.clip((away * way).sum(axis=2) / length, 0, 1)
    return np.sqrt(((away - along[:, :, np.newaxis] * way) ** 2).sum(axis=2)).min(axis=1)


def test_points_of_the_scene_are_located_through_every_warp(build):
    page = build.page(8, 10)
    image = DefaultCompositor().compose(page, dpi=100)
    inner = AffineSpace(page.space, Transform(e=2 * MM, f=3 * MM))
    point = ScenePoint(inner, Point(MM, 0))  # an inch right of (2, 3) inches
    assert image.locate_point(point) == Point(pytest.approx(300), pytest.approx(300))
    moved = image.warped(MAPS["camera"], WIDTH, HEIGHT).warped(ProjectiveMap.translation(5, 6), WIDTH, HEIGHT)
    (expected,) = MAPS["camera"].forward(np.array([[300.0, 300.0]])) + (5, 6)
    assert moved.locate(np.array([[3 * MM, 3 * MM]])) == pytest.approx(expected[np.newaxis])
    assert moved.locate_point(point) == Point(*map(pytest.approx, expected))


def test_a_view_box_has_pixels_of_its_own(build):
    page = build.page(8, 10)
    part = ViewBox(page.space, Rectangle(MM, 2 * MM, 3 * MM, 3 * MM))
    image = DefaultCompositor().compose(part, dpi=50)
    assert image.locate(np.array([[MM, 2 * MM], [2 * MM, 2 * MM]])) == pytest.approx(
        np.array([[0, 0], [50, 0]])
    )
    assert image.space is page.space


def test_a_picture_of_nothing_has_no_points_of_a_scene():
    picture = ImageLayer(np.zeros((2, 2, 4), np.uint8), 100)
    with pytest.raises(ExportError, match="shows no scene"):
        picture.locate_point(ScenePoint(AffineSpace(), Point(0, 0)))


def test_layers_move_as_the_picture_of_them_does(music_page):
    layers = draw_layers(music_page, 60)
    moved = layers.warped(MAPS["camera"], 480, 600, border=(255, 255, 255, 255))
    merged = merge_layers(layers).warped(MAPS["camera"], 480, 600, border=(255, 255, 255, 255))
    assert [name for name, _ in moved] == ["stafflines", "ink"]
    assert moved.ink.coverage.any()
    late = merge_layers(moved)
    assert np.abs(late.bitmap.astype(int) - merged.bitmap).mean() < 0.5
    assert np.array_equal(late.regions.bboxes, merged.regions.bboxes, equal_nan=True)
    assert late.locate(np.array([[50.0, 60.0]])).tolist() == merged.locate(np.array([[50.0, 60.0]])).tolist()


def test_a_scaled_layer_set_knows_its_grid(music_page):
    moved = draw_layers(music_page, 60).warped(ProjectiveMap.scaling(0.5), 240, 300)
    assert (moved.width, moved.height, moved.grid.width, moved.grid.height) == (240, 300, 240, 300)
    assert moved.grid.to_px.apply_to(Point(MM, 2 * MM)) == Point(pytest.approx(30), pytest.approx(60))


def test_opaque_pages_stay_opaque_and_transparent_ones_keep_their_colour():
    page = np.full((40, 40, 4), (10, 120, 240, 255), np.uint8)
    turned = resample_bgra(page, ProjectiveMap.rotation(30, (20, 20)), 40, 40, (0, 0, 0, 255))
    assert (turned[:, :, 3] == 255).all()
    clear = resample_bgra(page, ProjectiveMap.rotation(30, (20, 20)), 40, 40)
    assert clear[0, 0].tolist() == [0, 0, 0, 0]
    assert clear[20, 20].tolist() == [10, 120, 240, 255]
    edge = (clear[:, :, 3] > 20) & (clear[:, :, 3] < 235)
    assert edge.sum() > 40
    # Without the multiplication, the black of what is not there would darken the edge by half.
    assert np.abs(clear[edge][:, :3].astype(int) - (10, 120, 240)).max() <= 12


def test_whole_pixels_are_copied_and_the_border_fills_the_rest():
    picture = np.random.default_rng(0).integers(0, 256, (5, 6, 4)).astype(np.uint8)
    moved = resample(picture, ProjectiveMap.translation(2, -1), 6, 5, (1, 2, 3, 4))
    assert np.array_equal(moved[:4, 2:], picture[1:, :4])
    assert (moved[4] == (1, 2, 3, 4)).all()
    assert (moved[:, :2] == (1, 2, 3, 4)).all()
    gray = resample(picture[:, :, 0], ProjectiveMap.translation(60, 0), 6, 5, (9,))
    assert (gray == 9).all()


def test_thin_lines_keep_their_ink_when_a_picture_is_made_much_smaller():
    """Lines 2 px wide, 20 px apart: a tenth of the area is ink, at every size."""
    picture = np.zeros((600, 600), np.uint8)
    picture[5::20] = picture[6::20] = 255
    for scale in (0.7, 0.31, 0.13):
        small = resample(picture, ProjectiveMap.scaling(scale), int(600 * scale), int(600 * scale))
        assert small.mean() / 255 == pytest.approx(0.1, rel=0.03)
        assert small.max(axis=1).std() > 5 or scale < 0.2


def test_the_same_warp_gives_the_same_bytes(music_page):
    image = DefaultCompositor().compose(music_page, dpi=60)
    first, second = (image.warped(fold().then(curl()).then(camera()), 500, 610) for _ in range(2))
    assert first.bitmap.tobytes() == second.bitmap.tobytes()
    assert first.regions.outlines.points.tobytes() == second.regions.outlines.points.tobytes()


@pytest.mark.parametrize("size", [(1, 1), (1, 30), (47, 2), (64, 64), (65, 300)])
def test_pictures_of_any_size_are_warped(size):
    picture = np.full((20, 20, 4), 255, np.uint8)
    pixel_map = ProjectiveMap.scaling(size[0] / 20, size[1] / 20)
    bend = DisplacementMap.from_displacements(np.full((2, 2, 2), 0.25), *size)
    for chain in (pixel_map, pixel_map.then(bend)):
        result = resample_bgra(picture, chain, *size, border=(255, 255, 255, 255))
        assert result.shape == (size[1], size[0], 4)
        assert (result == 255).all()


@pytest.mark.parametrize("size", [(0, 5), (5, -1), (40_000, 1), (32_000, 32_000)])
def test_sizes_that_no_picture_has_are_refused(size):
    with pytest.raises(ExportError, match="sides of an image must be"):
        ImageLayer(np.zeros((2, 2, 4), np.uint8), 100).warped(ProjectiveMap.identity(), *size)


@pytest.mark.parametrize("channels", [None, 1, 3, 4])
def test_pictures_of_any_number_of_channels_are_warped(channels):
    shape = (90, 80) if channels is None else (90, 80, channels)
    picture = np.full(shape, 200, np.uint8)
    result = resample(picture, MAPS["rotation"], 80, 90)
    assert result.shape == shape


@pytest.mark.parametrize("size", [(700, 560), (40, 30)])
def test_a_quarter_turn_moves_every_pixel_to_its_place(size):
    """Larger than one square of those that turned pictures are read in: seams would be seen."""
    width, height = size
    picture = np.random.default_rng(1).integers(0, 256, (height, width, 4), dtype=np.uint8)
    turn = ProjectiveMap([[0, 1, 0], [-1, 0, width], [0, 0, 1]])  # counter-clockwise
    assert np.array_equal(resample(picture, turn, height, width), np.rot90(picture))


def test_nothing_is_seen_from_behind_the_horizon():
    """What comes from beyond the horizon is what lies around the picture, not the picture upside down."""
    picture = np.full((100, 100), 200, np.uint8)
    # The way back divides by 1 - x / 50: the horizon is in the middle of the picture after. At x = 90, numbers that
    # are both negative would lead into the picture.
    receding = ProjectiveMap([[-0.88, 0, 50], [-1, 0.1, 50], [-1 / 50, 0, 1]]).inverse()
    seen = resample(picture, receding, 100, 100, (7,))
    assert seen[5, 5] == 200
    assert (seen[:, 52:] == 7).all()
