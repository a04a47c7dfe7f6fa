"""A typed, deterministic and quiet face of Verovio's toolkit.

Verovio is the engraver behind both the import (in the worker process) and the layout (in the
user's process). Three things about it need care, and this module is the one place for them:

- **Failure by return value.** `loadData` answers False, `renderToSVG` answers an empty picture;
  here both are errors, and options that Verovio would skip are refused.
- **Ids.** By default they are random. Seeded by the checksum of the input they depend on
  nothing but that input (`xmlIdSeed` would make them depend on earlier loads as well).
- **The log** goes to the standard error stream of the process. Verovio can buffer it, but its
  Python binding has no function for that, so the C++ function is called through `ctypes`
  where the platform exports it; elsewhere the log is switched off.
"""

from __future__ import annotations

import ctypes
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
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
    """One Verovio toolkit with fixed options, holding at most one document.

    Verovio does not release the GIL, so each call is atomic; a `Toolkit` still belongs to one
    thread, since loading replaces the document that another one is rendering.
    """

    def __init__(self, options: Mapping[str, object] | None = None) -> None:
        """Make a toolkit; raise `SettingsError` for options that Verovio does not know."""
        import verovio

        self._log: list[str] = []
        with _log_buffer.collecting():
            toolkit: Any = verovio.toolkit(False)
            resources = str(files("verovio") / "data")
            ready = bool(toolkit.setResourcePath(resources))
        if not ready:
            raise EngravingError(
                f"Verovio cannot read its resources at {resources}; reinstall the verovio wheel."
            )
        self._toolkit = toolkit
        self.set_options({**_DETERMINISTIC_OPTIONS, **(options or {})})

    @property
    def version(self) -> str:
        """Version of Verovio, such as `6.4.1-fbe8f46`."""
        return str(self._toolkit.getVersion())

    def set_options(self, options: Mapping[str, object]) -> None:
        """Set options by Verovio's names; takes effect at the next `load`.

        Raises `SettingsError` naming each option that is unknown or out of range.
        """
        with _log_buffer.collecting():
            accepted = self._toolkit.setOptions(dict(options))
            complaints = self._new_log_lines()
        if not accepted or complaints:
            reasons = (
                "; ".join(_LOG_LINE.sub(r"\g<text>", line) for line in complaints) or f"{dict(options)!r}"
            )
            raise SettingsError(f"Verovio {self.version} does not take these options: {reasons}.")

    def load(self, data: str, input_format: str) -> bool:
        """Load a document and break it into pages; False when Verovio refuses it.

        `input_format` is Verovio's name: `mei`, `xml` (MusicXML), `humdrum`, `abc`, `pae`.
        Malformed data can end the process with a signal: foreign data belongs in the worker.
        """
        if not data.strip():  # Verovio 6.4.1 dies of SIGSEGV on an empty ABC file
            self._log.append("[Error] There is no data")
            return False
        with _log_buffer.collecting():
            self._toolkit.setInputFrom(input_format)
            try:
                loaded = bool(self._toolkit.loadData(data))
            except TypeError:  # what the binding says to text that is not UTF-8, such as a lone surrogate
                loaded = False
                self._log.append("[Error] The text cannot be expressed in UTF-8")
            self._log.extend(self._new_log_lines())
        return loaded

    def load_mei(self, mei: str) -> None:
        """Load MEI that we wrote ourselves; raise `EngravingError` when Verovio refuses it."""
        if not self.load(mei, "mei"):
            raise EngravingError(
                f"Verovio refused the MEI of a score: {'; '.join(self.drain_log()) or 'no reason given'}"
            )

    def page_count(self) -> int:
        """Number of pages of the loaded document, 0 when there is none."""
        with _log_buffer.collecting():
            return int(self._toolkit.getPageCount())

    def render_svg(self, page: int) -> str:
        """Return page `page`, counted from 1, as SVG; raise `EngravingError` when there is no such page."""
        with _log_buffer.collecting():
            pages = int(self._toolkit.getPageCount())
            if not 1 <= page <= pages:
                raise EngravingError(f"page {page} was asked for, the score has {pages} pages.")
            svg = str(self._toolkit.renderToSVG(page))
            self._log.extend(self._new_log_lines())
        return svg

    def mei(self) -> str:
        """Return the loaded document as score-based MEI, without the time of day that Verovio puts in."""
        with _log_buffer.collecting():
            text = str(self._toolkit.getMEI())
            self._log.extend(self._new_log_lines())
        if not text:
            raise EngravingError("Verovio has no document to write as MEI.")
        return _ISODATE_OF_APPLICATION.sub(r"\1", text)

    def drain_log(self) -> list[str]:
        """Return the lines that Verovio logged since the last call, such as `[Warning] ...`."""
        lines, self._log = self._log, []
        return lines

    def _new_log_lines(self) -> list[str]:
        # A message may span lines; each starts with its level in brackets.
        text = str(self._toolkit.getLog()).rstrip("\n")
        return re.split(r"\n(?=\[(?:Error|Warning|Info|Debug)\])", text) if text else []


def log_to_issues(lines: Iterable[str], where: str = "score") -> list[Issue]:
    """Turn lines of Verovio's log into issues; `where` is used for lines that name no place.

    Lines that differ in the id of an element alone become one issue with their number.
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
    """Verovio's log buffer: global to the process, and without a function in Python."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._verovio: Any = None
        self._set_buffering: Any = None
        self._is_buffering = ctypes.c_bool(False)
        self._level = ctypes.c_int(0)
        if hasattr(
            os, "register_at_fork"
        ):  # a thread of the parent may hold the lock, and has no copy in the child
            os.register_at_fork(after_in_child=self._renew_lock)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Collect warnings in the buffer that `getLog` reads, and leave all as it was."""
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
        except (OSError, AttributeError, ValueError):  # a build that keeps its symbols to itself
            return
        set_buffering.argtypes = [ctypes.c_bool]
        set_buffering.restype = None
        self._set_buffering = set_buffering

    def _renew_lock(self) -> None:
        self._lock = threading.RLock()


_log_buffer = _LogBuffer()
