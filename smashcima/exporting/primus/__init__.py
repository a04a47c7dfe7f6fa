"""PrIMuS: agnostic and semantic encodings of one staff with one voice."""

from smashcima.exporting.primus.exporter import PrimusExporter

__all__ = ["PrimusExporter"]
