"""Reading of MRO files, the output of the music recogniser SharpEye, as labels of an image."""

from smashcima.exporting.overlay.reading.mro.labels import looks_like_mro, read_mro
from smashcima.exporting.overlay.reading.mro.placing import MroView

__all__ = ["MroView", "looks_like_mro", "read_mro"]
