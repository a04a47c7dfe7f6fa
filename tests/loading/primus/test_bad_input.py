"""Damaged and hostile text: a score with issues, or a clear error."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.errors import MalformedSourceError
from smashcima.exporting.primus import PrimusExporter
from smashcima.loading import load_score
from smashcima.notations.primus import convert_primus_annotation_to_mashcima_annotation, to_mashcima

PIECES = [
    "clef", "clef.G", "-L2", "-S4", "-", ".", "note", "note.", "quarter", "beamedRight", "1", "9", "gracenote.", "digit.",
    "0", "multirest", "slur.start", "slur.end", "fermata.above", "accidental.sharp", "dot", "barline", "tie", " ", "\t",
    "keySignature-", "F#M", "timeSignature-", "3/4", "_fermata", "note-C4_", "rest-", "rest.", "whole", "L-3", "é", "\n",
]  # fmt: skip

damaged = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(damaged, st.sampled_from(["agnostic", "semantic"]))
def test_damaged_text_gives_a_score_or_an_error_of_smashcima(text: str, encoding: str):
    with contextlib.suppress(MalformedSourceError):
        PrimusExporter(encoding).export(load_score(data=text, format=encoding).score)


@settings(max_examples=150, deadline=None)
@given(damaged)
def test_damaged_text_converts_or_is_an_error_of_smashcima(text: str):
    for complete in (False, True):
        with contextlib.suppress(MalformedSourceError):
            to_mashcima(text, complete)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("clef.G-L2 " + "digit.9-S5 " * 10_000 + "multirest-L3", "agnostic"),
        ("clef.G-L2 " + "digit.9-L4 " * 5_000 + "digit.9-L2 " * 5_000 + "note.half-L3", "agnostic"),
        ("clef.G-L2 " + "accidental.sharp-L3 " * 10_000 + "note.half-L3", "agnostic"),
        ("note.half-L3 " + "slur.start-L3 " * 5_000 + "slur.end-L3 " * 5_000 + "note.half-L3", "agnostic"),
        ("note.beamedRight1-L3 " + "note.beamedBoth1-L3 " * 4_000, "agnostic"),
        ("clef.G-L2 " + "fermata.above-S6 " * 10_000, "agnostic"),
        ("clef.G-L2 " * 10_000, "agnostic"),
        ("note-C4_half tie " * 3_000, "semantic"),
        ("keySignature-FM timeSignature-3/4 " * 5_000, "semantic"),
        ("barline " * 4_000, "semantic"),
        ("x" * 1_000_000 + " barline", "semantic"),
    ],
)  # fmt: skip
def test_long_repetitions_are_read(text: str, encoding: str):
    score = load_score(data=text, format=encoding).score
    assert len(PrimusExporter(encoding).export(score)) > 0


def test_the_conversion_takes_long_text():
    text = "clef.G-L2 " + "note.beamedRight1-S3 dot-S3 note.beamedLeft1-S3 barline-L1 " * 5_000
    assert (convert_primus_annotation_to_mashcima_annotation(text) or "").count("*") == 5_000
    assert (to_mashcima(text, complete=True) or "").count("*") == 5_000
