"""From what a data set is made: versions, asset bundles with checksums, licences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from smashcima.assets.bundles import BUILT_IN, AssetRepository, credits_of_record, recorded_bundles
from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.running.statistics import Statistics

PROVENANCE = "provenance.json"
"""Name of the file in a data set."""


def provenance(plan: GenerationPlan, statistics: Statistics) -> dict[str, Any]:
    """The provenance of a data set, as JSON-compatible data; without times and places, so that equal runs agree."""
    bundles = credits_of_record(recorded_bundles(statistics.versions), AssetRepository.default())
    return {
        "plan": {"seed": plan.seed, "samples": plan.count, "sha256": plan.digest},
        "sources": [_plain(source) for source in plan.sources],
        "images": statistics.images,
        "music licences": dict(sorted(statistics.licences.items())),
        "parts": dict(sorted(statistics.parts.items())),
        "versions": statistics.versions,
        "asset bundles": [asdict(credit) for credit in bundles],
        "built in": [asdict(credit) for credit in BUILT_IN],
    }


def _plain(source: Mapping[str, Any]) -> dict[str, Any]:
    return dict(source)
