"""Typed, deterministic and quiet interface to Verovio's toolkit.

Verovio is used for the import (in the worker process) and the layout (in the user's process). This module handles three
of its peculiarities:

- **Failures are return values.** `loadData` returns False, and `renderToSVG` returns an empty image; here both raise
  errors, and options that Verovio would ignore are rejected.
- **Ids** are random by default. Seeding them with the checksum of the input makes them depend on the input only
  (with `xmlIdSeed` they would also depend on earlier loads).
- **The log** goes to the standard error stream of the process. Verovio can buffer it, but its Python binding has no
  function for that, so the C++ function is called through `ctypes` where the platform exports it; elsewhere the log is
  disabled.
"""

from __future__ import annotations

import ctypes
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from smashcima.errors import EngravingError, Issue, SettingsError

_DETERMINISTIC_OPTIONS: Mapping[str, object] = {"xmlIdChecksum": True}

_ISODATE_OF_APPLICATION = re.compile(r'(<application\b[^>]*?) isodate="[^"]*"')

_LOG_LINE = re.compile(
    r"\[(?P<level>Error|Warning|Info|Debug)\]\s*(?:(?:Warning|Error):\s*)?(?P<text>.*)", re.S
)

_IMPORTER_IN_LOG = re.compile(r"^(?:MusicXML|ABC|Humdrum) import: |^PAE: ")

_PLACE_IN_LOG = re.compile(r"\bmeasure\s+(?P<measure>[\w.\-]+)", re.I)

_ID_IN_LOG = re.compile(r"(?<=@xml:id )\S+|'[A-Za-z_][\w\-]*\d[\w\-]*'")

_ELEMENT_IN_LOG = re.compile(
    r"<(?P<tag>[\w:.\-]+)[ >/]"
    r"|^(?P<subject>[\w.\-]+) with @xml:id"
    r"|\b(?:slur|tie|hairpin|pedal|beam|tuplet|octave|syllable|clef|key|meter|ending|harm|dynam|lyric)s?\b",
    re.I,
)


class Toolkit:
    """A Verovio toolkit with fixed options, holding at most one document.

    Verovio does not release the GIL, so each call is atomic. A `Toolkit` must still not be shared between threads,
    because loading replaces the document that another thread may be rendering.
    """

    def __init__(self, options: Mapping[str, object] | None = None) -> None:
        """Creates a toolkit; raises `SettingsError` for options unknown to Verovio."""
        import verovio

        self._log: list[str] = []
        self._log_of_loading: list[str] = []
        with _log_buffer.collecting():
            toolkit: Any = verovio.toolkit(False)
            resources = str(Path(verovio.__file__).parent / "data")
            ready = bool(toolkit.setResourcePath(resources))
        if not ready:
            raise EngravingError(
                f"Verovio cannot read its resources at {resources}. Reinstall the verovio package."
            )
        self._toolkit = toolkit
        self.set_options({**_DETERMINISTIC_OPTIONS, **(options or {})})

    @property
    def version(self) -> str:
        """Version of Verovio, such as `6.4.1-fbe8f46`."""
        return str(self._toolkit.getVersion())

    def set_options(self, options: Mapping[str, object]) -> None:
        """Sets options by Verovio's names; they take effect at the next `load`.

        Raises `SettingsError`, which lists each option that is unknown or out of range.
        """
        with _log_buffer.collecting():
            accepted = self._toolkit.setOptions(dict(options))
            complaints = self._new_log_lines()
        if not accepted or complaints:
            reasons = (
                "; ".join(_LOG_LINE.sub(r"\g<text>", line) for line in complaints) or f"{dict(options)!r}"
            )
            raise SettingsError(f"Verovio {self.version} does not accept these options: {reasons}.")

    def load(self, data: str, input_format: str) -> bool:
        """Loads a document and breaks it into pages; returns False if Verovio rejects it.

        `input_format` is Verovio's name: `mei`, `xml` (MusicXML), `humdrum`, `abc`, `pae`. Malformed data can crash the
        process, so untrusted data must be loaded in the worker process.
        """
        if not data.strip():  # Verovio 6.4.1 crashes with SIGSEGV on an empty ABC file
            self._log.append("[Error] There is no data")
            return False
        with _log_buffer.collecting():
            self._toolkit.setInputFrom(input_format)
            try:
                loaded = bool(self._toolkit.loadData(data))
            except (
                TypeError
            ):  # raised by the binding for text that UTF-8 cannot encode, such as a lone surrogate
                loaded = False
                self._log.append("[Error] The text cannot be expressed in UTF-8")
            self._log.extend(self._new_log_lines())
        self._log_of_loading = self._log.copy()
        return loaded

    def load_mei(self, mei: str) -> None:
        """Loads MEI written by this library; raises `EngravingError` if Verovio rejects it."""
        if not self.load(mei, "mei"):
            raise EngravingError(
                f"Verovio rejected the MEI of a score: {'; '.join(self.drain_log()) or 'no reason given'}"
            )

    def page_count(self) -> int:
        """Number of pages of the loaded document, 0 if there is none."""
        with _log_buffer.collecting():
            return int(self._toolkit.getPageCount())

    def page_of(self, element: str) -> int:
        """Page of an element (an id), counted from 1; 0 if there is no such element."""
        with _log_buffer.collecting():
            return int(self._toolkit.getPageWithElement(element))

    def render_svg(self, page: int) -> str:
        """Returns page `page`, counted from 1, as SVG; raises `EngravingError` if there is no such page."""
        with _log_buffer.collecting():
            pages = int(self._toolkit.getPageCount())
            if not 1 <= page <= pages:
                raise EngravingError(f"page must be between 1 and {pages}, not {page}.")
            svg = str(self._toolkit.renderToSVG(page))
            self._log.extend(self._new_log_lines())
        return svg

    def mei(self) -> str:
        """Returns the loaded document as score-based MEI, without the time stamp that Verovio adds."""
        with _log_buffer.collecting():
            text = str(self._toolkit.getMEI())
            self._log.extend(self._new_log_lines())
        if not text:
            raise EngravingError("Verovio has no document to write as MEI.")
        return _ISODATE_OF_APPLICATION.sub(r"\1", text)

    def drain_log(self) -> list[str]:
        """Returns the lines logged by Verovio since the last call, such as `[Warning] ...`."""
        lines, self._log = self._log, []
        return lines

    def drop_log(self) -> None:
        """Forgets the lines logged since the last call of `drain_log`, except for those of loading."""
        self._log = self._log_of_loading.copy()

    def _new_log_lines(self) -> list[str]:
        # A message may span lines; each starts with its level in brackets.
        text = str(self._toolkit.getLog()).rstrip("\n")
        return re.split(r"\n(?=\[(?:Error|Warning|Info|Debug)\])", text) if text else []


def log_to_issues(lines: Iterable[str], where: str = "score") -> list[Issue]:
    """Converts lines of Verovio's log to issues; `where` is used for lines that state no place.

    Lines that differ only in an element id become one issue, which states their number.
    """
    groups: dict[str, list[str]] = {}
    for line in lines:
        found = _LOG_LINE.match(line)
        text = _IMPORTER_IN_LOG.sub("", (found["text"] if found else line).strip())
        if text:
            groups.setdefault(_ID_IN_LOG.sub("", text), []).append(text)
    issues = []
    for texts in groups.values():
        text = texts[0]
        place = _PLACE_IN_LOG.search(text)
        element = _ELEMENT_IN_LOG.search(text)
        name = element["tag"] or element["subject"] or element[0].lower() if element else "verovio"
        more = f" (and {len(texts) - 1} more like this)" if len(texts) > 1 else ""
        issues.append(Issue(f"measure {place['measure']}" if place else where, name, text + more))
    return issues


class _LogBuffer:
    """Verovio's log buffer, which is global to the process and not accessible from its Python binding."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._verovio: Any = None
        self._set_buffering: Any = None
        self._is_buffering = ctypes.c_bool(False)
        self._level = ctypes.c_int(0)
        if hasattr(
            os, "register_at_fork"
        ):  # a thread of the parent may hold the lock but does not exist in the child
            os.register_at_fork(after_in_child=self._renew_lock)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Collects warnings in the buffer that `getLog` reads, and restores the previous state afterwards."""
        with self._lock:
            if self._verovio is None:
                self._connect()
            if self._set_buffering is None:
                self._verovio.enableLog(self._verovio.LOG_OFF)
                yield
                return
            level, was_buffering = self._level.value, self._is_buffering.value
            self._verovio.enableLog(self._verovio.LOG_WARNING)
            self._set_buffering(True)
            try:
                yield
            finally:
                self._set_buffering(was_buffering)
                self._verovio.enableLog(level)

    def _connect(self) -> None:
        import verovio

        self._verovio = verovio
        try:
            library = ctypes.CDLL(self._verovio._verovio.__file__)
            set_buffering = library["_ZN3vrv17EnableLogToBufferEb"]
            self._is_buffering = ctypes.c_bool.in_dll(library, "_ZN3vrv15loggingToBufferE")
            self._level = ctypes.c_int.in_dll(library, "_ZN3vrv8logLevelE")
        except (OSError, AttributeError, ValueError):  # a build that does not export its symbols
            return
        set_buffering.argtypes = [ctypes.c_bool]
        set_buffering.restype = None
        self._set_buffering = set_buffering

    def _renew_lock(self) -> None:
        self._lock = threading.RLock()


_log_buffer = _LogBuffer()
