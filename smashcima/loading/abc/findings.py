"""Issues that are found while a tune is read."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from smashcima.errors import ImporterTimeoutError, Issue, UnsafeSourceError

MOST_EVENTS = 200_000
"""Maximum number of events in a tune; an orchestral movement has a tenth."""

_EVENTS_PER_LOOK = 256


@dataclass(slots=True)
class Findings:
    """Issues of a tune, each kind once in each bar."""

    place: str
    """Name of the tune, or of its file."""

    _found: dict[tuple[int | None, str, str], None] = field(default_factory=dict)

    def report(self, element: str, what: str, number: int | None = None) -> None:
        """Adds an issue, in a measure counted from 1 or in the tune as a whole."""
        self._found[number, element, what] = None

    def issues(self, first_number: int) -> list[Issue]:
        """All issues; `first_number` is the number of the first measure (0 for a pickup)."""
        return [
            Issue(
                self.place if number is None else f"{self.place}, measure {number - 1 + first_number}",
                element,
                what,
            )
            for number, element, what in self._found
        ]


@dataclass(slots=True)
class Budget:
    """Limits on the time and size of the reading of a book."""

    deadline: float
    """In seconds of the monotonic clock."""

    name: str
    timeout_s: float
    _events: int = 0

    def start_tune(self) -> None:
        """Begins to count events again; raises `ImporterTimeoutError` if the time is over."""
        self._events = 0
        self._look()

    def spend(self, events: int = 1) -> None:
        """Counts events.

        Raises:
            ImporterTimeoutError: the time is over.
            UnsafeSourceError: the tune has too many events.
        """
        before = self._events // _EVENTS_PER_LOOK
        self._events += events
        if self._events > MOST_EVENTS:
            raise UnsafeSourceError(f"{self.name} has a tune with more than {MOST_EVENTS} notes and rests.")
        if self._events // _EVENTS_PER_LOOK > before:
            self._look()

    def _look(self) -> None:
        if time.monotonic() > self.deadline:
            raise ImporterTimeoutError(f"{self.name} was not read within {self.timeout_s:g} s.")
