"""Sources by classes of the user."""

from __future__ import annotations

import sys
import types

import numpy as np
import pytest

import smashcima as sc
from smashcima.datasets.generation import ScoreItem, ScoreSource
from smashcima.errors import PlanError
from smashcima.loading import Loaded
from smashcima.scene.semantic import note


class Scales(ScoreSource):
    """The scale of C in any number of notes."""

    def __init__(self, most: int = 8) -> None:
        self._most = most

    def prepare(self) -> int | None:
        return self._most

    def name(self, index: int) -> str:
        return f"scale of {index + 1}"

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        builder = sc.ScoreBuilder(time=f"{index + 1}/4")
        builder.add_part("", "treble")
        pitches = [f"{'CDEFGAB'[n % 7]}{4 + n // 7}" for n in range(index + 1)]
        builder.add_voice(builder.add_measure(), 1, *(note(pitch, "quarter") for pitch in pitches))
        return ScoreItem(self.name(index), Loaded(builder.build(), None, ()), "own")


@pytest.fixture(autouse=True)
def module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the user."""
    made = types.ModuleType("my_scales")
    made.Scales = Scales
    made.other = 7
    monkeypatch.setitem(sys.modules, "my_scales", made)


def test_a_class_is_built_with_its_options(make):
    source = make(type="my_scales:Scales", options={"most": 3})
    assert source.prepare() == 3
    assert len(list(source.item(2, np.random.default_rng(0)).loaded.score.notes())) == 3


def test_a_class_can_be_filtered_and_licensed(make):
    source = make(type="my_scales:Scales", filter={"metres": ["3/4", "4/4"]}, licence="CC0-1.0")
    assert source.prepare() == 2
    assert source.name(0) == "scale of 3"
    assert source.item(0, np.random.default_rng(0)).licence == "CC0-1.0"
    assert len(source.rejected) == 6


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": "Scales"}, r"type: expected `package\.module:Class`, got 'Scales'"),
        ({"type": "no_such_module:Scales"}, r"type: the module no_such_module cannot be imported"),
        ({"type": "my_scales:other"}, r"type: my_scales:other is not a subclass"),
        ({"type": "my_scales:Missing"}, r"type: my_scales:Missing is not a subclass"),
        ({"type": "my_scales:Scales", "options": {"least": 1}}, r"options: my_scales:Scales does not take"),
    ],
)
def test_messages_say_what_is_wrong_with_a_class(make, fields, message: str):
    with pytest.raises(PlanError, match=message):
        make(**fields)
