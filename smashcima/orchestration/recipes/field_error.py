"""An error about one field of a recipe, without the name of its file."""

from __future__ import annotations

from typing import Any

from smashcima.errors import RecipeError


class FieldError(RecipeError):
    """A field of a recipe is invalid."""

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}")
        self.where = where
        """Path of the field: `options.layout.page`."""
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        return (RecipeError, (str(self),))
