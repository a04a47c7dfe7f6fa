"""Refuses requests that do not come from a page of the playground itself.

The server listens on the loopback interface only, but any web page that is open in the browser can send requests there.
Two of its ways are closed here: a foreign name that resolves to 127.0.0.1 (DNS rebinding), by the `Host` header; and
requests across sites, by `Origin` and `Sec-Fetch-Site`, which pages cannot change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class LocalOnly:
    """ASGI middleware that serves the playground's own pages only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers foreign requests with 403, and adds headers that forbid pages to use anything foreign."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.lower().encode(), value.encode()) for name, value in _SECURITY_HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        problem = _problem_of(scope)
        if problem is None:
            await self.app(scope, receive, send_with_headers)
        else:
            await JSONResponse({"error": problem}, 403)(scope, receive, send_with_headers)


def _problem_of(scope: Scope) -> str | None:
    from starlette.datastructures import Headers

    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if len(headers.getlist("host")) != 1 or _name_of(host) not in _NAMES:
        return "The playground answers requests to localhost only."
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "The playground answers requests of its own page only."
    return _problem_of_site(scope, headers)


def _problem_of_site(scope: Scope, headers: Headers) -> str | None:
    site = headers.get("sec-fetch-site", "none")
    # A link on another page may lead to the page itself.
    is_visit = (
        headers.get("sec-fetch-mode") == "navigate" and scope["path"] == "/" and scope["method"] == "GET"
    )
    if site in ("same-origin", "none") or is_visit:
        return None
    return "The playground answers requests of its own page only."


def _name_of(host: str) -> str:
    """Returns the name in a `Host` header, without the port."""
    name, colon, port = host.rpartition(":")
    if not colon or "]" in port:
        return host.lower()
    return name.lower() if port.isdigit() else ""
