"""The pen: simulation of handwritten strokes, used for symbols, lines, curves and letters."""

from smashcima.synthesis.pen.line_strokes import LinePatterns, LineStrokes
from smashcima.synthesis.pen.nib import Nib, NibShape, ellipse_along
from smashcima.synthesis.pen.outline import Renderings, RibbonPlan, outline_points, plan_open_ribbon
from smashcima.synthesis.pen.pen import Pen, PenJob
from smashcima.synthesis.pen.plan import Wanted, WritingPlan, plan_writing
from smashcima.synthesis.pen.scribe import PERIODS, TEXT_HANDS, Scribe
from smashcima.synthesis.pen.skeleton import Allograph, SkeletonStroke
from smashcima.synthesis.pen.tools import TOOL_HANDS, ToolHand, tool_hand
from smashcima.synthesis.pen.writer import PenWriter
from smashcima.synthesis.pen.writer_domain import PenWriterDomain, WriterChoice, ink_color, resolve_writer

__all__ = [
    "PERIODS",
    "TEXT_HANDS",
    "TOOL_HANDS",
    "Allograph",
    "LinePatterns",
    "LineStrokes",
    "Nib",
    "NibShape",
    "Pen",
    "PenJob",
    "PenWriter",
    "PenWriterDomain",
    "Renderings",
    "RibbonPlan",
    "Scribe",
    "SkeletonStroke",
    "ToolHand",
    "Wanted",
    "WriterChoice",
    "WritingPlan",
    "ellipse_along",
    "ink_color",
    "outline_points",
    "plan_open_ribbon",
    "plan_writing",
    "resolve_writer",
    "tool_hand",
]
