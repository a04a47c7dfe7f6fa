"""Readers of label files, including those of other data sets."""

from smashcima.exporting.overlay.reading.labels import LABEL_FORMATS, Labels, read_labels
from smashcima.exporting.overlay.reading.mro import MroView
from smashcima.exporting.overlay.reading.pictures import read_picture

__all__ = ["LABEL_FORMATS", "Labels", "MroView", "read_labels", "read_picture"]
