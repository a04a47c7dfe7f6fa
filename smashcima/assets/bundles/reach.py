"""Host name resolution with a time limit."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from smashcima.errors import DownloadError


def find_host(url: str, timeout_s: float) -> None:
    """Resolves the host name of a URL; connection time-outs do not limit the time that this takes.

    Does nothing if a proxy is used, because the proxy resolves the name.

    Raises:
        DownloadError: the host name could not be resolved, or not in time.
    """
    import socket

    from requests.utils import get_environ_proxies, select_proxy

    host = urlsplit(url).hostname
    if not host:
        raise DownloadError(f"{url!r} is not the URL of a file on a server.")
    if select_proxy(url, get_environ_proxies(url, no_proxy=None)):
        return
    problems: list[OSError] = []

    def look_up() -> None:
        try:
            socket.getaddrinfo(host, None)
        except OSError as error:
            problems.append(error)

    # A daemon thread, so that a program does not wait for it on exit.
    thread = threading.Thread(target=look_up, name="smashcima-look-up", daemon=True)
    thread.start()
    thread.join(timeout_s)
    if thread.is_alive():
        raise DownloadError(
            f"{url}: the server was not found within {timeout_s:g} s. Check the network connection."
        )
    if problems:
        raise DownloadError(
            f"{url}: the server {host} was not found. Check the network connection."
        ) from problems[0]
