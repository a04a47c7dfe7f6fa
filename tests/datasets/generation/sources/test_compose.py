"""Composed scores in plans of data sets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from smashcima.composing import Conditions, CorpusModel, CorpusWork, GrammarComposer
from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.learning import learn_corpus
from smashcima.datasets.generation.sources import make_source
from smashcima.errors import PlanError
from smashcima.mei import write_mei


def source(data: dict[str, Any], folder: Any = ".") -> Any:
    made = make_source(data, Where(), folder)
    assert made.prepare() is None
    return made


def test_a_score_depends_on_its_index_and_the_seed():
    data = {
        "compose": {
            "for": "piano",
            "measures": {"integers": [4, 6]},
            "key": {"choose": ["G minor", "B major"]},
        }
    }
    first, again = (source(data).item(7, np.random.default_rng(n)) for n in (0, 1))
    other = source(data).item(8, np.random.default_rng(0))
    another = source({**data, "seed": 1}).item(7, np.random.default_rng(0))
    assert first.id == again.id == "composed 7"
    texts = [write_mei(item.loaded.score) for item in (first, again, other, another)]
    assert texts[0] == texts[1]
    assert len(set(texts)) == 3
    assert first.licence == "none needed"
    assert first.metadata["conditions"]["key"] in ("G minor", "B major")
    assert first.metadata["conditions"]["measures"] in (4, 5, 6)


def test_a_plan_makes_pages_of_composed_music():
    plan = GenerationPlan.from_data(
        {
            "version": 1,
            "count": 2,
            "sources": [{"compose": {"for": "violin", "measures": 4}}],
            "model": {"model": "printed", "options": {"page": "160x60"}},
            "image": {"dpi": 40},
            "licence": "commercial",
            "labels": ["musicxml"],
        }
    )
    (record,) = SampleMaker(plan).make(0)
    assert record.metadata["source"].startswith("composed ")
    assert record.metadata["conditions"] == {"ensemble": "violin", "measures": 4}


def test_signs_and_corpora_are_composers_too(tmp_path: Any):
    signs = source({"compose": "any", "composer": {"coverage": {"signs": ["flag64thUp"], "times": 3}}})
    assert signs.item(0, np.random.default_rng(0)).loaded.score.measures
    works = [
        CorpusWork(
            str(seed), GrammarComposer().compose(Conditions(ensemble="violin", measures=12), seed), "CC0"
        )
        for seed in range(3)
    ]
    CorpusModel.learn(works).write(tmp_path / "model.json")
    learned = source({"compose": {"measures": 5}, "composer": {"corpus": "model.json"}}, tmp_path)
    item = learned.item(3, np.random.default_rng(0))
    assert item.licence == "CC0"
    assert len(item.loaded.score.measures) == 5


def test_a_corpus_is_learned_from_any_source():
    model = learn_corpus({"compose": {"for": "flute", "metre": "2/4", "measures": 8}}, most=3)
    assert [work.name for work in model.works] == ["composed 0", "composed 1", "composed 2"]
    assert model.licences == ("none needed",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"compose": {"key": "H"}}, "compose: 'H' is not a key"),
        ({"compose": {"keys": "C"}}, "did you mean 'key'"),
        ({"compose": {"measures": {"between": [1, 2]}}}, "is not a distribution"),
        ({"compose": "any", "composer": "bach"}, "composer: expected grammar"),
        ({"compose": "any", "composer": {"coverage": {"signs": ["x"]}}}, "is not a sign"),
    ],
)
def test_mistakes_are_named(data: dict[str, Any], message: str):
    with pytest.raises(PlanError, match=message):
        source(data)


def test_a_missing_model_is_an_error_of_the_plan(tmp_path: Any):
    made = make_source({"compose": "any", "composer": {"corpus": "none.json"}}, Where(), tmp_path)
    with pytest.raises(PlanError, match=r"none\.json is not the file of a corpus model"):
        made.prepare()
