"""Keys that end inside a measure are drawn as naturals."""

from __future__ import annotations

import smashcima as sc
from smashcima.scene.visual import KeySignatureMark

KERN = "**kern\n*clefG2\n*k[{before}]\n*M2/4\n=1\n4e\n*k[{after}]\n4e\n=2\n2e\n==\n*-\n"


def signs(before: str, after: str) -> list[str]:
    """The signs of the second key."""
    scene = sc.EngravedModel(seed=0, dpi=60)(data=KERN.format(before=before, after=after), format="krn")
    first = len(before) // 2
    return [mark.label.name for mark in scene.find(KeySignatureMark)][first:]


def test_a_key_without_signs_inside_a_measure_is_drawn_as_naturals() -> None:
    assert signs("b-e-a-", "") == ["accidentalNatural"] * 3
    assert signs("f#", "") == ["accidentalNatural"]


def test_a_key_with_signs_inside_a_measure_is_drawn_as_it_is() -> None:
    assert signs("b-", "f#c#")[-2:] == ["accidentalSharp", "accidentalSharp"]


def test_no_naturals_are_drawn_where_no_key_ends() -> None:
    assert signs("", "") == []
