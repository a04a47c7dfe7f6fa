"""The ink of a dip pen."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.geometry import Contours, Vector2
from smashcima.scene.visual import Glyph, LineGlyph, SmashcimaLabels
from smashcima.synthesis.interfaces import LinePen
from smashcima.synthesis.line import PenLineSynthesizer
from smashcima.synthesis.notation import InkFlow
from smashcima.synthesis.pen import PenWriter, PenWriterDomain, Scribe, SkeletonStroke
from smashcima.synthesis.pen.ink import thinned

DARK = (30, 40, 50, 240)


def flow_of(scribe: Scribe, seed: int = 0) -> InkFlow:
    return InkFlow(scribe, np.random.default_rng(seed))


def square(side: float) -> Glyph:
    corners = np.array([(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)])
    return Glyph.from_contours("smufl::noteheadBlack", Contours((corners,)), DARK)


def line(length: float = 10.0, width: float = 0.36, label: str = "smufl::stem") -> LineGlyph:
    writers = PenWriterDomain(np.random.default_rng(0))
    writers.choice = PenWriter(pen_width=width, scribe=Scribe())
    made = PenLineSynthesizer(writers, np.random.default_rng(1)).create_line(
        label, Vector2(0.0, -length), LinePen(0.2)
    )
    assert isinstance(made, LineGlyph)
    return made


def test_ink_falls_from_one_dip_to_the_next() -> None:
    scribe = Scribe(dip_length=400.0, dry_opacity=0.5)
    flow = flow_of(scribe)
    flows, opacities = [], []
    for _ in range(400):
        glyph = square(2.0)  # 4 mm of a stroke of a thickness of 1 mm
        flow.ink(glyph)
        flows.append(flow.flow)
        opacities.append(glyph.paths[0].color[3])
    steps = np.diff(flows)
    assert (steps <= 0).mean() > 0.95
    dips = np.flatnonzero(steps > 0.3)
    assert 2 <= len(dips) <= 8  # 1600 mm of strokes
    assert max(opacities) == 240
    assert min(opacities) == pytest.approx(120, abs=15)


def test_a_pen_that_never_runs_dry_keeps_its_colour() -> None:
    flow = flow_of(Scribe())
    glyph = square(2.0)
    flow.ink(glyph)
    assert flow.flow == 1.0
    assert glyph.paths[0].color == DARK
    assert len(glyph.paths) == 1


def test_thin_strokes_have_a_thinner_layer_of_ink() -> None:
    flow = flow_of(Scribe(thin_opacity=0.5, thin_warmth=1.0))
    head, stem = square(1.2), line(width=0.14)
    opaque = stem.paths[0].color[3]
    flow.ink(head)
    flow.ink(stem)
    assert head.paths[0].color[3] == 240
    assert stem.paths[0].color[3] < 0.6 * opaque
    blue, _, red, _ = stem.paths[0].color
    assert red > blue + 20  # browner


def test_a_dry_stroke_parts_into_two_tracks_and_its_region_with_it() -> None:
    scribe = Scribe(dip_length=1e6, dry_width=0.8, split=1.0)
    flow = flow_of(scribe)
    flow._used = 0.999 * flow._dip
    stem = line()
    before = stem.region.contours.area
    flow.ink(stem)
    assert len(stem.paths[0].contours.rings) in (2, 3)
    assert stem.region.contours is stem.paths[0].contours
    assert 0.3 * before < stem.region.contours.area < 0.8 * before


def test_beams_and_barlines_do_not_part_into_two() -> None:
    flow = flow_of(Scribe(dip_length=1e6, dry_width=0.8, split=1.0))
    for label in (SmashcimaLabels.beam.value, "smufl::barlineSingle", SmashcimaLabels.legerLine.value):
        flow._used = 0.999 * flow._dip
        stroke = line(label=label)
        count = len(stroke.paths[0].contours.rings)
        flow.ink(stroke)
        assert len(stroke.paths[0].contours.rings) == count


def test_paths_know_the_ink_at_their_start_and_end() -> None:
    flow = flow_of(Scribe(dip_length=100.0, dry_load=0.2, pooling=0.3))
    loads = []
    for _ in range(100):
        stem = line(8.0)
        flow.ink(stem)
        load = stem.paths[0].load
        assert load is not None
        assert load.color[:3] == stem.paths[0].color[:3]
        loads.append((load.start, load.end))
    starts, ends = np.array(loads).T
    assert (ends <= starts).all()
    assert starts.max() == 1.0
    assert ends.min() == pytest.approx(0.2, abs=0.02)
    # A path begins with the ink that the one before has left, or after a dip.
    assert ((starts[1:] == ends[:-1]) | (starts[1:] == 1.0)).all()


def test_even_ink_has_no_load() -> None:
    flow = flow_of(Scribe())
    glyph = square(2.0)
    flow.ink(glyph)
    assert glyph.paths[0].load is None


def test_overlapping_strokes_are_paths_of_their_own_and_a_stroke_with_corners_is_one() -> None:
    writers = PenWriterDomain(np.random.default_rng(0))
    writers.choice = PenWriter(roundness=0.0, scribe=Scribe())
    strokes = (
        SkeletonStroke(((0.0, 0.0), (2.0, 0.0), (2.0, 2.0)), corners=frozenset({1})),
        SkeletonStroke(((0.0, 1.0), (3.0, 1.0))),
    )
    (contours,) = writers.pen.write(strokes, 1.8, np.random.default_rng(0), variation=0.0)
    glyph = Glyph.from_contours("smufl::accidentalSharp", contours, DARK)
    assert len(contours.rings) == 3
    flow_of(Scribe(overlaps=True)).ink(glyph)
    assert [len(path.contours.rings) for path in glyph.paths] == [2, 1]
    assert glyph.region.contours is contours


def test_staff_lines_are_ruled_with_ink_of_their_own() -> None:
    flow = flow_of(Scribe(thin_opacity=0.5))
    glyph = square(1.0)
    ruled = Glyph.from_contours(SmashcimaLabels.staffLine, glyph.region.contours, DARK)
    flow.ink(ruled)
    assert ruled.paths[0].color == DARK


def test_thinned_ink_goes_towards_brown_and_stays_visible() -> None:
    assert thinned((0, 0, 0, 200), 1.0, 0.0) == (0, 0, 0, 200)
    assert thinned((0, 0, 0, 200), 0.5, 1.0) == (72, 96, 123, 104)
    assert thinned((96, 128, 164, 255), 1.0, 1.0) == (96, 128, 164, 255)
