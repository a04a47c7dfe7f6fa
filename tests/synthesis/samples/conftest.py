"""A small store of symbols drawn for these tests by two invented writers: Anna presses hard and upright, Bert does not."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.assets.glyphs import GlyphStore
from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.synthesis.samples import SampledWriterDomain

SPACE_PX = 28.0
STROKES_PX = {"anna": 8, "bert": 4}
LEANS = {"anna": 0.0, "bert": 0.18}
HEADS_PX = {"anna": (38, 28), "bert": (30, 22)}


def cropped(canvas: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """The ink of a canvas, and where its left top corner was."""
    ys, xs = np.nonzero(canvas)
    left, top = int(xs.min()), int(ys.min())
    return canvas[top : ys.max() + 1, left : xs.max() + 1].copy(), (left, top)


def stroked(points: list[tuple[float, float]], thickness: int) -> NDArray[np.uint8]:
    """A polyline on a canvas whose middle is (400, 400)."""
    canvas = np.zeros((800, 800), np.uint8)
    pixels = (np.array(points) + 400).round().astype(np.int32)
    for first, last in zip(pixels[:-1].tolist(), pixels[1:].tolist(), strict=True):
        cv2.line(canvas, first, last, 255, thickness)
    return canvas


def line_glyph(label: str, writer: str, points: list[tuple[float, float]], thickness: int) -> DrawnGlyph:
    """A line with its ends; its origin is its start."""
    mask, (left, top) = cropped(stroked(points, thickness))
    (x0, y0), (x1, y1) = points[0], points[-1]
    start, end = (x0 + 400 - left + 0.5, y0 + 400 - top + 0.5), (x1 + 400 - left + 0.5, y1 + 400 - top + 0.5)
    return DrawnGlyph(label, mask, start, SPACE_PX, writer, start=start, end=end)


def symbol_glyph(label: str, writer: str, canvas: NDArray[np.uint8]) -> DrawnGlyph:
    """A symbol whose origin is left of its middle."""
    mask, _ = cropped(canvas)
    return DrawnGlyph(label, mask, (0.0, mask.shape[0] / 2), SPACE_PX, writer)


def head(writer: str, grown: int) -> NDArray[np.uint8]:
    """A filled ellipse."""
    canvas = np.zeros((800, 800), np.uint8)
    width, height = HEADS_PX[writer]
    cv2.ellipse(canvas, (400, 400), (width // 2 + grown, height // 2), -15, 0, 360, 255, -1)
    return canvas


def glyphs_of(writer: str) -> Iterator[DrawnGlyph]:
    """What one of the two writers drew."""
    stroke, lean = STROKES_PX[writer], LEANS[writer]
    for number in range(12):
        yield symbol_glyph("smufl::noteheadBlack", writer, head(writer, number % 4))
        height = 70.0 + 6 * number
        wobble = lean + 0.01 * (number % 5 - 2)
        stem = [(0.0, 0.0), (-height * wobble, height)]
        yield line_glyph("smufl::stem", writer, stem, stroke)
        yield line_glyph("smufl::barlineSingle", writer, stem, stroke)
        beam = [(0.0, 0.0), (60.0 + 15 * number, 4.0 * (number % 5 - 2))]
        yield line_glyph("smashcima::beam", writer, beam, stroke + 2)
        yield line_glyph("smashcima::legerLine", writer, [(0.0, 0.0), (50.0 + number, 0.0)], stroke)
    for number in range(6):
        flat = [(0.0, -50.0), (-50 * lean, 20.0), (18.0, 2.0 + number), (0.0 - 25 * lean, -8.0)]
        yield symbol_glyph("smufl::accidentalFlat", writer, stroked(flat, stroke))
        length = 100.0 + 30 * number
        part = np.linspace(0.0, 1.0, 41)
        bow = [(x * length, -60.0 * x * (1 - x)) for x in part.tolist()]
        yield line_glyph("smashcima::slur", writer, bow, stroke)
        wedge = stroked([(length, -20.0), (0.0, 0.0), (length, 20.0)], stroke)
        mask, (left, top) = cropped(wedge)
        tip, mouth = (400.0 - left, 400.0 - top), (400.0 + length - left, 400.0 - top)
        yield DrawnGlyph("smashcima::hairpin", mask, tip, SPACE_PX, writer, start=tip, end=mouth)
    tick = [(0.0, -10.0), (20.0, 0.0), (0.0, 10.0)]
    yield symbol_glyph("smufl::articAccentAbove", writer, stroked(tick, stroke))
    flag = [(0.0, 0.0), (18.0, 30.0), (10.0, 60.0)]
    mask, (left, top) = cropped(stroked(flag, stroke))
    yield DrawnGlyph("smufl::flag8thUp", mask, (400.0 - left, 400.0 - top), SPACE_PX, writer)
    if writer == "bert":
        for _ in range(3):
            canvas = np.zeros((800, 800), np.uint8)
            cv2.ellipse(canvas, (400, 400), (10, 8), 0, 0, 360, 255, -1)
            yield symbol_glyph("smashcima::noteheadBlackSmall", writer, canvas)
        digit = [(0.0, -25.0), (20.0, -25.0), (0.0, 25.0), (22.0, 25.0)]
        yield symbol_glyph("smufl::timeSig2", writer, stroked(digit, stroke))
        letter = [(20.0, -30.0), (5.0, -20.0), (-5.0, 30.0)]
        yield symbol_glyph("smufl::dynamicForte", writer, stroked(letter, stroke))


@pytest.fixture(scope="session")
def store() -> GlyphStore:
    """Twelve noteheads, stems, beams and ledger lines of each writer, six of some others, one accent each."""
    return GlyphStore.from_glyphs([*glyphs_of("anna"), *glyphs_of("bert")])


@pytest.fixture
def writers(store: GlyphStore) -> SampledWriterDomain:
    """Anna writes."""
    domain = SampledWriterDomain(store, np.random.default_rng(1))
    domain.choice = "anna"
    return domain


def angle_deg(delta: complex) -> float:
    """Direction of a vector, in degrees."""
    return math.degrees(math.atan2(delta.imag, delta.real))
