"""Base of the classes that recipes can build."""

from __future__ import annotations

import inspect
from abc import ABC
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from typing_extensions import Self

from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.model_state import MadeWith
from smashcima.orchestration.recipes.type_hints import options_of
from smashcima.orchestration.recipes.values import hold

if TYPE_CHECKING:
    from smashcima.orchestration.container import Container


class Buildable(ABC):
    """Remembers the arguments of its constructor.

    - May override: `recipe_options`.
    """

    _made_with: MadeWith
    seed: int
    container: Container

    def __new__(cls, *arguments: Any, **options: Any) -> Self:
        """Stores the arguments of the constructor, protected from later changes."""
        made = super().__new__(cls)
        made._made_with = MadeWith(hold(arguments), hold(options))
        return made

    def recipe_options(self) -> dict[str, Any]:
        """Hook: returns the constructor arguments for the recipe, by name.

        By default these are the arguments of the constructor call, with the drawn seed if none was given. Override it if
        they include values that a recipe cannot hold.

        Raises:
            RecipeError: the constructor was called with `*args`.
        """
        return given_options(self)


def given_options(model: Buildable) -> dict[str, Any]:
    """The arguments that a model was constructed with, by name, with the drawn seed if none was given.

    Raises:
        RecipeError: some arguments have no name.
    """
    cls, made_with = type(model), model._made_with
    free = _positional(cls)
    if len(made_with.arguments) > len(free):
        raise FieldError(
            "options",
            f"{cls.__name__} was called with arguments that have no names. "
            "Pass them by keyword, or override `recipe_options` of the model.",
        )
    options = {**dict(zip(free, made_with.arguments, strict=False)), **made_with.options}
    if options.get("seed") is None and "seed" in options_of(cls):
        options["seed"] = made_with.initial.attributes["seed"]
    return options


@lru_cache(maxsize=256)
def _positional(cls: type[Buildable]) -> tuple[str, ...]:
    """Names of the arguments of the constructor that can be given without them."""
    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return tuple(each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD)
