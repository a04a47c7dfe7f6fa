"""Builds models from the data of recipes, and extracts that data from models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smashcima.errors import RecipeError, SmashcimaError
from smashcima.loading import plugins_of_formats
from smashcima.orchestration.recipes import names
from smashcima.orchestration.recipes.buildable import Buildable, given_options
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.model_state import (
    changed_attributes,
    changed_services,
    set_attributes,
    set_services,
    state_of,
)
from smashcima.orchestration.recipes.type_hints import options_of
from smashcima.orchestration.recipes.values import TYPE, Data, decode, encode


def build(
    model: str,
    options: Mapping[str, Data],
    attributes: Mapping[str, Data],
    services: Mapping[str, Data],
    plugins: tuple[str, ...],
) -> Buildable:
    """Builds a model; raises a `FieldError` for invalid data."""
    for index, plugin in enumerate(plugins):
        names.import_module(plugin, f"plugins[{index}]")
    cls = _model_class(model)
    arguments = _arguments(cls, options)
    try:
        made = cls.__new__(cls, **arguments)
        made._made_with.services = {name: data for name, data in services.items() if TYPE in data}
        made._made_with.seed = decode(attributes.get("seed"), int | None, "attributes.seed")
        cls.__init__(made, **arguments)
    except FieldError:
        raise
    except (SmashcimaError, TypeError, ValueError) as error:
        raise FieldError("options", f"{cls.__name__} cannot be constructed: {error}") from error
    set_attributes(made, attributes)
    set_services(made, services)
    return made


def parts_of(model: Buildable) -> dict[str, Any]:
    """The arguments of the `Recipe` of a model; raises a `RecipeError` if the model cannot have one."""
    cls, made_with = type(model), model._made_with
    name = names.name_of_model(cls)
    options = _data_of(model.recipe_options())
    now, before = state_of(model), made_with.initial
    attributes = changed_attributes(now, before)
    if "seed" not in options:
        # The constructor has no argument for the seed.
        attributes["seed"] = encode(model.seed, "attributes.seed")
    # Attributes that `recipe_options` of a subclass has updated are not repeated.
    given = _given_data(model)
    told = {key for key, data in options.items() if data != given.get(key, _NOTHING)}
    defaults = {key: _data_or_nothing(option.default) for key, option in options_of(cls).items()}
    return {
        "model": name,
        "options": {key: data for key, data in options.items() if data != defaults.get(key, _NOTHING)},
        "attributes": {
            key: data for key, data in attributes.items() if key not in told or data != options[key]
        },
        "services": changed_services(now, before, made_with.services, model.container),
        "plugins": tuple(filter(None, (names.plugin_of_model(name), *plugins_of_formats()))),
    }


def _given_data(model: Buildable) -> dict[str, Data]:
    try:
        return _data_of(given_options(model))
    except RecipeError:  # `recipe_options` handles these
        return {}


def _data_of(options: Mapping[str, Any]) -> dict[str, Data]:
    return {key: encode(value, f"options.{key}") for key, value in options.items()}


def _model_class(name: str) -> type[Buildable]:
    if ":" not in name and not names.is_known(name):
        raise FieldError(
            "model",
            f"there is no model {name!r}{names.closest(name, names.model_names())}. Models are "
            f"{', '.join(names.model_names())}; name others by their import path (package.module:Class), or "
            "register them in a plugin.",
        )
    found = names.find(name, "model")
    if not (isinstance(found, type) and issubclass(found, Buildable)):
        raise FieldError("model", f"{name} is not a model class.")
    return found


def _arguments(cls: type[Buildable], options: Mapping[str, Data]) -> dict[str, Any]:
    known = options_of(cls)
    arguments: dict[str, Any] = {}
    for name, data in options.items():
        where = f"options.{name}"
        if name not in known:
            raise FieldError(
                where,
                f"{cls.__name__} has no such option{names.closest(name, known)}; its options are {', '.join(known)}.",
            )
        arguments[name] = decode(data, known[name].hint, where)
    return arguments


def _data_or_nothing(default: Any) -> Any:
    try:
        return encode(default, "a default")
    except SmashcimaError:
        return _NOTHING


_NOTHING = object()
