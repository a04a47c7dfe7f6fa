"""Addresses of parts of images, by the International Image Interoperability Framework's Image API, versions 2 and 3."""

from __future__ import annotations

from urllib.parse import quote

from smashcima.assets.paper.patch_table import PatchRow

SIZES = ("full", "max")
"""The words for 'at full size': the older servers know the first one, those of version 3 the second one only."""


def iiif_url(
    server: str, identifier: str, x: int, y: int, width: int, height: int, size: str = "full"
) -> str:
    """The address of a rectangle of an image, as JPEG.

    `server` is the base address, behind which the identifier comes; or it has `{id}` in the place of the identifier.
    """
    escaped = quote(identifier, safe=":")
    base = server.rstrip("/")
    base = base.replace("{id}", escaped) if "{id}" in base else f"{base}/{escaped}"
    return f"{base}/{x},{y},{width},{height}/{size}/0/default.jpg"


def addresses_of(row: PatchRow, servers: tuple[str, ...]) -> tuple[str, ...]:
    """All addresses at which a patch may be, the best first; `servers` are asked if the row names none."""
    asked = (row.server,) if row.server else servers
    return tuple(
        iiif_url(server, row.identifier, row.x, row.y, row.width, row.height, size)
        for server in asked
        for size in SIZES
    )
