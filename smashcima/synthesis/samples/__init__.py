"""Samples of real handwriting: their writers, picking, stretching, variation, and pens fitted to them."""

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
