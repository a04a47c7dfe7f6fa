"""The truth after filters: marks are where it says, boxes hold their ink, and nothing is lost."""

from __future__ import annotations

from dataclasses import field
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.geometry import Rectangle
from smashcima.imaging import ImageLayer, draw_layers
from smashcima.imaging.filters import (
    DISTRACTOR_LABELS,
    PRESETS,
    BaseHandwrittenPostprocessor,
    BleedThrough,
    Blots,
    BookPage,
    BrokenStrokes,
    Corrections,
    Curl,
    Distractor,
    DryPen,
    FacingPage,
    Filter,
    FilterStack,
    Fold,
    InkBleed,
    InkFade,
    LensDistortion,
    Letterpress,
    LieOn,
    PaperWaves,
    Perspective,
    QuarterTurn,
    Scribbles,
    Skew,
    StaffLineFade,
    StaffLineThicken,
    Stains,
    UnevenRuling,
    preset,
)
from smashcima.randomness import stream
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import Page

GEOMETRIC = [
    Skew(angle_deg=2.0, stretch=0.01),
    Perspective(tilt_x_deg=15.0, tilt_y_deg=-10.0, roll_deg=4.0),
    LensDistortion(barrel=0.02),
    Fold(rise_deg=8.0),
    Curl(slope_deg=25.0, reach_mm=50.0),
    BookPage(),
    PaperWaves(swing_mm=0.6),
    FacingPage(share=0.2),
    QuarterTurn(turns=("left",)),
]
COMPOSED = [
    FilterStack(GEOMETRIC, name="all geometric"),
    FilterStack([Curl(), Perspective(), LieOn()], strength=2, name="curl and perspective"),
    # Discs are dark on light, and whole, in all others.
    *(
        preset(name)
        for name in PRESETS
        if name not in ("bitonal", "scan-bitonal-poor", "photo-closeup", "screenshot")
    ),
    BaseHandwrittenPostprocessor(share_untouched=0),
]


def found_marks(image: ImageLayer, expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2): middles of the discs, weighted by darkness, looked for around where they should be; NaN if outside."""
    gray = cv2.cvtColor(np.ascontiguousarray(image.bitmap[:, :, :3]), cv2.COLOR_BGR2GRAY).astype(np.float64)
    result = np.full(expected.shape, np.nan)
    reach = 16
    for index, (x, y) in enumerate(expected):
        left, top = round(x) - reach, round(y) - reach
        window = gray[max(top, 0) : top + 2 * reach, max(left, 0) : left + 2 * reach]
        if left < 0 or top < 0 or window.shape != (2 * reach, 2 * reach):
            continue
        border = np.median(np.concatenate([window[0], window[-1], window[:, 0], window[:, -1]]))
        dark = np.clip(border - window - 45, 0, None)
        if dark.sum() == 0:
            continue
        ys, xs = np.mgrid[: 2 * reach, : 2 * reach] + 0.5
        result[index] = (left + (dark * xs).sum() / dark.sum(), top + (dark * ys).sum() / dark.sum())
    return result


@pytest.mark.parametrize("chosen", [*GEOMETRIC, *COMPOSED], ids=lambda one: one.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_marks_are_where_the_truth_says(chosen: Filter, seed: int, build: SimpleNamespace):
    page = build.marked_page()
    image = build.processed(chosen, page, seed)
    expected = image.locate(np.array(build.marks()))
    found = found_marks(image, expected)
    seen = np.isfinite(found[:, 0])
    assert seen.sum() >= 8
    distances = np.hypot(*(found - expected)[seen].T)
    assert distances.max() <= 0.5, distances.round(2)


@pytest.mark.parametrize("chosen", GEOMETRIC, ids=lambda one: one.name)
def test_geometric_filters_move_marks_at_all(chosen: Filter, build: SimpleNamespace):
    page = build.marked_page()
    border = np.array([(1, 1), (45, 1), (89, 1), (1, 60), (89, 60), (1, 119), (45, 119), (89, 119)], float)
    before = build.processed(FilterStack([]), page).locate(border)
    after = build.processed(chosen, page).locate(border)
    assert np.hypot(*(after - before).T).max() > 1


@pytest.mark.parametrize("chosen", [*GEOMETRIC, *COMPOSED], ids=lambda one: one.name)
def test_regions_are_where_the_marks_are(chosen: Filter, build: SimpleNamespace):
    page = build.marked_page()
    image = build.processed(chosen, page, 1)
    expected = image.locate(np.array(build.marks()))
    boxes = image.regions.bboxes[[label == "smufl::noteheadBlack" for label in image.regions.labels]]
    assert np.hypot(*((boxes[:, :2] + boxes[:, 2:]) / 2 - expected).T).max() < 0.3


@pytest.mark.parametrize("size", [(4, 4), (200, 20), (218.6, 309.2)])
@pytest.mark.parametrize("chosen", GEOMETRIC, ids=lambda one: one.name)
def test_the_strongest_warps_are_possible_on_any_sheet(
    chosen: Filter, size: tuple[float, float], build: SimpleNamespace
):
    kind = type(chosen)
    page = build.marked_page()
    page.view_box.rectangle = Rectangle(0, 0, *size)
    for seed in range(4):
        image = build.processed(FilterStack([kind(strength=3)]), page, seed, dpi=50)
        assert image.bitmap.size


INK = [InkBleed(spread_mm=0.15), InkFade(), DryPen(), BrokenStrokes(), Letterpress()]


@pytest.mark.parametrize("chosen", INK, ids=lambda one: one.name)
@pytest.mark.parametrize("strength", [1, 3])
def test_boxes_contain_their_ink_and_ink_stays(chosen: Filter, strength: int, build: SimpleNamespace):
    page = build.marked_page()
    layers = FilterStack([chosen], strength=strength).process_layers(
        draw_layers(page, 300), stream(1, 0, "x")
    )
    heads = [region for region in layers.regions if region.label == "smufl::noteheadBlack"]
    assert len(heads) == 12
    coverage = layers.ink.coverage
    for head in heads:
        left, top, right, bottom = head.pixel_box
        around = coverage[top - 8 : bottom + 8, left - 8 : right + 8].astype(int)
        inside = around[8:-8, 8:-8]
        assert inside.sum() > 0.15 * 255 * np.pi * (1.5 * 300 / 25.4) ** 2  # much of the disc can be seen
        outside = around.sum() - inside.sum()
        assert outside <= 0.002 * around.sum()
        assert inside[:4].max() > 40  # and the box is not much too large
        assert inside[:, :4].max() > 40


@pytest.mark.parametrize("chosen", [*INK, StaffLineFade()], ids=lambda one: one.name)
def test_a_strength_next_to_nothing_does_next_to_nothing(chosen: Filter, build: SimpleNamespace):
    page = build.marked_page()
    plain = build.processed(FilterStack([]), page).bitmap.astype(int)
    changes = [
        np.abs(build.processed(FilterStack([chosen], strength=strength), page).bitmap - plain).mean()
        for strength in (0.02, 1)
    ]
    assert changes[1] > 0
    assert changes[0] < 0.15 * changes[1]


def test_ink_that_spreads_is_larger(build: SimpleNamespace):
    page = build.marked_page()
    before, after = (draw_layers(page, 300) for _ in range(2))
    InkBleed(spread_mm=0.2, roughness=0.0).process_layers(after, stream(1, 0, "x"))
    areas = [float((layers.ink.coverage > 127).sum()) for layers in (before, after)]
    assert areas[1] / areas[0] == pytest.approx(
        (1.7 / 1.5) ** 2, rel=0.03
    )  # an edge of a small disc creeps a little less
    widths = [layers.regions.bboxes[-1, 2] - layers.regions.bboxes[-1, 0] for layers in (before, after)]
    assert widths[1] - widths[0] == pytest.approx(2 * 0.2 * 300 / 25.4, abs=0.1)


def test_paper_stays_clean_where_ink_spreads(build: SimpleNamespace):
    layers = draw_layers(build.marked_page(), 300)
    ink = layers.ink.coverage.copy()
    InkBleed(spread_mm=0.05, roughness=1.5).process_layers(layers, stream(1, 0, "x"))
    far = cv2.dilate(ink, np.ones((41, 41), np.uint8)) == 0
    assert layers.ink.coverage[far].max() == 0


@pytest.mark.parametrize(
    "chosen",
    [UnevenRuling(swing_mm=0.6), StaffLineThicken(growth_mm=0.2), StaffLineFade(breaks=0.0)],
    ids=lambda one: one.name,
)
def test_staff_lines_lie_in_their_regions(chosen: Filter, build: SimpleNamespace):
    layers = chosen.process_layers(draw_layers(build.marked_page(), 300), stream(3, 0, "x"))
    coverage = layers.stafflines.coverage
    lines = [region for region in layers.regions if region.label == "smashcima::staffLine"]
    mask = np.zeros_like(coverage)
    for line in lines:
        for ring in line.rings:
            cv2.fillPoly(mask, [np.rint((ring - 0.5) * 16).astype(np.int32)], 255, shift=4)
    ink = coverage > 140 if not isinstance(chosen, StaffLineFade) else coverage > 60
    assert ink.sum() > 5000
    near = cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0
    assert (ink & near).sum() / ink.sum() > 0.995
    thin = cv2.erode(mask, np.ones((3, 3), np.uint8)) > 0
    assert (ink & thin).sum() / max(thin.sum(), 1) > 0.97 or isinstance(chosen, StaffLineFade)


def test_uneven_ruling_moves_staff_lines_alone(build: SimpleNamespace):
    plain = draw_layers(build.marked_page(), 150)
    layers = UnevenRuling(swing_mm=0.6).process_layers(
        draw_layers(build.marked_page(), 150), stream(3, 0, "x")
    )
    moved = np.abs(layers.regions.bboxes - plain.regions.bboxes).max(axis=1) > 0.2
    labels = np.array(layers.regions.labels)
    assert set(labels[moved]) == {"smashcima::staffLine"}
    assert np.array_equal(layers.ink.coverage, plain.ink.coverage)


@pytest.mark.parametrize(
    ("chosen", "label"),
    [
        (Scribbles(count=6.0), "smashcima::distractorScribble"),
        (Corrections(count=4.0), "smashcima::distractorCorrection"),
        (Stains(count=5.0), "smashcima::distractorStain"),
        (Blots(count=8.0), "smashcima::distractorBlot"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_distractors_are_annotated_where_they_changed_the_page(
    chosen: Filter, label: str, build: SimpleNamespace
):
    page = build.marked_page()
    plain = build.processed(FilterStack([]), page)
    image = build.processed(chosen, page, 4)
    assert label in DISTRACTOR_LABELS
    added = [region for region in image.regions if region.label == label]
    assert len(added) >= 3
    assert len({region.id for region in image.regions}) == len(image.regions)
    assert all(isinstance(region.scene_object, Distractor) for region in added)
    changed = np.abs(image.bitmap.astype(int) - plain.bitmap).max(axis=2) > 12
    inside = np.zeros(changed.shape, bool)
    for region in added:
        left, top, right, bottom = region.pixel_box
        inside[top:bottom, left:right] = True
    assert changed.any()
    assert (changed & inside).sum() / changed.sum() > 0.98
    heads = [region for region in image.regions if region.label == "smufl::noteheadBlack"]
    assert len(heads) == 12


def test_corrections_lie_over_staff_lines_and_under_ink(build: SimpleNamespace):
    page = build.marked_page()
    layers = Corrections(count=20.0, size_mm=20.0, covering=0.9).process_layers(
        draw_layers(page, 150), stream(2, 0, "x")
    )
    assert list(layers.inks) == ["stafflines", "distractors corrections", "ink"]
    drawn = {
        kind: {
            int(order)
            for order, label in zip(layers.regions.drawn, layers.regions.labels, strict=True)
            if kind in label
        }
        for kind in ("staffLine", "Correction", "notehead")
    }
    assert max(drawn["staffLine"]) < min(drawn["Correction"])
    assert max(drawn["Correction"]) < min(drawn["notehead"])
    image = build.processed(Corrections(count=20.0, size_mm=20.0, covering=0.9), page)
    for x, y in image.locate(np.array(build.marks())):
        assert image.bitmap[int(y), int(x), 1] < 60


def test_the_other_side_shows_its_own_music_mirrored(build: SimpleNamespace):
    page, back = build.marked_page(), build.marked_page()
    build.add_disc(back, 20, 80, radius=8)
    plain = build.processed(FilterStack([]), page).bitmap.astype(int)
    chosen = BleedThrough(back=back, depth=0.4, shift_mm=0.0)
    image = build.processed(chosen, page)
    darker = (plain - image.bitmap.astype(int))[:, :, 0]
    x, y = (round(value * build.DPI / 25.4) for value in (90 - 20, 80))  # mirrored: 90 mm is the width
    assert darker[y, x] > 25
    assert darker[y, round(45 * build.DPI / 25.4)] < 5
    assert len(image.regions) == len(build.processed(FilterStack([]), page).regions)


class Book(SceneObject):
    pages: list[Page] = field(default_factory=list)


def test_the_other_side_is_the_other_page_of_the_sheet(build: SimpleNamespace):
    pages = [build.marked_page() for _ in range(3)]
    for index, page in enumerate(pages):
        page.index = index
    build.add_disc(pages[1], 20, 80, radius=8)
    book = Book(pages)
    assert len(book.pages) == 3
    plain = [build.processed(FilterStack([]), page).bitmap.astype(int) for page in pages]
    item = BleedThrough(depth=0.4, shift_mm=0.0)
    x, y = (round(value * build.DPI / 25.4) for value in (90 - 20, 80))
    shades = [int((plain[i] - build.processed(item, page).bitmap)[y, x, 0]) for i, page in enumerate(pages)]
    assert shades[0] > 25  # the disc of page 2, mirrored
    assert shades[1] < 5  # page 1 has none there
    assert shades[2] < 5  # there is no page 4
