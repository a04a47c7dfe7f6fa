"""Shards as tasks on a Ray cluster.

A task makes its shard in a temporary folder of its machine, in a process of its own with the limits of the plan, and returns
the files. Only the machine that called `generate` writes to the data set, so the cluster needs no shared folder for
the results, and the rules that keep a shard complete or absent are those of a local run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from smashcima.datasets.generation import SampleMaker
from smashcima.datasets.running.limits import Limits
from smashcima.datasets.running.output_folder import OutputFolder, ShardManifest
from smashcima.datasets.running.parcel import PlanParcel
from smashcima.datasets.running.supervisor import Supervisor
from smashcima.errors import GenerationError
from smashcima.extras import need


@dataclass(frozen=True)
class MadeShard:
    """A complete shard on its way to the data set."""

    manifest: ShardManifest
    files: Mapping[str, bytes]
    """Content by path relative to the data set."""


class RayEngine:
    """Makes shards as Ray tasks, each with one CPU.

    It uses the connection of `ray.init`, if the caller has made one; otherwise it connects to the cluster at `RAY_ADDRESS`,
    or starts one on this machine. All machines need Smashcima, and the sources of the plan under the same paths.
    """

    def __init__(self, parcel: PlanParcel, output: OutputFolder, at_once: int) -> None:
        """`at_once` is the number of shards that are made, or wait to be written, at the same time.

        Raises:
            SettingsError: Ray is not installed.
        """
        need("ray", "ray", "The engine ray needs")
        self._parcel = parcel
        self._output = output
        self._at_once = at_once
        self.retries = 0

    @property
    def done(self) -> int:
        """0: tasks do not tell how far they are."""
        return 0

    def run(self, shards: Iterable[int]) -> Iterator[ShardManifest | None]:
        """Yields the manifest of each shard when it is written.

        Raises:
            GenerationError: the cluster cannot be reached, or a shard cannot be made.
        """
        import ray

        is_ours = not ray.is_initialized()
        try:
            if is_ours:
                ray.init(include_dashboard=False, log_to_driver=False, configure_logging=False)
            yield from self._run(ray, iter(shards))
        except (ray.exceptions.RayError, ConnectionError) as error:
            raise GenerationError(f"Ray cannot make the data set: {error}") from error
        finally:
            if is_ours:
                ray.shutdown()

    def _run(self, ray: Any, shards: Iterator[int]) -> Iterator[ShardManifest]:
        make = ray.remote(num_cpus=1)(make_shard)
        parcel = ray.put(self._parcel)
        pending = [make.remote(parcel, shard) for shard in islice(shards, self._at_once)]
        try:
            while pending:
                ready, pending = ray.wait(pending)
                made: MadeShard = ray.get(ready[0])
                # A shard is in memory until it is written, so the next one begins afterwards.
                self._add(made)
                pending.extend(make.remote(parcel, shard) for shard in islice(shards, 1))
                self.retries += made.manifest.retries
                yield made.manifest
        finally:
            for task in pending:
                ray.cancel(task)

    def _add(self, made: MadeShard) -> None:
        with self._output.temporary_folder(made.manifest.shard) as folder:
            for name, content in made.files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self._output.add(made.manifest, folder)


def make_shard(parcel: PlanParcel, shard: int) -> MadeShard:
    """Makes a shard in a process of this machine; the body of a Ray task."""
    plan = parcel.open()
    with tempfile.TemporaryDirectory(prefix="smashcima-") as place:
        output = OutputFolder(Path(place) / "out")
        output.open(plan)
        supervisor = Supervisor(
            parcel,
            output.root,
            Limits.of_plan(plan.limits),
            1,
            "spawn",
            lambda sample: SampleMaker(plan).source_of(sample),
        )
        (manifest,) = (found for found in supervisor.run([shard]) if found is not None)
        return MadeShard(manifest, {name: (output.root / name).read_bytes() for name in manifest.files})
