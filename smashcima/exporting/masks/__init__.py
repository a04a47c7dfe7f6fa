"""Masks as images: classes, objects, staff lines and ink."""

from smashcima.exporting.masks.exporter import MASKS, MaskExporter

__all__ = ["MASKS", "MaskExporter"]
