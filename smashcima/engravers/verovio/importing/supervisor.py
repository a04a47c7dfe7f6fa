"""Supervisor of the importing process.

Native code that reads untrusted files can crash or hang. It runs in a separate process with a time and a memory limit.
Any failure of that process raises a `SmashcimaError`, and the next request starts a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase
from typing import IO, Any, cast

from smashcima import settings
from smashcima.engravers.verovio.importing.protocol import read_message, write_message
from smashcima.errors import ImporterCrashedError, ImporterTimeoutError, ImportFailedError, reason_of

_START_TIMEOUT_S = 60.0

_FETCHING_S = 2.0
"""Minimum time, in seconds, to receive an answer, even if other work has used up the time limit meanwhile."""

_BOOTSTRAP = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from smashcima.engravers.verovio.importing.worker import serve; serve()"
)
"""Program of the importing process, run with `-I` so that neither the current directory nor PYTHON* variables affect
imports. It uses the supervisor's `sys.path`, so that both processes see the same packages, also in notebooks."""

_OUT_OF_MEMORY = (b"bad_alloc", b"MemoryError", b"Cannot allocate memory", b"bad_array_new_length")


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Time and memory limits of one request; the importing process is terminated if it exceeds them."""

    timeout_s: float
    """Wall-clock seconds."""

    memory_bytes: int
    """Maximum address space of the importing process, in bytes; not enforced on Windows."""

    @classmethod
    def from_settings(cls) -> ImportLimits:
        """The limits set by environment variables, or the defaults."""
        return cls(settings.import_timeout_s(), settings.import_memory_bytes())


@dataclass(frozen=True, slots=True)
class WorkerAnswer:
    """Answer of the importing process to one request."""

    meis: tuple[str, ...]
    """MEI of each score; empty if the importer rejected the music."""

    names: tuple[str, ...]
    """Name of each score, often empty."""

    log: tuple[str, ...]
    """Lines of Verovio's log."""


class _Deadline:
    """Context manager that kills a process if its block takes too long.

    Uses a timer, because not every system supports waiting on pipes with a time limit.
    """

    def __init__(self, process: subprocess.Popen[bytes], timeout_s: float) -> None:
        self.has_passed = False
        self._is_over = False
        self._process = process
        self._lock = threading.Lock()
        self._timer = threading.Timer(min(timeout_s, threading.TIMEOUT_MAX), self._kill)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        with self._lock:  # after the block, the process serves the next request
            self._is_over = True
        self._timer.cancel()

    def _kill(self) -> None:
        with self._lock:
            if not self._is_over:
                self.has_passed = True
                self._process.kill()


class ImportWorker:
    """An importing process, started on first use and replaced when it dies.

    Thread-safe (requests are serialised) and fork-safe (a child starts its own process). The process ends on `close` or
    with the interpreter.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._owner_pid = os.getpid()

    @property
    def pid(self) -> int | None:
        """Id of the running process, `None` if there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def request(
        self,
        road: str,
        input_format: str,
        data: bytes,
        source_name: str,
        limits: ImportLimits,
        meanwhile: Callable[[], object] | None = None,
    ) -> WorkerAnswer:
        """Imports `data` with the importer `road` (`verovio` or `music21`); `source_name` is used in messages.

        `meanwhile` is called while the process works, unless the request fails earlier; its run time does not count
        towards the limit.

        Raises:
            ImporterCrashedError: the process crashed.
            ImporterTimeoutError: the import exceeded the time or memory limit.
            ImportFailedError: the importer raised an error, or the process cannot be started.
        """
        if self._owner_pid != os.getpid():
            self.forget_inherited_process()
        with self._lock:
            process = self._running_process()
            header = {
                "road": road,
                "format": input_format,
                "timeout_s": limits.timeout_s,
                "memory_bytes": limits.memory_bytes,
            }
            answer, out_of_time = self._exchange(process, header, data, limits.timeout_s, meanwhile)
            if answer is None:
                raise self._explain_death(process, source_name, limits, out_of_time)
        return _read_answer(*answer, source_name, limits)

    def close(self) -> None:
        """Terminates the process; a later request starts a new one."""
        if self._owner_pid != os.getpid():
            self.forget_inherited_process()
            return
        with self._lock:
            self._end_process()

    def forget_inherited_process(self) -> None:
        """Drops the reference to the parent's process; to be called in a forked child."""
        self._lock = threading.Lock()
        process, self._process = self._process, None
        self._owner_pid = os.getpid()
        if process is not None:
            process.returncode = 0  # the parent waits for it and kills it
            _close_pipes(process)
        if self._stderr is not None:
            self._stderr.close()
            self._stderr = None

    def _exchange(
        self,
        process: subprocess.Popen[bytes],
        header: dict[str, Any],
        data: bytes,
        timeout_s: float,
        meanwhile: Callable[[], object] | None,
    ) -> tuple[tuple[dict[str, Any], bytes] | None, bool]:
        """The answer (`None` if the process died), and whether the process was killed for exceeding the time limit."""
        # The pipes are unbuffered (`bufsize=0`), which typeshed does not express.
        requests, answers = cast("RawIOBase", process.stdin), cast("RawIOBase", process.stdout)
        start = time.monotonic()
        deadline = _Deadline(process, timeout_s)
        try:
            with deadline:
                write_message(requests, header, data)
            if meanwhile is not None:
                meanwhile()
            left_s = max(timeout_s - (time.monotonic() - start), min(timeout_s, _FETCHING_S))
            deadline = _Deadline(process, left_s)
            with deadline:
                return read_message(answers), deadline.has_passed
        except OSError:  # a broken pipe: the process died during the write
            return None, deadline.has_passed
        except BaseException:  # such as Ctrl-C: an answer may be partly read
            self._end_process()
            raise

    def _running_process(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end_process()
        self._process = self._start()
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        if not sys.executable:
            raise ImportFailedError(
                "The importing process cannot be started: sys.executable is not set in this Python."
            )
        try:
            self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        except OSError:  # no writable directory for temporary files: crash messages are discarded
            self._stderr = None
        path = [os.path.abspath(entry) for entry in sys.path]
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _BOOTSTRAP, json.dumps(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                stderr=self._stderr or subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal reaches only the supervisor
            )
        except OSError as error:
            raise ImportFailedError(
                f"The importing process cannot be started with {sys.executable}: {reason_of(error)}."
            ) from error

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            _close_pipes(process)
        if self._stderr is not None:
            self._stderr.close()
            self._stderr = None

    def _explain_death(
        self, process: subprocess.Popen[bytes], source_name: str, limits: ImportLimits, out_of_time: bool
    ) -> ImportFailedError:
        try:
            code = process.wait(timeout=_START_TIMEOUT_S)
        except subprocess.TimeoutExpired:  # it closed its pipes but still runs
            process.kill()
            code = process.wait()
        last_words = self._last_words()
        self._end_process()
        if out_of_time:
            return ImporterTimeoutError(
                f"{source_name} was not read within the time limit of {limits.timeout_s:g} s. "
                "Set SMASHCIMA_IMPORT_TIMEOUT_S to raise the limit."
            )
        if any(sign in last_words for sign in _OUT_OF_MEMORY):
            return _too_much_memory(source_name, limits)
        lines = last_words.decode(errors="replace").strip().splitlines()
        reason = f" ({lines[-1].strip()[:300]})" if lines else ""
        return ImporterCrashedError(
            f"Reading {source_name} crashed the importing process with {_name_of_exit(code)}{reason}. "
            "The file is probably malformed; other files are not affected."
        )

    def _last_words(self) -> bytes:
        if self._stderr is None:
            return b""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - 4096))
        return self._stderr.read()


def shared_worker() -> ImportWorker:
    """The importing process shared by this interpreter."""
    return _shared_worker


def _read_answer(header: dict[str, Any], body: bytes, source_name: str, limits: ImportLimits) -> WorkerAnswer:
    if header["status"] == "memory":
        raise _too_much_memory(source_name, limits)
    if header["status"] == "failed":
        raise ImportFailedError(f"{source_name} could not be read: {header['reason']}.")
    meis, start = [], 0
    for size in header["sizes"]:
        meis.append(body[start : start + size].decode())
        start += size
    return WorkerAnswer(tuple(meis), tuple(header["names"]), tuple(header["log"]))


def _too_much_memory(source_name: str, limits: ImportLimits) -> ImporterTimeoutError:
    return ImporterTimeoutError(
        f"Reading {source_name} exceeded the memory limit of {limits.memory_bytes >> 20} MiB. "
        "Set SMASHCIMA_IMPORT_MEMORY_MB to raise the limit."
    )


def _name_of_exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # buffered data can no longer be delivered
                pass


_shared_worker = ImportWorker()
atexit.register(_shared_worker.close)
if hasattr(os, "register_at_fork"):
    # Done at the fork, not at the next request: the process exits when its pipe closes, so the child must not hold it.
    os.register_at_fork(after_in_child=_shared_worker.forget_inherited_process)
