"""Described scores in plans of data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from smashcima.composing.descriptions import parse_description
from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources import make_source
from smashcima.errors import PlanError
from smashcima.mei import write_mei

TEXTS = [
    "a waltz in A minor for violin, 8 bars, by hand on old paper",
    "Menuett in G-Dur für Flöte, 8 Takte, fabelhaft",
]


def source(data: dict[str, Any], folder: Any = ".") -> Any:
    made = make_source(data, Where(), folder)
    assert made.prepare() is None
    return made


def item(data: dict[str, Any], index: int, rng: int = 0, folder: Any = ".") -> Any:
    return source(data, folder).item(index, np.random.default_rng(rng))


def test_texts_follow_each_other():
    made = [item({"describe": TEXTS}, index) for index in range(4)]
    assert [each.metadata["description"] for each in made] == [*TEXTS, *TEXTS]
    assert [each.metadata["Key"] for each in made] == ["A minor", "G major"] * 2
    assert [each.metadata["Genre"] for each in made] == ["Waltz", "Minuet"] * 2
    assert all(len([m for m in each.loaded.score.measures if m.n != "0"]) == 8 for each in made)
    assert len({write_mei(each.loaded.score) for each in made}) == 4


def test_a_score_depends_on_its_index_and_the_seed():
    first, again = (item({"describe": TEXTS[0]}, 5, rng) for rng in (0, 1))
    other = item({"describe": TEXTS[0], "seed": 1}, 5)
    assert first.id == "described 5"
    assert write_mei(first.loaded.score) == write_mei(again.loaded.score)
    assert write_mei(first.loaded.score) != write_mei(other.loaded.score)
    assert first.licence == "none needed"


def test_metadata_tell_what_was_understood():
    made = item({"describe": TEXTS}, 0)
    assert made.metadata["script"] == "handwritten"
    assert made.metadata["paper"] == "aged"
    assert parse_description(made.metadata["caption"]).conditions.key == "A minor"
    assert made.loaded.issues == ()
    (issue,) = item({"describe": TEXTS}, 1).loaded.issues
    assert (issue.where, issue.element, issue.what) == ("description", "fabelhaft", "not understood")


def test_texts_may_be_in_a_file(tmp_path: Path):
    (tmp_path / "texts.txt").write_text(f"{TEXTS[0]}\n\n{TEXTS[1]}\n", encoding="utf-8")
    made = item({"describe": {"file": "texts.txt"}}, 1, folder=tmp_path)
    assert made.metadata["description"] == TEXTS[1]


def test_a_plan_makes_pages_of_described_music():
    plan = GenerationPlan.from_data(
        {
            "version": 1,
            "count": 2,
            "sources": [{"describe": "a piece for violin, 4 measures, in D"}],
            "model": {"model": "printed", "options": {"page": "160x60"}},
            "image": {"dpi": 40},
            "licence": "commercial",
            "labels": ["musicxml"],
        }
    )
    (record,) = SampleMaker(plan).make(0)
    assert record.metadata["source"].startswith("described ")
    assert record.metadata["Key"] == "D major"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"describe": []}, "describe: expected at least one description"),
        ({"describe": ["a waltz", 3]}, r"describe\[1\]: expected text"),
        ({"describe": "x" * 5001}, "describe: A description has at most 5000 characters"),
        ({"describe": {"files": "a.txt"}}, "no such field"),
        ({"describe": {"file": "none.txt"}}, "cannot read none.txt"),
        ({"describe": "a waltz", "composer": "bach"}, "composer: expected grammar"),
    ],
)
def test_mistakes_are_named(data: dict[str, Any], message: str, tmp_path: Path):
    with pytest.raises(PlanError, match=message):
        source(data, tmp_path)
