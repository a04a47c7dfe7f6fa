"""Alignment of lyrics and symbol lines with the notes of a voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from smashcima.notations.abc import Aligned, AlignmentKind, decoded
from smashcima.scene.semantic import (
    Chord,
    Note,
    Syllable,
    SyllableConnector,
    SyllablePosition,
    Verse,
)


@dataclass(frozen=True, slots=True)
class Sung:
    """A note or chord on which a syllable may be sung."""

    event: Note | Chord
    bar: int
    """Index of its bar in the voice."""


@dataclass(slots=True)
class LineAligner:
    """Finds where the lines of one kind (lyrics, or symbols) begin.

    By version 2.1 of the standard, a line continues after the notes of the previous one. Before, it belonged to the
    line of music above it; so it begins there in tunes that do not declare the version, unless it has more syllables
    than that line has notes.
    """

    follows_2_1: bool

    start: int = 0
    """Index of the first note of the current block of lines."""

    verse: int = 0
    """Number of the last line in the block of adjacent lines; 0 after music."""

    _next: int = 0
    """Index of the first note that no block has covered."""

    def next_line(self, items: list[Aligned], sung: list[Sung], line_start: int) -> None:
        """Advances to a line; `line_start` is the index of the first note of the last line of music."""
        self.verse += 1
        if self.verse > 1:
            return
        self.start = self._next
        if not self.follows_2_1 and self._next < line_start:
            needed = sum(1 for item in items if item.kind is not AlignmentKind.BAR)
            if needed <= len(sung) - line_start:
                self.start = line_start
        self._next = len(sung)


def aligned(items: list[Aligned], sung: list[Sung], start: int) -> Iterator[tuple[Aligned, Sung | None]]:
    """Each item but barlines with its note; `None` where no note is left."""
    at = start
    bar = sung[start].bar if start < len(sung) else 0
    for item in items:
        if item.kind is AlignmentKind.BAR:
            bar += 1
            while at < len(sung) and sung[at].bar < bar:
                at += 1
            continue
        found = sung[at] if at < len(sung) else None
        yield item, found
        if found is not None:
            bar = found.bar
        at += 1


@dataclass(slots=True)
class Singing:
    """Adds syllables to notes, verse by verse."""

    _in_word: dict[int, bool] = field(default_factory=dict)
    """Whether the last syllable of a verse ended with a hyphen."""

    def sing(self, items: list[Aligned], sung: list[Sung], start: int, verse: int) -> int:
        """Adds a line of lyrics; returns the number of syllables for which there is no note."""
        surplus = 0
        last: Syllable | None = None
        for item, found in aligned(items, sung, start):
            if item.kind is AlignmentKind.HOLD:
                if last is not None and found is not None and last.connector is SyllableConnector.SPACE:
                    last.connector = SyllableConnector.EXTENDER
            elif item.kind is AlignmentKind.TEXT:
                if found is None:
                    surplus += 1
                else:
                    last = self._syllable(item, verse)
                    found.event.children.append(Verse(str(verse), children=[last]))
        return surplus

    def _syllable(self, item: Aligned, verse: int) -> Syllable:
        continues = self._in_word.get(verse, False)
        if item.has_hyphen:
            position = SyllablePosition.MIDDLE if continues else SyllablePosition.INITIAL
        else:
            position = SyllablePosition.TERMINAL if continues else SyllablePosition.SINGLE
        self._in_word[verse] = item.has_hyphen
        connector = SyllableConnector.HYPHEN if item.has_hyphen else SyllableConnector.SPACE
        return Syllable(position, connector, children=[decoded(item.text)])
