"""Tracebacks without the frames of dependency injection, which say nothing about the cause of an error."""

from __future__ import annotations

from types import TracebackType

_MACHINERY = ("punq", "smashcima.orchestration.container")


def without_machinery(traceback: TracebackType | None) -> TracebackType | None:
    """A copy of a traceback without frames of the container of services."""
    kept: list[TracebackType] = []
    while traceback is not None:
        if not traceback.tb_frame.f_globals.get("__name__", "").startswith(_MACHINERY):
            kept.append(traceback)
        traceback = traceback.tb_next
    shorter: TracebackType | None = None
    for entry in reversed(kept):
        shorter = TracebackType(shorter, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return shorter
