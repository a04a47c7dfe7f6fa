"""Values with a quick `__init__` behave as other frozen dataclasses."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from smashcima.geometry import Point
from smashcima.quick_init import quick_copy, quick_init


@quick_init
@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float = 1.0
    name: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise ValueError("empty")


@quick_init
@dataclass(frozen=True, slots=True)
class Rounded(Interval):
    digits: int = 2


def test_parameters_are_those_of_the_dataclass() -> None:
    assert (
        str(inspect.signature(Interval)) == "(low: 'float', high: 'float' = 1.0, *, name: 'str' = '') -> None"
    )
    assert Interval(0.5) == Interval(low=0.5, high=1.0, name="")
    with pytest.raises(TypeError):
        Interval(0.5, 1.0, "a")  # type: ignore[misc]


def test_post_init_checks_the_values() -> None:
    with pytest.raises(ValueError, match="empty"):
        Interval(2.0)


def test_a_subclass_has_the_fields_of_its_base_first() -> None:
    made = Rounded(0.0, 4.0, 3, name="a")
    assert (made.low, made.high, made.digits, made.name) == (0.0, 4.0, 3, "a")


def test_values_stay_frozen_and_can_be_replaced_copied_and_pickled() -> None:
    point = Point(1.0, 2.0)
    with pytest.raises(FrozenInstanceError):
        point.x = 3.0  # type: ignore[misc]
    assert replace(point, y=5.0) == Point(1.0, 5.0)
    assert copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == Point(1.0, 2.0)


def test_fields_with_factories_are_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="names"):
        quick_init(Named)


def test_a_quick_copy_has_other_values_of_some_fields() -> None:
    copy_of = quick_copy(Rounded, "high", "name")
    given = Rounded(0.0, 4.0, 3, name="a")
    made = copy_of(given, 5.0, "b")
    assert made == Rounded(0.0, 5.0, 3, name="b")
    assert (type(made), given.high) == (Rounded, 4.0)
