"""Exporter of drawn scores to MRO, the output format of the music recogniser SharpEye."""

from smashcima.exporting.mro.exporter import DrawnScore, LaidOutScore, MroExporter

__all__ = ["DrawnScore", "LaidOutScore", "MroExporter"]
