"""Recipes of strangers: whose code may be run."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from smashcima.errors import RecipeError

if TYPE_CHECKING:
    from smashcima.orchestration import Recipe

TRUST_HELP = (
    "Import the modules outside of Smashcima that the recipe names, which runs their code. They are looked for in the "
    "current folder, too."
)


def check_trust(recipe: Recipe, trust: bool) -> None:
    """Refuses a recipe that would run code from elsewhere, unless that was allowed.

    Raises:
        RecipeError: it names modules outside of Smashcima.
    """
    modules = recipe.foreign_modules
    if not modules:
        return
    if not trust:
        raise RecipeError(
            f"{recipe.source} names {', '.join(modules)}. To build it is to run the code of "
            f"{'this module' if len(modules) == 1 else 'these modules'}: give --trust if that is meant."
        )
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())
