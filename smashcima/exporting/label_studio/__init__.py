"""Label Studio: tasks with boxes and relations, for inspection and correction by people."""

from smashcima.exporting.label_studio.exporter import LabelStudioExporter

__all__ = ["LabelStudioExporter"]
