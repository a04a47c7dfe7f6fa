"""Carries out plans: shard by shard, in any number of processes."""

from smashcima.datasets.running.output_folder import OutputFolder, ShardManifest
from smashcima.datasets.running.shards import write_shard

__all__ = ["OutputFolder", "ShardManifest", "write_shard"]
