"""Data sets: made from plans, and read.

`generate` makes the data set of a `GenerationPlan`, and `load` reads one of any layout. `PrimusCorpus` iterates over
PrIMuS, as a directory or as the archive that its authors distribute.
"""

from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.layouts import load
from smashcima.datasets.primus import PrimusCorpus, PrimusIncipit
from smashcima.datasets.running import GenerationReport, generate

__all__ = ["GenerationPlan", "GenerationReport", "PrimusCorpus", "PrimusIncipit", "generate", "load"]
