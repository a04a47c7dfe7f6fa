"""COCO: boxes, masks, oriented boxes and key points for object detection and segmentation."""

from smashcima.exporting.coco.exporter import CocoExporter
from smashcima.exporting.coco.merging import merged_coco

__all__ = ["CocoExporter", "merged_coco"]
