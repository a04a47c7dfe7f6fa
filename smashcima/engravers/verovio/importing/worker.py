"""The importing process, which reads music with native code that may crash.

`serve()` answers requests in sequence on its standard streams. A request states the *road* (`verovio`, or `music21` for
sources that Verovio rejects) and Verovio's name of the format, and contains the music; the answer contains the MEI of
each score.

The process may be killed at any time, and exits when its supervisor is gone: at the end of its input while waiting, or
by a timer signal with the default action (termination) while native code is running.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from collections.abc import Mapping
from io import FileIO
from typing import Any

from smashcima.engravers.verovio.importing.protocol import read_message, write_message
from smashcima.engravers.verovio.toolkit import Toolkit

IMPORT_OPTIONS: Mapping[str, object] = {"breaks": "none", "mdivAll": True}
"""Options that skip the layout at import; breaks of the source are still written to the MEI."""

_LONGEST_STDERR_BYTES = 16 * 1024 * 1024

_GRACE_S = 5.0
"""Delay, in seconds, of the process's own time limit after the supervisor's, which reports the reason."""


_spare: list[Toolkit] = []
"""A toolkit for the next document, created between requests. Each document gets a new toolkit."""


def serve() -> None:
    """Answers requests on standard input until it is closed."""
    requests, answers = _take_over_pipes()
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is handled by the supervisor, which kills this process if needed
    _limit("RLIMIT_FSIZE", _LONGEST_STDERR_BYTES)
    _limit("RLIMIT_CORE", 0)
    while (message := read_message(requests)) is not None:
        header, body = message
        _limit("RLIMIT_AS", int(header["memory_bytes"]))
        _arm_timer(float(header["timeout_s"]) + _GRACE_S)
        answer, result = _answer(header, body)
        _arm_timer(0.0)
        write_message(answers, answer, result)
        if not _spare:
            _spare.append(Toolkit(IMPORT_OPTIONS))


def import_with_verovio(text: str, input_format: str) -> tuple[str | None, list[str]]:
    """Returns the MEI of `text` (`None` if Verovio rejects it) and Verovio's log."""
    toolkit = _spare.pop() if _spare else Toolkit(IMPORT_OPTIONS)
    mei = toolkit.mei() if toolkit.load(text, input_format) else None
    return mei, toolkit.drain_log()


def _answer(header: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        if header["road"] == "verovio":
            scores = [("", body.decode())]
            input_format = str(header["format"])
        else:
            from smashcima.engravers.verovio.importing.music21_road import read_with_music21

            scores = read_with_music21(body, str(header["format"]))
            input_format = "xml"
        meis, names, log = [], [], []
        for name, text in scores:
            mei, lines = import_with_verovio(text, input_format)
            log.extend(lines)
            if mei is not None:
                meis.append(mei.encode())
                names.append(name)
    except MemoryError:
        return {"status": "memory"}, b""
    except Exception as error:  # noqa: BLE001 - a third-party parser on hostile input may raise anything
        return {"status": "failed", "reason": f"{type(error).__name__}: {error}"[:1000]}, b""
    answer = {"status": "read", "sizes": [len(mei) for mei in meis], "names": names, "log": log}
    return answer, b"".join(meis)


def _take_over_pipes() -> tuple[FileIO, FileIO]:
    # Output of native code on standard output must not mix with the messages.
    requests = FileIO(os.dup(0), "rb")
    answers = FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdin = open(os.devnull)  # noqa: SIM115 - lives as long as the process
    return requests, answers


def _limit(name: str, value: int) -> None:
    try:
        import resource
    except ImportError:  # not available on Windows
        return
    kind = getattr(resource, name, None)
    if kind is None:
        return
    _, hard = resource.getrlimit(kind)
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError):  # some systems reject a limit that they list; the time limit remains
        return


def _arm_timer(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds if math.isfinite(seconds) else 0.0)
