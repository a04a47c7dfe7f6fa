"""Paths and transforms of the engraver's SVG."""

from __future__ import annotations

import pytest
from numpy.testing import assert_allclose

from smashcima.engravers.verovio.svg_paths import IDENTITY, parse_transform, read_path
from smashcima.errors import EngravingError


def test_a_path_that_is_not_understood_is_an_error_of_the_engraver() -> None:
    with pytest.raises(EngravingError, match=r"unsupported path: 'M0 0A"):
        read_path("M0 0A1 1 0 0 0 2 2")


def test_transforms_apply_from_right_to_left() -> None:
    assert_allclose(parse_transform("translate(10, 20) scale(2)"), (2, 0, 0, 2, 10, 20))
    assert_allclose(parse_transform("rotate(90, 1, 0)"), (0, 1, -1, 0, 1, -1), atol=1e-12)
    assert parse_transform("") == IDENTITY


def test_an_unknown_transform_is_an_error_of_the_engraver() -> None:
    with pytest.raises(EngravingError, match="unsupported transform"):
        parse_transform("perspective(3)")
