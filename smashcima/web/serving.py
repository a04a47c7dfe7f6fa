"""The server of the playground, for one user on this machine."""

from __future__ import annotations

import os
import socket

from smashcima.errors import SettingsError
from smashcima.web.application import check_extra, create_app

ADDRESS = "127.0.0.1"
"""The only interface on which the server listens."""

PORT = 8765

_LIMITS = {
    "SMASHCIMA_IMPORT_TIMEOUT_S": "20",
    "SMASHCIMA_IMPORT_MEMORY_MB": "2048",
    "SMASHCIMA_MAX_SOURCE_MB": "32",
}
"""Limits of imports, unless the user has set others: the playground is for trying, and someone waits for it."""


def listening_socket(port: int | None = None) -> socket.socket:
    """Opens the socket of the server; `port` is 8765 by default, or a free one if that is taken, and 0 for a free one.

    Raises:
        SettingsError: the given port cannot be used, or the extra `smashcima[web]` is not installed.
    """
    check_extra()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere, the option would let another program take the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        try:
            listener.bind((ADDRESS, PORT if port is None else port))
        except OSError:
            if port is not None:
                raise
            listener.bind((ADDRESS, 0))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise SettingsError(f"Port {port} cannot be used: {error.strerror}. Choose another one.") from error
    return listener


def address_of(listener: socket.socket) -> str:
    """Returns the URL of the playground."""
    return f"http://{ADDRESS}:{listener.getsockname()[1]}/"


def serve(listener: socket.socket) -> None:
    """Serves the playground until it is interrupted."""
    import uvicorn

    for name, value in _LIMITS.items():
        if not os.environ.get(name, "").strip():
            os.environ[name] = value
    config = uvicorn.Config(
        create_app(prepare=True),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listener])
