"""The agnostic and the semantic encoding of PrIMuS, for one staff with one voice."""

from smashcima.exporting.primus.exporter import PrimusExporter

__all__ = ["PrimusExporter"]
