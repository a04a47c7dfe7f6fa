"""Data sets: made from plans, and read.

`load` reads a data set of any layout. `PrimusCorpus` iterates over PrIMuS, as a directory or as the archive that its
authors distribute.
"""

from smashcima.datasets.layouts import load
from smashcima.datasets.primus import PrimusCorpus, PrimusIncipit

__all__ = ["PrimusCorpus", "PrimusIncipit", "load"]
