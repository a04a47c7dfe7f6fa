"""Samples of plans."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.generation.sources import score_files

MakePlan = Callable[..., GenerationPlan]


def test_further_samples_of_a_score_do_not_import_it_again(
    tiny_plan: MakePlan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = tiny_plan()
    (alone,) = SampleMaker(plan).make(7)
    imported: list[str] = []
    load = score_files.load_scores

    def counted(**options):
        imported.append(options["format"])
        return load(**options)

    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "empty-cache"))
    monkeypatch.setattr(score_files, "load_scores", counted)
    monkeypatch.setattr(score_files, "_latest_scores", score_files.BoundedCache(16))
    maker = SampleMaker(plan)
    records = {index: next(maker.make(index)) for index in (*range(12), 7)}
    assert len({record.metadata["source"] for record in records.values()}) == len(imported) == 3
    assert records[7] == alone


def test_records_state_no_place_on_this_machine_and_no_seed_but_that_of_the_plan(
    tiny_plan: MakePlan,
) -> None:
    plan = tiny_plan(labels=["record", "alignment"])
    (record,), (again,) = SampleMaker(plan).make(3), SampleMaker(plan).make(3)
    assert record == again
    for name in ("record.json", "alignment.json", "json"):
        assert str(plan.folder) not in record.files.get(name, b"").decode()


def test_images_of_symbols_have_their_class(tiny_plan: MakePlan) -> None:
    plan = tiny_plan(labels=[], image={"dpi": 60, "crops": "symbols"})
    labels = [record.metadata["label"] for record in SampleMaker(plan).make(0)]
    assert {"smufl::gClef", "smufl::noteheadBlack", "smufl::stem"} <= set(labels)
    (page,) = SampleMaker(tiny_plan(labels=[])).make(0)
    assert "label" not in page.metadata
