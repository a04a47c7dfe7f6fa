"""Record of failed installations, so that a program does not retry them at every start."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.errors import AssetError
from smashcima.files import write_file

RETRY_AFTER_S = 24 * 60 * 60
"""Time for which a failure is remembered, in seconds: one day."""


class FailedBeforeError(AssetError):
    """An installation is not attempted because it failed recently; the message states the reason."""


@dataclass(frozen=True, slots=True)
class FailureMemory:
    """The last installation failure of each bundle, stored in files in the assets directory.

    Ages are measured by the clock of the file system, as differences between file times. A failure applies only under
    the same `circumstances` (mirrors, local sources, ...); changing them allows another attempt.
    """

    root: Path
    circumstances: str

    def check(self, bundle_type: type[AssetBundle]) -> None:
        """Raises `FailedBeforeError` with the reason if installing the bundle failed within the last day."""
        reason = self._recent(bundle_type)
        if reason is not None:
            raise FailedBeforeError(reason)

    def _recent(self, bundle_type: type[AssetBundle]) -> str | None:
        path = self._path(bundle_type)
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            age_s = self._now_s() - path.stat().st_mtime
        except (OSError, ValueError):
            return None
        if not isinstance(record, dict) or record.get("circumstances") != self.circumstances:
            return None
        reason = record.get("reason")
        # A negative age means that the clock was set back; the failure is ignored.
        return reason if isinstance(reason, str) and 0 <= age_s < RETRY_AFTER_S else None

    def remember(self, bundle_type: type[AssetBundle], reason: str) -> None:
        """Records a failure if the directory is writable; otherwise no attempt gets as far as the network anyway."""
        path = self._path(bundle_type)
        text = json.dumps({"circumstances": self.circumstances, "reason": reason}, ensure_ascii=False)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, text.encode())

    def forget(self, bundle_type: type[AssetBundle]) -> None:
        """Deletes the record of a failure, after a success."""
        with contextlib.suppress(OSError):
            self._path(bundle_type).unlink(missing_ok=True)

    def _now_s(self) -> float:
        """Current time by the clock of the file system, from a file touched now."""
        probe = self._directory / "now"
        probe.touch()
        return probe.stat().st_mtime

    @property
    def _directory(self) -> Path:
        return self.root / ".failures"

    def _path(self, bundle_type: type[AssetBundle]) -> Path:
        return self._directory / f"{bundle_type.name}-{bundle_type.version}.json"
