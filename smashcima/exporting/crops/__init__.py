"""Crops: systems, staves, measures and single symbols as images with their own regions."""

from smashcima.exporting.crops.crop import Crop
from smashcima.exporting.crops.exporter import CropExporter
from smashcima.exporting.crops.targets import LEVELS

__all__ = ["LEVELS", "Crop", "CropExporter"]
