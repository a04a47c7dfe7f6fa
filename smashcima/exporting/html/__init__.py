"""HTML pages that show images with their objects."""

from smashcima.exporting.html.exporter import HtmlExporter
from smashcima.exporting.html.objects import PageObject, largest_first, linked_objects, objects_of
from smashcima.exporting.html.shapes import color_of

__all__ = ["HtmlExporter", "PageObject", "color_of", "largest_first", "linked_objects", "objects_of"]
