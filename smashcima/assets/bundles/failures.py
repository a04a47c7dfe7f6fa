"""Remembering that an installation failed, so that not every start of a program tries again."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.errors import AssetError

RETRY_AFTER_S = 24 * 60 * 60
"""For how long a failure is remembered: a day."""


class FailedBeforeError(AssetError):
    """An installation is not tried, since it failed a short while ago; the text says why."""


@dataclass(frozen=True, slots=True)
class FailureMemory:
    """The last failure to install each bundle, in files of the directory of assets.

    Ages are measured by the clock of the file system, as differences between times of files. What is remembered holds only
    under the same `circumstances` (mirrors, local sources, ...): who changes them wants another attempt.
    """

    root: Path
    circumstances: str

    def check(self, bundle_type: type[AssetBundle]) -> None:
        """Raises a FailedBeforeError, with the reason, if the bundle could not be installed within the last day."""
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
        # Below zero, the clock was set back, and nothing is known.
        return reason if isinstance(reason, str) and 0 <= age_s < RETRY_AFTER_S else None

    def remember(self, bundle_type: type[AssetBundle], reason: str) -> None:
        """Remembers a failure. Where nothing can be written, nothing is: there no attempt comes as far as the network."""
        path = self._path(bundle_type)
        text = json.dumps({"circumstances": self.circumstances, "reason": reason}, ensure_ascii=False)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def forget(self, bundle_type: type[AssetBundle]) -> None:
        """Forgets the failure, after a success."""
        with contextlib.suppress(OSError):
            self._path(bundle_type).unlink(missing_ok=True)

    def _now_s(self) -> float:
        """The time of a file that is touched now."""
        probe = self._directory / "now"
        probe.touch()
        return probe.stat().st_mtime

    @property
    def _directory(self) -> Path:
        return self.root / ".failures"

    def _path(self, bundle_type: type[AssetBundle]) -> Path:
        return self._directory / f"{bundle_type.name}-{bundle_type.version}.json"
