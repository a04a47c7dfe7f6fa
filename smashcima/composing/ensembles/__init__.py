"""Who plays: instruments with their ranges and clefs, and ensembles."""

from smashcima.composing.ensembles.ensembles import ENSEMBLES, LARGE, Ensemble
from smashcima.composing.ensembles.instruments import INSTRUMENTS, Instrument

__all__ = ["ENSEMBLES", "INSTRUMENTS", "LARGE", "Ensemble", "Instrument"]
