"""HTML pages that show images with their objects."""

from smashcima.exporting.html.exporter import HtmlExporter

__all__ = ["HtmlExporter"]
