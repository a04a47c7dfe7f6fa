"""Shared code of symbolic formats: sources, layouts of scores, and partwise MusicXML."""

from smashcima.exporting.symbolic.score_layout import score_layout
from smashcima.exporting.symbolic.sources import cut_issues, prepared

__all__ = ["cut_issues", "prepared", "score_layout"]
