"""Completeness checks: comparison of printed objects in a source with those in the imported MEI.

Importers drop objects without a warning. The tallies in this package count the objects of the source and of the
imported MEI with code that is independent of the importer; `compare` reports the differences as issues.
"""

from smashcima.loading.completeness.of_abc import tally_abc
from smashcima.loading.completeness.of_humdrum import tally_humdrum
from smashcima.loading.completeness.of_mei import tally_mei, unknown_elements_lost
from smashcima.loading.completeness.of_musicxml import staves_of, tally_musicxml
from smashcima.loading.completeness.tally import Tally, compare

__all__ = [
    "Tally",
    "compare",
    "staves_of",
    "tally_abc",
    "tally_humdrum",
    "tally_mei",
    "tally_musicxml",
    "unknown_elements_lost",
]
