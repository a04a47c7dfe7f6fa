"""Encodes Python values as plain data, and decodes them.

Numbers, text, booleans, null, lists and mappings represent themselves (lists are decoded as tuples). Other values are
mappings with the name of their class: `{type: PageSize, width: 210, height: 297}`. Only dataclasses, filters, enums, glyph
stores and asset bundles are constructed; omitted fields have their defaults.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import math
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import FunctionType, NoneType
from typing import Any, NoReturn

import numpy as np

from smashcima.engraving import Breaks, MusicFont
from smashcima.errors import RecipeError, SmashcimaError
from smashcima.imaging import Postprocessor
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.names import closest, find, is_known, name_of
from smashcima.orchestration.recipes.type_hints import described, evaluated, fits, value_classes

Data = Any
"""JSON-compatible data: `None`, `bool`, `int`, `float`, `str`, and lists and mappings of these."""

TYPE, IMPORT = "type", "import"
_RESERVED = (TYPE, IMPORT)

_ATOMS = frozenset({NoneType, bool, int, float, str})

_PLAIN_ENUMS = (Breaks, MusicFont)
"""Enums that are encoded as their values, which are accepted in place of members."""


@dataclass(frozen=True)
class Form:
    """Encoding and decoding of a class that is not encoded as a dataclass."""

    cls: type[Any]
    encode: Callable[[Any, str], Data]
    """Takes an object and its place; returns data with the type."""
    make: Callable[[Any, Mapping[str, Data], str], Any]
    """Takes the class, data without the type, and the place; returns an object."""
    changes_in_place: bool = False
    """Whether objects are mutable."""


_forms: list[Form] = []


def add_forms(*forms: Form) -> None:
    """Registers forms, which apply to subclasses as well."""
    _forms.extend(forms)


def _form_of(cls: Any) -> Form | None:
    return next((form for form in _forms if isinstance(cls, type) and issubclass(cls, form.cls)), None)


@dataclass(frozen=True)
class Encoded:
    """A value that is already encoded."""

    data: Data


def hold(value: Any) -> Any:
    """Protects a value from later changes: encodes mutable objects, returns others unchanged."""
    if type(value) in _ATOMS:
        return value  # the fast path for most values, since every scene takes the recipe of its model
    form = _form_of(type(value))
    changes = form.changes_in_place if form else dataclasses.is_dataclass(value) and not _is_frozen(value)
    if changes:
        try:
            return Encoded(encode(value, "a value"))
        except RecipeError:
            return value  # the error is raised again when the recipe is requested
    if isinstance(value, list | tuple):
        return tuple(hold(item) for item in value)
    if isinstance(value, dict):
        return {key: hold(item) for key, item in value.items()}
    return value


def encode(value: Any, where: str) -> Data:  # noqa: C901, PLR0911 - one line for each kind of value
    """Encodes a value; `where` is its place in error messages.

    Raises:
        RecipeError: a recipe cannot hold the value.
    """
    if isinstance(value, Encoded):
        return value.data
    if isinstance(value, Enum):
        if isinstance(value, _PLAIN_ENUMS):
            return value.value
        return {TYPE: _named(type(value), where), "value": value.name}
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic):
        return encode(value.item(), where)
    if isinstance(value, int | float):
        return value if math.isfinite(value) else {TYPE: "number", "value": repr(float(value))}
    if isinstance(value, list | tuple):
        return [encode(item, f"{where}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, AbstractSet):
        return {TYPE: "set", "items": _sorted_items(value, where)}
    if isinstance(value, Mapping):
        return _mapping(value, where)
    if isinstance(value, Path):
        return {TYPE: "path", "value": str(value)}
    if isinstance(value, type | FunctionType):
        return {IMPORT: _named(value, where)}
    form = _form_of(type(value))
    if form is not None:
        return form.encode(value, where)
    if dataclasses.is_dataclass(value):
        return {TYPE: _named(type(value), where), **encode_fields(value, where)}
    if isinstance(value, Postprocessor) and type(value).__init__ is object.__init__:
        return {TYPE: _named(type(value), where)}
    raise FieldError(
        f"{where}",
        f"a recipe cannot hold a {type(value).__qualname__}. It holds numbers, text, lists, mappings, enums, "
        "dataclasses, filters, glyph stores in files, and asset bundles.",
    )


def encode_fields(value: Any, where: str) -> dict[str, Data]:
    """Encodes the fields of a dataclass that differ from their defaults."""
    cls: Any = type(value)
    new = _new(cls)
    found: dict[str, Data] = {}
    for field in dataclasses.fields(value):
        if not field.init:
            continue
        now = _field_data(getattr(value, field.name), where, field.name)
        default = default_of(field) if new is None else getattr(new, field.name)
        if default is dataclasses.MISSING or now != _field_data(default, where, field.name):
            found[field.name] = now
    return found


@lru_cache(maxsize=1024)  # more than the classes of options, of which there are a few hundred
def _new(cls: Any) -> Any:
    """An object with default fields, which its constructor may have converted; `None` if some have no default."""
    try:
        return cls()
    except TypeError:
        return None


def default_of(field: dataclasses.Field[Any]) -> Any:
    """The default of a field; `dataclasses.MISSING` if there is none."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def decode(data: Data, hint: Any, where: str) -> Any:
    """Decodes a value.

    `hint` is the expected type; it determines the class of a mapping without `type`.

    Raises:
        RecipeError: the data is not a value of this type; the message begins with `where`.
    """
    value = _decoded(data, hint, where)
    if not fits(value, hint):
        raise FieldError(where, f"expected {described(hint)}, got {shown(data)}.")
    return value


def shown(data: Data) -> str:
    """Formats data for a message, shortened."""
    text = json.dumps(thawed(data), ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"


def thawed(data: Data) -> Data:
    """Converts data to lists and dicts."""
    if isinstance(data, Mapping):
        return {key: thawed(item) for key, item in data.items()}
    return [thawed(item) for item in data] if isinstance(data, list | tuple) else data


def _decoded(data: Data, hint: Any, where: str) -> Any:
    if isinstance(data, list | tuple):
        return tuple(decode(item, Any, f"{where}[{index}]") for index, item in enumerate(data))
    if not isinstance(data, Mapping):
        return data
    if IMPORT in data:
        only(data, (IMPORT,), where)
        return find(text_of(data[IMPORT], f"{where}.{IMPORT}"), where)
    if TYPE not in data:
        classes = value_classes(hint)
        if len(classes) != 1:
            return {key: decode(item, Any, f"{where}.{key}") for key, item in data.items()}
        return make(classes[0], data, where)
    name = text_of(data[TYPE], f"{where}.{TYPE}")
    rest = {key: item for key, item in data.items() if key != TYPE}
    special = _SPECIAL.get(name)
    return special(rest, where) if special else make(find(name, f"{where}.{TYPE}"), rest, where)


def make(cls: Any, fields: Mapping[str, Data], where: str) -> Any:
    """Makes an object from the data of its fields."""
    form = _form_of(cls)
    if form is not None:
        return form.make(cls, fields, where)
    if isinstance(cls, type) and issubclass(cls, Enum):
        return _make_member(cls, fields, where)
    if isinstance(cls, type) and issubclass(cls, Postprocessor) and cls.__init__ is object.__init__:
        only(fields, (), where)
        return cls()
    if not (isinstance(cls, type) and dataclasses.is_dataclass(cls)):
        name = getattr(cls, "__qualname__", repr(cls))
        raise FieldError(
            where, f"{name} cannot be constructed from a recipe: it is not a dataclass, filter or enum."
        )
    return make_dataclass(cls, fields, where)


def make_dataclass(cls: type[Any], fields: Mapping[str, Data], where: str) -> Any:
    """Makes a dataclass from the data of its fields."""
    known = {field.name: field for field in dataclasses.fields(cls) if field.init}
    refuse_unknown(fields, known, cls.__name__, where)
    arguments = {
        name: decode(data, hint_of_field(cls, known[name]), f"{where}.{name}")
        for name, data in fields.items()
    }
    return call(cls, arguments, where)


def hint_of_field(cls: type[Any], field: dataclasses.Field[Any]) -> Any:
    """The annotated type of a field."""
    for base in cls.__mro__:
        annotations = inspect.get_annotations(base)
        if field.name in annotations:
            return evaluated(annotations[field.name], base.__module__)
    return Any


def refuse_unknown(fields: Mapping[str, Data], known: Any, title: str, where: str) -> None:
    """Raises a `RecipeError` for an unknown field."""
    for name in fields:
        if name not in known:
            there_are = f"its fields are {', '.join(known)}" if known else "it has no fields"
            raise FieldError(
                f"{where}.{name}", f"{title} has no field {name!r}{closest(str(name), known)}; {there_are}."
            )


def call(cls: Any, arguments: Mapping[str, Any], where: str) -> Any:
    """Calls a constructor; its errors become `FieldError`s."""
    try:
        return cls(**arguments)
    except RecipeError:
        raise
    except (SmashcimaError, TypeError, ValueError) as error:
        raise FieldError(where, f"{error}") from error


def _named(thing: Any, where: str) -> str:
    try:
        return name_of(thing)
    except RecipeError as error:
        raise FieldError(where, f"{error}") from error


def _is_frozen(value: Any) -> bool:
    return bool(getattr(type(value), "__dataclass_params__").frozen)  # noqa: B009 - not known to type checkers


def _field_data(value: Any, where: str, name: str) -> Data:
    if isinstance(value, AbstractSet):
        # Constructors of dataclasses convert lists, which are easier to write, to sets.
        return _sorted_items(value, f"{where}.{name}")
    return encode(value, f"{where}.{name}")


def _sorted_items(value: AbstractSet[Any], where: str) -> list[Data]:
    return sorted((encode(item, where) for item in value), key=lambda item: json.dumps(item, sort_keys=True))


def _mapping(value: Mapping[Any, Any], where: str) -> dict[str, Data]:
    for key in value:
        if not isinstance(key, str):
            raise FieldError(where, f"keys of mappings in a recipe must be text, not {key!r}.")
    items = {key: encode(item, f"{where}.{key}") for key, item in value.items()}
    return {TYPE: "mapping", "items": items} if any(key in items for key in _RESERVED) else items


def _make_member(cls: type[Enum], fields: Mapping[str, Data], where: str) -> Enum:
    only(fields, ("value",), where)
    name = text_of(fields.get("value"), f"{where}.value")
    if name not in cls.__members__:
        raise FieldError(
            where, f"the member of {cls.__name__} must be one of {', '.join(cls.__members__)}, not {name!r}."
        )
    return cls[name]


def _make_number(fields: Mapping[str, Data], where: str) -> float:
    only(fields, ("value",), where)
    numbers = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}
    text = text_of(fields.get("value"), f"{where}.value")
    if text not in numbers:
        raise FieldError(f"{where}.value", f"expected one of {', '.join(numbers)}, got {text!r}.")
    return numbers[text]


def _make_set(fields: Mapping[str, Data], where: str) -> frozenset[Any]:
    only(fields, ("items",), where)
    items = fields.get("items")
    if not isinstance(items, list | tuple):
        _refuse(f"{where}.items", "a list", items)
    try:
        return frozenset(decode(item, Any, f"{where}.items[{index}]") for index, item in enumerate(items))
    except TypeError as error:
        raise FieldError(f"{where}.items", f"{error}") from error


def _make_mapping(fields: Mapping[str, Data], where: str) -> dict[str, Any]:
    only(fields, ("items",), where)
    items = fields.get("items")
    if not isinstance(items, Mapping):
        _refuse(f"{where}.items", "a mapping", items)
    return {key: decode(item, Any, f"{where}.items.{key}") for key, item in items.items()}


def _make_path(fields: Mapping[str, Data], where: str) -> Path:
    only(fields, ("value",), where)
    return Path(text_of(fields.get("value"), f"{where}.value"))


_SPECIAL = {
    "number": _make_number,
    "set": _make_set,
    "mapping": _make_mapping,
    "path": _make_path,
}


def is_known_type(name: str) -> bool:
    """Whether a name after `type:` needs no import from outside Smashcima."""
    return name in _SPECIAL or is_known(name)


def only(fields: Mapping[str, Data], known: tuple[str, ...], where: str) -> None:
    """Raises a `RecipeError` for fields other than these."""
    refuse_unknown(fields, known, "the value", where)


def text_of(data: Data, where: str) -> str:
    """Returns text; raises a `RecipeError` for other data."""
    if not isinstance(data, str):
        _refuse(where, "text", data)
    return data


def _refuse(where: str, what: str, data: Data) -> NoReturn:
    raise FieldError(where, f"expected {what}, got {shown(data)}.")
