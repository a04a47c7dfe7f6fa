"""Data sets prove their pages, and say what became of those that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.generation.making import SampleMaker
from smashcima.errors import PlanError, VerificationError
from tests.cli.test_verify import SILENT_SHARP


def maker(folder: Path, **fields: object) -> SampleMaker:
    (folder / "silent.musicxml").write_text(SILENT_SHARP)
    data = {
        "version": 1,
        "count": 1,
        "sources": [{"folder": "."}],
        "model": "printed",
        "image": {"dpi": 50},
        **fields,
    }
    return SampleMaker(GenerationPlan.from_data(data, folder=folder))


def test_disagreements_are_in_the_metadata_by_default(tmp_path: Path) -> None:
    [record] = maker(tmp_path).make(0)
    [found] = record.metadata["disagreements"]
    assert found.startswith("measure 1, staff 1: note: drawn as F4")


def test_a_plan_can_reject_pages_that_fail(tmp_path: Path) -> None:
    with pytest.raises(VerificationError, match="drawn as F4"):
        list(maker(tmp_path, verify="reject").make(0))


def test_a_plan_can_do_without_proofs(tmp_path: Path) -> None:
    [record] = maker(tmp_path, verify=False).make(0)
    assert "disagreements" not in record.metadata


def test_other_values_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="verify"):
        maker(tmp_path, verify="sometimes")
