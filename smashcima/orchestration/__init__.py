"""Models, which choose the implementation of each interface."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.orchestration.base_handwritten_model import BaseHandwrittenModel
from smashcima.orchestration.composed_model import ComposedModel, PrintedComposedModel
from smashcima.orchestration.container import (
    Container,
    MissingInterfaceBindingTargetError,
    MissingServiceError,
)
from smashcima.orchestration.described_scene import DescribedScene
from smashcima.orchestration.engraved_model import EngravedModel
from smashcima.orchestration.looks import LOOKS, Look
from smashcima.orchestration.model import Model
from smashcima.orchestration.music_scene import MusicScene
from smashcima.orchestration.recipes import Recipe, register_model
from smashcima.orchestration.repeating import SampleRecord
from smashcima.orchestration.score_model import ScoreModel
from smashcima.orchestration.staff_model import PrintedStaffModel, StaffModel
from smashcima.orchestration.staff_neighbours import Neighbours
from smashcima.orchestration.staff_scene import StaffScene
from smashcima.orchestration.text_to_score_model import (
    DescribedModel,
    PrintedDescribedModel,
    TextToScoreModel,
)

__all__ = [
    "LOOKS",
    "BaseHandwrittenModel",
    "ComposedModel",
    "Container",
    "DescribedModel",
    "DescribedScene",
    "EngravedModel",
    "Look",
    "MissingInterfaceBindingTargetError",
    "MissingServiceError",
    "Model",
    "MusicScene",
    "Neighbours",
    "PrintedComposedModel",
    "PrintedDescribedModel",
    "PrintedStaffModel",
    "Recipe",
    "SampleRecord",
    "ScoreModel",
    "StaffModel",
    "StaffScene",
    "TextToScoreModel",
    "register_model",
]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
