"""Who plays: instruments with their ranges and clefs, and ensembles."""

from smashcima.composing.ensembles.ensembles import ENSEMBLES, LARGE, Ensemble
from smashcima.composing.ensembles.instruments import INSTRUMENTS, Instrument, instrument_of_part

__all__ = ["ENSEMBLES", "INSTRUMENTS", "LARGE", "Ensemble", "Instrument", "instrument_of_part"]
