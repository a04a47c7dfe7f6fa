"""Input of symbolic exporters: a score, or a slice of one."""

from __future__ import annotations

from typing import Protocol, TypeAlias, cast

from smashcima.errors import ExportError, Issue, described
from smashcima.scene.semantic import Score
from smashcima.scene.semantic.score_layout import ScoreLayout
from smashcima.scene.visual import Page


class HasScore(Protocol):
    """Something with a score, such as a scene or the result of `load_score`."""

    @property
    def score(self) -> Score:
        """The music."""


ScoreSource: TypeAlias = Score | HasScore | Page
"""What exporters of scores take: a score or a slice of one, something with a score, or a page, for the music on it."""


def score_of(x: ScoreSource, verb: str = "exported") -> Score:
    """The score of a score source; raises an `ExportError`, which says what was to be done to it, for other objects."""
    if isinstance(x, Score):
        return x
    if isinstance(x, Page):
        for scene in x.sources("pages"):
            if isinstance(getattr(scene, "score", None), Score):
                return cast(HasScore, scene).score.slice(page=x.index)
        raise ExportError("The page is not in the list `pages` of a scene, so its music is not known.")
    found = getattr(x, "score", None)
    if isinstance(found, Score):
        return found
    raise ExportError(
        f"Only a Score or a slice of one (`score.slice(page=0)`) can be {verb}, not {described(x)}."
    )


def prepared(x: ScoreSource, layout: ScoreLayout | None = None) -> Score:
    """Returns the updated score; a score that has been laid out is returned as a slice of all of it, so its
    breaks are explicit.

    `layout` is used for a score without a layout.

    The given score is not changed, except that missing ids are added. Raises an `ExportError` for other
    types.
    """
    score = score_of(x)
    if not score.measures:
        raise ExportError("The score has no measures, so there is nothing to export.")
    if layout is not None and score.layout is None:
        score = score.slice()
        score.layout = layout
        return score.slice()
    if score.layout is not None and score.excerpt is None:
        return score.slice()
    score.update_if_edited()
    return score


def cut_issues(score: Score) -> list[Issue]:
    """Issues for everything cut or left out at the borders of a slice, as recorded by the slice."""
    return list(score.excerpt.issues) if score.excerpt is not None else []
