"""PrIMuS: 87,678 incipits of RISM as images, MEI, Plaine & Easie, and two encodings of their symbols."""

from smashcima.datasets.primus.corpus import PrimusCorpus
from smashcima.datasets.primus.incipit import PrimusIncipit

__all__ = ["PrimusCorpus", "PrimusIncipit"]
