"""A model as a value, from which any process can build an equal model."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from smashcima.errors import RecipeError
from smashcima.orchestration.recipes import building
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.names import closest, is_our_module, short_names
from smashcima.orchestration.recipes.text_form import read_data, to_yaml, write_data
from smashcima.orchestration.recipes.values import IMPORT, TYPE, Data, encode, is_known_type, shown, thawed
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from smashcima.orchestration.model import Model

VERSION = 1

_FIELDS = ("version", "model", "plugins", "options", "attributes", "services")


@dataclass(frozen=True, eq=False)
class Recipe(ShortRepr):
    """A model class and its options, as a frozen value that can be written as YAML or JSON.

    `model.recipe` is the recipe of the current state of a model; `recipe.build()` builds the model in any process. Recipes
    compare and hash by content, and equal recipes are written as equal bytes.

    Options may be given as Python values: `Recipe("EngravedModel", {"layout": LayoutOptions(page="A4")})`; they are stored
    as plain data. A value that a recipe cannot hold raises a `RecipeError`.
    """

    model: str
    """Short name of the model class, such as `EngravedModel`, or its import path, such as `package.module:Class`."""

    options: Mapping[str, Data] = field(default_factory=dict)
    """Arguments of the constructor that differ from the defaults."""

    attributes: Mapping[str, Data] = field(default_factory=dict)
    """Attributes to set on the model after construction."""

    services: Mapping[str, Data] = field(default_factory=dict)
    """By interface: a replacement implementation (`type`), and options to set on the service after construction."""

    plugins: tuple[str, ...] = ()
    """Modules that register models or formats; they are imported first."""

    lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Line of each field in the file that the recipe was read from, for messages; ignored in comparisons."""

    source: str = field(default="the recipe", repr=False)
    """Name of that file, for messages."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        for name in ("options", "attributes", "services"):
            given = getattr(self, name)
            if not isinstance(given, Mapping):
                raise self.error(name, f"expected a mapping, got {given!r}")
            put(self, name, _frozen({str(key): _plain(each, f"{name}.{key}") for key, each in given.items()}))
        put(self, "plugins", tuple(dict.fromkeys(self.plugins)))
        put(self, "lines", MappingProxyType(dict(self.lines)))

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Recipe) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Recipe.from_dict, (self.to_dict(),))

    @property
    def _key(self) -> str:
        return json.dumps(self.to_dict())

    # -- as data -------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The recipe as JSON-compatible data; empty parts are omitted."""
        parts = {
            "plugins": list(self.plugins),
            "options": thawed(self.options),
            "attributes": thawed(self.attributes),
            "services": thawed(self.services),
        }
        return {
            "version": VERSION,
            "model": self.model,
            **{name: part for name, part in parts.items() if part},
        }

    @staticmethod
    def from_dict(data: Any, *, source: str = "the recipe", lines: Mapping[str, int] | None = None) -> Recipe:
        """Makes a recipe from the data of `to_dict`.

        Imports nothing: options, and names of classes outside Smashcima, are checked by `build`.

        Args:
            data: parsed JSON or YAML.
            source: name of the recipe in messages.
            lines: line of each field, for messages.

        Raises:
            RecipeError: the data is not a recipe, or has an unsupported version.
        """
        where = Recipe("", source=source, lines=lines or {})
        if not isinstance(data, Mapping):
            raise where.error("", "a recipe is a mapping with the fields version, model and options")
        for name in data:
            if name not in _FIELDS:
                raise where.error(
                    str(name),
                    f"a recipe has no such field{closest(str(name), _FIELDS)}; its fields are {', '.join(_FIELDS)}",
                )
        version = data.get("version")
        if isinstance(version, bool) or version != VERSION:
            said = "the field is missing" if version is None else f"it is {shown(version)}"
            raise where.error(
                "version", f"this version of Smashcima reads recipes of version {VERSION}; {said}"
            )
        model = data.get("model")
        if not isinstance(model, str) or not model:
            raise where.error("model", "expected the name of a model class")
        plugins = data.get("plugins", ())
        if not isinstance(plugins, list | tuple) or not all(isinstance(each, str) for each in plugins):
            raise where.error("plugins", "expected a list of module names")
        parts = {}
        for name in ("options", "attributes", "services"):
            part = data.get(name)
            if part is not None and not isinstance(part, Mapping):
                raise where.error(name, f"expected a mapping, got {shown(part)}")
            _check_data(part or {}, name, where)
            parts[name] = part or {}
        return Recipe(model, **parts, plugins=tuple(plugins), lines=where.lines, source=source)

    # -- as a file -----------------------------------------------------------------------------------------

    def to_yaml(self) -> str:
        """Returns the text of the recipe in YAML, as `write` writes it. Equal recipes have equal texts."""
        return to_yaml(self.to_dict())

    def write(self, path: str | Path) -> None:
        """Writes the recipe as JSON (`.json`) or YAML (`.yaml`, `.yml`).

        Equal recipes are written as equal bytes.
        """
        write_data(self.to_dict(), Path(path), "recipe")

    @staticmethod
    def load(path: str | Path) -> Recipe:
        """Reads a recipe from a YAML or JSON file.

        Raises:
            RecipeError: the file cannot be read or is not a recipe. The message names the field and, in YAML, the line.
        """
        path = Path(path)
        read = read_data(path, "recipe")
        return Recipe.from_dict(read.data, source=path.name, lines=read.lines)

    # -- as a model ----------------------------------------------------------------------------------------

    def build(self) -> Model:
        """Builds the model.

        Imports the modules that the recipe names (plugins, model, services, classes of values), which runs their code. Check
        `foreign_modules` before building a recipe from an untrusted source.

        Raises:
            RecipeError: a name is unknown, or an option is unknown or has an invalid type or value.
        """
        try:
            made = building.build(self.model, self.options, self.attributes, self.services, self.plugins)
        except FieldError as error:
            raise self.error(error.where, error.text) from error
        return cast("Model", made)

    @property
    def foreign_modules(self) -> tuple[str, ...]:
        """The modules outside Smashcima that `build` imports, in the order of the recipe."""
        names = [self.model, *self.services]
        for part in (self.options, self.attributes, self.services):
            names.extend(_class_names(part))
        # A name without a colon is a short one, or registered by a plugin.
        modules = [*self.plugins, *(name.partition(":")[0] for name in names if ":" in name)]
        return tuple(dict.fromkeys(module for module in modules if not is_our_module(module)))

    def with_option(self, name: str, value: Any) -> Recipe:
        """Returns a copy of the recipe with one option changed."""
        options = {**self.options, name: value}
        return Recipe(
            self.model, options, self.attributes, self.services, self.plugins, self.lines, self.source
        )

    def error(self, where: str, text: str) -> RecipeError:
        """Makes an error about a field: `recipe.yaml, line 7: options.dpi: ...`."""
        line = _line_of(where, self.lines)
        place = f"{self.source}, line {line}" if line else self.source
        return RecipeError(f"{place}: {where}: {text}" if where else f"{place}: {text}")


def _line_of(where: str, lines: Mapping[str, int]) -> int | None:
    """The line of a field, or of the innermost field around it that has one."""
    while where not in lines:
        cut = max(where.rfind("."), where.rfind("["))
        if cut < 0:
            return None
        where = where[:cut]
    return lines[where]


def _plain(value: Any, where: str) -> Data:
    """Encodes Python values; leaves data unchanged."""
    if isinstance(value, Mapping) and (TYPE in value or IMPORT in value):
        return {key: _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    return encode(value, where)


def _frozen(data: Data) -> Data:
    """Makes data immutable and sorts its keys, so that equal recipes are written alike."""
    if isinstance(data, Mapping):
        keys = sorted(data, key=lambda key: (key not in (TYPE, IMPORT), key))
        return MappingProxyType({key: _frozen(data[key]) for key in keys})
    return tuple(_frozen(item) for item in data) if isinstance(data, list | tuple) else data


def _check_data(data: Data, path: str, where: Recipe) -> None:
    """Refuses values that are not plain data, and unknown short names."""
    if isinstance(data, Mapping):
        for key, item in data.items():
            if not isinstance(key, str):
                raise where.error(path, f"the key {key!r} is not text")
            inner = f"{path}.{key}"
            _check_data(item, inner, where)
            if key == TYPE and isinstance(item, str) and ":" not in item and not is_known_type(item):
                raise where.error(inner, f"there is no {item!r}{closest(item, short_names())}")
    elif isinstance(data, list | tuple):
        for index, item in enumerate(data):
            _check_data(item, f"{path}[{index}]", where)
    elif isinstance(data, float) and not math.isfinite(data):
        raise where.error(path, f"the number {data!r} is not finite; write {{type: number, value: 'inf'}}")
    elif data is not None and not isinstance(data, bool | int | float | str):
        raise where.error(path, f"a recipe holds plain data only, not a {type(data).__name__}")


def _class_names(data: Data) -> list[str]:
    """All names in the fields `type` and `import`."""
    if isinstance(data, Mapping):
        own = [data[key] for key in (TYPE, IMPORT) if isinstance(data.get(key), str)]
        return [*own, *(name for item in data.values() for name in _class_names(item))]
    return [name for item in data for name in _class_names(item)] if isinstance(data, list | tuple) else []
