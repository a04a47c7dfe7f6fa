"""The web application of the playground: a static page, and an interface in JSON behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, TypeVar

from smashcima.errors import SettingsError
from smashcima.extras import need
from smashcima.web.requests import (
    WITHDRAWN,
    RefusedError,
    answering_errors,
    attachment,
    body_of,
    check_type,
    decoded_json,
)

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

T = TypeVar("T")

MAX_UPLOAD_BYTES = 8 * 1024 * 1024
"""Maximum size of an uploaded file."""

_MAX_OPTIONS_BYTES = 64 * 1024

_MOST_WAITING = 200
"""Number of requests that may wait while a page is drawn."""

_FILES = {
    "/": ("index.html", "text/html"),
    "/playground.css": ("playground.css", "text/css"),
    "/playground.js": ("playground.js", "text/javascript"),
    "/page_view.js": ("page_view.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
"""The files of the page by path: no other path leads to a file."""


def create_app(*, prepare: bool = False) -> Starlette:
    """Makes the application, which follows the protocol ASGI.

    `prepare` begins to draw the first page at once, before a browser asks for it.

    Raises:
        SettingsError: the extra `smashcima[web]` is not installed.
    """
    check_extra()
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from smashcima.web.local_only import LocalOnly

    desk = _Desk()
    if prepare:
        desk.prepare()
    routes = [Route(path, _static(name, media_type)) for path, (name, media_type) in _FILES.items()]
    routes += [
        Route("/api/menu", answering_errors(desk.menu)),
        Route("/api/scores", answering_errors(desk.add_score), methods=["POST"]),
        Route("/api/pages", answering_errors(desk.draw), methods=["POST"]),
        Route("/api/pages/{id}/{kind}", answering_errors(desk.download)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(LocalOnly)])


def check_extra() -> None:
    """Raises a `SettingsError` if a package of the extra `smashcima[web]` is missing."""
    for name in ("starlette", "uvicorn"):
        need(name, "web", "The playground needs")


class _Desk:
    """Takes requests, and lets one thread do the work of all of them, one after the other."""

    def __init__(self) -> None:
        from smashcima.web.drawing import Workshop

        self.workshop = Workshop()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="playground")
        self._turn = asyncio.Lock()
        self._waiting = 0

    def prepare(self) -> None:
        """Begins to draw the page that is shown first; an error is told when it is asked for."""
        from smashcima.web.options import PageOptions

        self._thread.submit(lambda: self.workshop.draw(PageOptions()))

    async def menu(self, request: Request) -> Response:
        """The choices of all menus."""
        from smashcima.web.answers import menu

        return _json(await self._work(request, partial(menu, MAX_UPLOAD_BYTES)))

    async def add_score(self, request: Request) -> Response:
        """Imports the file in the body, whose name is the query parameter `name`."""
        from smashcima.web.answers import told_score

        check_type(request, "application/octet-stream")
        data = await body_of(request, MAX_UPLOAD_BYTES)
        name = request.query_params.get("name", "score")
        file = await self._work(request, partial(self.workshop.scores.add, name, data))
        return _json(told_score(file), 201)

    async def draw(self, request: Request) -> Response:
        """Draws a page with the options in the body."""
        from smashcima.web.answers import told_page
        from smashcima.web.options import PageOptions

        check_type(request, "application/json")
        options = PageOptions.from_json(decoded_json(await body_of(request, _MAX_OPTIONS_BYTES)))
        return await self._work(request, lambda: _json(told_page(self.workshop.draw(options))))

    async def download(self, request: Request) -> Response:
        """A file of a page that has been drawn."""
        from starlette.responses import Response

        from smashcima.web.downloads import DOWNLOADS, made_file

        kind = request.path_params["kind"]
        try:
            options = self.workshop.options_of(request.path_params["id"])
        except SettingsError as error:
            raise RefusedError(404, str(error)) from error
        if kind not in DOWNLOADS:
            raise RefusedError(404, f"There is no such download; choose from {', '.join(DOWNLOADS)}.")
        file = await self._work(request, lambda: made_file(self.workshop.draw(options), kind))
        headers = {"Cache-Control": "no-store"}
        if DOWNLOADS[kind].title:
            headers["Content-Disposition"] = attachment(file.name)
        return Response(file.content, media_type=file.media_type, headers=headers)

    async def _work(self, request: Request, work: Callable[[], T]) -> T:
        """Does work in the thread, unless the browser has withdrawn the request when its turn comes."""
        if self._waiting >= _MOST_WAITING:
            raise RefusedError(503, "Too many requests are waiting; try again in a moment.")
        self._waiting += 1
        try:
            async with self._turn:
                if await request.is_disconnected():
                    raise RefusedError(WITHDRAWN, "The request was withdrawn.")
                return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1


def _static(name: str, media_type: str) -> Callable[[Request], Response]:
    from starlette.responses import Response

    content = resources.files("smashcima.web").joinpath(f"page/{name}").read_bytes()

    def answer(request: Request) -> Response:
        return Response(content, media_type=media_type, headers={"Cache-Control": "no-cache"})

    return answer


def _json(value: object, status: int = 200) -> Response:
    from starlette.responses import Response

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json", headers={"Cache-Control": "no-store"})
