"""Music in the manner of given scores."""

from smashcima.composing.corpus.corpus_composer import CorpusComposer
from smashcima.composing.corpus.model import CorpusModel, CorpusWork
from smashcima.composing.corpus.units import MeasureUnit

__all__ = ["CorpusComposer", "CorpusModel", "CorpusWork", "MeasureUnit"]
