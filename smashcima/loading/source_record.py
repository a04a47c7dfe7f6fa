"""Records which music a scene was made from, to find and verify it later."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Literal

from smashcima.short_repr import ShortRepr

GivenAs = Literal["file", "text", "bytes", "score"]


@dataclass(frozen=True, slots=True)
class SourceRecord(ShortRepr):
    """Path, format and checksum of a source."""

    given_as: GivenAs
    """`file` for a path, `text` or `bytes` for data, `score` for a `Score` or music21 stream."""

    sha256: str
    """Checksum of the file, the text in UTF-8, or the bytes; of a score, that of its MEI."""

    path: str | None = None
    """Path of the file, as given."""

    format: str | None = None
    """Name of the notation."""

    number: int = 1
    """Number of the score in the source, from 1."""

    text: str | None = None
    """The music itself, if it is a short text; `None` otherwise."""

    @staticmethod
    def of(given_as: GivenAs, data: bytes, **fields: Any) -> SourceRecord:
        """Records bytes."""
        return SourceRecord(given_as, sha256_of(data), **fields)

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-compatible data."""
        data = asdict(self)
        if self.text is None:
            del data["text"]
        return data


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
