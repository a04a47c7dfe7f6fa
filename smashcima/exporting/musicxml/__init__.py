"""MusicXML 4.0, written directly from the score.

The available library, music21 with converter21, loses information that recognisers need;
docs/symbolic-formats.md has a comparison.
"""

from smashcima.exporting.musicxml.exporter import MusicXmlExporter

__all__ = ["MusicXmlExporter"]
