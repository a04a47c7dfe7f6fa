"""Permission to run the code that a recipe refers to."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from smashcima.errors import RecipeError

if TYPE_CHECKING:
    from smashcima.orchestration import Recipe

TRUST_HELP = (
    "Import the modules outside of Smashcima that the recipe names, which runs their code. The current folder is "
    "searched, too."
)


def check_trust(recipe: Recipe, trust: bool) -> None:
    """Checks that a recipe may be built; with `trust`, adds the current folder to the module search path.

    Raises:
        RecipeError: the recipe names modules outside of Smashcima, and `trust` is false.
    """
    modules = recipe.foreign_modules
    if not modules:
        return
    if not trust:
        raise RecipeError(
            f"{recipe.source} names {', '.join(modules)}. Building it runs the code of "
            f"{'this module' if len(modules) == 1 else 'these modules'}: pass --trust to allow this."
        )
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())
