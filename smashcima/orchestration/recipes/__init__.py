"""Recipes: models as values that can be written to files, compared, and built in other processes."""

from smashcima.orchestration.recipes.assets import ASSET_FORMS
from smashcima.orchestration.recipes.filters import FILTER_FORM
from smashcima.orchestration.recipes.names import register_model
from smashcima.orchestration.recipes.recipe import Recipe
from smashcima.orchestration.recipes.values import add_forms

add_forms(FILTER_FORM, *ASSET_FORMS)

__all__ = ["Recipe", "register_model"]
