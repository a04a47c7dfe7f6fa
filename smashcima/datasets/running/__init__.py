"""Carries out plans: shard by shard, in any number of processes."""

from smashcima.datasets.running.generating import generate
from smashcima.datasets.running.output_folder import OutputFolder, ShardManifest
from smashcima.datasets.running.parcel import PlanParcel
from smashcima.datasets.running.provenance import PROVENANCE
from smashcima.datasets.running.report import GenerationReport, Progress
from smashcima.datasets.running.shards import write_shard
from smashcima.datasets.running.statistics import Statistics

__all__ = [
    "PROVENANCE",
    "GenerationReport",
    "OutputFolder",
    "PlanParcel",
    "Progress",
    "ShardManifest",
    "Statistics",
    "generate",
    "write_shard",
]
