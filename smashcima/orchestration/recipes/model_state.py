"""The state of a model: the options that were set on it and its services after construction.

The attributes of a model count if their names are public and a recipe can hold their values. Services declare their options
in a class attribute `RECIPE_OPTIONS`, a tuple of attribute names, because other attributes may hold the choices of the last
sample. All fields of a postprocessor that is a filter count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from smashcima.errors import RecipeError, ServiceError, SmashcimaError
from smashcima.imaging.filters import Filter
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.filters import (
    FilterState,
    change_filter,
    changes_since,
    encode_filter,
    state_of_filter,
)
from smashcima.orchestration.recipes.names import find, name_of
from smashcima.orchestration.recipes.values import TYPE, Data, decode, encode, refuse_unknown, shown

if TYPE_CHECKING:
    from smashcima.orchestration.container import Container
    from smashcima.orchestration.recipes.buildable import Buildable

_OWN_ATTRIBUTES = frozenset({"container", "scene", "next_index", "rng", "streams"})
"""Attributes of every model that are not options."""


@dataclass(frozen=True)
class ModelState:
    """The options that can be set on a model, as data."""

    attributes: Mapping[str, Data]
    services: Mapping[str, FilterState | Mapping[str, Data]]
    """Options of services by the name of the interface."""


@dataclass
class MadeWith:
    """The arguments and services that a model was constructed with."""

    arguments: tuple[Any, ...]
    """Positional constructor arguments."""

    options: Mapping[str, Any]
    """Named arguments."""

    services: Mapping[str, Data] = field(default_factory=dict)
    """Implementations chosen by a recipe, by interface."""

    seed: int | None = None
    """Seed of the recipe, for classes whose constructor has no such argument."""

    initial: ModelState = field(default_factory=lambda: ModelState({}, {}))
    """State at the end of construction."""


def state_of(model: Buildable) -> ModelState:
    """Takes the current state of a model."""
    services = built_services(model.container)
    attributes: dict[str, Data] = {}
    for name, value in vars(model).items():
        is_service = any(value is service for service in services.values())
        if name.startswith("_") or name in _OWN_ATTRIBUTES or is_service:
            continue
        try:
            attributes[name] = encode(value, f"attributes.{name}")
        except RecipeError:
            continue  # not an option: a recipe cannot restore it
    states = {name: _service_state(service, name) for name, service in services.items()}
    return ModelState(attributes, {name: state for name, state in states.items() if state})


def changed_attributes(now: ModelState, before: ModelState) -> dict[str, Data]:
    """The attributes that differ between two states.

    Raises:
        RecipeError: a recipe cannot hold the value of an attribute.
    """
    lost = [name for name in before.attributes if name not in now.attributes]
    if lost:
        raise FieldError(f"attributes.{lost[0]}", "a recipe cannot hold its value.")
    return {
        name: data
        for name, data in now.attributes.items()
        if name not in before.attributes or data != before.attributes[name]
    }


def changed_services(
    now: ModelState, before: ModelState, chosen: Mapping[str, Data], container: Container
) -> dict[str, Data]:
    """The services chosen by a recipe, and the service options that differ between two states."""
    changes: dict[str, Data] = {}
    services = built_services(container)
    for name, state in now.services.items():
        earlier = before.services.get(name)
        if isinstance(state, FilterState):
            if name in chosen:
                changes[name] = encode_filter(services[name], f"services.{name}")
            elif isinstance(earlier, FilterState) and state != earlier:
                changes[name] = changes_since(state, earlier, f"services.{name}")
        else:
            known = earlier if isinstance(earlier, Mapping) else {}
            options = {key: data for key, data in state.items() if key not in known or data != known[key]}
            if options:
                changes[name] = options
    for name, data in chosen.items():
        kind = {TYPE: data[TYPE]}
        changes[name] = {**kind, **changes.get(name, {})}
    return changes


def built_services(container: Container) -> dict[str, Any]:
    """The services built so far, by the name of the interface, or of the class if no interface is bound to it."""
    found: dict[str, Any] = {}
    for key, service in container.built().items():
        if any(service is other for other in found.values()):
            continue
        try:
            found[name_of(container.interface_of(key))] = service
        except RecipeError:
            continue  # a class of a notebook has no name in recipes
    return found


def register_chosen_services(container: Container, services: Mapping[str, Data]) -> None:
    """Registers the implementations that a recipe chooses. Must run before any service is built."""
    for name, data in services.items():
        where = f"services.{name}"
        if not isinstance(data, Mapping):
            raise FieldError(where, f"expected a mapping with `type` or options, got {shown(data)}.")
        if TYPE not in data:
            continue
        interface = _interface(container, name, where)
        implementation = find(str(data[TYPE]), f"{where}.{TYPE}")
        if not (isinstance(implementation, type) and issubclass(implementation, interface)):
            raise FieldError(f"{where}.{TYPE}", f"{data[TYPE]} is not a {interface.__name__}.")
        if issubclass(implementation, Filter):
            container.instance(interface, decode(data, interface, where))
        elif implementation is interface:
            container.type(implementation)
        else:
            container.interface(interface, implementation, register_impl=True)


def set_attributes(model: Buildable, attributes: Mapping[str, Data]) -> None:
    """Sets the attributes of a recipe on a model."""
    for name, data in attributes.items():
        where = f"attributes.{name}"
        if name.startswith("_") or name in _OWN_ATTRIBUTES or callable(getattr(model, name, None)):
            raise FieldError(where, f"{type(model).__name__} has no option of this name.")
        _set(model, name, decode(data, Any, where), where)


def set_services(model: Buildable, services: Mapping[str, Data]) -> None:
    """Sets the service options of a recipe."""
    for name, data in services.items():
        where = f"services.{name}"
        service = _resolve(model.container, name, where)
        if isinstance(service, Filter):
            if TYPE not in data:
                change_filter(service, data, where)
            continue
        options = {key: item for key, item in data.items() if key != TYPE}
        refuse_unknown(options, _options_of(service), type(service).__name__, where)
        for key in _options_of(service):
            if key in options:
                _set(service, key, decode(options[key], Any, f"{where}.{key}"), f"{where}.{key}")


def _service_state(service: Any, name: str) -> FilterState | dict[str, Data] | None:
    try:
        if isinstance(service, Filter):
            return state_of_filter(service, f"services.{name}")
        return {key: encode(getattr(service, key), f"services.{name}.{key}") for key in _options_of(service)}
    except RecipeError as error:
        return {_UNKNOWN: str(error)}


_UNKNOWN = "?"
"""Key in the state of a service that a recipe cannot hold; an unchanged state needs no entry in the recipe."""


def _options_of(service: Any) -> tuple[str, ...]:
    return tuple(getattr(type(service), "RECIPE_OPTIONS", ()))


def _set(target: Any, name: str, value: Any, where: str) -> None:
    try:
        setattr(target, name, value)
    except (SmashcimaError, AttributeError, TypeError, ValueError) as error:
        raise FieldError(where, str(error)) from error


def _interface(container: Container, name: str, where: str) -> Any:
    for key in container.registered():
        if isinstance(key, type) and _is_called(key, name):
            return key
    return find(name, where)


def _resolve(container: Container, name: str, where: str) -> Any:
    interface = _interface(container, name, where)
    try:
        return container.resolve(interface)
    except ServiceError as error:
        raise FieldError(where, str(error)) from error


def _is_called(key: type[Any], name: str) -> bool:
    try:
        return name_of(key) == name
    except RecipeError:
        return False
