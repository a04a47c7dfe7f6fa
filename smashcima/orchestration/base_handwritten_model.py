"""The handwritten model."""

from __future__ import annotations

from smashcima.orchestration.score_model import ScoreModel


class BaseHandwrittenModel(ScoreModel):
    """Pages in a handwritten look: symbols of Petaluma, a font drawn after a copyist's hand.

    The sheet measures 218.6 x 309.2 mm, which is 2582 x 3652 px at the default of 300 DPI.
    """

    DEFAULT_MUSIC_FONT = "Petaluma"
