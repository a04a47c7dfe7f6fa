"""Data sets in remote storage, made in a folder of this machine and sent shard by shard."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from filelock import FileLock

from smashcima import settings
from smashcima.datasets.running.output_folder import PLAN, STATE, OutputFolder, ShardManifest
from smashcima.datasets.storage import RemoteFolder


class Mirror:
    """A local folder with the same content as a folder in remote storage.

    A shard is complete in the storage when its manifest is there, which is sent after its files. So a run can be continued
    from any machine. The local folder is removed when the data set is complete.
    """

    def __init__(self, url: str) -> None:
        self._remote = RemoteFolder(url)
        name = hashlib.sha256(self._remote.url.encode()).hexdigest()[:16]
        self.local = settings.cache_dir() / "mirrors" / name
        self._sent: set[str] = set()

    def fetch_state(self) -> None:
        """Copies the plan and the manifests of complete shards from the storage."""
        for name in self._remote.names():
            self._sent.add(name)
            is_state = name == PLAN or name.startswith(f"{STATE}/shards/")
            if is_state and not (self.local / name).exists():
                self._remote.fetch(name, self.local / name)

    def send_earlier(self, output: OutputFolder, shards: int) -> None:
        """Sends the plan, and shards that a run was interrupted before sending."""
        self._send(PLAN)
        for shard in range(shards):
            manifest = output.manifest(shard)
            if manifest is not None:
                self.send_shard(manifest)

    def send_shard(self, manifest: ShardManifest) -> None:
        """Sends the files of a shard, then its manifest."""
        own = f"{STATE}/shards/{manifest.shard:06}.json"
        if own not in self._sent:
            for name in (*manifest.files, own):
                self._send(name)

    def fetch_shards(self, output: OutputFolder, shards: int) -> None:
        """Copies files of complete shards that are not on this machine, for the files of the whole data set."""
        for shard in range(shards):
            manifest = output.manifest(shard)
            for name in manifest.files if manifest is not None else ():
                if not (self.local / name).exists():
                    self._remote.fetch(name, self.local / name)

    def complete(self) -> None:
        """Sends the files of the whole data set, and removes the local folder."""
        # Jobs of an array may end at the same time.
        with FileLock(f"{self.local}.lock"):
            for path in sorted(self.local.rglob("*")):
                name = path.relative_to(self.local).as_posix()
                if path.is_file() and not name.startswith(f"{STATE}/"):
                    self._send(name)
            shutil.rmtree(self.local, ignore_errors=True)

    def _send(self, name: str) -> None:
        path: Path = self.local / name
        if name not in self._sent:
            self._remote.send(path, name)
            self._sent.add(name)
