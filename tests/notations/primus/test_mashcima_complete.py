"""The complete conversion to Mashcima annotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.errors import MalformedSourceError
from smashcima.notations.mashcima import (
    parse_annotation_into_token_groups,
    stringify_token_groups_to_annotation,
)
from smashcima.notations.primus import convert_primus_annotation_to_mashcima_annotation, to_mashcima


def complete(text: str) -> str:
    """The complete annotation, which must be valid."""
    annotation = to_mashcima(text, complete=True)
    assert annotation is not None
    groups, warnings = parse_annotation_into_token_groups(annotation)
    assert warnings == []
    assert stringify_token_groups_to_annotation(groups) == annotation
    return annotation


def test_the_default_is_the_conversion_of_mashcima():
    for text in ("clef.G-L2 accidental.sharp-L5 metersign.C-L3", "multirest-L3", "note.half-L3 dot-S3"):
        assert to_mashcima(text) == convert_primus_annotation_to_mashcima_annotation(text)


@pytest.mark.parametrize(
    ("agnostic", "mashcima"),
    [
        ("clef.G-L2 accidental.sharp-L5 accidental.sharp-S3 metersign.C-L3", "clef.G-2 #4 #1 time.C"),
        ("clef.F-L5 digit.12-L4 digit.8-L2", "clef.F4 ~time.12 time.8"),
        ("digit.2-L4 digit.48-L2 digit.3-L3", "time.2 ~time.48 ~meter.3"),
        ("digit.2-L4 digit.4-L2 digit.1-S5 digit.0-S5 digit.7-S5 multirest-L3", "time.2 time.4 ~multirest.107"),
        ("digit.1-S5 digit.1-S5 digit.1-S5 digit.1-S5 multirest-L3", "~multirest.1111"),
        ("note.quadruple_whole-L3 note.double_whole-S4", "~l0 ~b3"),
        ("note.thirty_second-L3 note.sixty_fourth-L3", "t0 ~u0"),
        ("rest.double_whole-L3 rest.thirty_second-L3 rest.sixty_fourth-L3", "br tr ~ur"),
        ("note.beamedRight4-L3 note.beamedBoth5-L3 note.beamedLeft0-L3", "~u=0 ~=v=0 ~=q0"),
        ("note.half-L3 dot-S3 dot-S3", "h0 **"),
        ("rest.half-L3 dot-S3 dot-S3 dot-S3", "hr ~***"),
        ("note.half-L3 dot-S4 dot-S3", "h0 . *"),
        ("gracenote.eighth-L4 dot-S4 note.half-L3", "~grace/.e2 * h0"),
        ("fermata.above-S6 gracenote.eighth-L4 note.half-L3 fermata.above-S6 barline-L1", "~grace/.e2 fermata h0 fermata |"),
        ("note.half-L3 slur.start-L3 slur.end-L4 fermata.above-S6 accidental.flat-L4 note.half-L4", "h0 ( ) fermata b2 h2"),
        ("note.half-L3 slur.start-L3 fermata.above-S6 slur.end-L4 note.half-L4", "h0 ( ) fermata h2"),
    ],
)  # fmt: skip
def test_everything_has_a_token(agnostic: str, mashcima: str):
    assert complete(agnostic) == mashcima


@pytest.mark.parametrize(
    ("agnostic", "mashcima"),
    [
        ("clef.G-L2 accidental.sharp-L5 note.half-L5", "clef.G-2 #4 ~key h4"),
        ("clef.G-L2 accidental.sharp-L5 accidental.sharp-S4 note.half-S4", "clef.G-2 #4 ~key #3 h3"),
        (
            "clef.G-L2 accidental.sharp-L5 slur.end-S4 accidental.sharp-S3 note.half-S3",
            "clef.G-2 #4 ~key ) #1 h1",
        ),
        ("clef.G-L2 accidental.sharp-L5 accidental.sharp-S3 note.half-S3", "clef.G-2 #4 #1 h1"),
        ("clef.G-L2 barline-L1 accidental.natural-L5 note.half-L5", "clef.G-2 | N4 h4"),
    ],
)
def test_keys_are_told_from_accidentals(agnostic: str, mashcima: str):
    assert complete(agnostic) == mashcima


def test_grace_notes_leave_the_beams_of_notes():
    beam = "note.beamedRight1-L3 gracenote.beamedBoth2-L4 note.beamedLeft1-L3"
    assert complete(beam) == "e=0 ~grace/.s2 =e0"
    first = "gracenote.beamedRight1-L4 note.beamedBoth1-L3 note.beamedLeft1-L3"
    assert complete(first) == "~grace/.e2 e=0 =e0"
    graces = "gracenote.beamedRight2-L4 gracenote.beamedBoth2-L4 gracenote.beamedLeft2-S4 note.half-L3"
    assert complete(graces) == "~grace/.s=2 ~grace/.=s=2 ~grace/.=s3 h0"


@pytest.mark.parametrize(
    ("agnostic", "message"),
    [
        ("clef.G-L2 nonsense", "Token 2 of the agnostic encoding, 'nonsense', has no position"),
        ("note.half-L40", "'note.half-L40', has a position outside L-3 to L9"),
        ("multirest-L3", "Token 1 .* has no number before it"),
        ("digit.3-S5 barline-L1", "Token 1 .* is the number of a multi-measure rest that does not follow"),
        ("barline-L1 dot-S3", "Token 2 .* belongs to no note"),
        ("note.half-L3 dot-S3 dot-S3 dot-S3 dot-S3", "Token 5 .* is one too many"),
        ("digit.1234-L4 digit.8-L2", "would be '~time.1234'"),
    ],
)
def test_what_has_no_token_is_an_error_that_names_it(agnostic: str, message: str):
    with pytest.raises(MalformedSourceError, match=message):
        to_mashcima(agnostic, complete=True)


def test_the_incipit_of_the_data(shared_data: Path):
    path = shared_data / "primus" / "000051652-1_2_1" / "000051652-1_2_1.agnostic"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    assert complete(path.read_text()) == (
        "clef.C-4 b2 b-2 b1 time.2 time.4 ~multirest.23 | qr er e2 | q2 * e0 | q5 * e4 | e3 e3 qr |"
    )


def test_every_token_of_the_vocabulary_converts(shared_data: Path):
    path = shared_data / "primus" / "lists" / "vocabulary_agnostic.txt"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    for word in path.read_text().split():
        symbol = word.partition(".")[0].partition("-")[0]
        before = {"dot": "note.half-L3 ", "multirest": "digit.3-S5 "}.get(symbol, "")
        after = (
            " multirest-L3"
            if word.startswith("digit") and word.endswith("S5") and word != "digit.0-S5"
            else ""
        )
        if word != "digit.0-S5":
            assert to_mashcima(before + word + after, complete=True)
