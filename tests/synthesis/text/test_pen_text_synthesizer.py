"""Words written with the pen."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from shapely import MultiPolygon, unary_union
from shapely.geometry import Polygon

from smashcima.engraving import TextRun
from smashcima.geometry import Point
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer
from smashcima.synthesis.pen import PenWriter, PenWriterDomain
from smashcima.synthesis.text import PrintedTextSynthesizer
from smashcima.synthesis.text.pen_text_style import PenTextStyle
from smashcima.synthesis.text.pen_text_synthesizer import PenTextSynthesizer
from smashcima.testing import TextSynthesizerContract

HANDS = ("print", "linked", "round", "plain")


def writer_of(hand: str, name: str = "neat") -> PenWriter:
    """A writer of that hand."""
    neat = PenWriter.preset(name)
    return next(writer for seed in range(200) if PenTextStyle.of(writer := neat.with_seed(seed)).hand == hand)


def synthesizer_of(
    writer: PenWriter, seed: int = 1, rng: np.random.Generator | None = None
) -> PenTextSynthesizer:
    writers = PenWriterDomain(np.random.default_rng(0))
    writers.choice = writer
    rng = rng or np.random.default_rng(seed)
    return PenTextSynthesizer(writers, rng, SmuflGlyphSynthesizer("Leland"))


def ink_of(glyph: Glyph) -> Polygon | MultiPolygon:
    return unary_union([Polygon(ring).buffer(0) for path in glyph.paths for ring in path.contours.rings])


def box_of(hand: str, *runs: TextRun) -> tuple[float, float, float, float]:
    page = AffineSpace()
    glyph = synthesizer_of(writer_of(hand)).synthesize_text("smashcima::lyric", page, runs)
    box = glyph.bbox_in(page)
    return box.left, box.top, box.right, box.bottom


class TestPenText(TextSynthesizerContract):
    def make_synthesizer(self) -> PenTextSynthesizer:
        return synthesizer_of(writer_of("print"), rng=self.streams.generator("words"))


class TestJoinedPenText(TextSynthesizerContract):
    def make_synthesizer(self) -> PenTextSynthesizer:
        return synthesizer_of(writer_of("round", "hasty"), rng=self.streams.generator("words"))


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("word", ["illi", "Wom", "schwillst", "Erinnerung,", "träumt", "Amen."])
def test_syllables_keep_to_the_width_that_was_reserved(hand: str, word: str) -> None:
    run = TextRun(word, 4.0, origin=Point(50, 20))
    reserved = PrintedTextSynthesizer().width(run)
    left, _, right, _ = box_of(hand, run)
    assert right - left <= reserved * 1.08 + 0.3
    assert left >= 50 - 0.4
    assert right <= 50 + reserved + 0.4


@pytest.mark.parametrize("hand", HANDS)
def test_letters_stand_on_the_baseline(hand: str) -> None:
    _, top, _, bottom = box_of(hand, TextRun("name", 10.0, origin=Point(0, 100)))
    assert bottom == pytest.approx(100.3, abs=0.6)
    assert 3.0 <= 100 - top <= 6.0
    _, _, _, low = box_of(hand, TextRun("gypsy", 10.0, origin=Point(0, 100)))
    assert 102 <= low <= 106


@pytest.mark.parametrize("hand", HANDS)
def test_anchors_are_kept(hand: str) -> None:
    left, _, right, _ = box_of(hand, TextRun("Andante", 5.0, origin=Point(100, 50), anchor="middle"))
    assert (left + right) / 2 == pytest.approx(100, abs=0.8)
    _, _, right, _ = box_of(hand, TextRun("Andante", 5.0, origin=Point(100, 50), anchor="end"))
    assert right == pytest.approx(100, abs=0.8)


def test_joined_letters_make_one_piece_of_ink() -> None:
    for style in ("neat", "average", "hasty"):
        glyph = synthesizer_of(writer_of("round", style)).create_glyph(
            "smashcima::lyric", [TextRun("nachenscheludenov", 5.0, origin=Point(0, 0))]
        )
        ink = ink_of(glyph)
        pieces = [ink] if isinstance(ink, Polygon) else list(ink.geoms)
        assert len([piece for piece in pieces if piece.area > 0.05 * ink.area]) == 1


def test_letters_of_a_print_hand_stand_apart() -> None:
    glyph = synthesizer_of(writer_of("print")).create_glyph(
        "smashcima::text", [TextRun("monolog", 8.0, origin=Point(0, 0))]
    )
    ink = ink_of(glyph)
    assert isinstance(ink, MultiPolygon)
    assert len(ink.geoms) >= 6


def test_partly_linked_letters_touch() -> None:
    synthesizer = synthesizer_of(writer_of("linked"))
    ink = ink_of(synthesizer.create_glyph("smashcima::text", [TextRun("nene", 6.0, origin=Point(0, 0))]))
    pieces = [ink] if isinstance(ink, Polygon) else list(ink.geoms)
    assert len(pieces) <= 2


def rings(synthesizer: PenTextSynthesizer, text: str) -> list[np.ndarray]:
    glyph = synthesizer.create_glyph("smashcima::text", [TextRun(text, 4.0, origin=Point(0, 0))])
    return [ring for path in glyph.paths for ring in path.contours.rings]


def test_the_same_generator_writes_the_same() -> None:
    first, second = (rings(synthesizer_of(PenWriter.from_seed(5), 3), "Kyrie eleison") for _ in range(2))
    assert len(first) == len(second) > 10
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_what_was_written_before_does_not_change_the_forms() -> None:
    fresh, used = (synthesizer_of(PenWriter.from_seed(5), 3) for _ in range(2))
    rings(used, "something else")
    used._rng = np.random.default_rng(3)
    assert all(np.array_equal(a, b) for a, b in zip(rings(fresh, "Kyrie"), rings(used, "Kyrie"), strict=True))


def test_no_two_words_are_alike() -> None:
    synthesizer = synthesizer_of(PenWriter.from_seed(5))
    first, second = (np.concatenate(rings(synthesizer, "Amen")) for _ in range(2))
    assert first.shape != second.shape or np.abs(first - second).max() > 0.02


def test_all_rings_run_the_same_way() -> None:
    for hand in HANDS:
        for ring in rings(synthesizer_of(writer_of(hand)), "Größe, façade & 1824!"):
            x, y = ring.T
            assert (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() > -1e-3


def test_what_cannot_be_written_is_printed_and_named() -> None:
    synthesizer = synthesizer_of(writer_of("print"))
    run = TextRun("Größe 中 Љ \ue0a4 ♯", 4.0, origin=Point(0, 0))
    assert synthesizer.missing_characters(run) == ("中",)
    with_box = synthesizer.create_glyph("smashcima::text", [run])
    without = synthesizer.create_glyph(
        "smashcima::text", [TextRun("Größe  Љ \ue0a4 ♯", 4.0, origin=Point(0, 0))]
    )
    assert with_box.region.contours.bbox().width > without.region.contours.bbox().width


def test_music_symbols_among_words_keep_their_size() -> None:
    synthesizer = synthesizer_of(writer_of("print"))
    run = TextRun("\ue0a4", 8.0, family="Leland", origin=Point(0, 0))
    box = synthesizer.create_glyph("smashcima::tempoText", [run]).region.contours.bbox()
    printed = PrintedTextSynthesizer().create_glyph("smashcima::tempoText", [run]).region.contours.bbox()
    assert box.height == pytest.approx(printed.height, abs=0.04)
    assert box.width == pytest.approx(printed.width, abs=0.04)


def test_bold_words_have_more_ink() -> None:
    synthesizer = synthesizer_of(writer_of("print"))
    plain, bold = (
        ink_of(
            synthesizer.create_glyph(
                "smashcima::text", [TextRun("Allegro", 4.0, bold=bold, origin=Point(0, 0))]
            )
        ).area
        for bold in (False, True)
    )
    assert bold > 1.1 * plain


def test_runs_can_be_raised() -> None:
    _, top, _, bottom = box_of("print", TextRun("n", 6.0, origin=Point(0, 0), baseline_shift=5.0))
    assert bottom == pytest.approx(-5.0, abs=0.5)
    assert top < -6.5


@pytest.mark.parametrize("label, underlined", [("title", {True, False}), ("tempoText", {False})])
def test_some_writers_underline_headings_and_nobody_what_stands_on_a_staff(
    label: str, underlined: set[bool]
) -> None:
    run = TextRun("Heidenröslein", 8.0, origin=Point(0, 0), anchor="middle")
    bottoms = set()
    for seed in range(12):
        writer = PenWriter.preset("neat").with_seed(seed)
        glyph = synthesizer_of(writer).create_glyph(f"smashcima::{label}", [run])
        bottoms.add(glyph.region.contours.bbox().bottom > 2.5)
    assert bottoms == underlined


def test_music_symbols_of_texts_are_named() -> None:
    synthesizer = synthesizer_of(writer_of("print"))
    runs = [
        TextRun("Clarinet in B\u266d", 4.0),
        TextRun(" \ueca5", 4.0, family="Leland"),
        TextRun(" = 80", 4.0),
    ]
    assert synthesizer.music_symbols(runs) == ["smufl::accidentalFlat", "smufl::metNoteQuarterUp"]


def test_a_text_that_was_measured_is_drawn_like_any_other() -> None:
    run, page = TextRun("Kyrie", 4.0, origin=Point(0, 0)), AffineSpace()
    plain, measured = (synthesizer_of(writer_of("round")) for _ in range(2))
    width = measured.natural_width("smashcima::lyric", [replace(run, origin=None)])
    assert width is not None
    stretched = replace(run, stretch=width / PrintedTextSynthesizer().width(run))
    first, second = (
        each.synthesize_text("smashcima::lyric", page, [stretched]).region.contours
        for each in (plain, measured)
    )
    assert first == second


def test_the_letters_of_writers_that_are_gone_are_dropped() -> None:
    synthesizer = synthesizer_of(PenWriter.from_seed(0))
    found = []
    for seed in (0, 1, 0, 2, 3, 4, 5):
        synthesizer.writers.choice = PenWriter.from_seed(seed)
        synthesizer.create_glyph("smashcima::lyric", [TextRun("la", 4.0, origin=Point(0, 0))])
        found.append(weakref.ref(synthesizer._setter().letters))
    first, _, again, *_, last = found
    gc.collect()
    assert first() is None
    assert last() is not None
    assert first is again  # of the same letters, while the writer was one of a few
    assert sum(each() is not None for each in found) == 4
