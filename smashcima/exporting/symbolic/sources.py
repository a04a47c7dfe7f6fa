"""Input of symbolic exporters: a score, or a slice of one."""

from __future__ import annotations

from smashcima.errors import ExportError, Issue
from smashcima.scene.semantic import Score
from smashcima.scene.semantic.score_layout import ScoreLayout


def prepared(score: Score, layout: ScoreLayout | None = None) -> Score:
    """Returns the updated score; a score that has been laid out is returned as a slice of all of it, so its
    breaks are explicit.

    `layout` is used for a score without a layout.

    The given score is not changed, except that missing ids are added. Raises an `ExportError` for other
    types.
    """
    if not isinstance(score, Score):
        raise ExportError(
            f"Only a Score or a slice of one (`score.slice(page=0)`) can be exported, not a {type(score).__name__}."
        )
    if not score.measures:
        raise ExportError("The score has no measures, so there is nothing to export.")
    if layout is not None and score.layout is None:
        score = score.slice()
        score.layout = layout
        return score.slice()
    if score.layout is not None and score.excerpt is None:
        return score.slice()
    score.update()
    return score


def cut_issues(score: Score) -> list[Issue]:
    """Issues for everything cut or left out at the borders of a slice, as recorded by the slice."""
    return list(score.excerpt.issues) if score.excerpt is not None else []
