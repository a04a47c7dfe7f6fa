"""Conversion of parts to Linearized MusicXML, and back."""

from smashcima.exporting.lmx.exporter import LmxExporter, lmx_to_musicxml

__all__ = ["LmxExporter", "lmx_to_musicxml"]
