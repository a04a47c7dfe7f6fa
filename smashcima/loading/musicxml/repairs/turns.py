"""Restoration of delayed inverted turns, which Verovio 6.4.1 reads as delayed turns that are not inverted."""

from __future__ import annotations

from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair

_MEI = "{http://www.music-encoding.org/ns/mei}"


class RestoreInvertedTurns(Repair):
    """Inverts the delayed turns that the source has inverted."""

    def __init__(self) -> None:
        self._notes: set[str] = set()

    def prepare(self, source: MusicXmlSource) -> None:
        for turn in source.root.iter("delayed-inverted-turn"):
            note = next(turn.iterancestors("note"), None)
            if note is not None:
                self._notes.add(source.id_of(note))

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        for turn in result.root.iter(f"{_MEI}turn") if self._notes else ():
            if turn.get("startid", "").removeprefix("#") in self._notes and turn.get("delayed") == "true":
                turn.set("form", "lower")
                result.change()
