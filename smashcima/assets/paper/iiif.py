"""URLs of image regions, by the Image API of the International Image Interoperability Framework, versions 2 and 3."""

from __future__ import annotations

from urllib.parse import quote

from smashcima.assets.paper.patch_table import PatchRow

SIZES = ("full", "max")
"""Keywords for full size: older servers accept the first one, those of version 3 only the second one."""


def iiif_url(
    server: str, identifier: str, x: int, y: int, width: int, height: int, size: str = "full"
) -> str:
    """URL of a rectangle of an image, as JPEG.

    `server` is the base URL, to which the identifier is appended, or contains `{id}` in place of the identifier.
    """
    escaped = quote(identifier, safe=":")
    base = server.rstrip("/")
    base = base.replace("{id}", escaped) if "{id}" in base else f"{base}/{escaped}"
    return f"{base}/{x},{y},{width},{height}/{size}/0/default.jpg"


def addresses_of(row: PatchRow, servers: tuple[str, ...]) -> tuple[str, ...]:
    """All candidate URLs of a patch, in order of preference; `servers` are used if the row has no server."""
    asked = (row.server,) if row.server else servers
    return tuple(
        iiif_url(server, row.identifier, row.x, row.y, row.width, row.height, size)
        for server in asked
        for size in SIZES
    )
