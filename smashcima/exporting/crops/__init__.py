"""Parts of a picture as pictures of their own, with their truth: systems, staves, measures, single symbols."""

from smashcima.exporting.crops.crop import Crop
from smashcima.exporting.crops.exporter import CropExporter
from smashcima.exporting.crops.targets import LEVELS

__all__ = ["LEVELS", "Crop", "CropExporter"]
