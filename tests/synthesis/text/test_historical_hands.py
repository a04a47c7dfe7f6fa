"""Words in hands of the 17th to 19th century."""

from __future__ import annotations

import string
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from smashcima.engraving import TextRun
from smashcima.geometry import Point
from smashcima.scene.visual import SmashcimaLabels
from smashcima.synthesis.glyph import PenGlyphSynthesizer
from smashcima.synthesis.pen import TEXT_HANDS, PenWriter, PenWriterDomain
from smashcima.synthesis.text import PenTextSynthesizer
from smashcima.synthesis.text.letter_spelling import Spelling
from smashcima.synthesis.text.letters import base_forms, shortened, spell, supported, with_long_s
from smashcima.synthesis.text.pen_letters import PenLetters, is_joined
from smashcima.synthesis.text.pen_text_style import PenTextStyle

HANDS = [name for name in TEXT_HANDS if name]


def writer_of(hand: str, **scribe: object) -> PenWriter:
    writer = PenWriter.from_seed(4, "quill")
    assert writer.scribe is not None
    return replace(writer, scribe=replace(writer.scribe, text_hand=hand, **scribe))  # type: ignore[arg-type]


def test_there_are_four_hands() -> None:
    assert HANDS == ["roundhand", "italic", "kurrent", "copperplate"]


@pytest.mark.parametrize("hand", HANDS)
def test_every_hand_has_all_letters_and_those_of_german_and_french(hand: str) -> None:
    for character in string.ascii_letters + string.digits + "äöüÄÖÜßſéèêçñ.,;:!?()-'":
        assert supported(hand, character), character  # type: ignore[arg-type]


@pytest.mark.parametrize("hand", ["roundhand", "italic", "kurrent"])
def test_small_letters_are_drawn_for_the_hand(hand: str) -> None:
    for letter in string.ascii_lowercase + "ſß":
        own, _ = base_forms(hand, letter)  # type: ignore[arg-type]
        print_forms, _ = base_forms("print", letter)
        assert own[0].strokes != (print_forms[0].strokes if print_forms else ())


@pytest.mark.parametrize("hand", ["roundhand", "kurrent", "copperplate"])
def test_letters_of_cursive_hands_are_joined(hand: str) -> None:
    store = PenLetters(PenTextStyle.of(writer_of(hand)))
    letters = store.word("unter", 4.0, False)
    assert [is_joined(a, b) for a, b in pairwise(letters)] == [True] * 4


def test_letters_of_the_italic_are_separate() -> None:
    store = PenLetters(PenTextStyle.of(writer_of("italic")))
    letters = store.word("unter", 4.0, False)
    assert not any(is_joined(a, b) for a, b in pairwise(letters))


@pytest.mark.parametrize(
    "word, expected",
    [
        ("dieses", "dieſes"),
        ("Wasser", "Waſſer"),
        ("das", "das"),
        ("Sonne", "Sonne"),
        ("ist", "iſt"),
        ("s", "s"),
        ("SAS", "SAS"),
        ("es,", "es,"),
        ("Maestoso", "Maeſtoſo"),
    ],
)
def test_an_s_is_long_before_a_small_letter(word: str, expected: str) -> None:
    assert with_long_s(word) == expected


def test_a_stroke_stands_for_a_doubled_m_or_n() -> None:
    assert shortened("kommt") == "kom\u0304t"
    assert shortened("Sonne") == "Son\u0304e"
    assert shortened("und") == "und"
    assert spell("kurrent", "kom\u0304t") == ["k", "o", "m\u0304", "t"]


def test_long_s_and_abbreviations_are_habits_of_a_writer() -> None:
    with_both = PenLetters(PenTextStyle.of(writer_of("kurrent", long_s=1.0, abbreviations=1.0)))
    without = PenLetters(PenTextStyle.of(writer_of("kurrent", long_s=0.0, abbreviations=0.0)))
    assert Spelling(with_both.style).as_written("dieses kommt") == "dieſes kom\u0304t"
    assert Spelling(without.style).as_written("dieses kommt") == "dieses kommt"
    assert len(with_both.word("kommt", 4.0, False)) == 4
    assert len(without.word("kommt", 4.0, False)) == 5


def test_words_in_kurrent_have_steeper_contrast_than_hairlines() -> None:
    """Strokes down are thicker than those up, since pressure spreads the nib."""
    style = PenTextStyle.of(writer_of("copperplate", text_flexibility=2.0))
    assert style.pen.nib.stroke_width(-90) > 2.5 * style.pen.nib.stroke_width(90)


def test_writers_of_kurrent_write_italian_words_in_round_hand() -> None:
    writers = PenWriterDomain(np.random.default_rng(0))
    writers.choice = writer_of("kurrent")
    texts = PenTextSynthesizer(
        writers, np.random.default_rng(1), PenGlyphSynthesizer(writers, np.random.default_rng(2))
    )
    run = [TextRun("con anima", 4.0, origin=Point(0.0, 0.0))]
    lyric = texts.create_glyph(SmashcimaLabels.lyric, run)
    tempo = texts.create_glyph(SmashcimaLabels.tempoText, run)
    counts = [len(glyph.paths[0].contours.rings) for glyph in (lyric, tempo)]
    assert counts[0] != counts[1]
    assert {setter.letters.style.hand for setter in texts._setters.values()} == {"kurrent", "roundhand"}


@pytest.mark.parametrize("hand", HANDS)
def test_words_are_the_same_for_the_same_seed(hand: str) -> None:
    def ring() -> np.ndarray:
        writers = PenWriterDomain(np.random.default_rng(0))
        writers.choice = writer_of(hand)
        glyphs = PenGlyphSynthesizer(writers, np.random.default_rng(2))
        texts = PenTextSynthesizer(writers, np.random.default_rng(1), glyphs)
        glyph = texts.create_glyph(SmashcimaLabels.lyric, [TextRun("Kyrie", 4.0, origin=Point(0.0, 0.0))])
        return glyph.paths[0].contours.rings[3]

    assert np.array_equal(ring(), ring())
