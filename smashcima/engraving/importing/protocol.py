"""The messages between the importing process and its supervisor.

A message is a header (JSON object) and a body (bytes, often large), each with its length in
front: two unsigned 64-bit integers in network order, then the header, then the body. Only the
standard library is used, so that both ends start quickly, and pipes alone carry it: no shared
memory, no sockets, no temporary files.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("!QQ")


def write_message(stream: BinaryIO, header: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one message and flush; raises `OSError` when the other end is gone."""
    head = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(head), len(body)) + head)
    stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None when the other end closed the stream or died while writing."""
    lengths = _read_exactly(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    head = _read_exactly(stream, head_size)
    body = _read_exactly(stream, body_size)
    if head is None or body is None:
        return None
    return json.loads(head), body


def _read_exactly(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size) if size else b""
    return data if len(data) == size else None
