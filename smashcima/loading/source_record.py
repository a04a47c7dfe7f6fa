"""Which music a scene was made from: enough to find it again, and to know that it is the same."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Literal

GivenAs = Literal["file", "text", "bytes", "score"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The record of a source."""

    given_as: GivenAs
    """`file` for a path, `text` or `bytes` for data, `score` for a `Score` or music21 stream."""

    sha256: str
    """Checksum of the file, the text in UTF-8, or the bytes; of a score, that of its MEI."""

    path: str | None = None
    """The path of a file, as it was given."""

    format: str | None = None
    """Name of the notation."""

    number: int = 1
    """Which of the scores in the source it is, from 1."""

    @staticmethod
    def of(given_as: GivenAs, data: bytes, **fields: Any) -> SourceRecord:
        """The record of these bytes."""
        return SourceRecord(given_as, sha256_of(data), **fields)

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON wants it."""
        return asdict(self)


def sha256_of(data: bytes) -> str:
    """The checksum of a source."""
    return hashlib.sha256(data).hexdigest()
