"""The pen: strokes with a hand behind them. Symbols, lines, curves and letters are written with it."""

from smashcima.synthesis.pen.skeleton import Allograph, SkeletonStroke

__all__ = ["Allograph", "SkeletonStroke"]
