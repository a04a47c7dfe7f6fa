"""Reads requests, with limits, and answers errors."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from smashcima.errors import SmashcimaError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    Handler = Callable[[Request], Awaitable[Response]]

WITHDRAWN = 499
"""Status of requests whose answer nobody waits for; it appears in no answer that anybody reads."""

_log = logging.getLogger(__name__)


class RefusedError(Exception):
    """A request that is answered with an error status and a text for the user."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def answering_errors(handler: Handler) -> Handler:
    """Returns a handler that answers errors as JSON, without any path or internal of the server."""

    async def answer(request: Request) -> Response:
        from starlette.responses import JSONResponse

        try:
            return await handler(request)
        except RefusedError as error:
            return JSONResponse({"error": str(error)}, error.status)
        except SmashcimaError as error:
            return JSONResponse({"error": str(error)}, 422)
        except Exception:  # noqa: BLE001 - the terminal gets the traceback, the browser an answer
            _log.exception("A request to the playground failed")
            text = "The playground failed to answer; the terminal in which it runs shows the reason."
            return JSONResponse({"error": text}, 500)

    return answer


def check_type(request: Request, media_type: str) -> None:
    """Refuses a body of another type. Forms of foreign pages cannot send these types."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type:
        raise RefusedError(415, f"The content of this request must be {media_type}.")


async def body_of(request: Request, most_bytes: int) -> bytes:
    """Reads the body, at most `most_bytes` of it."""
    too_large = f"The file is larger than the limit of {most_bytes / 2**20:g} MiB."
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most_bytes:
        raise RefusedError(413, too_large)
    from starlette.requests import ClientDisconnect

    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most_bytes:
                raise RefusedError(413, too_large)
    except ClientDisconnect as error:
        raise RefusedError(WITHDRAWN, "The request was withdrawn.") from error
    return bytes(body)


def decoded_json(body: bytes) -> Any:
    """Decodes JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "The content of this request is not JSON.") from error


def attachment(name: str) -> str:
    """Returns the header `Content-Disposition` of a download (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
