"""MRO files of SharpEye as scores.

`read_document` interprets a parsed document (`smashcima.notations.mro`) and says which object of the score stands for
which object of the document.
"""

from smashcima.loading.mro.findings import MroPath
from smashcima.loading.mro.format import MRO
from smashcima.loading.mro.reading import MroReading, read_document

__all__ = ["MRO", "MroPath", "MroReading", "read_document"]
