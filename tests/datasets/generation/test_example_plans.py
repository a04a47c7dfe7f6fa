"""The plans in `examples/plans`."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.errors import PlanError

REPOSITORY = Path(__file__).resolve().parents[3]
PLANS = sorted((REPOSITORY / "examples" / "plans").glob("*.yaml"))


def small(plan: GenerationPlan) -> GenerationPlan:
    """The plan with images of low resolution."""
    return replace(plan, image=replace(plan.image, dpi=50.0, height=None))


@pytest.mark.slow
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_first_sample_of_an_example_can_be_made(path: Path):
    plan = small(GenerationPlan.load(path))
    try:
        maker = SampleMaker(plan)
    except PlanError as error:
        if "There is no archive" in str(error) or "music21 is installed without its corpus" in str(error):
            pytest.skip(str(error))
        raise
    maker.check_model(4)
    for record in islice(maker.make(0), 3):
        assert record.image_suffix == plan.image.format
        assert not record.metadata.get("labels_not_written")
        assert record.metadata["made_from"][0]["part"] == "music"


def test_examples_have_comments():
    assert len(PLANS) >= 5
    for path in PLANS:
        assert path.read_text(encoding="utf-8").startswith("# "), path.name
