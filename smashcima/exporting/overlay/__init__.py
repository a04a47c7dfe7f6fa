"""Overlays: labels drawn over an image, for visual inspection."""

from smashcima.exporting.overlay.drawing import draw_marks
from smashcima.exporting.overlay.overlay_marks import Marks, marks_of
from smashcima.exporting.overlay.reading import LABEL_FORMATS, Labels, MroView, read_labels, read_picture
from smashcima.exporting.overlay.renderer import OVERLAYS, OverlayRenderer

__all__ = [
    "LABEL_FORMATS",
    "OVERLAYS",
    "Labels",
    "Marks",
    "MroView",
    "OverlayRenderer",
    "draw_marks",
    "marks_of",
    "read_labels",
    "read_picture",
]
