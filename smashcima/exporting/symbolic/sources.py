"""What the symbolic exporters take: a score, or a slice of one."""

from __future__ import annotations

from smashcima.errors import ExportError, Issue
from smashcima.scene.semantic import Score
from smashcima.scene.semantic.score_layout import ScoreLayout


def prepared(score: Score, layout: ScoreLayout | None = None) -> Score:
    """The score, up to date; one that has been laid out as the slice of all of it, so that its breaks are explicit.

    `layout` is for a score that has none of its own.

    The score that was given is not changed, but that it gets ids where it has none. An `ExportError` says what can
    be exported if something else is given.
    """
    if not isinstance(score, Score):
        raise ExportError(
            f"A Score can be exported, or a slice of one (`score.slice(page=0)`), not a {type(score).__name__}."
        )
    if not score.measures:
        raise ExportError("The score has no measure; there is nothing to export.")
    if layout is not None and score.layout is None:
        score = score.slice()
        score.layout = layout
        return score.slice()
    if score.layout is not None and score.excerpt is None:
        return score.slice()
    score.update()
    return score


def cut_issues(score: Score) -> list[Issue]:
    """What the borders of a slice have cut or left out, as recorded by the slice."""
    return list(score.excerpt.issues) if score.excerpt is not None else []
