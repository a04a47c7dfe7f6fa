"""The printed model."""

from __future__ import annotations

import os
from typing import Any

from smashcima.engraving import Engraving, LineWeights, VariedLineWeights
from smashcima.imaging.filters import PostprocessingChoice
from smashcima.orchestration.line_weight_choice import LineWeightChoice, checked_line_weights
from smashcima.orchestration.looks import Look, find_look
from smashcima.orchestration.score_model import ScoreModel
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score


class EngravedModel(ScoreModel):
    """Printed pages: black ink on white paper, exact placement, symbols of a music font.

    Clean pages have the lines of the engraver. Those of a named look or preset, which imitate editions of any time, have lines
    as thick as in one of them, drawn for each sample.
    """

    def __init__(
        self,
        *,
        line_weights: LineWeightChoice | None = None,
        postprocessing: PostprocessingChoice | None = None,
        look: str | os.PathLike[str] | Look | None = None,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            line_weights: thickness of staff lines, stems and barlines: `LineWeights`, `engraver` for those of the engraver, or
                `varied` or `VariedLineWeights` for those of another edition in each sample. By default those of the look; without
                them, `varied` if `look` or `postprocessing` names a degradation, and `engraver` otherwise.
            postprocessing: degradation of pages; see `ScoreModel`.
            look: paper and degradation that go together; see `ScoreModel`.
            options: the options of every `ScoreModel`: seed, dpi, page, music_font, staff_height_mm, layout, paper.

        Raises:
            SettingsError: an option is invalid.
        """
        if line_weights is None:
            line_weights = find_look(look).line_weights()
        if line_weights is None:
            line_weights = "varied" if _names_degradation(postprocessing, look) else "engraver"
        self.line_weights: LineWeightChoice = checked_line_weights(line_weights)
        """See the constructor; can be replaced between calls."""
        super().__init__(postprocessing=postprocessing, look=look, **options)

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Draws lines as thick as in an edition; nothing moves."""
        if self.line_weights == "engraver":
            return engraving
        weights = VariedLineWeights() if self.line_weights == "varied" else self.line_weights
        if isinstance(weights, VariedLineWeights):
            weights = weights.drawn(Stream.of_sample(self.seed, index).child("line weights").generator())
        assert isinstance(weights, LineWeights)  # checked by the constructor
        return weights.applied_to(engraving)


def _names_degradation(
    postprocessing: PostprocessingChoice | None, look: str | os.PathLike[str] | Look | None
) -> bool:
    """Whether a preset is named that imitates real pictures, or a look that has a degradation."""
    if postprocessing is not None:
        return isinstance(postprocessing, str) and postprocessing != "clean"
    return bool(find_look(look).options.get("postprocessing", "clean") != "clean")
