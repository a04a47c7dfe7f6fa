"""Reading of MRO files, the output of the music recogniser SharpEye, as labels of an image."""

from smashcima.exporting.overlay.reading.mro.view import MroView, looks_like_mro, read_mro

__all__ = ["MroView", "looks_like_mro", "read_mro"]
