"""Stems of a beam that crosses a barline, after the system break that divides it."""

from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Breaks, Engraving, LayoutOptions, Line, PrimitiveKind
from smashcima.mei import read_mei

BEAM = '<beamSpan xml:id="b" startid="#n16" endid="#n23" plist="#n16 #n17 #n20 #n21 #n22 #n23"/>'


def notes(measure: int, steps: str) -> str:
    return "".join(
        f'<note xml:id="n{measure}{k}" pname="{step}" oct="4" dur="8" stem.dir="up"/>'
        for k, step in enumerate(steps)
    )


@pytest.fixture
def engraving(mei_document) -> Engraving:
    score, _ = read_mei(mei_document((notes(1, "ccccccff"), BEAM), (notes(2, "dfdacccc"), "")))
    return engrave(score, LayoutOptions(breaks=Breaks.ENCODED))


def test_all_stems_reach_the_part_of_the_beam_after_the_break(engraving):
    beam = engraving.systems[1].index
    (piece,) = [p for p in engraving.primitives(PrimitiveKind.BEAM) if p.place.system == beam]
    ys = piece.coordinates()[1::2]
    middle, half = (min(ys) + max(ys)) / 2, (max(ys) - min(ys)) / 2  # this beam is level
    stems = {p.element: p for p in engraving.primitives(PrimitiveKind.STEM) if isinstance(p, Line)}
    tops = [min(stems[name].start.y, stems[name].end.y) for name in ("n20", "n21", "n22", "n23")]
    assert tops == pytest.approx([middle] * 4, abs=half)


def test_stems_without_a_beam_keep_their_length(engraving):
    stems = {p.element: p for p in engraving.primitives(PrimitiveKind.STEM) if isinstance(p, Line)}
    lengths = {name: round(abs(stems[name].start.y - stems[name].end.y), 2) for name in ("n24", "n25", "n10")}
    assert len(set(lengths.values())) == 1


def test_the_stems_belong_to_the_piece_of_the_beam(engraving):
    (page,) = engraving.pages
    assert page.belonging is not None
    sizes = sorted(len(piece.stems) for piece in page.belonging.beams.values())
    assert sizes == [2, 4]
