"""MEI of a score, with the zones of its pictures and the breaks of its layout."""

from smashcima.exporting.mei.exporter import MeiExporter
from smashcima.exporting.mei.facsimile import FacsimileImage

__all__ = ["FacsimileImage", "MeiExporter"]
