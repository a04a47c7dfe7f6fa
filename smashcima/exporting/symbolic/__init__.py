"""Shared code of symbolic formats: sources, layouts of scores, and partwise MusicXML."""

from smashcima.exporting.symbolic.score_layout import score_layout
from smashcima.exporting.symbolic.sources import ScoreSource, cut_issues, prepared, score_of

__all__ = ["ScoreSource", "cut_issues", "prepared", "score_layout", "score_of"]
