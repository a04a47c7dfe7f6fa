"""MRO files of SharpEye as scores.

`read_document` interprets a parsed document (`smashcima.notations.mro`) and says which object of the score stands for
which object of the document; `lay_out_reading` lays the score out at the places of the document.
"""

from smashcima.loading.mro.findings import MroPath
from smashcima.loading.mro.layout import lay_out_reading
from smashcima.loading.mro.reading import MroReading, read_document

__all__ = ["MroPath", "MroReading", "lay_out_reading", "read_document"]
