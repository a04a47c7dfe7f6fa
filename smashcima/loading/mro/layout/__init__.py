"""Layouts of MRO documents: everything that is read into the score, at the place that the document gives."""

from smashcima.loading.mro.layout.document import lay_out_reading

__all__ = ["lay_out_reading"]
