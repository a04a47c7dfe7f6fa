"""Samples of real handwriting: their writers, picking, stretching, variation, and pens fitted to them."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.synthesis.samples.aliases import SampleSource, small_source_of, sources_of
    from smashcima.synthesis.samples.fitted_writer import fit_pen_writer
    from smashcima.synthesis.samples.picking import NearestPicks, ShuffledPicks, evenly
    from smashcima.synthesis.samples.sample_outlines import OutlineBank, SampleOutline, outline_of
    from smashcima.synthesis.samples.sampled_curves import BEND_MODES, CURVE_SAMPLES, CurveBank, SampledCurve
    from smashcima.synthesis.samples.sampled_hairpins import SampledHairpin
    from smashcima.synthesis.samples.sampled_lines import LineBank, SampledLine, joins_stems
    from smashcima.synthesis.samples.symbol_stock import MOST_MEASURED, SymbolFit, SymbolStock
    from smashcima.synthesis.samples.variation import NO_VARIATION, GlyphVariation
    from smashcima.synthesis.samples.writer_domain import MuscimaPPStyleDomain, SampledWriterDomain
    from smashcima.synthesis.samples.writer_picks import WriterPicks

__all__ = [
    "BEND_MODES",
    "CURVE_SAMPLES",
    "MOST_MEASURED",
    "NO_VARIATION",
    "CurveBank",
    "GlyphVariation",
    "LineBank",
    "MuscimaPPStyleDomain",
    "NearestPicks",
    "OutlineBank",
    "SampleOutline",
    "SampleSource",
    "SampledCurve",
    "SampledHairpin",
    "SampledLine",
    "SampledWriterDomain",
    "ShuffledPicks",
    "SymbolFit",
    "SymbolStock",
    "WriterPicks",
    "evenly",
    "fit_pen_writer",
    "joins_stems",
    "outline_of",
    "small_source_of",
    "sources_of",
]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "aliases": "SampleSource small_source_of sources_of",
            "fitted_writer": "fit_pen_writer",
            "picking": "NearestPicks ShuffledPicks evenly",
            "sample_outlines": "OutlineBank SampleOutline outline_of",
            "sampled_curves": "BEND_MODES CURVE_SAMPLES CurveBank SampledCurve",
            "sampled_hairpins": "SampledHairpin",
            "sampled_lines": "LineBank SampledLine joins_stems",
            "symbol_stock": "MOST_MEASURED SymbolFit SymbolStock",
            "variation": "NO_VARIATION GlyphVariation",
            "writer_domain": "MuscimaPPStyleDomain SampledWriterDomain",
            "writer_picks": "WriterPicks",
        },
    )
