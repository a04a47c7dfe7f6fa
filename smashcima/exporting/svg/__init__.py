"""Pages as vector graphics."""

from smashcima.exporting.svg.exporter import SvgExporter

__all__ = ["SvgExporter"]
