"""What the symbolic formats share: their sources, layouts of scores, and writing."""

from smashcima.exporting.symbolic.score_layout import score_layout
from smashcima.exporting.symbolic.sources import cut_issues, prepared
from smashcima.exporting.symbolic.writing import write_bytes, write_text

__all__ = ["cut_issues", "prepared", "score_layout", "write_bytes", "write_text"]
