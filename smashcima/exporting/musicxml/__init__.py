"""MusicXML 4.0 of a score, written from the score itself.

music21 with converter21, the library that could do it, loses what a recogniser is to learn; docs/symbolic-formats.md has
the comparison.
"""

from smashcima.exporting.musicxml.exporter import MusicXmlExporter

__all__ = ["MusicXmlExporter"]
