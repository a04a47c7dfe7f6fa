"""Compiled kernels give the same results as NumPy, and work only where they pay off."""

import sys

import numpy as np
import pytest

from smashcima import BaseHandwrittenModel, EngravedModel, kernels
from smashcima.errors import SettingsError
from smashcima.exporting.annotation import Node, PageAnnotation, annotate
from smashcima.exporting.annotation.run_lengths import RunLengths, RunTable, filled_table
from smashcima.exporting.classes import Sign
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.coco.rle import coco_counts, compressed
from smashcima.exporting.mung import MungExporter, MungNode
from smashcima.exporting.mung.nodes import to_document
from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.imaging import (
    DisplacementMap,
    ImageLayer,
    InkLayer,
    Mask,
    Outlines,
    PixelGrid,
    Regions,
    blend,
    rasterize,
)
from smashcima.imaging.compositing.painting import paint_ink
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.scene.visual import AffineSpace, InkLoad, InkMedium, InkPath
from smashcima.synthesis.pen import LineStrokes, Nib, PenWriter, SkeletonStroke, outline_points
from smashcima.synthesis.pen.centre_line import centre_line
from smashcima.synthesis.pen.outline import plan_ribbons
from smashcima.synthesis.pen.plan import Wanted, plan_writing
from smashcima.synthesis.text.letter_ink import VARIATIONS
from smashcima.synthesis.text.letter_placing import Manner, placed_letters
from smashcima.synthesis.text.pen_text_style import PenTextStyle

SONG = "X:1\nM:3/4\nL:1/8\nK:D\n|:A|d2 f2 (ab)|{g}f3 e d2|[Adf]6|!p!d2 z2 F2:|\nw: la la la_ la"
ROADS = ("off", "on")


@pytest.fixture(params=range(4))
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random numbers."""
    return np.random.default_rng(request.param)


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch):
    """Calls a function with NumPy and with kernels, and returns both results."""
    pytest.importorskip("numba", reason='numba is not installed: pip install "smashcima[fast]"')

    def call(function):
        results = []
        for road in ROADS:
            monkeypatch.setenv("SMASHCIMA_KERNELS", road)
            results.append(function())
        return results

    return call


def test_shapes_have_the_same_masks(both, rng):
    rings = [
        rng.normal(rng.uniform(-20, 80, 2), rng.uniform(0.3, 40), (n, 2)) for n in rng.integers(3, 30, 60)
    ]
    rings += [np.round(ring) for ring in rings[:20]]
    outlines = Outlines.of([Contours((ring,)) for ring in rings], [(1, 0, 0, 1, 0, 0)] * len(rings))
    arrays, compiled = both(lambda: list(rasterize(outlines, 60, 50)))
    assert len(arrays) > 30
    assert [window[:3] for window in arrays] == [window[:3] for window in compiled]
    for one, other in zip(arrays, compiled, strict=True):
        np.testing.assert_array_equal(one.clear, other.clear)


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


def test_strokes_have_the_same_outlines(both, rng):
    strokes = (
        SkeletonStroke(((0.0, 0.0), (1.0, 2.0), (2.5, 1.0), (1.0, 0.5)), corners=frozenset({2})),
        SkeletonStroke(((0.0, 0.0), (1.0, -0.5), (0.5, 0.5)), filled=True),
        SkeletonStroke(((3.0, 0.0),)),
    )
    lines = [centre_line(stroke, 1.8, 0.3) for stroke in strokes]
    plan = plan_ribbons(lines)
    mean = np.concatenate([line.points for line in lines])
    shifts = rng.normal(0, 0.2, (9, len(mean), 2)).view(np.complex128)[:, :, 0]
    centres = mean + shifts
    centres[4, 2] = centres[4, 1]  # samples that coincide have no direction
    centres[5] = centres[5, 0]
    halves = rng.uniform(0.05, 0.6, centres.shape)
    for nib in (None, Nib(0.5, 0.1, 40.0, 0.3)):
        arrays, compiled = both(lambda nib=nib: outline_points(centres, halves, plan, nib))
        assert arrays.tobytes() == compiled.tobytes()


@pytest.mark.parametrize("seed", range(6))
def test_writers_have_the_same_plans(both, seed):
    strokes = (
        SkeletonStroke(((0.0, 0.0), (1.0, 2.0), (2.5, 1.0), (1.0, 0.5)), corners=frozenset({2})),
        SkeletonStroke(((0.0, 0.0), (1.0, -0.5), (0.5, 0.5)), filled=True),
        SkeletonStroke(((3.0, 0.0),)),
    )
    wanted = [Wanted(strokes, 1.8), Wanted(strokes[:1], 2.5, 0.8, 0.0), Wanted(strokes[2:], 1.0)]
    arrays, compiled = both(lambda: plan_writing(wanted, PenWriter.from_seed(seed)))
    for one, other in zip(arrays, compiled, strict=True):
        assert one.moves.tobytes() == other.moves.tobytes()
        assert one.swells.tobytes() == other.swells.tobytes()
        assert one.centres.tobytes() == other.centres.tobytes()


@pytest.mark.parametrize("seed", range(6))
def test_straight_strokes_have_the_same_rings(both, seed):
    deltas = [0j, 0.4 + 0.1j, -3j, 7 + 2j, -20 + 1j, 60 - 5j, 300j] * 12

    def rings():
        strokes = LineStrokes(PenWriter.from_seed(seed), "stem", 1.6, 2.2)
        draws = np.random.default_rng(seed)
        return [strokes.take(delta, 0.3, draws, 0.1).tobytes() for delta in deltas]

    arrays, compiled = both(rings)
    assert arrays == compiled
    assert len(set(arrays)) == len(deltas)


def test_shapes_have_the_same_run_lengths(both, rng):
    rings = [
        rng.normal(rng.uniform(-9, 80, 2), rng.uniform(0.1, 40), (n, 2)) for n in rng.integers(3, 20, 80)
    ]
    rings += [np.round(ring) for ring in rings[:20]]
    # A long thin shape, which is drawn in slices; a hairline, which covers no pixel by half; one outside of the image.
    rings += [np.array([(0, 3), (500, 60), (500, 62), (0, 5)]), np.array([(3, 3.1), (90, 3.1), (90, 3.2)])]
    rings += [np.array([(3.0, 900), (9, 900), (9, 990)])]
    outlines = Outlines.of([Contours((ring,)) for ring in rings], [(1, 0, 0, 1, 0, 0)] * len(rings))
    names = [str(index) for index in range(len(rings))]
    regions = Regions.of(names, names, [AffineSpace() for _ in names], outlines)
    nodes = [
        Node(name, Sign(name), thing, True) for name, thing in zip(names, regions.scene_objects, strict=True)
    ]
    groups = [rng.integers(0, len(rings), n).tolist() for n in (1, 2, 5, 30)] + [[len(rings) - 1] * 2]
    nodes += [Node("group", Sign("group"), nodes[0].scene_object, False, tuple(group)) for group in groups]
    drawn = np.where([node.is_ink for node in nodes], np.arange(len(nodes)), -1)
    empty = Outlines.of([Contours(())] * len(groups), [(1, 0, 0, 1, 0, 0)] * len(groups))
    image = ImageLayer(np.zeros((70, 500, 4), np.uint8), 100)
    regions = Regions.of(
        *zip(*[(n.id, n.id, n.scene_object) for n in nodes], strict=True), outlines.joined(empty), drawn
    )
    links = np.zeros((0, 2), np.intp)
    for order in ("row_runs", "column_runs"):
        arrays, compiled = both(
            lambda order=order: getattr(PageAnnotation(image, tuple(nodes), regions, links, links), order)
        )
        assert sum(each is not None for each in arrays) > 50
        assert_equal_runs(arrays, compiled)


def test_tilted_areas_have_the_same_run_lengths(both, rng):
    for _ in range(50):
        turn = rng.normal(0, 0.1)
        matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * rng.uniform(0, 30, 2)
        ring = corners @ matrix + rng.uniform(-10, 60, 2)
        upright = np.round(ring) if rng.random() < 0.2 else corners + rng.integers(0, 40, 2)
        assert_equal_runs(*both(lambda rings=(ring, upright): filled_table(rings, 50, 40)))


def test_coco_has_the_same_counts_and_text(both, rng):
    masks = [
        Mask(*rng.integers(0, 9, 2).tolist(), rng.random(rng.integers(1, 30, 2)) < 0.7) for _ in range(40)
    ]
    masks += [Mask(0, 0, np.ones((40, 40), bool)), Mask(39, 39, np.ones((1, 1), bool))]

    def written():
        runs = [each for each in RunTable.of_masks(masks, "columns") if each is not None]
        counts = coco_counts(RunTable.of(runs), 40, 40)
        return counts.lists(), counts.areas.tolist(), compressed(counts)

    arrays, compiled = both(written)
    assert arrays == compiled


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


def test_mung_has_the_same_text(both):
    counts = ([0, 5, 1], [3, 2, 1], [2, 4], [0, 1, 123456, 1], [9999999999, 10])
    nodes = [
        MungNode(i, "a", RunLengths(1, 2, sum(each) + i % 2, 1, np.array(each, np.int64)))
        for i, each in enumerate(counts)
    ]
    arrays, compiled = both(lambda: to_document(nodes, "d", "p"))
    assert "<Mask>1:5 0:1</Mask>" in arrays
    assert arrays == compiled


def test_points_are_mapped_in_the_same_way(both, rng):
    displacements = rng.normal(0, 3, (6, 5, 2))
    points = rng.uniform(-60, 360, (500, 2))

    def mapped():
        bent = DisplacementMap.from_displacements(displacements, 300, 250)
        return bent.forward(points), bent.backward(points)

    for one, other in zip(*both(mapped), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("postprocessing", ["clean", "scan"])
@pytest.mark.parametrize("printed", [False, True])
def test_a_page_has_the_same_pixels_and_labels(both, postprocessing, printed):
    def page():
        options = {"seed": 2, "dpi": 90, "postprocessing": postprocessing}
        model = EngravedModel(**options) if printed else BaseHandwrittenModel(hand="pen", **options)
        image = model(data=SONG, format=".abc").compose_page(0)
        annotation = annotate(image)
        return (
            image.bitmap.tobytes(),
            annotation.masks().instance_map.tobytes(),
            CocoExporter().export_string(annotation),
            CocoExporter(segmentation="counts").export_string(annotation),
            MungExporter().export_string(annotation),
        )

    for one, other in zip(*both(page), strict=True):
        assert one == other


def test_kernels_take_over_after_some_pages(monkeypatch):
    monkeypatch.delenv("SMASHCIMA_KERNELS", raising=False)
    monkeypatch.setattr(kernels, "_numba_is_installed", lambda: True)
    monkeypatch.setattr(kernels._Pixels, "drawn", 0)
    assert not kernels.kernels_are_used()
    for _ in range(16):
        kernels.count_pixels(2582 * 3652)
    assert kernels.kernels_are_used()
    monkeypatch.setenv("SMASHCIMA_KERNELS", "off")
    assert not kernels.kernels_are_used()


def test_kernels_are_never_used_without_numba(monkeypatch):
    monkeypatch.delenv("SMASHCIMA_KERNELS", raising=False)
    monkeypatch.setattr(kernels, "_numba_is_installed", lambda: False)
    monkeypatch.setattr(kernels._Pixels, "drawn", 10**9)
    assert not kernels.kernels_are_used()
    monkeypatch.setenv("SMASHCIMA_KERNELS", "on")
    with pytest.raises(SettingsError, match=r'pip install "smashcima\[fast\]"'):
        kernels.kernels_are_used()


def test_numba_is_loaded_with_the_first_kernel_only(monkeypatch):
    monkeypatch.setenv("SMASHCIMA_KERNELS", "off")
    monkeypatch.setitem(sys.modules, "numba", None)  # importing it fails
    model = EngravedModel(seed=2, dpi=60)
    assert CocoExporter().export(model(data=SONG, format=".abc").compose_page(0))["annotations"]


def assert_equal_runs(arrays, compiled):
    """Checks that two lists of run lengths are equal."""
    for one, other in zip(arrays, compiled, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert one[:4] == other[:4]
            np.testing.assert_array_equal(one.counts, other.counts)


def test_letters_are_placed_alike(rng: np.random.Generator) -> None:
    pytest.importorskip("numba", reason='numba is not installed: pip install "smashcima[fast]"')
    from smashcima.synthesis.text.text_kernels import place_letters

    count = 40
    measures = np.column_stack(
        [rng.normal(3.0, 2.0, (count, 5)), rng.uniform(1.0, 9.0, count), rng.normal(size=(count, 2))]
    )
    measures = np.column_stack([measures, rng.permutation(np.arange(count) % 3)])
    draws = 2 * rng.standard_normal(5 * count + 4)
    manner = Manner(PenTextStyle.of(PenWriter.from_seed(int(rng.integers(1000))))).numbers
    for scale in (1.0, 0.9):
        frame = np.array((7.0, 11.0, 4.0, 0.9, 0.95, scale))
        results = []
        for place in (placed_letters, place_letters):
            matrices, renderings = np.empty((count, 6)), np.zeros(count, np.int64)
            place(measures, draws.copy(), manner, frame, VARIATIONS, matrices, renderings)
            results.append((matrices, renderings))
        assert np.array_equal(results[0][0], results[1][0])
        assert np.array_equal(results[0][1], results[1][1])
        assert set(results[0][1].tolist()) > {0, VARIATIONS - 1}
