"""A server that plays an IIIF image server, well or badly."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

PATH = re.compile(r"/iiif/([^/]+)/(\d+),(\d+),(\d+),(\d+)/(full|max)/0/default\.jpg")


class ImageServer:
    """Cuts rectangles from one page, except for identifiers that say otherwise.

    `missing` is answered with 404, `slow` not at all, `truncated` breaks off, `page-of-html` is no picture, `half` is sent at
    half its size, `modern` knows the word `max` only, `crashed` answers with 503.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        ramp = np.linspace(120, 240, 400, dtype=np.uint8)
        self.page: NDArray[np.uint8] = np.ascontiguousarray(
            np.stack(
                [
                    np.tile(ramp, (300, 1)),
                    np.full((300, 400), 200, np.uint8),
                    np.tile(ramp[:300, None], (1, 400)),
                ],
                2,
            )
        )
        self.ended = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/iiif"

    def end(self) -> None:
        self.ended.set()
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: ImageServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.owner.requests.append(self.path)
        match = PATH.fullmatch(unquote(self.path))
        if match is None:
            return self._answer(400, b"bad request")
        name = match[1]
        x, y, width, height = (int(match[group]) for group in (2, 3, 4, 5))
        if name == "slow":
            self.owner.ended.wait(20)
            return None
        status = {"missing": 404, "crashed": 503}.get(name, 200)
        if name == "modern" and match[6] == "full":
            status = 400
        if status != 200:
            return self._answer(status, b"no")
        if name == "page-of-html":
            return self._answer(200, b"<html>Please log in</html>")
        part = self.owner.page[y : y + height, x : x + width]
        if name == "half":
            part = part[::2, ::2]
        body = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, 98])[1].tobytes()
        if name == "truncated":
            return self._answer(200, body[: len(body) // 2])
        return self._answer(200, body, cut=name == "broken")

    def _answer(self, status: int, body: bytes, cut: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = cut

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def images() -> Iterator[ImageServer]:
    running = ImageServer()
    yield running
    running.end()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (
        "SMASHCIMA_CACHE", "MC_HOME", "MC_ASSETS_CACHE", "SMASHCIMA_ASSETS_FROM", "SMASHCIMA_MIRRORS",
        "SMASHCIMA_OFFLINE", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
    ):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SMASHCIMA_CONNECT_TIMEOUT_S", "5")
    monkeypatch.setenv("SMASHCIMA_READ_TIMEOUT_S", "5")
    monkeypatch.setenv("SMASHCIMA_RETRY_WAIT_S", "0.01")
