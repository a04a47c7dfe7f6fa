"""Compiled kernels of labels give the same results as NumPy."""

import numpy as np

from smashcima.exporting.annotation import Node, PageAnnotation
from smashcima.exporting.annotation.run_lengths import RunLengths, RunTable, filled_table
from smashcima.exporting.classes import Sign
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.coco.rle import coco_counts, compressed
from smashcima.exporting.mung import MungExporter, MungNode
from smashcima.exporting.mung.nodes import to_document
from smashcima.geometry import Contours
from smashcima.imaging import (
    ImageLayer,
    Mask,
    Outlines,
    Regions,
)
from smashcima.scene.visual import AffineSpace


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


def assert_equal_runs(arrays, compiled):
    """Checks that two lists of run lengths are equal."""
    for one, other in zip(arrays, compiled, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert one[:4] == other[:4]
            np.testing.assert_array_equal(one.counts, other.counts)


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


def test_mung_has_the_same_text(both):
    counts = ([0, 5, 1], [3, 2, 1], [2, 4], [0, 1, 123456, 1], [9999999999, 10])
    nodes = [
        MungNode(i, "a", RunLengths(1, 2, sum(each) + i % 2, 1, np.array(each, np.int64)))
        for i, each in enumerate(counts)
    ]
    arrays, compiled = both(lambda: to_document(nodes, "d", "p"))
    assert "<Mask>1:5 0:1</Mask>" in arrays
    assert arrays == compiled
