"""YOLO: text files of boxes, oriented boxes or outlines, one line per object."""

from smashcima.exporting.yolo.exporter import YoloExporter

__all__ = ["YoloExporter"]
