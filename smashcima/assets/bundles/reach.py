"""Whether the name of a server can be looked up, within a time."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit

from smashcima.errors import DownloadError


def find_host(url: str, timeout_s: float) -> None:
    """Looks the server of an address up; time-outs of connections do not bound how long that takes.

    Where a proxy is used, which looks it up itself, nothing is done.

    Raises:
        DownloadError: there is no such server, or nobody told in time.
    """
    from requests.utils import get_environ_proxies, select_proxy

    host = urlsplit(url).hostname
    if not host:
        raise DownloadError(f"{url!r} is not the address of a file on a server.")
    if select_proxy(url, get_environ_proxies(url, no_proxy=None)):
        return
    problems: list[OSError] = []

    def look_up() -> None:
        try:
            socket.getaddrinfo(host, None)
        except OSError as error:
            problems.append(error)

    # A daemon, so that a program does not wait for it at its end.
    thread = threading.Thread(target=look_up, name="smashcima-look-up", daemon=True)
    thread.start()
    thread.join(timeout_s)
    if thread.is_alive():
        raise DownloadError(f"{url}: the server was not found within {timeout_s:g} s; is there a network?")
    if problems:
        raise DownloadError(f"{url}: the server {host} was not found; is there a network?") from problems[0]
