"""Mashcima annotations of one staff with one voice."""

from smashcima.exporting.mashcima.exporter import MashcimaExporter

__all__ = ["MashcimaExporter"]
