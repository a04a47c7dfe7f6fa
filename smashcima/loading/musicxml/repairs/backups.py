"""Moves of MusicXML that lead before the start of a measure.

Verovio 6.4.1 stops at the start of the measure without a word.
"""

from __future__ import annotations

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import quarters


class NameLongBackups(Repair):
    """Reports such moves; they end at the start of the measure, as in other readers."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            for backup, excess in source.long_backups_of(part):
                what = f"leads {quarters(excess)} before the start of the measure; read from its start"
                source.report(backup, what, "backup")
