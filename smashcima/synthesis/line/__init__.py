"""Synthesis of straight lines and staff lines."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.synthesis.line.pen_line_synthesizer import PenLineSynthesizer
    from smashcima.synthesis.line.pen_stafflines_synthesizer import PenStafflinesSynthesizer
    from smashcima.synthesis.line.printed_line_synthesizer import PrintedLineSynthesizer
    from smashcima.synthesis.line.printed_stafflines_synthesizer import PrintedStafflinesSynthesizer
    from smashcima.synthesis.line.sampled_line_synthesizer import SampledLineSynthesizer

__all__ = [
    "PenLineSynthesizer",
    "PenStafflinesSynthesizer",
    "PrintedLineSynthesizer",
    "PrintedStafflinesSynthesizer",
    "SampledLineSynthesizer",
]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "pen_line_synthesizer": "PenLineSynthesizer",
            "pen_stafflines_synthesizer": "PenStafflinesSynthesizer",
            "printed_line_synthesizer": "PrintedLineSynthesizer",
            "printed_stafflines_synthesizer": "PrintedStafflinesSynthesizer",
            "sampled_line_synthesizer": "SampledLineSynthesizer",
        },
    )
