"""Music that contains every sign a wanted number of times: balanced data for detectors."""

from smashcima.composing.coverage.coverage_composer import CoverageComposer
from smashcima.composing.coverage.signs import SIGNS, Sign

__all__ = ["SIGNS", "CoverageComposer", "Sign"]
