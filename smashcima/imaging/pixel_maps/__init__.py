"""Maps that move the pixels of an image together with its ground truth."""

from smashcima.imaging.pixel_maps.displacement_map import DisplacementMap
from smashcima.imaging.pixel_maps.pixel_map import ChainMap, PixelMap
from smashcima.imaging.pixel_maps.projective_map import ProjectiveMap

__all__ = ["ChainMap", "DisplacementMap", "PixelMap", "ProjectiveMap"]
