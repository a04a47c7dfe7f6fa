"""Humdrum: **kern, and the tokens of bekern."""

from smashcima.exporting.humdrum.exporter import HumdrumExporter

__all__ = ["HumdrumExporter"]
