"""Corpora of other projects, read where they lie.

`PrimusCorpus` iterates over PrIMuS, as a directory or as the archive that its authors distribute.
"""

from smashcima.datasets.primus import PrimusCorpus, PrimusIncipit

__all__ = ["PrimusCorpus", "PrimusIncipit"]
