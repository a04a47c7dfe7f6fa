"""Masks as images: which pixels are of which class, of which object, of staff lines, of ink."""

from smashcima.exporting.masks.exporter import MASKS, MaskExporter

__all__ = ["MASKS", "MaskExporter"]
