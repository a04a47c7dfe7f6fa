"""MEI, with zones in the images and the breaks of the layout."""

from smashcima.exporting.mei.exporter import MeiExporter
from smashcima.exporting.mei.facsimile import FacsimileImage

__all__ = ["FacsimileImage", "MeiExporter"]
