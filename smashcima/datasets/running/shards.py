"""Makes single shards."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from smashcima.datasets.generation import SampleFailure, SampleMaker
from smashcima.datasets.layouts import Layout
from smashcima.datasets.running.output_folder import OutputFolder, ShardManifest
from smashcima.errors import SmashcimaError

Tell = Callable[[int], None]
"""Called with the index of each sample before it is made."""


def write_shard(
    maker: SampleMaker,
    layout: Layout,
    output: OutputFolder,
    shard: int,
    *,
    given_up: Collection[SampleFailure] = (),
    tell: Tell = lambda sample: None,
) -> ShardManifest:
    """Makes the samples of a shard and adds it to the data set.

    A sample that fails is recorded and omitted. `given_up` are samples that are not tried again, such as one that
    exceeded its limits.
    """
    clock = time.monotonic()
    first = shard * layout.samples_per_shard
    last = min(first + layout.samples_per_shard, maker.plan.count)
    folder = output.temporary_folder(shard)
    layout.prepare(maker.plan)
    writer = layout.open_shard(folder, shard)
    failures = {failure.sample: failure for failure in given_up}
    records = 0
    for sample in range(first, last):
        if sample in failures:
            continue
        tell(sample)
        try:
            # All records of a sample are made before any is written, so that no sample is incomplete.
            made = list(maker.make(sample))
        except SmashcimaError as error:
            failures[sample] = SampleFailure(
                sample, maker.source_of(sample), f"{type(error).__name__}: {error}"
            )
            continue
        for record in made:
            writer.write(record)
        records += len(made)
    writer.close()
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    failed = tuple(failures[sample] for sample in sorted(failures) if first <= sample < last)
    manifest = ShardManifest(
        shard, (first, last), tuple(files), records, failed, round(time.monotonic() - clock, 3)
    )
    output.add(manifest, folder)
    return manifest
