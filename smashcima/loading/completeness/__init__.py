"""Nothing is lost in silence: what the source prints is counted, and what the result lacks is named.

Importers drop things without a word. The tallies here are made from the source itself and from
the MEI that came out, by code that shares nothing with the importer; `compare` names the
difference as issues.
"""

from smashcima.loading.completeness.of_humdrum import tally_humdrum
from smashcima.loading.completeness.of_mei import tally_mei, unknown_elements_lost
from smashcima.loading.completeness.of_musicxml import staves_of, tally_musicxml
from smashcima.loading.completeness.tally import Tally, compare

__all__ = [
    "Tally",
    "compare",
    "staves_of",
    "tally_humdrum",
    "tally_mei",
    "tally_musicxml",
    "unknown_elements_lost",
]
