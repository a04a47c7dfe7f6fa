"""Music from runs of measures of given scores: joined, and transposed."""

from smashcima.composing.mixing.joining import is_alike, joined, run_of
from smashcima.composing.mixing.mixing_composer import MixingComposer
from smashcima.composing.mixing.rebarring import rebar
from smashcima.composing.mixing.transposing import transpose

__all__ = ["MixingComposer", "is_alike", "joined", "rebar", "run_of", "transpose"]
