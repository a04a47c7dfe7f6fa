"""Encodes filters as their differences from a new filter of the same class, including filters inside stacks.

The filters of a stack are encoded as a list. If a stack has the same filters in the same order as a new stack of its class,
they are encoded as changes by name instead; filters that are attributes of the stack (`f_camera`) are encoded as fields.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from smashcima.errors import SmashcimaError
from smashcima.imaging.filters import Filter, FilterStack
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.names import name_of
from smashcima.orchestration.recipes.values import (
    TYPE,
    Form,
    decode,
    default_of,
    encode,
    hint_of_field,
    hold,
    make_dataclass,
    refuse_unknown,
    shown,
)

_FILTERS = "filters"


@dataclass(frozen=True)
class FilterState:
    """The options of a filter at one moment."""

    cls: type[Filter]
    name: str
    """Name of the class in recipes."""
    fields: Mapping[str, Any]
    """Immutable values, by the name of the field."""
    filters: tuple[tuple[str, FilterState], ...] | None
    """Names and states of the filters in a stack; `None` for a single filter."""


def state_of_filter(item: Filter, where: str) -> FilterState:
    """Takes the state of a filter; raises a `RecipeError` if its options are not the fields of a dataclass."""
    cls = type(item)
    _check_class(cls, where)
    fields = {name: hold(getattr(item, name)) for name in _field_names(cls)}
    inner = None
    if isinstance(item, FilterStack):
        inner = tuple((each.name, state_of_filter(each, f"{where}.{each.name}")) for each in item)
    return FilterState(cls, name_of(cls), fields, inner)


def encode_filter(item: Filter, where: str) -> dict[str, Any]:
    """Encodes a filter: its class, and its differences from a new filter of that class."""
    return _whole(state_of_filter(item, where), where)


def changes_since(now: FilterState, before: FilterState, where: str) -> dict[str, Any]:
    """Encodes the changes that lead from the state `before` to the state `now`.

    Raises:
        RecipeError: a recipe cannot hold a change.
    """
    if now.cls is not before.cls:
        return _whole(now, where)
    changes = {
        name: encode(value, f"{where}.{name}")
        for name, value in now.fields.items()
        if value != before.fields.get(name, _NOTHING)
    }
    if now.filters is None or now.filters == before.filters:
        return changes
    if before.filters is None or [name for name, _ in now.filters] != [name for name, _ in before.filters]:
        return {**changes, _FILTERS: [_whole(each, f"{where}.{name}") for name, each in now.filters]}
    by_name: dict[str, Any] = {}
    for (name, each), (_, earlier) in zip(now.filters, before.filters, strict=True):
        if each != earlier:
            target = changes if _is_attribute(now.cls, name) else by_name
            target[name] = changes_since(each, earlier, f"{where}.{name}")
    return {**changes, _FILTERS: by_name} if by_name else changes


def make_filter(cls: type[Filter], fields: Mapping[str, Any], where: str) -> Filter:
    """Makes a filter from the data of its fields."""
    _check_class(cls, where)
    if not issubclass(cls, FilterStack):
        made: Filter = make_dataclass(cls, fields, where)
        return made
    try:
        stack = cls()
    except TypeError as error:
        raise FieldError(where, f"{cls.__name__} cannot be made without arguments: {error}.") from error
    change_filter(stack, fields, where)
    return stack


def change_filter(item: Filter, data: Mapping[str, Any], where: str) -> None:
    """Applies the changes in data to a filter."""
    known = {field.name: field for field in dataclasses.fields(item) if field.init}
    names = [each.name for each in item] if isinstance(item, FilterStack) else []
    allowed = [*known, *names, _FILTERS] if isinstance(item, FilterStack) else list(known)
    refuse_unknown(data, allowed, type(item).__name__, where)
    # False first: a filter cannot be forced and left out at the same time.
    for name in sorted(data, key=lambda name: data[name] is True):
        place = f"{where}.{name}"
        if name in known:
            value = decode(data[name], hint_of_field(type(item), known[name]), place)
            try:
                setattr(item, name, value)
            except SmashcimaError as error:
                raise FieldError(place, f"{error}") from error
        elif isinstance(item, FilterStack):
            _change_inner(item, name, data[name], place)


def _change_inner(stack: FilterStack, name: str, data: Any, where: str) -> None:
    if name == _FILTERS and isinstance(data, list | tuple):
        stack.filters = [decode(each, Filter, f"{where}[{index}]") for index, each in enumerate(data)]
        repeated = {each.name for each in stack if [one.name for one in stack].count(each.name) > 1}
        if repeated:
            raise FieldError(where, f"several filters share the name {', '.join(sorted(repeated))}.")
        return
    if not isinstance(data, Mapping):
        expected = "a list or a mapping" if name == _FILTERS else "a mapping"
        raise FieldError(where, f"expected {expected} of filters, got {shown(data)}.")
    if name == _FILTERS:
        names = [each.name for each in stack]
        refuse_unknown(data, names, "the stack", where)
        for inner, changes in data.items():
            _change_inner(stack, inner, changes, f"{where}.{inner}")
    elif TYPE in data:
        replacement = decode(data, Filter, where)
        replacement.name = name
        stack.filters[[each.name for each in stack].index(name)] = replacement
    else:
        change_filter(stack[name], data, where)


_NOTHING = object()


def _whole(state: FilterState, where: str) -> dict[str, Any]:
    return {TYPE: state.name, **changes_since(state, _state_of_new(state.cls), where)}


def _state_of_new(cls: type[Filter]) -> FilterState:
    """The state of a filter with default options; omits fields without defaults."""
    try:
        return state_of_filter(cls(), cls.__name__)
    except TypeError:
        known = {field.name: default_of(field) for field in dataclasses.fields(cls) if field.init}
        given = {name: value for name, value in known.items() if value is not dataclasses.MISSING}
        return FilterState(cls, name_of(cls), {name: hold(value) for name, value in given.items()}, None)


@lru_cache(maxsize=512)
def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls) if field.init)


def _check_class(cls: type[Filter], where: str) -> None:
    """Refuses classes whose options are not the fields of a dataclass."""
    if not _has_fields_as_options(cls):
        raise FieldError(
            f"{where}",
            f"{cls.__name__} has a custom constructor. A filter in a recipe must be a dataclass "
            "(@dataclass(kw_only=True, eq=False)), whose fields are its options.",
        )


@lru_cache(maxsize=512)
def _has_fields_as_options(cls: Any) -> bool:
    home = next(base for base in cls.__mro__ if "__init__" in base.__dict__)
    return "__dataclass_params__" in home.__dict__ or issubclass(cls, FilterStack)


def _is_attribute(cls: type[Filter], name: str) -> bool:
    """Whether a filter of the stack is an attribute of this name, such as `f_camera`."""
    found = [vars(base)[name] for base in cls.__mro__ if name in vars(base)]
    return bool(found) and hasattr(found[0], "__set__")


FILTER_FORM = Form(Filter, encode_filter, make_filter, changes_in_place=True)
