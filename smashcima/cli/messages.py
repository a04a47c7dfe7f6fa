"""Errors in words."""

from __future__ import annotations

from smashcima.errors import SmashcimaError, reason_of


def text_of(error: Exception) -> str:
    """The text of an error for the terminal: whole sentences, without error numbers."""
    if isinstance(error, SmashcimaError) or not isinstance(error, OSError):
        return str(error)
    place = (
        f"{error.filename} cannot be read or written"
        if error.filename
        else "A file cannot be read or written"
    )
    return f"{place}: {reason_of(error)}."
