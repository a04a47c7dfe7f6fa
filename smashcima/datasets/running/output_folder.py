"""The folder of a data set: its plan, and which shards are complete."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from smashcima.datasets.generation import GenerationPlan, SampleFailure
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

    def to_data(self) -> dict[str, Any]:
        """The manifest as JSON-compatible data."""
        return asdict(self)

    @staticmethod
    def from_data(data: dict[str, Any]) -> ShardManifest:
        """Reads the data of `to_data`."""
        first, last = data["samples"]
        failures = tuple(SampleFailure(**failure) for failure in data["failures"])
        return ShardManifest(
            data["shard"], (first, last), tuple(data["files"]), data["records"], failures, data["seconds"]
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
            elif any(self.root.iterdir()):
                raise PlanError(f"{self.root} is not empty and has no {PLAN}. Choose a new folder.")
            for folder in ("shards", "tmp"):
                (self.root / STATE / folder).mkdir(parents=True, exist_ok=True)
            if not path.exists():
                temporary = self.root / STATE / "tmp" / PLAN
                plan.write(temporary)
                os.replace(temporary, path)
        except OSError as error:
            raise PlanError(f"{self.root} cannot be written: {error.strerror}.") from error

    def shard_count(self, plan: GenerationPlan, samples_per_shard: int) -> int:
        """Number of shards of the whole data set."""
        return -(-plan.count // samples_per_shard)

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
        shutil.rmtree(folder, ignore_errors=True)

    def temporary_folder(self, shard: int) -> Path:
        """An empty folder for a shard that is being made; what an interrupted run left there is removed."""
        folder = self.root / STATE / "tmp" / f"{shard:06}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _manifest_path(self, shard: int) -> Path:
        return self.root / STATE / "shards" / f"{shard:06}.json"


def _flush(path: Path) -> None:
    """Writes a file or folder through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
