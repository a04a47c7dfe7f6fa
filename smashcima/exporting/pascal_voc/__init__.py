"""Pascal VOC: an XML file of boxes for each image."""

from smashcima.exporting.pascal_voc.exporter import PascalVocExporter

__all__ = ["PascalVocExporter"]
