"""Sample indices that follow from the music, not from its place in a list."""

from __future__ import annotations

import hashlib


def index_of_content(content: bytes) -> int:
    """The index of the sample that `smashcima render` makes of a score file with this content: an integer below 2**32.

    The same score has the same index, and so the same page, in any folder and among any others. Different scores have
    different indices, and so different writers. The index is the number in the first 8 hexadecimal digits of the SHA-256.
    """
    return int(hashlib.sha256(content).hexdigest()[:8], 16)
