"""Forms whose strokes are made when they are first read are as other forms."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from smashcima.synthesis.pen import Allograph, SkeletonStroke

STROKE = SkeletonStroke(((0.0, 0.0), (1.0, 0.5)))


def later(made: list[str]) -> Allograph:
    """A form that notes when its strokes are made."""

    def make() -> tuple[SkeletonStroke, ...]:
        made.append("strokes")
        return (STROKE,)

    return Allograph.later("bow", 2.0, make)


def test_strokes_are_made_once_when_they_are_read() -> None:
    made: list[str] = []
    form = later(made)
    assert (form.name, form.weight, made) == ("bow", 2.0, [])
    assert form.strokes == (STROKE,)
    assert form.strokes is form.strokes
    assert made == ["strokes"]


def test_it_equals_a_form_that_was_given_its_strokes() -> None:
    usual = Allograph("bow", (STROKE,), 2.0)
    assert later([]) == usual
    assert hash(later([])) == hash(usual)
    assert repr(later([])) == repr(usual)
    assert replace(later([]), weight=1.0) == Allograph("bow", (STROKE,))


def test_copies_and_pickles_have_the_strokes() -> None:
    usual = Allograph("bow", (STROKE,), 2.0)
    assert copy.deepcopy(later([])) == usual
    assert pickle.loads(pickle.dumps(later([]))) == usual


def test_it_is_frozen_and_has_no_other_attributes() -> None:
    form = later([])
    with pytest.raises(FrozenInstanceError):
        form.strokes = ()  # type: ignore[misc]
    with pytest.raises(AttributeError, match="'Allograph' object has no attribute 'stroke'"):
        form.stroke  # type: ignore[attr-defined]  # noqa: B018
