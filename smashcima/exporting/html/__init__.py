"""HTML pages that show pictures with their objects."""

from smashcima.exporting.html.exporter import HtmlExporter

__all__ = ["HtmlExporter"]
