"""The conversion of Mashcima 1.0, rule by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.errors import MalformedSourceError
from smashcima.notations.primus import convert_primus_annotation_to_mashcima_annotation as convert


def test_the_example_of_the_readme():
    text = "clef.G-L2\taccidental.sharp-L5\taccidental.sharp-S3\tmetersign.C-L3"
    assert convert(text) == "clef.G-2 #4 #1 time.C"


@pytest.mark.parametrize(
    ("agnostic", "mashcima"),
    [
        ("", ""),
        ("clef.C-L1 accidental.flat-L4 digit.2-L4 digit.4-L2", "clef.C-4 b2 time.2 time.4"),
        ("note.half-S3 note.half-L4 barline-L1 note.half-S3 dot-S3", "h1 h2 | h1 *"),
        ("note.whole-S8 accidental.natural-L-3 note.sixteenth-L-3", "w11 N-12 s-12"),
        ("note.beamedRight1-L3 note.beamedBoth2-S2 note.beamedLeft3-L2", "e=0 =s=-1 =t-2"),
        ("note.half-L3 slur.start-L3 slur.end-S4 note.half-S4", "h0 ( ) h3"),
        ("rest.quadruple_whole-L3 rest.double_whole-L3 rest.whole-L4 rest.half-L3", "lr br wr hr"),
        ("rest.quarter-L3 rest.eighth-L3 rest.sixteenth-L3 metersign.C/-L3", "qr er sr time.C/"),
        ("clef.G-L3", "clef.G0"),
    ],
)
def test_symbols_and_positions(agnostic: str, mashcima: str):
    assert convert(agnostic) == mashcima


@pytest.mark.parametrize(
    ("agnostic", "mashcima"),
    [
        ("note.half-S3 dot-S3", "h1 *"),
        ("note.half-L3 dot-S3", "h0 ."),
        ("rest.half-L3 dot-S3", "hr *"),
        ("note.half-S3 dot-S3 dot-S3", "h1 **"),
        ("note.half-S3 dot-S3 dot-S3 dot-S3", "h1 ** *"),
        ("note.half-L3 dot-S3 dot-S3", "h0 . *"),
        ("note.half-L3 gracenote.eighth-L3 dot-S3", "h0"),
    ],
)
def test_dots_mean_what_stands_before_them(agnostic: str, mashcima: str):
    assert convert(agnostic) == mashcima


def test_grace_notes_and_fermatas_are_dropped():
    assert convert("gracenote.anything-L99 fermata.above-S6 note.half-L3 gracenote.beamedBoth1-L3") == "h0"


@pytest.mark.parametrize(
    "symbol",
    [
        "multirest", "digit.11", "digit.12", "digit.16", "digit.24", "digit.48", "rest.thirty_second",
        "rest.sixty_fourth", "note.thirty_second", "note.quadruple_whole", "note.double_whole", "note.beamedRight0",
        "note.beamedBoth4", "note.beamedLeft5",
    ],
)  # fmt: skip
def test_some_symbols_refuse_the_whole_incipit(symbol: str):
    assert convert(f"clef.G-L2 {symbol}-L3 nonsense") is None


@pytest.mark.parametrize(
    ("agnostic", "message"),
    [
        ("clef.G-L2 clef.G", "Token 2 of the agnostic encoding, 'clef.G', has no position"),
        ("clef.X-L2", "Token 1 .* has the symbol 'clef.X'"),
        ("digit.13-L4", "has the symbol 'digit.13'"),
        ("note.half-L9", "has a position outside L-3 to S8"),
        ("barline-S-4", "has a position outside"),
        ("dot-S3", "belongs to no note or rest"),
        ("note.half-S3 dot-S4 dot-S3", "Token 3 .* belongs to no note or rest"),
        ("barline-L1 dot-S3", "Token 2"),
    ],
)
def test_anything_else_is_an_error_that_names_the_token(agnostic: str, message: str):
    with pytest.raises(MalformedSourceError, match=message):
        convert(agnostic)


def test_the_incipit_of_the_data(shared_data: Path):
    path = shared_data / "primus" / "000051652-1_2_1" / "000051652-1_2_1.agnostic"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    text = path.read_text()
    assert convert(text) is None
    assert convert(text.replace("multirest-L3", "rest.whole-L4")) == (
        "clef.C-4 b2 b-2 b1 time.2 time.4 time.2 time.3 wr | qr er e2 | q2 . e0 | q5 * e4 | e3 e3 qr |"
    )


def test_every_token_of_the_vocabulary_converts_or_refuses(shared_data: Path):
    path = shared_data / "primus" / "lists" / "vocabulary_agnostic.txt"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    results = {word: convert(f"rest.half-L3 {word}") for word in path.read_text().split()}
    symbols = {
        word.rpartition("-L")[0] or word.rpartition("-S")[0]
        for word, result in results.items()
        if result == "hr"
    }
    assert {symbol.split(".")[0] for symbol in symbols} == {"gracenote", "fermata"}
    assert sum(result is None for result in results.values()) > 100
