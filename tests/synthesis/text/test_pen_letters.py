"""Letter forms: which characters a hand writes, and what they consist of."""

from __future__ import annotations

import itertools
import string
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.text.letter_ink import VARIATIONS, LetterInk, LetterJob, write_letters
from smashcima.synthesis.text.letters import (
    CURSIVE_WEIGHTS,
    HAND_WEIGHTS,
    HandName,
    base_forms,
    linked,
    supported,
)
from smashcima.synthesis.text.letters.forms import read_forms, read_strokes
from smashcima.synthesis.text.letters.hershey import read_glyph
from smashcima.synthesis.text.pen_letters import PenLetters, is_joined
from smashcima.synthesis.text.pen_text_style import PenTextStyle

LATIN = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "àáâãäåāăąæçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľłñńņňòóôõöøōŏőœŕŗřśŝşšßţťŧùúûüũūŭůűųŵýÿŷźżžþð"
    "ÀÁÂÃÄÅĀĂĄÆÇĆĈĊČĎĐÈÉÊËĒĔĖĘĚĜĞĠĢĤĦÌÍÎÏĨĪĬĮİĴĶĹĻĽŁÑŃŅŇÒÓÔÕÖØŌŎŐŒŔŖŘŚŜŞŠŢŤŦÙÚÛÜŨŪŬŮŰŲŴÝŸŶŹŻŽÞÐ"
    "șțȘȚǎǐǒǔǧạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưẞŋŊəſ"
)
PUNCTUATION = ".,;:!?'\"-–—…„“”‘’‚«»‹›¡¿()[]{}/\\|+=<>*&#@%$€£§°·•†×÷_~^½ªº²№" + "\u2010\u2011"
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯіїєґўІЇЄҐЎјљњћђџЈЉЊЋЂЏ"
GREEK = "αβγδεζηθικλμνξοπρστυφχψωςΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώϊϋΐΰΆΈΉΊΌΎΏ"
HANDS: tuple[HandName, ...] = tuple({**HAND_WEIGHTS, **CURSIVE_WEIGHTS})


def letters_of(hand: HandName, name: str = "neat") -> PenLetters:
    neat = PenWriter.preset(name)
    styles = (PenTextStyle.of(neat.with_seed(seed)) for seed in range(200))
    return PenLetters(next(style for style in styles if style.hand == hand))


@pytest.mark.parametrize("hand", HANDS)
def test_every_hand_writes_all_of_latin_cyrillic_and_greek(hand: HandName) -> None:
    text = LATIN + PUNCTUATION + CYRILLIC + GREEK
    assert [character for character in text if not supported(hand, character)] == []


@pytest.mark.parametrize("hand", HANDS)
def test_every_character_becomes_ink(hand: HandName) -> None:
    store = letters_of(hand)
    for character in LATIN + PUNCTUATION + CYRILLIC + GREEK:
        letters = store.word(character, 4.0, False)
        assert letters, character
        assert all(letter.spans and len(letter.renderings) == VARIATIONS for letter in letters), character
        assert all(np.isfinite(points).all() for letter in letters for points in letter.renderings), character


def test_what_no_hand_has_is_not_supported() -> None:
    assert not any(supported(hand, "中") or supported(hand, "\ue050") for hand in HANDS)


@pytest.mark.parametrize("hand", HANDS)
def test_diacritics_add_to_their_letter(hand: HandName) -> None:
    store = letters_of(hand)
    for plain, marked in zip("aeouncszyr", "äéôůñçšžýř", strict=True):
        before, after = store.word(plain, 4.0, False)[0], store.word(marked, 4.0, False)[0]
        assert len(after.spans) > len(before.spans)
        if marked != "ç":
            assert after.renderings[0][:, 1].min() < before.renderings[0][:, 1].min() - 0.3
        else:
            assert after.renderings[0][:, 1].max() > before.renderings[0][:, 1].max() + 0.3


def test_decomposed_letters_are_those_that_are_composed() -> None:
    store = letters_of("print")
    assert store.word("e\u0301a\u0308", 4.0, False) == store.word("éä", 4.0, False)


def test_an_accent_takes_the_place_of_the_dot() -> None:
    store = letters_of("print")
    assert len(store.word("ì", 4.0, False)[0].spans) <= len(store.word("i", 4.0, False)[0].spans) + 1


def test_ligatures_are_taken_apart() -> None:
    store = letters_of("print")
    assert store.word("ﬁ", 4.0, False) == store.word("fi", 4.0, False)


def test_letters_are_known_by_what_they_are_not_by_when_they_were_asked_for() -> None:
    first, second = letters_of("print"), letters_of("print")
    first.word("Wiegenlied", 4.0, False)
    one, other = first.word("n", 4.0, False)[0], second.word("n", 4.0, False)[0]
    assert all(np.array_equal(a, b) for a, b in zip(one.renderings, other.renderings, strict=True))


def test_letters_are_measured_at_once_and_written_together_when_the_first_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[int] = []

    def counted(jobs: Sequence[LetterJob], *others: Any) -> list[LetterInk]:
        written.append(len(jobs))
        return write_letters(jobs, *others)

    monkeypatch.setattr("smashcima.synthesis.text.pen_letters.write_letters", counted)
    store = letters_of("print")
    store.prepare([("see", 4.0, False), ("sea", 4.0, False)])
    letters = {letter.number: letter for word in ("see", "sea") for letter in store.word(word, 4.0, False)}
    assert all(letter.left < letter.right for letter in letters.values())
    assert written == []
    assert all(letter.renderings.shape[0] == VARIATIONS for letter in letters.values())
    assert written == [len(letters)]


def test_renderings_of_a_letter_differ() -> None:
    renderings = letters_of("print").word("a", 4.0, False)[0].renderings
    assert np.ptp(np.stack(renderings), axis=0)[:, :2].max() > 0.03


def test_letters_of_the_script_hand_are_joined() -> None:
    store = letters_of("round")
    word = store.word("wunderbares", 4.0, False)
    assert all(is_joined(a, b) for a, b in itertools.pairwise(word))
    assert not is_joined(*store.word("An", 4.0, False))


def test_print_letters_are_not_joined() -> None:
    word = letters_of("print").word("wunderbares", 4.0, False)
    assert not any(is_joined(a, b) for a, b in itertools.pairwise(word))


def test_a_link_ends_where_the_next_letter_begins() -> None:
    form = base_forms("print", "n")[0][0]
    joined = linked(form, "n", True, True, 0.345)
    assert joined.entry is not None
    assert joined.exit is not None
    assert joined.strokes[0].knots[0] == (joined.entry.x, joined.entry.y)
    assert joined.strokes[0].knots[-1] == (joined.exit.x, joined.exit.y)
    assert joined.entry.y == joined.exit.y == pytest.approx(-0.52 * 0.345)


def test_forms_are_read_as_they_are_written_down() -> None:
    first, second = read_forms("0,0 10,100! 20,0 / 5,50 | 0,0 0,100")
    assert len(first) == 2
    assert np.array(first[0].knots) == pytest.approx(np.array([(0, 0), (0.069, -0.69), (0.138, 0)]))
    assert first[0].corners == frozenset({1})
    assert len(first[1].knots) == 1
    assert second[0].knots[1] == pytest.approx((0, -0.69))
    assert read_strokes("0,0 10,10", 2.0, 3.0)[0].knots[1] == pytest.approx((0.138, -0.207))


def test_a_hershey_glyph_is_smoothed_and_upright() -> None:
    (tall,) = read_glyph("scripts", "l", 17.0)
    ys = [y for _, y in tall.knots]
    assert min(ys) == pytest.approx(-0.66, abs=0.03)
    assert max(ys) == pytest.approx(0.0, abs=0.03)
    assert len(tall.knots) < 24
    body, dot = sorted(read_glyph("scripts", "i", 17.0), key=lambda stroke: -len(stroke.knots))
    assert len(dot.knots) == 1
    assert len(body.knots) > 5


def test_knots_of_faces_are_rounded_since_the_last_digits_depend_on_the_machine():
    knots = [knot for stroke in read_glyph("rowmans", "a") for knot in stroke.knots]
    assert all(round(y, 6) == y for _, y in knots)
    assert min(x for x, _ in knots) == 0


def test_a_writer_of_second_forms_writes_some_letters_otherwise() -> None:
    style = replace(PenTextStyle.of(PenWriter(seed=3)), hand="print")
    words = [f"{first}anna" for first in "bcdfghjklmnprst"]

    def forms_of_a(share: float) -> int:
        store = PenLetters(replace(style, second_forms=share))
        # Renderings of one form have the same number of points.
        return len({len(store.word(word, 4.0, False)[1].renderings[0]) for word in words})

    assert forms_of_a(0.0) == 1
    assert forms_of_a(0.4) == 2


def test_writers_differ_in_the_size_width_and_spacing_of_their_letters() -> None:
    styles = [PenTextStyle.of(PenWriter.from_seed(seed)) for seed in range(100)]
    for name, least in (
        ("size", 0.04),
        ("width", 0.08),
        ("gap", 0.015),
        ("slant_deg", 5.0),
        ("climb", 0.005),
    ):
        assert np.std([getattr(style, name) for style in styles]) > least, name
    assert all(0.85 < style.size < 1.15 for style in styles)


def test_who_writes_wide_letters_leaves_more_space_between_them() -> None:
    styles = [PenTextStyle.of(PenWriter(seed=seed)) for seed in range(200)]
    assert np.corrcoef([style.width for style in styles], [style.gap for style in styles])[0, 1] > 0.3


@pytest.mark.parametrize("hand", ["looped", "upright"])
def test_letters_of_cursives_are_joined_unless_the_writer_lifts_the_pen(hand: HandName) -> None:
    style = replace(letters_of("round").style, hand=hand, lead_ins=1.0)
    joined = PenLetters(style).word("unten", 4.0, False)
    assert [is_joined(a, b) for a, b in itertools.pairwise(joined)] == [True] * 4
    lifted = PenLetters(replace(style, lifts=1.0)).word("unten", 4.0, False)
    assert not any(is_joined(a, b) for a, b in itertools.pairwise(lifted))


def test_the_cursives_differ_in_all_small_letters() -> None:
    for letter in string.ascii_lowercase:
        forms = [base_forms(hand, letter)[0][0].strokes for hand in ("round", "looped", "upright")]  # type: ignore[arg-type]
        assert len(set(forms)) == 3, letter
