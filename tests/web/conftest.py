"""A client of the playground that needs no server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

BASE = "http://127.0.0.1:8765"


class Client:
    """Sends requests to the application, one at a time or many at once, in one event loop."""

    def __init__(self, app: Any) -> None:
        import httpx

        self._loop = asyncio.new_event_loop()
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        self._client = httpx.AsyncClient(transport=transport, base_url=BASE, timeout=120)

    def request(self, method: str, path: str, **options: Any) -> Any:
        return self._run(self._client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> Any:
        return self.request("GET", path, **options)

    def draw(self, **options: Any) -> Any:
        return self.request("POST", "/api/pages", json={"dpi": 50, **options})

    def draw_all(self, many: list[dict[str, Any]]) -> list[Any]:
        """All requests at once."""

        async def together() -> list[Any]:
            asked = (self._client.post("/api/pages", json={"dpi": 50, **options}) for options in many)
            return list(await asyncio.gather(*asked))

        return list(self._run(together()))

    def upload(self, name: str, content: Any, **options: Any) -> Any:
        headers = {"Content-Type": "application/octet-stream"}
        return self.request(
            "POST", "/api/scores", params={"name": name}, content=content, headers=headers, **options
        )

    def close(self) -> None:
        self._run(self._client.aclose())
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """The playground, without a server; skipped without the extra `web`."""
    for name in ("starlette", "uvicorn", "httpx"):
        pytest.importorskip(name, reason="the playground needs the extra smashcima[web], and its tests httpx")
    from smashcima.web import create_app

    made = Client(create_app())
    yield made
    made.close()
