"""The pen: strokes with a hand behind them. Symbols, lines, curves and letters are written with it."""

from smashcima.synthesis.pen.pen import Pen, PenJob
from smashcima.synthesis.pen.skeleton import Allograph, SkeletonStroke
from smashcima.synthesis.pen.writer import PenWriter
from smashcima.synthesis.pen.writer_domain import PenWriterDomain, WriterChoice, ink_color, resolve_writer

__all__ = [
    "Allograph",
    "Pen",
    "PenJob",
    "PenWriter",
    "PenWriterDomain",
    "SkeletonStroke",
    "WriterChoice",
    "ink_color",
    "resolve_writer",
]
