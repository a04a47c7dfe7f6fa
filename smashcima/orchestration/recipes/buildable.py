"""Base of the classes that recipes can build."""

from __future__ import annotations

import inspect
from abc import ABC
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from typing_extensions import Self

from smashcima._moved import FormerAttributes
from smashcima.errors import WrongTypeError
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.model_state import MadeWith
from smashcima.orchestration.recipes.names import closest
from smashcima.orchestration.recipes.type_hints import options_of
from smashcima.orchestration.recipes.values import hold
from smashcima.short_repr import ShortRepr, short_repr

if TYPE_CHECKING:
    from smashcima.orchestration.container import Container


class Buildable(FormerAttributes, ShortRepr, ABC):
    """Remembers the arguments of its constructor.

    - May override: `recipe_options`.
    """

    _made_with: MadeWith
    seed: int
    container: Container

    def __new__(cls, *arguments: Any, **options: Any) -> Self:
        """Stores the arguments of the constructor, protected from later changes.

        Raises:
            WrongTypeError: the constructor has no such arguments.
        """
        _check_names(cls, arguments, options)
        made = super().__new__(cls)
        made._made_with = MadeWith(hold(arguments), hold(options))
        return made

    def __repr__(self) -> str:
        made_with = self._made_with
        options = [("", value) for value in made_with.arguments] + list(made_with.options.items())
        return short_repr(type(self).__name__, options)

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


def _check_names(cls: type[Buildable], arguments: tuple[Any, ...], options: Mapping[str, Any]) -> None:
    """Raises a `WrongTypeError` for arguments that the constructor does not have."""
    known = options_of(cls)
    name = next((name for name in options if name not in known), None)
    if name is not None and _is_closed(cls):
        there = ", ".join(sorted(known))
        raise WrongTypeError(
            f"{cls.__name__} has no option {name!r}{closest(name, known)}. Its options: {there}."
        )
    if arguments and not _positional(cls) and _is_closed(cls):
        raise WrongTypeError(
            f"{cls.__name__} takes options by name only, such as seed=1; a score is given in the call: model(score)."
        )


@lru_cache(maxsize=256)
def _is_closed(cls: type[Buildable]) -> bool:
    """Whether the constructor takes named arguments only: some base class ends the chain of `**options`."""
    for base in cls.__mro__:
        init = base.__dict__.get("__init__")
        if inspect.isfunction(init):
            kinds = {each.kind for each in inspect.signature(init).parameters.values()}
            if inspect.Parameter.VAR_POSITIONAL in kinds:
                return False
            if inspect.Parameter.VAR_KEYWORD not in kinds:
                return True
    return False


@lru_cache(maxsize=256)
def _positional(cls: type[Buildable]) -> tuple[str, ...]:
    """Names of the arguments of the constructor that can be given without them."""
    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return tuple(each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD)
