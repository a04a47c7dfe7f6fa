"""Download of one URL with pooch: time-outs, verification, and retries that resume partial downloads."""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from smashcima.assets.bundles.progress import Advance, InstallProgress
from smashcima.assets.bundles.reach import find_host
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.errors import CorruptAssetError, DownloadError

if TYPE_CHECKING:
    from requests import Response, Session

_CHUNK_BYTES = 16 * 1024
_LONGEST_WAIT_S = 30.0
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses that may be transient, and are retried."""


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """Time-outs and retries of a download."""

    connect_timeout_s: float
    """Time limit for finding and connecting to a server, in seconds."""

    read_timeout_s: float
    """Time limit between two received pieces, in seconds."""

    attempts: int
    """Maximum number of attempts per URL."""

    retry_wait_s: float
    """Seconds before the second attempt; doubled before each further one."""


class _AttemptError(Exception):
    """A failed attempt that may be retried; `wait_s` is the wait requested by the server, in seconds."""

    def __init__(self, what: str, wait_s: float = 0.0) -> None:
        super().__init__(what)
        self.wait_s = wait_s


class Downloader:
    """Downloads files over HTTP; called by `pooch.retrieve`, which moves the verified file into place."""

    def __init__(self, options: DownloadOptions, progress: InstallProgress) -> None:
        self._options = options
        self._progress = progress
        self._found_hosts: set[str] = set()

    @cached_property
    def _session(self) -> Session:
        """HTTP session that reuses connections, for bundles of many files."""
        import requests

        return requests.Session()

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def download(self, url: str, target: Path, file: RemoteFile) -> None:
        """Downloads a URL to `target`.

        Raises:
            DownloadError: the download failed or is incomplete.
            CorruptAssetError: the checksum is wrong.
        """
        import pooch
        import requests

        def fetch(url: str, output_file: str, _: Any) -> None:
            self._with_attempts(url, Path(output_file), file)

        host = urlsplit(url).netloc
        if host not in self._found_hosts:
            find_host(url, self._options.connect_timeout_s)
            self._found_hosts.add(host)
        try:
            with _quiet(pooch.get_logger()):
                pooch.retrieve(
                    url, known_hash=file.sha256, fname=target.name, path=target.parent, downloader=fetch
                )
        except requests.RequestException as error:
            raise DownloadError(f"{url}: {_in_words(error)}") from error
        except ValueError as error:  # raised by pooch for a wrong checksum
            raise CorruptAssetError(f"{url}: {error}") from error

    def _with_attempts(self, url: str, output: Path, file: RemoteFile) -> None:
        transfer = _Transfer(self._session, url, output, file, self._options)
        with self._progress.download(file.file_name) as advance:
            for attempt in range(1, self._options.attempts + 1):
                try:
                    transfer.run(advance)
                except _AttemptError as failure:  # noqa: PERF203 - a new attempt
                    if attempt == self._options.attempts:
                        tries = "" if attempt == 1 else f" (after {attempt} attempts)"
                        raise DownloadError(f"{url}: {failure}{tries}") from failure
                    wait_s = max(self._options.retry_wait_s * 2 ** (attempt - 1), failure.wait_s)
                    self._progress.say(f"{url}: {failure}; retrying in {wait_s:g} s")
                    time.sleep(min(wait_s, _LONGEST_WAIT_S))
                else:
                    return


class _Transfer:
    """The attempts to download one file from one URL; received bytes are kept between attempts if resumable."""

    def __init__(
        self, session: Session, url: str, output: Path, file: RemoteFile, options: DownloadOptions
    ) -> None:
        self._session = session
        self._url = url
        self._output = output
        self._file = file
        self._timeouts = (options.connect_timeout_s, options.read_timeout_s)
        self._done = 0
        self._validator: str | None = None
        """Validator (ETag or date) with which the server checks that its file matches the partial download."""

    def run(self, advance: Advance) -> None:
        """Makes one attempt."""
        import requests

        headers = {"Accept-Encoding": "identity", "User-Agent": "smashcima"}
        if self._done and self._validator is not None:
            headers |= {"Range": f"bytes={self._done}-", "If-Range": self._validator}
        else:
            self._done = 0
        try:
            with self._session.get(
                self._url, headers=headers, timeout=self._timeouts, stream=True
            ) as response:
                self._check_status(response)
                expected = self._start(response)
                self._receive(response, expected, advance)
        except (
            requests.ReadTimeout,
            requests.exceptions.ChunkedEncodingError,
            requests.exceptions.ContentDecodingError,
        ) as error:
            raise _AttemptError(_in_words(error)) from error
        except requests.ConnectionError as error:
            if self._done == 0 and not _broke_off(error):
                raise  # the server is unreachable; retrying soon rarely helps
            raise _AttemptError(_in_words(error)) from error
        if expected is not None and self._done != expected:
            raise _AttemptError(f"the transfer ended after {self._done} of {expected} bytes")

    def _check_status(self, response: Response) -> None:
        status = response.status_code
        if status == 416:  # the partial download does not match the file on the server
            self._validator = None
            raise _AttemptError("the file on the server has changed")
        if status in _TRY_AGAIN:
            raise _AttemptError(_status_in_words(response), _retry_after_s(response))
        if status not in {200, 206}:
            raise DownloadError(f"{self._url}: {_status_in_words(response)}")
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and not self._file.file_name.endswith((".html", ".htm")):
            raise DownloadError(f"{self._url}: the server returned a web page instead of the file")

    def _start(self, response: Response) -> int | None:
        """Prepares for the body of a response; returns the total size of the file in bytes, if the server states it."""
        if response.status_code == 206:
            unit, _, place = response.headers.get("Content-Range", "").partition(" ")
            start, _, rest = place.partition("-")
            if unit != "bytes" or start != str(self._done):
                self._validator = None
                raise _AttemptError("the server resumed at a wrong position")
            total = rest.partition("/")[2]
        else:
            self._done = 0
            etag = response.headers.get("ETag", "")
            # A weak ETag does not guarantee identical bytes.
            strong = etag if etag and not etag.startswith("W/") else None
            can_continue = response.headers.get("Accept-Ranges", "none") == "bytes"
            self._validator = (strong or response.headers.get("Last-Modified")) if can_continue else None
            total = response.headers.get("Content-Length", "")
            if response.headers.get("Content-Encoding", "identity") != "identity":
                total = ""
        expected = int(total) if total.isdigit() else None
        if None not in (expected, self._file.size) and expected != self._file.size:
            raise DownloadError(
                f"{self._url}: the file has {expected} bytes, but {self._file.file_name} must have {self._file.size}"
            )
        return expected

    def _receive(self, response: Response, expected: int | None, advance: Advance) -> None:
        with self._output.open("r+b" if self._done else "wb") as file:
            file.seek(self._done)
            file.truncate()
            for chunk in response.iter_content(_CHUNK_BYTES):
                file.write(chunk)
                self._done += len(chunk)
                advance(self._done, expected)


@contextlib.contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Suppresses log messages of pooch that duplicate those of this module."""
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def _broke_off(error: Exception) -> bool:
    """Whether a reachable server closed the connection, as opposed to an unreachable server."""
    text = str(error)
    return "Connection aborted" in text or "Connection reset" in text or "Read timed out" in text


def _retry_after_s(response: Response) -> float:
    text = response.headers.get("Retry-After", "")
    seconds = float(text) if text.isdigit() else 0.0
    return seconds if math.isfinite(seconds) else 0.0


def _status_in_words(response: Response) -> str:
    return f"the server returned HTTP {response.status_code} {response.reason or ''}".rstrip()


def _in_words(error: Exception) -> str:
    """Readable description of a network error; those of the libraries are meant for developers."""
    import requests

    text = str(error)
    for kind, words in (
        (requests.ConnectTimeout, "the server did not respond in time"),
        (requests.ReadTimeout, "the server stopped sending"),
        (requests.exceptions.SSLError, f"the connection is not secure: {text}"),
        (requests.exceptions.ProxyError, f"the proxy failed: {text}"),
    ):
        if isinstance(error, kind):
            return words
    for part, words in (
        ("Connection refused", "the connection was refused"),
        ("Name or service not known", "the server name could not be resolved"),
        ("Failed to resolve", "the server name could not be resolved"),
        ("NameResolutionError", "the server name could not be resolved"),
        ("Network is unreachable", "the network is unreachable"),
        ("Read timed out", "the server stopped sending"),
        ("Connection aborted", "the connection was broken off"),
        ("Connection reset", "the connection was broken off"),
        ("IncompleteRead", "the connection was broken off"),
        ("Connection broken", "the connection was broken off"),
    ):
        if part in text:
            return words
    return text
