"""Music Notation Graphs: masks, links and meanings of all objects on a page."""

from smashcima.exporting.mung.exporter import MungExporter
from smashcima.exporting.mung.nodes import MungNode

__all__ = ["MungExporter", "MungNode"]
