"""Makes single shards."""

from __future__ import annotations

import errno
import gc
import time
import traceback
from collections.abc import Callable, Collection
from pathlib import Path

from smashcima.datasets.generation import Record, SampleFailure, SampleMaker
from smashcima.datasets.layouts import Layout
from smashcima.datasets.running.output_folder import OutputFolder, ShardManifest
from smashcima.datasets.running.statistics import Statistics, shown_samples
from smashcima.errors import SmashcimaError
from smashcima.scene.graph import garbage_collection_paused

Tell = Callable[[int], None]
"""Called with the index of each sample before it is made."""

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_shard(
    maker: SampleMaker,
    layout: Layout,
    output: OutputFolder,
    shard: int,
    *,
    given_up: Collection[SampleFailure] = (),
    retries: int = 0,
    tell: Tell = lambda sample: None,
) -> ShardManifest:
    """Makes the samples of a shard and adds it to the data set.

    A sample that fails is recorded and omitted. `given_up` are samples that are not tried again, such as one that
    exceeded its limits; `retries` is recorded.

    Raises:
        OSError: the files cannot be written. What was written is removed.
    """
    clock = time.monotonic()
    first = shard * layout.samples_per_shard
    last = min(first + layout.samples_per_shard, maker.plan.count)
    shown = shown_samples(maker.plan.count)
    with output.temporary_folder(shard) as folder:
        layout.prepare(maker.plan)
        writer = layout.open_shard(folder, shard)
        failures = {failure.sample: failure for failure in given_up}
        statistics = Statistics()
        for sample in range(first, last):
            if sample in failures:
                continue
            tell(sample)
            made = attempt(maker, sample)
            if isinstance(made, SampleFailure):
                failures[sample] = made
                continue
            for record in made:
                writer.write(record)
                statistics.add(record, sample in shown)
        writer.close()
        files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        manifest = ShardManifest(
            shard,
            (first, last),
            tuple(files),
            statistics.images,
            tuple(failures[sample] for sample in sorted(failures) if first <= sample < last),
            round(time.monotonic() - clock, 3),
            retries,
            statistics,
        )
        output.add(manifest, folder)
    return manifest


def attempt(maker: SampleMaker, sample: int) -> list[Record] | SampleFailure:
    """All records of a sample, complete before any is written, or why they cannot be made.

    The objects of a scene refer to each other, so only the garbage collector frees them. It is kept from looking at them
    while they are in use, and called when they are not: a sample is then visited once, not with all that the process keeps.
    """
    with garbage_collection_paused():
        made = _attempt(maker, sample)
        gc.collect(0)
    return made


def _attempt(maker: SampleMaker, sample: int) -> list[Record] | SampleFailure:
    try:
        return list(maker.make(sample))
    except SmashcimaError as error:
        reason = f"{type(error).__name__}: {error}"
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_SPACE:
            raise
        # Whatever one score in a million does to the code of a model, the other samples are made.
        reason = f"{type(error).__name__}: {error} ({_place(error)})"
    return SampleFailure(sample, maker.source_of(sample), reason)


def _place(error: Exception) -> str:
    """File and line where an unexpected error was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"
