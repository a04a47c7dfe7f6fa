"""Synthesis of slurs, ties and braces."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.synthesis.curve.pen_curve_synthesizer import PenCurveSynthesizer
    from smashcima.synthesis.curve.printed_curve_synthesizer import PrintedCurveSynthesizer
    from smashcima.synthesis.curve.sampled_curve_synthesizer import SampledCurveSynthesizer

__all__ = ["PenCurveSynthesizer", "PrintedCurveSynthesizer", "SampledCurveSynthesizer"]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "pen_curve_synthesizer": "PenCurveSynthesizer",
            "printed_curve_synthesizer": "PrintedCurveSynthesizer",
            "sampled_curve_synthesizer": "SampledCurveSynthesizer",
        },
    )
