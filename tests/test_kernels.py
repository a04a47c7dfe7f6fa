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
    resample,
)
from smashcima.imaging.compositing.painting import paint_ink
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.filters import SensorNoise
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.light import multiply
from smashcima.imaging.regions.growing import grown
from smashcima.randomness import Stream, first_normals, first_uniforms, generators
from smashcima.randomness.seed_words import seed_words
from smashcima.scene.visual import AffineSpace, InkLoad, InkMedium, InkPath
from smashcima.synthesis.glyph.skeletons import forms_of
from smashcima.synthesis.notation.barline_strokes import _bands
from smashcima.synthesis.notation.dynamic_letters import letter_areas
from smashcima.synthesis.pen import LineStrokes, Nib, PenWriter, SkeletonStroke, outline_points
from smashcima.synthesis.pen.centre_line import centre_line, centre_lines
from smashcima.synthesis.pen.form import _new_forms
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


@pytest.mark.parametrize("length", [1, 3, 4, 5, 16])
def test_seeds_of_generators_are_the_same(both, rng, length):
    entropy = rng.integers(0, 2**32, (7, length), dtype=np.uint32)
    arrays, compiled = both(lambda: seed_words(entropy))
    np.testing.assert_array_equal(arrays, compiled)
    expected = [np.random.SeedSequence(row).generate_state(4, np.uint64) for row in entropy]
    np.testing.assert_array_equal(compiled, expected)


def test_streams_that_are_seeded_together_draw_the_same(both):
    streams = [Stream(seed).child("page", seed, "glyphs") for seed in (0, 5, 2**40, 2**64 - 1)]
    arrays, compiled = both(lambda: [made.random() for made in generators(streams)])
    assert arrays == compiled == [stream.generator().random() for stream in streams]


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


def test_strokes_have_the_same_centre_lines(both, rng):
    def stroke() -> SkeletonStroke:
        count = int(rng.integers(1, 8))
        return SkeletonStroke(
            tuple(map(tuple, rng.normal(0, 1.5, (count, 2)).tolist())),
            tuple(rng.uniform(0.5, 1.5, count).tolist()),
            frozenset(rng.integers(0, count, 3).tolist()),
            closed=bool(rng.random() < 0.3),
            filled=bool(rng.random() < 0.2),
        )

    strokes = [stroke() for _ in range(60)]
    loops = np.linspace(0, 14, 30)
    strokes.append(SkeletonStroke(tuple(zip(np.cos(loops).tolist(), np.sin(loops).tolist(), strict=True))))
    strokes.append(SkeletonStroke(((0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 0.0))))
    for roundness in (0.0, 0.4, 1.0):
        wanted = [(stroke, 1.8, roundness) for stroke in strokes]
        arrays, compiled = both(lambda wanted=wanted: centre_lines(wanted))
        for one, other in zip(arrays, compiled, strict=True):
            assert one.points.tobytes() == other.points.tobytes()
            assert one.widths.tobytes() == other.widths.tobytes()
            assert (one.pieces, one.cuts, one.filled, one.closed, one.dot) == (
                other.pieces,
                other.cuts,
                other.filled,
                other.closed,
                other.dot,
            )
        assert any(line.cuts for line in arrays)
        assert (max(len(line.pieces) for line in arrays) > 1) == (roundness == 0)


def test_symbols_have_the_same_forms(both):
    names = (
        "gClef",
        "fClef",
        "noteheadBlack",
        "noteheadHalf",
        "accidentalSharp",
        "dynamicForte",
        "fermataAbove",
    )
    wanted = [(form.strokes, 1.7, 0.4) for name in names for form in forms_of(name).forms]
    arrays, compiled = both(lambda: _new_forms(wanted))
    assert len(arrays) > len(names)
    for one, other in zip(arrays, compiled, strict=True):
        assert (one.center, one.size, one.has_dots) == (other.center, other.size, other.has_dots)
        assert one.ribbons.spans == other.ribbons.spans
        for name in ("before", "after", "cap_at", "cap_turn", "order", "ring_starts", "is_area"):
            assert getattr(one.ribbons, name).tobytes() == getattr(other.ribbons, name).tobytes(), name
        for name in ("part", "masks", "bends", "swells"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


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


def test_streams_start_with_the_same_numbers(both, rng):
    streams = [
        Stream(int(rng.integers(2**63)) >> int(rng.integers(63)), int(number % 3)).child("habit", number)
        for number in range(300)
    ]
    streams += [Stream(0), Stream(2**64 - 1, 2**64 - 1)]
    counts = rng.integers(0, 200, len(streams)).tolist()
    by = kernels.kernels_are_used
    arrays, compiled = both(
        lambda: first_normals(streams, counts, by()).tobytes() + first_uniforms(streams, by()).tobytes()
    )
    assert arrays == compiled
    expected = [
        stream.generator().standard_normal(count) for stream, count in zip(streams, counts, strict=True)
    ]
    np.testing.assert_array_equal(first_normals(streams, counts, True), np.concatenate(expected))


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


def test_barlines_have_the_same_pieces(both, rng):
    for count in (3, 8, 40):
        ring = rng.normal(0, 9, (count, 2)).round(int(rng.integers(0, 3)))
        heights = sorted(np.round(rng.normal(0, 8, 5)).tolist())
        tops, bottoms = [-np.inf, *heights, 3.0, 90.0], [*heights, np.inf, 3.0, 99.0]
        arrays, compiled = both(lambda ring=ring, ends=(tops, bottoms): _bands(Contours((ring,)), *ends))
        assert any(part.is_empty for part in arrays)
        for one, other in zip(arrays, compiled, strict=True):
            assert [part.tobytes() for part in one.rings] == [part.tobytes() for part in other.rings]


@pytest.mark.parametrize("word", ["mf", "pp", "sfz", "fff"])
def test_letters_have_the_same_areas(both, rng, word):
    rings = [
        rng.normal((number % len(word) * 1.2, 0.0), rng.uniform(0.1, 0.8), (int(rng.integers(3, 30)), 2))
        for number in range(8)
    ]
    arrays, compiled = both(lambda: letter_areas(Contours(tuple(rings)), word))
    assert len(arrays) == len(word)
    for one, other in zip(arrays, compiled, strict=True):
        assert [ring.tobytes() for ring in one.rings] == [ring.tobytes() for ring in other.rings]


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
    # As high as the image, so that the runs of its columns meet.
    rings += [
        np.array([(40.0, 0), (44, 0), (44, 70), (40, 70)]),
        np.array([(50.0, 0), (52, 0), (55, 70), (50, 70)]),
    ]
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
    for exporter in (CocoExporter(first_id=998, image_id=-12), MungExporter("smashcima")):
        arrays, compiled = both(
            lambda exporter=exporter: exporter.export_string(
                PageAnnotation(image, tuple(nodes), regions, links, links)
            )
        )
        assert arrays == compiled


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


@pytest.mark.parametrize("bend_px", [0.01, 0.8, 6.0, 20.0])
@pytest.mark.parametrize("size", [(1300, 300), (641, 129), (90, 70)])
def test_bent_pictures_have_the_same_pixels(both, rng, bend_px, size):
    width, height = size
    picture = rng.integers(0, 256, (height, width, 4), dtype=np.uint8)

    def back(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x + bend_px * np.sin(y / 50 + x / 90), 0.99 * y - bend_px * np.cos(x / 70)], axis=1)

    bend = DisplacementMap.from_function(back, width, height)
    without, with_kernels = both(lambda: resample(picture, bend, width, height, (9, 8, 7, 255)))
    np.testing.assert_array_equal(without, with_kernels)


@pytest.mark.parametrize("shape", [(97, 130, 4), (200, 203), (16, 9, 4), (5, 900)])
def test_light_gives_the_same_pixels(both, rng, shape):
    picture = rng.integers(0, 256, shape, dtype=np.uint8)
    factors = rng.uniform(0.2, 1, (max(2, shape[0] // 12), max(2, shape[1] // 20))).astype(np.float32)

    def lit():
        result = picture.copy()
        multiply(result, factors)
        return result

    arrays, compiled = both(lit)
    assert not np.array_equal(arrays, picture)
    np.testing.assert_array_equal(arrays, compiled)


@pytest.mark.parametrize("shape", [(97, 130, 4), (600, 530), (1, 9, 4)])
@pytest.mark.parametrize("shot", [0.004, 0.03, 0.2])
def test_sensor_noise_gives_the_same_pixels(both, shape, shot):
    picture = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)

    def noisy():
        draws = Draws(np.random.default_rng(1), 1.0)
        return SensorNoise(shot=shot, read=0.0).change_image(ImageLayer(picture.copy(), 150), draws).bitmap

    arrays, compiled = both(noisy)
    assert not np.array_equal(arrays, picture)
    np.testing.assert_array_equal(arrays, compiled)


@pytest.mark.parametrize("swing", [0.0, 2.0, 9.0])
def test_points_are_solved_alike(both, rng, swing):
    waves = rng.normal(0, swing, (9, 7, 2)).cumsum(axis=0).cumsum(axis=1) / 20
    points = rng.uniform(-150, 700, (5000, 2))
    arrays, compiled = both(lambda: DisplacementMap.from_displacements(waves, 400, 550).forward(points))
    np.testing.assert_array_equal(arrays, compiled)


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
