"""The folder of a data set: its plan, and which shards are complete."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from smashcima.datasets.generation import GenerationPlan, SampleFailure
from smashcima.datasets.running.statistics import Statistics
from smashcima.errors import PlanError

STATE = ".smashcima"
"""Folder with the manifests of complete shards and temporary files."""

PLAN = "plan.yaml"


@dataclass(frozen=True)
class ShardManifest:
    """What a complete shard contains."""

    shard: int
    samples: tuple[int, int]
    """First sample, and the one after the last."""

    files: tuple[str, ...]
    """Paths relative to the data set."""

    records: int
    """Number of images."""

    failures: tuple[SampleFailure, ...]
    seconds: float
    """Time that it took to make."""

    retries: int = 0
    """How often it was begun again, because a worker process died or was stopped."""

    statistics: Statistics = field(default_factory=Statistics)

    def to_data(self) -> dict[str, Any]:
        """The manifest as JSON-compatible data."""
        return {
            "shard": self.shard,
            "samples": list(self.samples),
            "files": list(self.files),
            "records": self.records,
            "failures": [asdict(failure) for failure in self.failures],
            "seconds": self.seconds,
            "retries": self.retries,
            "statistics": self.statistics.to_data(),
        }

    @staticmethod
    def from_data(data: dict[str, Any]) -> ShardManifest:
        """Reads the data of `to_data`."""
        first, last = data["samples"]
        failures = tuple(SampleFailure(**failure) for failure in data["failures"])
        return ShardManifest(
            data["shard"],
            (first, last),
            tuple(data["files"]),
            data["records"],
            failures,
            data["seconds"],
            data["retries"],
            Statistics.from_data(data["statistics"]),
        )


class OutputFolder:
    """The folder of one data set."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)

    def open(self, plan: GenerationPlan) -> None:
        """Prepares the folder for a plan: a new or empty folder, or one with a part of the same data set.

        Raises:
            PlanError: the folder has other files or the data of another plan, or cannot be written.
        """
        path = self.root / PLAN
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if path.exists():
                if GenerationPlan.load(path).digest != plan.digest:
                    raise PlanError(
                        f"{self.root} contains the data of another plan ({path}). Choose another folder, or delete it."
                    )
            elif any(path.name != STATE for path in self.root.iterdir()):  # another job may be preparing it
                raise PlanError(f"{self.root} is not empty and has no {PLAN}. Choose a new folder.")
            for folder in ("shards", "tmp", "locks"):
                (self.root / STATE / folder).mkdir(parents=True, exist_ok=True)
            if not path.exists():
                temporary = self.root / STATE / "tmp" / f"{os.getpid()}-{PLAN}"
                plan.write(temporary)
                os.replace(temporary, path)
        except OSError as error:
            raise PlanError(f"{self.root} cannot be written: {error.strerror}.") from error

    def shard_count(self, plan: GenerationPlan, samples_per_shard: int) -> int:
        """Number of shards of the whole data set."""
        return -(-plan.count // samples_per_shard)

    def is_complete(self, shard: int) -> bool:
        """Whether a shard is complete."""
        return self._manifest_path(shard).exists()

    @property
    def finished(self) -> Path:
        """A file that exists when the files of the whole data set are written."""
        return self.root / STATE / "finished"

    def manifest(self, shard: int) -> ShardManifest | None:
        """The manifest of a shard, or `None` if it is not complete."""
        try:
            data = json.loads(self._manifest_path(shard).read_bytes())
        except FileNotFoundError:
            return None
        return ShardManifest.from_data(data)

    def add(self, manifest: ShardManifest, folder: Path) -> None:
        """Moves the files of a complete shard into place, then records it as complete.

        All files are flushed to the disk before the shard counts as complete. If the process is killed in between, the
        shard is made again, with the same bytes.
        """
        for name in manifest.files:
            target = self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _flush(folder / name)
            os.replace(folder / name, target)
        for parent in sorted({(self.root / name).parent for name in manifest.files}):
            _flush(parent)
        temporary = folder / "manifest"
        temporary.write_text(json.dumps(manifest.to_data(), indent=1), encoding="utf-8")
        _flush(temporary)
        os.replace(temporary, self._manifest_path(manifest.shard))
        _flush(self._manifest_path(manifest.shard).parent)

    @contextmanager
    def temporary_folder(self, shard: int) -> Iterator[Path]:
        """An empty folder for a shard that is being made; removed at the end, with what interrupted runs have left.

        Its name is unique, so that a process that survives an interrupted run for a moment cannot write into the
        folder of the next run.
        """
        parent, prefix = self.root / STATE / "tmp", f"{shard:06}-"
        for left in parent.glob(f"{prefix}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _manifest_path(self, shard: int) -> Path:
        return self.root / STATE / "shards" / f"{shard:06}.json"


def _flush(path: Path) -> None:
    """Writes a file or folder through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
