"""Everything about a picture in one JSON that anybody can read."""

from smashcima.exporting.alignment.exporter import AlignmentExporter

__all__ = ["AlignmentExporter"]
