"""A helper process for native code that may crash."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

_LOOP = """
import json, sys
for line in sys.stdin:
    print(json.dumps(answer(*json.loads(line))), flush=True)
"""


class Helper:
    """A Python process that answers requests in order. It is restarted after a crash or a time-out.

    `script` defines `answer(*arguments)`; arguments and answers are JSON.
    """

    def __init__(self, script: str, timeout_s: float = 120.0) -> None:
        self._script = script
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[str] | None = None

    def ask(self, *arguments: Any) -> Any:
        """Returns the answer to a request, or None after a crash or a time-out."""
        process = self._process or subprocess.Popen(
            [sys.executable, "-c", self._script + _LOOP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        watch = threading.Timer(self._timeout_s, process.kill)
        watch.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(arguments) + "\n")
                process.stdin.flush()
            line = process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            self.close()
            return None
        return json.loads(line)

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@pytest.fixture(scope="session")
def helper() -> Iterator[Callable[[str], Helper]]:
    """Returns the `Helper` of a script; tests with the same script share one process."""
    helpers: dict[str, Helper] = {}
    yield lambda script: helpers.setdefault(script, Helper(script))
    for one in helpers.values():
        one.close()
