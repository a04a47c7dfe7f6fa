"""MIDI, and the time map of the notes."""

from smashcima.exporting.midi.exporter import MidiExporter, TimeMapExporter
from smashcima.exporting.midi.time_map import TimedNote

__all__ = ["MidiExporter", "TimeMapExporter", "TimedNote"]
