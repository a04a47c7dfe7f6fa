"""PAGE XML: where the music is, and all words with their lines and baselines, for readers of text."""

from smashcima.exporting.pagexml.exporter import PageXmlExporter

__all__ = ["PageXmlExporter"]
