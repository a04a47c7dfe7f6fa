"""PAGE XML: music regions, and all texts with their lines and baselines."""

from smashcima.exporting.pagexml.exporter import PageXmlExporter

__all__ = ["PageXmlExporter"]
