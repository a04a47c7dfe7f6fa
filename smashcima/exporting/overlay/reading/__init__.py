"""Labels in the formats of OMR, ours or those of others, read so that they can be drawn over their picture."""

from smashcima.exporting.overlay.reading.labels import LABEL_FORMATS, Labels, read_labels
from smashcima.exporting.overlay.reading.pictures import read_picture

__all__ = ["LABEL_FORMATS", "Labels", "read_labels", "read_picture"]
