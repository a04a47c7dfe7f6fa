"""MIDI of a score, and the map from its notes to time."""

from smashcima.exporting.midi.exporter import MidiExporter, TimeMapExporter
from smashcima.exporting.midi.time_map import TimedNote

__all__ = ["MidiExporter", "TimeMapExporter", "TimedNote"]
