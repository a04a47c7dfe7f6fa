"""Models, which choose the implementation of each interface.

The modules are loaded on first use: a model of pages needs no composer.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from smashcima._moved import former_name

if TYPE_CHECKING:
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

_HOME_OF = {
    "base_handwritten_model": "BaseHandwrittenModel",
    "composed_model": "ComposedModel PrintedComposedModel",
    "container": "Container MissingInterfaceBindingTargetError MissingServiceError",
    "described_scene": "DescribedScene",
    "engraved_model": "EngravedModel",
    "looks": "LOOKS Look",
    "model": "Model",
    "music_scene": "MusicScene",
    "recipes": "Recipe register_model",
    "repeating": "SampleRecord",
    "score_model": "ScoreModel",
    "staff_model": "PrintedStaffModel StaffModel",
    "staff_neighbours": "Neighbours",
    "staff_scene": "StaffScene",
    "text_to_score_model": "DescribedModel PrintedDescribedModel TextToScoreModel",
}
_MODULE_OF = {name: module for module, names in _HOME_OF.items() for name in names.split()}

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


def __getattr__(name: str) -> Any:
    """Loads a name on first use."""
    if name in _MODULE_OF:
        value = getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    else:
        value = former_name(__name__, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Lists all public names, loaded or not."""
    return sorted(__all__)
