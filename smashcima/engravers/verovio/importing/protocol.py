"""Message format between the importing process and its supervisor.

A message has a header (JSON object) and a body (bytes, often large), preceded by their lengths as two unsigned 64-bit
integers in network byte order. Only the standard library and pipes are used, so that both processes start quickly and
need no shared memory, sockets or temporary files. The streams are unbuffered, so that a fork during a message leaves no
partial message in the child's memory.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from io import RawIOBase
from typing import Any

_LENGTHS = struct.Struct("!QQ")

_LARGEST_READ = 1024 * 1024


def write_message(stream: RawIOBase, header: Mapping[str, Any], body: bytes = b"") -> None:
    """Writes one message to an unbuffered stream; raises `OSError` if the other end is closed."""
    head = json.dumps(header).encode()
    _write_all(stream, _LENGTHS.pack(len(head), len(body)) + head)
    _write_all(stream, body)


def read_message(stream: RawIOBase) -> tuple[dict[str, Any], bytes] | None:
    """Reads one message; returns `None` if the other end closed the stream or died while writing."""
    lengths = _read_exactly(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    head = _read_exactly(stream, head_size)
    body = _read_exactly(stream, body_size)
    if head is None or body is None:
        return None
    return json.loads(head), body


def _write_all(stream: RawIOBase, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


def _read_exactly(stream: RawIOBase, size: int) -> bytes | None:
    parts = []
    while size > 0:
        part = stream.read(min(size, _LARGEST_READ))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
