"""Tokens of PrIMuS: the vocabulary of its authors, and whatever else a file may contain."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.errors import Issue
from smashcima.notations.primus import (
    AgnosticClef,
    AgnosticDigit,
    AgnosticMeterSign,
    AgnosticNote,
    BeamPlace,
    SemanticKey,
    SemanticMultirest,
    SemanticNote,
    SemanticRest,
    SemanticTime,
    UnknownToken,
    dot_position,
    parse_agnostic,
    parse_semantic,
    position_name,
    position_of,
    unknown_token_issues,
    write_tokens,
)
from smashcima.scene.semantic import ClefShape, Duration, DurationType, Pitch, StemDirection, TimeSymbol

PARSERS = {"agnostic": parse_agnostic, "semantic": parse_semantic}


@pytest.mark.parametrize("encoding", PARSERS)
def test_every_token_of_the_vocabulary_is_read_and_comes_back(shared_data: Path, encoding: str):
    path = shared_data / "primus" / "lists" / f"vocabulary_{encoding}.txt"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    words = path.read_text().split()
    tokens = PARSERS[encoding]("\n".join(words))
    assert [token for token in tokens if isinstance(token, UnknownToken)] == []
    assert write_tokens(tokens).split("\t") == words
    assert len(set(tokens)) == len(words) > 750


def test_agnostic_tokens_have_symbols_and_positions():
    assert parse_agnostic(
        "clef.C-L1 note.beamedRight2-S-1 gracenote.eighth-L0 digit.12-L4 metersign.C/-L3"
    ) == (
        AgnosticClef(-4, ClefShape.C),
        AgnosticNote(-7, DurationType.N16TH, BeamPlace.FIRST),
        AgnosticNote(-6, DurationType.EIGHTH, is_grace=True),
        AgnosticDigit(2, "12"),
        AgnosticMeterSign(0, is_cut=True),
    )


def test_semantic_tokens_have_pitches_and_durations():
    text = (
        "keySignature-EbM timeSignature-C timeSignature-6/8 multirest-23 note-Bb4_eighth..\trest-half_fermata"
    )
    assert parse_semantic(text) == (
        SemanticKey(-3),
        SemanticTime(None, None, TimeSymbol.COMMON),
        SemanticTime("6", 8),
        SemanticMultirest(23),
        SemanticNote(Pitch.parse("Bb4"), Duration(DurationType.EIGHTH, 2)),
        SemanticRest(Duration(DurationType.HALF), has_fermata=True),
    )


def test_spellings_of_later_tools_are_read():
    text = "[clef.G:L2, metersign.Ct:L3, digit.3:L4/digit.4:L2, fermata.above:S6/note.beamedLeft1:L6, verticalLine:L1]"
    assert write_tokens(parse_agnostic(text)).split() == [
        "clef.G-L2", "metersign.C-L3", "digit.3-L4", "digit.4-L2", "fermata.above-S6", "note.beamedLeft1-L6", "barline-L1",
    ]  # fmt: skip
    assert write_tokens(parse_agnostic("clef.G.L2 metersign.Ccut.L3")) == "clef.G-L2\tmetersign.C/-L3"
    assert (
        write_tokens(parse_semantic("[clef-G2, timeSignature-Ccut, tie]")) == "clef-G2\ttimeSignature-C/\ttie"
    )


def test_stems_are_kept():
    (token,) = parse_agnostic("gracenote.beamedBoth2_up-L4")
    assert token == AgnosticNote(
        2, DurationType.N16TH, BeamPlace.INSIDE, is_grace=True, stem=StemDirection.UP
    )
    assert str(token) == "gracenote.beamedBoth2_up-L4"


def test_unknown_tokens_are_kept_and_reported_with_their_number():
    text = "clef.G-L2\tclef.X-L2\tnote.quarter\tnote.beamedBoth9-L1"
    tokens = parse_agnostic(text)
    assert write_tokens(tokens) == text
    assert unknown_token_issues(tokens) == [
        Issue("token 2", "clef.X-L2", "not read: it has the unknown symbol 'clef.X'"),
        Issue("token 3", "note.quarter", "not read: it has no position such as -L3 or -S4"),
        Issue("token 4", "note.beamedBoth9-L1", "not read: it has the unknown symbol 'note.beamedBoth9'"),
    ]
    assert [issue.what for issue in unknown_token_issues(parse_semantic("note-H4_half chord-C4 tie"))] == [
        "not read: it has the unknown value 'H4_half'",
        "not read: it is none of clef, keySignature, timeSignature, multirest, note, gracenote, rest, barline, tie",
    ]


@given(st.lists(st.text("abglCGLSBoteh.-_#0123456789/", min_size=1, max_size=20)))
def test_text_that_is_not_primus_comes_back_unchanged(words: list[str]):
    assert write_tokens(parse_semantic(" ".join(words))).split() == words
    hyphenated = [word.replace(".", "-").replace(":", "-") for word in words]
    assert write_tokens(parse_agnostic(" ".join(hyphenated))).split() == hyphenated


@given(st.integers(-400, 400))
def test_positions_have_names(position: int):
    assert position_of(position_name(position)) == position
    assert dot_position(position) % 2 == 1


def test_lines_and_spaces_are_counted_from_the_bottom():
    assert [position_name(position) for position in (-12, -5, -4, 0, 1, 4, 11)] == [
        "L-3", "S0", "L1", "L3", "S3", "L5", "S8",
    ]  # fmt: skip
    assert [position_of(name) for name in ("L", "M3", "L3.5", "S--1", "L03", "")] == [None] * 6
