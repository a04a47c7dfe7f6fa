"""The authors of PrIMuS list the symbols of some incipits with positions; ours agree with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.exporting.primus import PrimusExporter
from smashcima.loading import load_score
from smashcima.notations.primus import (
    AgnosticAccidental,
    AgnosticClef,
    AgnosticDot,
    AgnosticNote,
    AgnosticRest,
    parse_agnostic,
    position_name,
)
from smashcima.scene.semantic import Chord

KINDS = {
    AgnosticAccidental: "accidental",
    AgnosticClef: ("gClef", "cClef", "fClef"),
    AgnosticDot: "dot",
    AgnosticNote: "notehead",
    AgnosticRest: "rest",
}
"""How names of primitives begin in the lists, for the tokens of the agnostic encoding."""


def test_symbols_have_the_positions_of_the_lists(shared_data: Path):
    paths = sorted((shared_data / "primus").glob("0*/*.boundingboxes.txt"))
    if not paths:
        pytest.skip(f"the test data lacks {shared_data / 'primus'}")
    symbols = 0
    for path in paths:
        rows = [line.split("\t") for line in path.read_text().splitlines()[1:]]
        score = load_score(path.with_name(path.name.replace("boundingboxes.txt", "mei"))).score
        has_chords = next(score.descendants(Chord), None) is not None
        tokens = parse_agnostic(PrimusExporter("agnostic", "highest").export_string(score))
        for kind, names in KINDS.items():
            if kind is AgnosticNote and has_chords:
                continue
            listed = [row[4] for row in rows if row[2].startswith(names)]
            assert [position_name(token.position) for token in tokens if isinstance(token, kind)] == listed, (
                path.name
            )
            symbols += len(listed)
    assert symbols > 100
