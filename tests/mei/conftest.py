"""MEI by hand, and MEI as Verovio writes it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MeiOf = Callable[[Path], str]

_CONVERT = """
import sys, verovio
verovio.enableLog(verovio.LOG_OFF)
toolkit = verovio.toolkit()
toolkit.setOptions({"xmlIdChecksum": True})
if not toolkit.loadFile(sys.argv[1]):
    sys.exit(3)
sys.stdout.buffer.write(toolkit.getMEI().encode("utf-8"))
"""


@pytest.fixture(scope="session")
def mei_of() -> MeiOf:
    """Imports a file of any format with Verovio, in a process of its own, since some files end it; "" where it cannot."""
    known: dict[Path, str] = {}

    def convert(path: Path) -> str:
        if path not in known:
            done = subprocess.run(
                [sys.executable, "-c", _CONVERT, str(path)], capture_output=True, timeout=120, check=False
            )
            known[path] = done.stdout.decode("utf-8") if done.returncode == 0 else ""
        return known[path]

    return convert
