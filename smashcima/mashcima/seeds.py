"""Seeds of calls that are given none."""

from __future__ import annotations

import secrets


def fresh_seed() -> int:
    """Draws a seed from the operating system."""
    return secrets.randbits(32)
