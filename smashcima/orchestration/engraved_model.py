"""The printed model."""

from __future__ import annotations

from smashcima.orchestration.score_model import ScoreModel


class EngravedModel(ScoreModel):
    """Pages as an engraver prints them: black ink on white paper, exact placement, a music font."""
