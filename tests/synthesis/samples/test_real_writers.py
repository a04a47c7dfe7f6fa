"""Writers of MUSCIMA++ at work; skipped where the test data is absent."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore
from smashcima.assets.muscima.extraction import extract_glyphs
from smashcima.geometry import Point
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.glyph import SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import LinePen
from smashcima.synthesis.line import PenLineSynthesizer, SampledLineSynthesizer
from smashcima.synthesis.samples import (
    CurveBank,
    LineBank,
    MuscimaPPStyleDomain,
    OutlineBank,
    SampledWriterDomain,
    joins_stems,
)

WRITERS = ("W-01", "W-33")


@pytest.fixture(scope="module")
def real_store(shared_data: Path) -> GlyphStore:
    """The symbols of two writers, who write very differently."""
    archive = shared_data / "muscima" / "MUSCIMA-pp_v1.0_dev.zip"
    if not archive.is_file():
        pytest.skip(f"the test data lacks {archive}")
    with zipfile.ZipFile(archive) as opened:
        documents = {
            Path(name).stem: name
            for name in opened.namelist()
            if "cropobjects_withstaff" in name and any(f"_{writer}_" in name for writer in WRITERS)
        }
    assert len(documents) >= 4
    return GlyphStore.from_table(extract_glyphs(archive, documents, processes=1).table)


def domain_of(store: GlyphStore, writer: str) -> SampledWriterDomain:
    domain = MuscimaPPStyleDomain(store, np.random.default_rng(3))
    domain.choice = writer
    return domain


def mask_thickness_ss(store: GlyphStore, writer: str) -> float:
    """Thickness of the writer's stems, measured row by row."""
    found = []
    for index in store.of("smufl::stem", writer).tolist():
        rows = (store.mask(index) > 0).sum(axis=1)
        dx, dy = (store.ends_px[index] - store.starts_px[index]).tolist()
        found.append(np.median(rows) * abs(dy) / np.hypot(dx, dy) / store.staff_spaces_px[index])
    return float(np.median(found))


@pytest.mark.parametrize("writer", WRITERS)
def test_pen_and_samples_draw_stems_as_thick_as_the_masks(real_store: GlyphStore, writer: str) -> None:
    domain, rng, page = domain_of(real_store, writer), np.random.default_rng(1), AffineSpace()
    wanted = mask_thickness_ss(real_store, writer) * 1.8
    for maker in (PenLineSynthesizer(domain, rng), SampledLineSynthesizer(domain, rng)):
        areas = []
        for number in range(60):
            height = 5.0 + number / 20
            line = maker.synthesize_line("smufl::stem", page, Point(0, 0), Point(0, height), LinePen(0.19))
            box = line.bbox_in(page)
            areas.append(line.region.contours.area / box.height)
        assert np.median(areas) == pytest.approx(wanted, rel=0.15)


@pytest.mark.parametrize("writer", WRITERS)
def test_noteheads_are_as_large_as_the_masks(real_store: GlyphStore, writer: str) -> None:
    domain = domain_of(real_store, writer)
    maker = SampledGlyphSynthesizer(domain, np.random.default_rng(1))
    own = real_store.of("smufl::noteheadBlack", writer)
    masks = [np.count_nonzero(real_store.mask(i)) / real_store.staff_spaces_px[i] ** 2 for i in own.tolist()]
    drawn = [maker.create_glyph("smufl::noteheadBlack").region.contours.area for _ in range(200)]
    assert np.median(drawn) == pytest.approx(np.median(masks), rel=0.1)
    assert maker.borrowed == {}


def test_some_leave_a_gap_between_head_and_stem(real_store: GlyphStore) -> None:
    assert joins_stems(real_store, "W-01")
    assert not joins_stems(real_store, "W-33")


def test_most_lines_and_curves_can_be_used(real_store: GlyphStore) -> None:
    outlines = OutlineBank(real_store)
    lines, curves = LineBank(real_store, outlines), CurveBank(real_store, outlines)
    for label, usable in (
        ("smashcima::slur", lambda index: curves.curve(index) is not None),
        ("smashcima::tie", lambda index: curves.curve(index) is not None),
        ("smashcima::hairpin", lambda index: lines.hairpin(index) is not None),
        ("smashcima::beam", lambda index: lines.shape(index, True) is not None),
        ("smufl::stem", lambda index: lines.shape(index, False) is not None),
    ):
        found = [usable(index) for index in real_store.of(label).tolist()]
        assert len(found) >= 6
        assert np.mean(found) > 0.6, label


def test_flags_start_at_their_stem(real_store: GlyphStore) -> None:
    for writer in WRITERS:
        maker = SampledGlyphSynthesizer(domain_of(real_store, writer), np.random.default_rng(1))
        for label in ("smufl::flag8thUp", "smufl::flag8thDown"):
            lefts = [maker.create_glyph(label).region.contours.bbox().left for _ in range(40)]
            assert max(lefts) < 0.05
