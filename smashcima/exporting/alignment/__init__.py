"""Alignment: the complete ground truth of an image in one JSON document."""

from smashcima.exporting.alignment.exporter import AlignmentExporter

__all__ = ["AlignmentExporter"]
