"""Limits of time and memory for each sample."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What the process that makes a sample may use; `None` is unlimited."""

    seconds: float | None = None
    memory_mb: float | None = None

    @staticmethod
    def of_plan(limits: Mapping[str, float]) -> Limits:
        """The limits of a plan."""
        return Limits(limits.get("seconds"), limits.get("memory_mb"))

    def exceeded(self, seconds: float, pid: int) -> str | None:
        """Which limit a sample exceeds, for messages; `None` if it keeps them."""
        if self.seconds is not None and seconds > self.seconds:
            return f"it took longer than the limit of {self.seconds:g} seconds"
        if self.memory_mb is not None:
            used = memory_of(pid)
            if used is not None and used > self.memory_mb * _MB:
                return f"its process used {used // _MB} MB, more than the limit of {self.memory_mb:g} MB"
        return None


def memory_of(pid: int) -> int | None:
    """Resident memory of a process in bytes; `None` if it has ended, or the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return None if Path("/proc/self").exists() else _memory_by_ps(pid)
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) << 10
    return None


def _memory_by_ps(pid: int) -> int | None:
    """The same on systems without `/proc`, such as macOS."""
    try:
        answer = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return int(answer.stdout) << 10
    except (OSError, ValueError):
        return None
