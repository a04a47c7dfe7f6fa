"""Labels are text that knows its vocabulary and its name."""

from __future__ import annotations

import copy
import json
import pickle
from enum import Enum
from typing import Any

import pytest

from smashcima.errors import UnsupportedLabelError
from smashcima.scene.visual import Label, SmashcimaLabels, SmuflLabels


class Own(Enum):
    doodle = "mine::doodle"


def test_a_label_equals_its_text_and_the_enum_member() -> None:
    label = Label.of("smufl::noteheadBlack")
    assert label == "smufl::noteheadBlack" == SmuflLabels.noteheadBlack
    assert {label: 1}["smufl::noteheadBlack"] == {"smufl::noteheadBlack": 1}[label] == 1
    assert hash(label) == hash("smufl::noteheadBlack")
    assert f"{label}" == str(label) == "smufl::noteheadBlack"
    assert repr(label) == "'smufl::noteheadBlack'"


def test_it_is_made_of_text_of_members_and_of_labels() -> None:
    label = Label.of("smufl::gClef")
    assert Label.of(SmuflLabels.gClef) is label
    assert Label.of(label) is label
    assert Label.smufl("gClef") is label
    assert Label.own("beam") == Label.of(SmashcimaLabels.beam) == "smashcima::beam"
    assert Label.of(Own.doodle) == "mine::doodle"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "vocabulary", "name", "is_smufl"),
    [
        ("smufl::gClef", "smufl", "gClef", True),
        ("smashcima::staff", "smashcima", "staff", False),
        ("mine::doodle", "mine", "doodle", False),
        ("doodle", "", "doodle", False),
        ("smuflish", "", "smuflish", False),
    ],
)
def test_it_has_a_vocabulary_and_a_name(text: str, vocabulary: str, name: str, is_smufl: bool) -> None:
    label = Label.of(text)
    assert (label.vocabulary, label.name, label.is_smufl) == (vocabulary, name, is_smufl)


@pytest.mark.parametrize("wrong", ["", "smufl::", "::name", 5, None, b"smufl::gClef", ["smufl::gClef"]])
def test_what_cannot_be_a_label_is_refused(wrong: Any) -> None:
    with pytest.raises(UnsupportedLabelError, match="label"):
        Label.of(wrong)


def test_it_is_copied_pickled_and_written_as_json() -> None:
    label = Label.smufl("gClef")
    assert copy.copy(label) is copy.deepcopy(label) is label
    again = pickle.loads(pickle.dumps(label))
    assert type(again) is Label
    assert again == label
    assert json.dumps({label: [label]}) == '{"smufl::gClef": ["smufl::gClef"]}'


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Label.smufl("gClef").name = "fClef"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Label.smufl("gClef").note = "x"  # type: ignore[attr-defined]
