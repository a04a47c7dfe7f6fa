"""Dynamics of several letters know their letters, in print and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont
from smashcima.geometry import Contours, Point
from smashcima.scene.visual import AffineSpace, ComposedGlyph, Glyph
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS, DYNAMIC_WORDS
from smashcima.synthesis.glyph import PenGlyphSynthesizer
from smashcima.synthesis.notation.dynamic_letters import letter_areas, with_letters
from smashcima.synthesis.pen import PenWriterDomain

_ORIGIN = Point(0, 0)


def square(left: float, top: float, side: float) -> np.ndarray:
    return np.array(
        [(left, top), (left + side, top), (left + side, top + side), (left, top + side)], dtype=float
    )


def printed(font: SmuflFont, label: str) -> Contours:
    return font.glyph(label.removeprefix("smufl::")).outline


@pytest.mark.parametrize("font_name", ["Bravura", "Leland", "Gootville"])
def test_printed_words_consist_of_the_letters_of_their_font(font_name: str) -> None:
    font = SmuflFont.load(font_name)
    words = {label: word for label, word in DYNAMIC_WORDS.items() if font.find(label[7:]) is not None}
    assert len(words) >= 20
    for label, word in words.items():
        for letter, area in zip(word, letter_areas(printed(font, label), word), strict=True):
            alone = printed(font, DYNAMIC_LETTERS[letter])
            assert area.area == pytest.approx(alone.area, rel=0.12), (label, letter)
            assert area.bbox().height == pytest.approx(alone.bbox().height, abs=0.12), (label, letter)


@pytest.mark.parametrize("font_name", SMUFL_FONT_NAMES)
def test_letters_share_all_the_ink_of_their_word_and_stand_in_its_order(font_name: str) -> None:
    font = SmuflFont.load(font_name)
    for label, word in DYNAMIC_WORDS.items():
        if font.find(label[7:]) is None:
            continue
        outline = printed(font, label)
        areas = letter_areas(outline, word)
        assert sum(area.area for area in areas) == pytest.approx(outline.area)
        middles = [area.bbox().center.x for area in areas]
        assert middles == sorted(middles)


def test_letters_that_do_not_touch_are_kept_ring_by_ring() -> None:
    m, f, hole = square(0, 1, 1.0), square(1.2, 0, 1.4), square(1.5, 0.4, 0.5)[::-1]
    areas = letter_areas(Contours((f, hole, m)), "mf")
    assert areas == [Contours((m,)), Contours((f, hole))]


def test_letters_that_touch_are_cut_where_the_least_ink_is() -> None:
    word = np.array(
        [(0, 0), (1, 0), (1, 0.4), (1.3, 0.4), (1.3, 0), (2.3, 0), (2.3, 1), (1.3, 1), (1.3, 0.6)]
    )
    word = np.concatenate([word, [(1, 0.6), (1, 1), (0, 1)]])
    first, second = letter_areas(Contours((word,)), "pp")
    assert 1.0 <= first.area <= 1.06
    assert first.area + second.area == pytest.approx(2.06)
    assert first.bbox().right == pytest.approx(second.bbox().left, abs=0.2)


def test_every_letter_of_a_writer_is_found() -> None:
    rng = np.random.default_rng(5)
    writers = PenWriterDomain(rng)
    pen = PenGlyphSynthesizer(writers, rng)
    for _ in range(5):
        writers.pick_style()
        for label in ("smufl::dynamicMF", "smufl::dynamicPP", "smufl::dynamicSforzato", "smufl::dynamicFFF"):
            glyph = with_letters(pen.synthesize_symbol(label, AffineSpace(), _ORIGIN, 1.8, 1.8))
            assert isinstance(glyph, ComposedGlyph)
            assert [part.label for part in glyph.sub_glyphs] == [
                DYNAMIC_LETTERS[letter] for letter in DYNAMIC_WORDS[label]
            ]
            whole = glyph.region.contours.area
            assert sum(part.region.contours.area for part in glyph.sub_glyphs) == pytest.approx(whole)
            assert all(part.region.contours.area > 0.05 * whole for part in glyph.sub_glyphs)


def test_the_ink_stays_that_of_the_word_and_belongs_to_one_glyph() -> None:
    outline = printed(SmuflFont.load("Leland"), "smufl::dynamicMF")
    word = Glyph.from_contours("smufl::dynamicMF", outline)
    (ink,), space = word.paths, word.space
    composed = with_letters(word)
    assert composed.label == "smufl::dynamicMF"
    assert composed.paths == [ink]
    assert Glyph.many_of(ink, "paths") == [composed]
    assert set(Glyph.many_of(space, "space")) == {composed, *composed.sub_glyphs}  # type: ignore[attr-defined]
    assert [part.paths for part in composed.sub_glyphs] == [[], []]  # type: ignore[attr-defined]


def test_other_symbols_and_glyphs_of_ones_own_class_are_left_alone() -> None:
    class MyGlyph(Glyph):
        pass

    outline = Contours((square(0, 0, 1),))
    single = Glyph.from_contours("smufl::dynamicForte", outline)
    assert with_letters(single) is single
    other = Glyph.from_contours("smufl::dynamicMF", outline)
    own = MyGlyph(other.space, other.region, [], list(other.paths))
    assert with_letters(own) is own


def test_a_word_without_ink_stays_a_word() -> None:
    word = Glyph.from_contours("smufl::dynamicMF", Contours.empty())
    assert with_letters(word) is word
    assert letter_areas(Contours.empty(), "mf") == [Contours.empty(), Contours.empty()]


def test_words_of_one_outline_have_the_rings_of_the_outline_and_cut_rings_of_their_own() -> None:
    m, f = square(0, 0, 2.0), square(2.0, 0, 2.0)
    one_ring = np.concatenate([m[:2], f[1:3], m[3:]])
    apart, touching = Contours((square(0, 0, 2.0), square(3.0, 0, 2.0))), Contours((one_ring,))
    for outline in (apart, touching):
        words = [with_letters(Glyph.from_contours("smufl::dynamicMF", outline)) for _ in range(2)]
        first, second = (
            [ring for letter in word.sub_glyphs for ring in letter.region.contours.rings] for word in words
        )
        assert [ring.tolist() for ring in first] == [ring.tolist() for ring in second]
        same = [a is b for a, b in zip(first, second, strict=True)]
        assert same == [outline is apart] * 2
        if outline is apart:
            assert all(a is b for a, b in zip(first, outline.rings, strict=True))


def test_an_equal_outline_keeps_its_own_rings() -> None:
    for _ in range(2):
        outline = Contours((square(0, 0, 2.0), square(3.0, 0, 2.5)))
        word = with_letters(Glyph.from_contours("smufl::dynamicMF", outline))
        assert all(
            letter.region.contours.rings[0] is ring
            for letter, ring in zip(word.sub_glyphs, outline.rings, strict=True)
        )
