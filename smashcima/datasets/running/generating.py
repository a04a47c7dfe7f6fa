"""Makes data sets with worker processes on one machine."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from smashcima.datasets.generation import GenerationPlan, Record, SampleFailure, SampleMaker
from smashcima.datasets.layouts import FoldersLayout, Layout, make_layout
from smashcima.datasets.layouts.folders import with_metadata
from smashcima.datasets.running.engine import ENGINES, Engine
from smashcima.datasets.running.finishing import finish
from smashcima.datasets.running.limits import Limits
from smashcima.datasets.running.mirror import Mirror
from smashcima.datasets.running.output_folder import PLAN, STATE, OutputFolder, ShardManifest
from smashcima.datasets.running.parcel import PlanParcel
from smashcima.datasets.running.ray_engine import RayEngine
from smashcima.datasets.running.report import GenerationReport, Progress
from smashcima.datasets.running.statistics import Statistics
from smashcima.datasets.running.supervisor import WORKER_NAME, Supervisor, output_error
from smashcima.datasets.storage import is_url
from smashcima.errors import GenerationError, PlanError, SettingsError

ProgressHook = Callable[[Progress], None]

_WAIT_FOR_RUN_S = 10
"""Time for the workers of a killed run to end."""


def generate(
    plan: GenerationPlan,
    out: str | Path,
    *,
    workers: int = 1,
    only: int | None = None,
    shard: tuple[int, int] | None = None,
    progress: ProgressHook | None = None,
    start_method: str | None = None,
    engine: str = "local",
    overwrite: bool = False,
) -> GenerationReport:
    """Makes the data set of a plan, or continues a run that was interrupted.

    Complete shards are kept, and the bytes of the data do not depend on the number of workers, on interruptions, or on
    the order of shards. When all shards of the data set are complete, the files of the whole set and `report.html` are
    written.

    Args:
        plan: the data set.
        out: its folder: new, empty, or with a part of the same data set. A URL such as `s3://bucket/data` is a folder in
            storage that fsspec reaches (extra `smashcima[remote]`): see `Mirror`.
        workers: number of processes.
        only: index of one sample, which is written to `out` as plain files; without limits, in this process.
        shard: `(k, n)` to make only the shards k, k + n, k + 2n, ..., for one job of an array of n.
        progress: called when a sample begins and when a shard is complete.
        start_method: `spawn` (the default), `fork` or `forkserver`: how processes are started. With `spawn` and `forkserver`,
            classes of the user must be in modules that can be imported, and a script must call this function under
            `if __name__ == "__main__":`.
        engine: `local`, or `ray` to make shards on a Ray cluster (extra `smashcima[ray]`): see `RayEngine`. The data is the same.
            `workers` is then the number of shards that are made at a time.
        overwrite: with `only`, whether existing files with other content are replaced.

    Raises:
        SettingsError: an argument is invalid.
        PlanError: the plan cannot be carried out, or `out` has other content or cannot be written.
        GenerationError: the run has to stop, because the disk is full, worker processes cannot run, or another run is
            writing the same part. The same call continues it.
        SmashcimaError: with `only`, the sample cannot be made.
    """
    _check(plan, workers, only, shard, start_method, engine)
    maker = SampleMaker(plan)
    maker.check_model()
    mirror = None
    if isinstance(out, str) and is_url(out):
        if only is not None:
            raise SettingsError(f"A single sample is written to a folder of this machine, not to {out}.")
        mirror = Mirror(out)
        mirror.fetch_state()
        out = mirror.local
    out = Path(out)
    if only is not None:
        return _make_one(maker, only, out, overwrite)
    layout, output, clock = make_layout(plan.layout), OutputFolder(out), time.monotonic()
    output.open(plan)
    count = output.shard_count(plan, layout.samples_per_shard)
    if mirror is not None:
        mirror.send_earlier(output, count)
    part, parts = shard or (0, 1)
    lock = FileLock(out / STATE / "locks" / f"{part}-of-{parts}.lock")
    try:
        with lock.acquire(timeout=_WAIT_FOR_RUN_S):
            run = _Run(maker, layout, output, range(part, count, parts), progress, mirror)
            run.make_missing(engine, workers, start_method or "spawn")
            if mirror is not None:
                mirror.fetch_state()  # other jobs may have sent their shards
            is_complete = all(output.is_complete(index) for index in range(count))
            if is_complete and mirror is not None:
                mirror.fetch_shards(output, count)
            if is_complete:
                finish(maker, layout, output, count)
            report = run.report(time.monotonic() - clock, is_complete)
        if mirror is not None and is_complete:
            mirror.complete()
        return report
    except Timeout as error:
        raise GenerationError(
            f"Another run is writing this part of {out}. Wait for its end, or share the work by `shard`."
        ) from error
    except OSError as error:
        raise output_error(out, error.strerror or str(error)) from error


class _Run:
    """The shards of one run."""

    def __init__(
        self,
        maker: SampleMaker,
        layout: Layout,
        output: OutputFolder,
        shards: range,
        progress: ProgressHook | None,
        mirror: Mirror | None,
    ) -> None:
        self._mirror = mirror
        self._maker = maker
        self._layout = layout
        self._output = output
        self._shards = shards
        self._progress = progress
        self._clock = time.monotonic()
        self._total = sum(map(self._size, shards))
        self._earlier = {shard for shard in shards if output.is_complete(shard)}
        self._samples = self._old_samples = sum(map(self._size, self._earlier))
        self._images = 0
        self._failures = 0

    def make_missing(self, engine_name: str, workers: int, start_method: str) -> None:
        """Makes the shards that are not complete."""
        missing = [shard for shard in self._shards if shard not in self._earlier]
        if not missing:
            return
        self._output.finished.unlink(missing_ok=True)
        engine = self._engine(engine_name, min(workers, len(missing)), start_method)
        self._tell(engine)
        for manifest in engine.run(missing):
            if manifest is not None:
                self._samples += manifest.samples[1] - manifest.samples[0]
                self._images += manifest.records
                self._failures += len(manifest.failures)
                if self._mirror is not None:
                    self._mirror.send_shard(manifest)
            self._tell(engine)

    def _engine(self, name: str, workers: int, start_method: str) -> Engine:
        parcel = PlanParcel.of(self._maker.plan)
        if name == "ray":
            return RayEngine(parcel, self._output, workers)
        return Supervisor(
            parcel,
            self._output.root.absolute(),
            Limits.of_plan(self._maker.plan.limits),
            workers,
            start_method,
            self._maker.source_of,
        )

    def report(self, seconds: float, is_complete: bool) -> GenerationReport:
        """The report of all shards of the part."""
        failures: list[SampleFailure] = []
        statistics, work_seconds, retries, shards = Statistics(), 0.0, 0, 0
        for manifest in self._manifests():
            shards += 1
            failures.extend(manifest.failures)
            statistics.include(manifest.statistics)
            work_seconds += manifest.seconds
            retries += manifest.retries
        return GenerationReport(
            root=self._output.root,
            samples=self._samples,
            images=statistics.images,
            failures=tuple(failures),
            shards=shards,
            new_shards=shards - len(self._earlier),
            new_images=self._images,
            seconds=seconds,
            work_seconds=work_seconds,
            retries=retries,
            is_complete=is_complete,
            statistics=statistics,
            rejected=self._maker.rejected,
        )

    def _manifests(self) -> Iterator[ShardManifest]:
        found = (self._output.manifest(shard) for shard in self._shards)
        return (manifest for manifest in found if manifest is not None)

    def _size(self, shard: int) -> int:
        """Number of samples in a shard."""
        size = self._layout.samples_per_shard
        return min(size, self._maker.plan.count - shard * size)

    def _tell(self, engine: Engine) -> None:
        if self._progress is not None:
            done = self._samples + engine.done
            self._progress(
                Progress(
                    done=done,
                    total=self._total,
                    new=done - self._old_samples,
                    images=self._images,
                    failures=self._failures,
                    retries=engine.retries,
                    seconds=time.monotonic() - self._clock,
                )
            )


def _make_one(maker: SampleMaker, index: int, out: Path, overwrite: bool) -> GenerationReport:
    """Writes one sample as plain files."""
    if (out / PLAN).exists():
        raise PlanError(f"{out} contains a data set; choose another folder for a single sample.")
    clock = time.monotonic()
    records: list[Record] = list(maker.make(index))
    statistics = Statistics()
    taken = next((path for record in records for path in _other_files(record, out)), None)
    if taken is not None and not overwrite:
        raise PlanError(
            f"{taken} exists with other content. Choose another folder, or allow it to be overwritten."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        writer = FoldersLayout().open_shard(out, 0)
        for record in records:
            writer.write(record)
            statistics.add(record, is_shown=True)
        writer.close()
    except OSError as error:
        raise PlanError(f"{out} cannot be written: {error.strerror}.") from error
    seconds = time.monotonic() - clock
    return GenerationReport(
        out, 1, len(records), (), 0, 0, len(records), seconds, seconds, 0, False, statistics
    )


def _other_files(record: Record, out: Path) -> Iterator[Path]:
    """Files with the names of a record and other content."""
    for suffix, content in with_metadata(record).items():
        path = out / record.split / f"{record.key}.{suffix}"
        if path.exists() and not (path.is_file() and path.read_bytes() == content):
            yield path


def _check(
    plan: GenerationPlan,
    workers: int,
    only: int | None,
    shard: tuple[int, int] | None,
    start_method: str | None,
    engine: str,
) -> None:
    """Raises a `SettingsError` for an invalid argument."""
    if multiprocessing.current_process().name == WORKER_NAME:
        raise GenerationError(
            "A worker process has called `generate` while it started. It imports the script that started it, so a script "
            'must call `generate` under `if __name__ == "__main__":`.'
        )
    if workers < 1:
        raise SettingsError(f"workers must be at least 1, not {workers}.")
    if only is not None and not 0 <= only < plan.count:
        raise SettingsError(f"The plan has samples from 0 to {plan.count - 1}, not {only}.")
    if shard is not None:
        part, parts = shard
        if only is not None:
            raise SettingsError("only and shard exclude each other.")
        if parts < 1 or not 0 <= part < parts:
            raise SettingsError(f"shard k/n must have k from 0 to n - 1, not {part}/{parts}.")
    methods = multiprocessing.get_all_start_methods()
    if start_method is not None and start_method not in methods:
        raise SettingsError(f"start_method must be one of {', '.join(methods)}, not {start_method!r}.")
    if engine not in ENGINES:
        raise SettingsError(f"engine must be one of {', '.join(ENGINES)}, not {engine!r}.")
