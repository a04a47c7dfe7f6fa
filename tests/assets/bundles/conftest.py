"""A server that plays the repository of files, well or badly, and an empty directory of assets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from smashcima.assets.bundles import AssetRepository

VARIABLES = (
    "SMASHCIMA_CACHE",
    "MC_HOME",
    "MC_ASSETS_CACHE",
    "SMASHCIMA_ASSETS_FROM",
    "SMASHCIMA_MIRRORS",
    "SMASHCIMA_OFFLINE",
    "http_proxy",
    "https_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
)


@dataclass
class Answer:
    """What the server does with one request."""

    body: bytes = b""
    status: int = 200
    cut_after: int | None = None
    """Bytes of the answer after which the connection is closed."""

    wait_after: int | None = None
    """Bytes of the answer after which nothing more comes until the server ends."""

    has_ranges: bool = False
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Server:
    """Answers each request to a path with the next of its answers, and with the last one again and again."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[tuple[str, str | None]] = []
        """The path of each request, and its range."""

        self.connections = 0
        self.ended = threading.Event()
        self.waiting = threading.Event()
        """Is set when an answer stops midway."""

        handler = type("Handler", (_Handler,), {"owner": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def serves(self, path: str, *answers: Answer) -> str:
        """Sets the answers for a path; returns its address."""
        self.answers[path] = list(answers)
        return self.url(path)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._http.server_port}{path}"

    def end(self) -> None:
        self.ended.set()
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        self.owner.connections += 1
        super().setup()

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.owner.requests.append((self.path, wanted))
        answers = self.owner.answers.get(self.path, [Answer(b"not here", 404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        start = 0
        is_same = not answer.etag or self.headers.get("If-Range") == answer.etag
        if wanted and answer.has_ranges and is_same:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        body = answer.body[start:]
        self.send_response(206 if start else answer.status)
        self.send_header("Content-Length", str(len(body)))
        if answer.has_ranges:
            self.send_header("Accept-Ranges", "bytes")
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(answer.body) - 1}/{len(answer.body)}")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        stop = answer.cut_after if answer.cut_after is not None else answer.wait_after
        self.wfile.write(body if stop is None else body[:stop])
        self.wfile.flush()
        if answer.wait_after is not None:
            self.owner.waiting.set()
            self.owner.ended.wait(20)
        if stop is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.end()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SMASHCIMA_CONNECT_TIMEOUT_S", "10")
    monkeypatch.setenv("SMASHCIMA_READ_TIMEOUT_S", "10")
    monkeypatch.setenv("SMASHCIMA_RETRY_WAIT_S", "0.01")


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of assets of the default repository; it does not exist yet."""
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "assets"


@pytest.fixture
def repository(assets: Path) -> AssetRepository:
    return AssetRepository.default()


@pytest.fixture
def leavings() -> Callable[[Path], list[str]]:
    """What lies in a directory of assets besides installed bundles, locks and remembered failures."""

    def find(assets: Path) -> list[str]:
        hidden = [path.relative_to(assets).as_posix() for path in assets.glob("*/.*")]
        return sorted(path for path in hidden if not path.startswith((".locks", ".failures")))

    return find
