"""DeepScoresV2: JSON with oriented boxes, and segmentation in the colours of its palette."""

from smashcima.exporting.deepscores.exporter import DeepScoresExporter, merged_deepscores

__all__ = ["DeepScoresExporter", "merged_deepscores"]
