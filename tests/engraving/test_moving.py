"""Primitives that are moved together are those that are moved one by one."""

from __future__ import annotations

import pickle
from pathlib import Path

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Disc, Line, Place, PrimitiveKind, Symbol
from smashcima.engraving.moving import moved_primitives
from smashcima.geometry import Point
from smashcima.loading import load_score

PLACE = Place(0, 1, 2, 3)
HEAD = Symbol(PrimitiveKind.NOTEHEAD, PLACE, "n1", "noteheadBlack", 0xE0A4, Point(1, 2), 1.8, 1.7, "Leipzig")
STEM = Line(PrimitiveKind.STEM, PLACE, "n1", Point(1, 2), Point(1, 9), 0.2, "round", (0.5, 0.25))
DOT = Disc(PrimitiveKind.AUGMENTATION_DOT, PLACE, None, Point(5, 6), 0.4, 0.3)


def test_changed_primitives_have_the_new_coordinates_and_sizes() -> None:
    coordinates = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0]
    moved = moved_primitives(
        (HEAD, STEM, DOT, HEAD), [0, 1, 3], coordinates, [0, 2, 6, 8, 10], {3: (2.0, 0.5)}
    )
    assert moved == (
        Symbol(
            PrimitiveKind.NOTEHEAD, PLACE, "n1", "noteheadBlack", 0xE0A4, Point(10, 20), 1.8, 1.7, "Leipzig"
        ),
        Line(PrimitiveKind.STEM, PLACE, "n1", Point(30, 40), Point(50, 60), 0.2, "round", (0.5, 0.25)),
        DOT,
        Symbol(
            PrimitiveKind.NOTEHEAD, PLACE, "n1", "noteheadBlack", 0xE0A4, Point(90, 100), 3.6, 0.85, "Leipzig"
        ),
    )
    assert moved[2] is DOT


def test_all_types_are_moved_like_one_by_one(example_score: Path) -> None:
    engraving = engrave(load_score(example_score).score)
    assert len({type(primitive) for primitive in engraving.primitives()}) > 5
    for page in engraving.pages:
        before = page.primitives
        starts, coordinates = [0], []
        for primitive in before:
            coordinates += [number + 0.5 for number in primitive.coordinates()]
            starts.append(len(coordinates))
        scales = dict.fromkeys(range(0, len(before), 3), (1.25, 0.75))
        moved = moved_primitives(before, range(len(before)), coordinates, starts, scales)
        for index, primitive in enumerate(before):
            expected = primitive.with_coordinates(coordinates[starts[index] : starts[index + 1]])
            if index in scales:
                expected = expected.stretched(1.25, 0.75)
            assert pickle.dumps(moved[index]) == pickle.dumps(expected)
