"""Permission to run the code that a recipe refers to."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smashcima.errors import PlanError, RecipeError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.datasets.generation import GenerationPlan
    from smashcima.orchestration import Look, Recipe

TRUST_HELP = (
    "Import the modules outside of Smashcima that the recipe or look names, which runs their code. The current folder is "
    "searched, too."
)


def check_trust(recipe: Recipe | Look, trust: bool) -> None:
    """Checks that a recipe or look may be used; with `trust`, adds the current folder to the module search path.

    Raises:
        RecipeError: it names modules outside of Smashcima, and `trust` is false.
    """
    _check(recipe.foreign_modules, recipe.source, trust, RecipeError)


def check_trust_of_plan(plan: GenerationPlan, name: str, trust: bool) -> None:
    """Checks that a plan may be carried out; with `trust`, adds the current folder to the module search path.

    Raises:
        PlanError: the plan names modules outside of Smashcima, and `trust` is false.
    """
    from smashcima.orchestration import Recipe
    from smashcima.orchestration.recipes.names import is_our_module

    modules = [*Recipe.from_dict({"version": 1, **plan.model}, source=name).foreign_modules]
    for source in plan.sources:
        given: Any = source
        while isinstance(given, Mapping):  # `remix` has a source inside
            module, colon, _ = str(given.get("type", "")).partition(":")
            if colon and not is_our_module(module):
                modules.append(module)
            given = given.get("remix")
    _check(tuple(dict.fromkeys(modules)), name, trust, PlanError)


def _check(modules: tuple[str, ...], source: str, trust: bool, error: type[SmashcimaError]) -> None:
    if not modules:
        return
    if not trust:
        raise error(
            f"{source} names {', '.join(modules)}. Building it runs the code of "
            f"{'this module' if len(modules) == 1 else 'these modules'}: pass --trust to allow this."
        )
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())
