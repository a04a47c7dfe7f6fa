"""What is kept of a page between samples is what its primitives say, and no sample changes it."""

from __future__ import annotations

import weakref
from dataclasses import replace

import numpy as np
import pytest

from smashcima.engraving import Curve, Engraving, Primitive, PrimitiveKind, Symbol
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.placement import PlacementStyle, place_by_hand
from smashcima.placement.page_arrays import PageArrays
from smashcima.placement.page_facts import _FACTS, PageFacts
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score

Written = tuple[Score, Engraving]


def _wide_boxes(name: str, font: str) -> tuple[float, float, float, float]:
    left, top, right, bottom = font_symbol_box(name, font)
    return (left - 0.25, top, right + 0.5, bottom)


def test_extents_are_those_of_each_primitive(written: Written) -> None:
    for page in written[1].pages:
        expected = [primitive.reach(_wide_boxes) for primitive in page.primitives]
        assert PageFacts(page).extents(_wide_boxes).tolist() == [list(extent) for extent in expected]


def test_corners_are_those_of_the_points(written: Written) -> None:
    page = written[1].pages[0]
    facts = PageFacts(page)
    for index, primitive in enumerate(page.primitives):
        if len(primitive.points):
            assert facts.low[index].tolist() == primitive.points.min(axis=0).tolist()
            assert facts.high[index].tolist() == primitive.points.max(axis=0).tolist()


def test_boxes_of_some_primitives_are_those_of_all(written: Written) -> None:
    arrays = PageArrays(written[1].pages[0], _wide_boxes)
    arrays.move(np.arange(len(arrays.count)), 1.5, -0.5)
    boxes = arrays.boxes()
    for kind in PrimitiveKind:
        found = arrays.of(kind)
        for some, all_ in zip(arrays.boxes_of(found), boxes, strict=True):
            assert some.tolist() == all_[found].tolist()


def test_primitives_are_found_by_kind_and_type(written: Written) -> None:
    page = written[1].pages[0]
    facts = PageFacts(page)
    kinds = (PrimitiveKind.SLUR, PrimitiveKind.NOTEHEAD)
    for _ in range(2):
        found = facts.of_kinds(kinds).tolist()
        assert found == [i for i, primitive in enumerate(page.primitives) if primitive.kind in kinds]
        for shape in (Curve, Symbol):
            is_shape = facts.is_type(shape).tolist()
            assert is_shape == [isinstance(primitive, shape) for primitive in page.primitives]


def test_the_facts_of_a_page_are_kept_and_cannot_be_modified(written: Written) -> None:
    page = written[1].pages[0]
    facts = PageFacts.of(page)
    assert PageFacts.of(page) is facts
    with pytest.raises(ValueError, match="read-only"):
        facts.xy[0] = 0.0


def test_the_facts_of_a_page_go_with_it(written: Written) -> None:
    page = replace(written[1].pages[0])
    facts, place = weakref.ref(PageFacts.of(page)), id(page)
    assert place in _FACTS._values
    del page
    assert facts() is None
    assert place not in _FACTS._values


def test_a_sample_does_not_depend_on_earlier_ones(written: Written) -> None:
    score, engraving = written
    engraved = [primitive.points for primitive in engraving.primitives()]

    def placed(seed: int) -> list[list[list[float]]]:
        style = PlacementStyle.from_seed(seed)
        moved = place_by_hand(engraving, score, style, Stream(seed))
        return [primitive.points.tolist() for primitive in moved.primitives()]

    first, other = placed(1), placed(2)
    assert first != other
    assert placed(1) == first
    assert all(
        np.array_equal(before, primitive.points)
        for before, primitive in zip(engraved, engraving.primitives(), strict=True)
    )


def test_what_is_read_of_some_primitives_is_read_once(written: Written) -> None:
    page = written[1].pages[0]
    facts = PageFacts(page)
    heads, stems = facts.of_kinds((PrimitiveKind.NOTEHEAD,)), facts.of_kinds((PrimitiveKind.STEM,))
    asked: list[Primitive] = []

    def kind(primitive: Primitive) -> str:
        asked.append(primitive)
        return primitive.kind.name

    for _ in range(2):
        assert set(facts.table("kind", heads, kind).tolist()) == {"NOTEHEAD"}
        assert set(facts.table("kind", stems, kind).tolist()) == {"STEM"}
    assert len(asked) == len(heads) + len(stems)
    with pytest.raises(ValueError, match="read-only"):
        facts.table("kind", heads, kind)[0] = ""


def test_tables_are_dropped_when_there_are_many(written: Written) -> None:
    facts = PageFacts(written[1].pages[0])
    heads = facts.of_kinds((PrimitiveKind.NOTEHEAD,))
    for number in range(200):
        facts.table(f"table {number}", heads[:1], lambda primitive: 0)
    assert len(facts._tables) <= 64
