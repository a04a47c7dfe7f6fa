"""The printed model."""

from __future__ import annotations

from smashcima.orchestration.score_model import ScoreModel


class EngravedModel(ScoreModel):
    """Printed pages: black ink on white paper, exact placement, symbols of a music font."""
