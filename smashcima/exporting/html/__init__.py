"""One page of HTML to look at pictures and all that is known about them."""

from smashcima.exporting.html.exporter import HtmlExporter

__all__ = ["HtmlExporter"]
