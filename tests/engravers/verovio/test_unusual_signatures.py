"""Key and time signatures that make no musical sense: what is drawn of them, and what is named."""

from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, LayoutOptions, PrimitiveKind, Symbol
from smashcima.mei import read_mei
from smashcima.scene.semantic import (
    KeySignature,
    ScoreBuilder,
    TimeSignature,
    key_signature,
    note,
)


def engraved(
    key: int | KeySignature = 0,
    time: str | TimeSignature | None = None,
    clef: str = "treble",
    music_font: str = "leipzig",
) -> Engraving:
    builder = ScoreBuilder(key=key, time=time)
    builder.add_part("", clef)
    builder.add_voice(builder.add_measure(), 1, note("C5", "whole"))
    return engrave(builder.build(), LayoutOptions(music_font=music_font))


def symbols(engraving: Engraving, kind: PrimitiveKind) -> list[tuple[str, float]]:
    """Names and positions above the middle of the staff, in half staff spaces."""
    staff = engraving.systems[0].staves[0]
    return [
        (found.name, round((staff.middle_y - found.origin.y) / (staff.staff_space / 2), 3))
        for found in engraving.primitives(kind)
        if isinstance(found, Symbol)
    ]


def times(engraving: Engraving) -> list[tuple[str, float]]:
    return [(name[7:], y) for name, y in symbols(engraving, PrimitiveKind.TIME_SIGNATURE)]


def keys(engraving: Engraving) -> list[tuple[str, float]]:
    return [(name[10:], y) for name, y in symbols(engraving, PrimitiveKind.KEY_ACCIDENTAL)]


def said(engraving: Engraving) -> list[tuple[str, str]]:
    return [(issue.element, issue.what) for issue in engraving.issues if issue.element != "layer"]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("9/0", [("9", 2), ("0", -2)]),
        ("0/4", [("0", 2), ("4", -2)]),
        ("0/0", [("0", 2), ("0", -2)]),
        ("7/13", [("7", 2), ("1", -2), ("3", -2)]),
        ("12/0", [("1", 2), ("2", 2), ("0", -2)]),
        ("3+2/0", [("3", 2), ("PlusSmall", 2), ("2", 2), ("0", -2)]),
        ("3", [("3", 0)]),
    ],
)
def test_time_signatures_of_any_numbers_are_drawn_as_written(
    time: str, expected: list[tuple[str, float]]
) -> None:
    engraving = engraved(time=time)
    assert times(engraving) == expected
    assert said(engraving) == []


@pytest.mark.parametrize("font", ["leipzig", "bravura", "petaluma"])
def test_a_zero_stands_in_the_middle_below_the_number(font: str) -> None:
    engraving = engraved(time="0/0", music_font=font)
    above, below = (found.bounds() for found in engraving.primitives(PrimitiveKind.TIME_SIGNATURE))
    assert below.center.x == pytest.approx(above.center.x, abs=0.05)


def test_a_zero_is_drawn_in_groups_and_where_the_time_changes(write_document, write_measure) -> None:  # type: ignore[no-untyped-def]
    group = (
        '<meterSigGrp func="mixed"><meterSig count="8" unit="8"/><meterSig count="9" unit="0"/>'
        '<meterSig count="3" unit="8"/></meterSigGrp>'
    )
    definition = (
        '<scoreDef><staffGrp><staffDef n="1" lines="5"><clef shape="G" line="2"/>'
        f"{group}</staffDef></staffGrp></scoreDef>"
    )
    layer = '<note dur="2" pname="c" oct="5"/><meterSig count="5" unit="0"/><note dur="2" pname="c" oct="5"/>'
    score, _ = read_mei(write_document(write_measure(layer), definition))
    engraving = engrave(score)
    assert [name for name, y in times(engraving) if y == -2] == ["8", "0", "8", "0"]


@pytest.mark.parametrize(
    ("count", "unit", "what"),
    [
        ("2½", 4, "not drawn as written: the numerator '2½' is not supported by the engraver"),
        ("3.5", 4, "not drawn as written: the numerator '3.5' is not supported by the engraver"),
        ("-1", 4, "not drawn as written: the numerator '-1' is not supported by the engraver"),
        ("03", 4, "not drawn as written: the numerator '03' is not supported by the engraver"),
        ("four", 4, "not drawn as written: the numerator 'four' is not supported by the engraver"),
        (None, 4, "not drawn: it has a denominator, 4, but no numerator"),
        (
            "70000",
            4,
            "not drawn as written: the engraver's range is 0 to 65535, but the signature is 70000/4",
        ),
        ("4", -4, "not drawn as written: the engraver's range is 0 to 65535, but the signature is 4/-4"),
    ],
)
def test_what_of_a_time_signature_cannot_be_drawn_is_named(count: str | None, unit: int, what: str) -> None:
    assert said(engraved(time=TimeSignature(count, unit))) == [("meterSig", what)]


@pytest.mark.parametrize("clef", ["treble", "alto", "bass", "none"])
def test_signs_of_keys_are_drawn_at_any_position(clef: str) -> None:
    signs = [("f", 0), ("s", 1), ("n", 9), ("x", -7), ("ff", -7), ("1qs", 4), ("s", 4), ("s", 4)]
    engraving = engraved(key=key_signature(*signs), clef=clef)
    assert [y for _, y in keys(engraving)] == [0, 1, 9, -7, -7, 4, 4, 4]
    assert [name for name, _ in keys(engraving)] == [
        "Flat", "Sharp", "Natural", "DoubleSharp", "DoubleFlat", "QuarterToneSharpStein", "Sharp", "Sharp",
    ]  # fmt: skip
    assert said(engraving) == []


@pytest.mark.parametrize(
    ("fifths", "single", "double"),
    [(7, 7, 0), (9, 7, 2), (10, 7, 3), (-10, 7, 3), (14, 7, 7)],
)
def test_keys_of_many_signs_have_as_many_of_their_kind(fifths: int, single: int, double: int) -> None:
    drawn = [name for name, _ in keys(engraved(key=fifths))]
    one, two = ("Sharp", "SharpSharp") if fifths > 0 else ("Flat", "DoubleFlat")
    assert drawn == [one] * single + [two] * double


def test_what_of_a_key_cannot_be_drawn_is_named() -> None:
    assert said(engraved(key=KeySignature(None))) == [
        ("keySig", "not drawn: it has neither a number of sharps or flats nor explicit signs")
    ]
    assert said(engraved(key=16)) == [("keySig", "only the first 14 of 16 sharps are drawn")]
    both = key_signature(("s", 0))
    both.fifths = -2
    engraving = engraved(key=both)
    assert said(engraving) == [("keySig", "drawn with its explicit signs; 2 flats ignored")]
    assert keys(engraving) == [("Sharp", 0)]


def test_hidden_signatures_are_not_missed(write_document, write_measure) -> None:  # type: ignore[no-untyped-def]
    hidden = '<meterSig count="9" unit="0" visible="false"/><meterSig unit="4" visible="false"/>'
    score, _ = read_mei(write_document(write_measure(f'{hidden}<note dur="1" pname="c" oct="5"/>')))
    engraving = engrave(score)
    assert times(engraving) == []
    assert said(engraving) == []
