"""Alterations of all sizes and accidentals of all kinds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_score
from smashcima.mei import read_mei, write_mei
from smashcima.scene.semantic import Note
from tests.loading.musicxml.drawn_signs import drawn
from tests.loading.musicxml.score_elements import DIVISIONS, TREBLE, attributes, key, note, score, time

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)


def first_note(music: str) -> Note:
    return next(iter(load_score(data=music).score.notes()))


@pytest.mark.parametrize(
    "alter", ["-4", "-3", "-2.5", "-1.75", "-1.5", "-0.89", "-0.5", "-0.22", "0.22", "0.5", "1.5", "2.5", "3"]
)
def test_an_alteration_is_kept_exactly(alter: str) -> None:
    found = first_note(score([START + note("C5", 16, alter=alter)]))
    assert found.pitch is not None
    assert found.pitch.alter == Fraction(alter)
    assert found.accidental is None


# The sign that SMuFL gives to each accidental of MusicXML 4.0, and the alteration that is usual for it.
SIGNS = {
    "sharp": ("1", "accidentalSharp"),
    "natural": ("0", "accidentalNatural"),
    "flat": ("-1", "accidentalFlat"),
    "double-sharp": ("2", "accidentalDoubleSharp"),
    "sharp-sharp": ("2", "accidentalSharpSharp"),
    "flat-flat": ("-2", "accidentalDoubleFlat"),
    "natural-sharp": ("1", "accidentalNaturalSharp"),
    "natural-flat": ("-1", "accidentalNaturalFlat"),
    "quarter-flat": ("-0.5", "accidentalQuarterToneFlatStein"),
    "quarter-sharp": ("0.5", "accidentalQuarterToneSharpStein"),
    "three-quarters-flat": ("-1.5", "accidentalThreeQuarterTonesFlatZimmermann"),
    "three-quarters-sharp": ("1.5", "accidentalThreeQuarterTonesSharpStein"),
    "sharp-down": ("0.5", "accidentalQuarterToneSharpArrowDown"),
    "sharp-up": ("1.5", "accidentalThreeQuarterTonesSharpArrowUp"),
    "natural-down": ("-0.5", "accidentalQuarterToneFlatNaturalArrowDown"),
    "natural-up": ("0.5", "accidentalQuarterToneSharpNaturalArrowUp"),
    "flat-down": ("-1.5", "accidentalThreeQuarterTonesFlatArrowDown"),
    "flat-up": ("-0.5", "accidentalQuarterToneFlatArrowUp"),
    "triple-sharp": ("3", "accidentalTripleSharp"),
    "triple-flat": ("-3", "accidentalTripleFlat"),
    "slash-quarter-sharp": ("1.11", "accidentalKucukMucennebSharp"),
    "slash-sharp": ("1.78", "accidentalBuyukMucennebSharp"),
    "slash-flat": ("-0.89", "accidentalBakiyeFlat"),
    "double-slash-flat": ("-1.78", "accidentalBuyukMucennebFlat"),
    "sharp-1": ("0.22", "accidental1CommaSharp"),
    "sharp-2": ("0.44", "accidental2CommaSharp"),
    "sharp-3": ("0.67", "accidental3CommaSharp"),
    "sharp-5": ("1.11", "accidental5CommaSharp"),
    "flat-1": ("-0.22", "accidental1CommaFlat"),
    "flat-2": ("-0.44", "accidental2CommaFlat"),
    "flat-3": ("-0.67", "accidental3CommaFlat"),
    "flat-4": ("-0.89", "accidental4CommaFlat"),
    "sori": ("0.33", "accidentalSori"),
    "koron": ("-0.67", "accidentalKoron"),
}


@pytest.mark.parametrize("name", SIGNS)
def test_every_accidental_is_drawn_with_its_sign_and_exact_alteration(name: str) -> None:
    alter, sign = SIGNS[name]
    loaded = load_score(data=score([START + note("C5", 16, alter=alter, accidental=name)]))
    found = next(iter(loaded.score.notes()))
    assert found.pitch is not None
    assert found.pitch.alter == Fraction(alter)
    engraving = engrave(loaded.score)
    assert drawn(engraving, PrimitiveKind.ACCIDENTAL) == {(0, 1): [sign]}
    assert not loaded.issues
    assert not engraving.issues


@pytest.mark.parametrize("name", SIGNS)
def test_every_accidental_survives_mei_and_musicxml(name: str) -> None:
    alter, sign = SIGNS[name]
    read = load_score(data=score([START + note("C5", 16, alter=alter, accidental=name)])).score
    for again in (
        read_mei(write_mei(read))[0],
        load_score(data=MusicXmlExporter().export_string(read)).score,
    ):
        found = next(iter(again.notes()))
        assert found.pitch is not None
        assert found.pitch.alter == Fraction(alter)
        assert drawn(engrave(again), PrimitiveKind.ACCIDENTAL) == {(0, 1): [sign]}


@pytest.mark.parametrize(
    ("name", "alter", "sign"),
    [
        ("double-sharp-up", "2.5", "accidentalDoubleSharp"),
        ("double-sharp-down", "1.5", "accidentalDoubleSharp"),
        ("flat-flat-up", "-1.5", "accidentalDoubleFlat"),
        ("flat-flat-down", "-2.5", "accidentalDoubleFlat"),
        ("arrow-up", "0.5", "accidentalQuarterToneSharpNaturalArrowUp"),
        ("arrow-down", "-0.5", "accidentalQuarterToneFlatNaturalArrowDown"),
    ],
)
def test_a_sign_that_no_font_has_is_drawn_as_its_neighbour_and_named(
    name: str, alter: str, sign: str
) -> None:
    loaded = load_score(data=score([START + note("C5", 16, alter=alter, accidental=name)]))
    found = next(iter(loaded.score.notes()))
    assert found.pitch is not None
    assert found.pitch.alter == Fraction(alter)
    engraving = engrave(loaded.score)
    assert drawn(engraving, PrimitiveKind.ACCIDENTAL) == {(0, 1): [sign]}
    assert [issue.element for issue in engraving.issues] == ["accid"]


def test_another_accidental_is_drawn_by_its_smufl_name() -> None:
    other = '<accidental smufl="accidentalKomaFlat">other</accidental>'
    loaded = load_score(data=score([START + note("B4", 16, alter="-0.23", accidental=other)]))
    assert drawn(engrave(loaded.score), PrimitiveKind.ACCIDENTAL) == {(0, 1): ["accidentalKomaFlat"]}
    assert not loaded.issues


def test_another_accidental_without_a_name_is_drawn_by_the_alteration_and_named() -> None:
    loaded = load_score(data=score([START + note("B4", 16, alter="-0.5", accidental="other")]))
    assert drawn(engrave(loaded.score), PrimitiveKind.ACCIDENTAL) == {
        (0, 1): ["accidentalQuarterToneFlatStein"]
    }
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 1", "accidental")]


def test_an_accidental_that_contradicts_the_alteration_is_drawn_and_named() -> None:
    loaded = load_score(data=score([START + note("C5", 16, accidental="sharp")]))
    found = next(iter(loaded.score.notes()))
    assert found.pitch is not None
    assert (found.pitch.alter, found.accidental.kind if found.accidental else None) == (0, "s")
    assert [issue.what for issue in loaded.issues] == ["sharp is drawn, but the alteration of its note is 0"]


@pytest.mark.parametrize(
    ("marked", "enclosure", "function"),
    [
        ('parentheses="yes"', "paren", None),
        ('bracket="yes"', "brack", None),
        ('cautionary="yes"', None, "caution"),
        ('editorial="yes"', None, "edit"),
        ('cautionary="yes" parentheses="yes"', "paren", "caution"),
    ],
)
@pytest.mark.parametrize(("name", "alter"), [("flat", "-1"), ("quarter-flat", "-0.5"), ("flat-1", "-0.22")])
def test_accidentals_keep_what_surrounds_them(
    marked: str, enclosure: str | None, function: str | None, name: str, alter: str
) -> None:
    sign = f"<accidental {marked}>{name}</accidental>"
    found = first_note(score([START + note("B4", 16, alter=alter, accidental=sign)]))
    assert found.pitch is not None
    assert found.accidental is not None
    assert (found.accidental.enclosure, found.accidental.function) == (enclosure, function)
    assert found.pitch.alter == Fraction(alter)


def test_an_accidental_mark_over_a_note_does_not_alter_it() -> None:
    mark = '<notations><accidental-mark placement="above">flat</accidental-mark></notations>'
    loaded = load_score(data=score([START + note("E5", 16, more=mark)]))
    assert [str(n.pitch) for n in loaded.score.notes()] == ["E5"]
    assert drawn(engrave(loaded.score), PrimitiveKind.ACCIDENTAL) == {(0, 1): ["accidentalFlat"]}


def test_the_same_note_without_an_accidental_keeps_its_quarter_tone() -> None:
    first = note("B4", 8, alter="-0.5", accidental="quarter-flat")
    loaded = load_score(data=score([START + first + note("B4", 8, alter="-0.5")]))
    assert [n.pitch.alter for n in loaded.score.notes() if n.pitch] == [Fraction(-1, 2)] * 2
    assert not loaded.issues


def test_an_edited_alteration_replaces_the_one_of_the_source() -> None:
    read = load_score(data=score([START + note("C5", 16, alter="0.22", accidental="sharp-1")])).score
    found = next(iter(read.notes()))
    assert found.pitch is not None
    found.pitch = type(found.pitch)(found.pitch.step, found.pitch.octave, Fraction(-11, 50))
    again = next(iter(read_mei(write_mei(read))[0].notes()))
    assert again.pitch is not None
    assert again.pitch.alter == Fraction(-11, 50)


def free_key(alter: str, name: str = "") -> str:
    sign = f"<key-accidental>{name}</key-accidental>" if name else ""
    return f"<key><key-step>B</key-step><key-alter>{alter}</key-alter>{sign}</key>"


@pytest.mark.parametrize(
    ("alter", "name", "sign"),
    [
        ("-0.22", "flat-1", "accidental1CommaFlat"),
        ("-0.22", "", "accidentalKomaFlat"),
        ("1.11", "slash-quarter-sharp", "accidentalKucukMucennebSharp"),
        ("1.78", "slash-sharp", "accidentalBuyukMucennebSharp"),
        ("3", "", "accidentalTripleSharp"),
        ("-0.5", "quarter-flat", "accidentalQuarterToneFlatStein"),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_keys_have_accidentals_of_all_kinds(alter: str, name: str, sign: str, later: bool) -> None:
    keys = [key(0), free_key(alter, name)] if later else [free_key(alter, name), ""]
    first = attributes(DIVISIONS, keys[0], time(4, 4), TREBLE) + note("C5", 16)
    loaded = load_score(data=score([first, (attributes(keys[1]) if keys[1] else "") + note("C5", 16)]))
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(int(later), 1): [sign]}
    assert not loaded.issues


def test_the_case_of_quarter_tones(shared_data: Path) -> None:
    loaded = load_score(shared_data / "cases" / "93-quarter-sharp.musicxml")
    assert [n.pitch.alter for n in loaded.score.notes() if n.pitch] == [Fraction(1, 2), Fraction(3, 2)]
    assert drawn(engrave(loaded.score), PrimitiveKind.ACCIDENTAL) == {
        (0, 1): ["accidentalQuarterToneSharpStein", "accidentalThreeQuarterTonesSharpStein"]
    }


def test_the_case_of_accidentals(shared_data: Path) -> None:
    loaded = load_score(shared_data / "cases" / "47-accidentals.musicxml")
    alters = [n.pitch.alter for n in loaded.score.notes() if n.pitch]
    assert alters == [1, 1, -1, 0, 2, 2, -2, -1, 3, 0, 0]
