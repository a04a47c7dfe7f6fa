"""Remembering that an installation failed, so that not every start of a program tries again."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

RETRY_AFTER_S = 24 * 60 * 60
"""For how long a failure is remembered: a day."""


@dataclass(frozen=True, slots=True)
class FailureMemory:
    """The last failure to install each bundle, in files of the directory of assets.

    Ages are measured by the clock of the file system, as differences between times of files. What is remembered holds only
    under the same `circumstances` (mirrors, local sources, ...): who changes them wants another attempt.
    """

    root: Path
    circumstances: str

    def recent(self, name: str, version: str) -> str | None:
        """Why the bundle could not be installed within the last day, or none if it was not tried or could be."""
        path = self._path(name, version)
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            age_s = self._now_s() - path.stat().st_mtime
        except (OSError, ValueError):
            return None
        if not isinstance(record, dict) or record.get("circumstances") != self.circumstances:
            return None
        reason = record.get("reason")
        # Below zero, the clock was set back, and nothing is known.
        return reason if isinstance(reason, str) and 0 <= age_s < RETRY_AFTER_S else None

    def remember(self, name: str, version: str, reason: str) -> None:
        """Remembers a failure. Where nothing can be written, nothing is: there no attempt comes as far as the network."""
        path = self._path(name, version)
        text = json.dumps({"circumstances": self.circumstances, "reason": reason}, ensure_ascii=False)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def forget(self, name: str, version: str) -> None:
        """Forgets the failure, after a success."""
        with contextlib.suppress(OSError):
            self._path(name, version).unlink(missing_ok=True)

    def _now_s(self) -> float:
        """The time of a file that is touched now."""
        probe = self._directory / "now"
        probe.touch()
        return probe.stat().st_mtime

    @property
    def _directory(self) -> Path:
        return self.root / ".failures"

    def _path(self, name: str, version: str) -> Path:
        return self._directory / f"{name}-{version}.json"
