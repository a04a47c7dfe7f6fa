"""A model as a value: everything that another process needs to make the same one."""

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
from smashcima.orchestration.recipes.names import closest, is_ours, short_names
from smashcima.orchestration.recipes.text_form import read_text, to_json, to_yaml
from smashcima.orchestration.recipes.values import IMPORT, TYPE, Data, encode, is_known_type, shown, thawed

if TYPE_CHECKING:
    from smashcima.orchestration.model import Model

VERSION = 1

_FIELDS = ("version", "model", "plugins", "options", "attributes", "services")
_SUFFIXES = {".json": True, ".yaml": False, ".yml": False}


@dataclass(frozen=True, eq=False)
class Recipe:
    """A model class with all its options, as a frozen value that can be written as YAML or JSON.

    `model.recipe` gives the recipe of a model as it is now; `recipe.build()` makes the model, in any process. Equal
    recipes are equal, hash alike, and are written as the same bytes.

    Options may be given as Python values: `Recipe("EngravedModel", {"layout": LayoutOptions(page="A4")})`; they are kept
    as plain data. Anything that a recipe cannot hold is a `RecipeError`.
    """

    model: str
    """Short name of the model class, such as `EngravedModel`, or its import path, such as `package.module:Class`."""

    options: Mapping[str, Data] = field(default_factory=dict)
    """Arguments of its constructor; those that are left out have their defaults."""

    attributes: Mapping[str, Data] = field(default_factory=dict)
    """Attributes of the model that are set after it is made."""

    services: Mapping[str, Data] = field(default_factory=dict)
    """By interface: another implementation (`type`), and options of services that are set after the model is made."""

    plugins: tuple[str, ...] = ()
    """Modules to import before anything else, because they register models or formats."""

    lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Lines of a file from which the recipe was read, for messages; they play no part in comparisons."""

    source: str = field(default="the recipe", repr=False)
    """What messages call it: the name of that file."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        for name in ("options", "attributes", "services"):
            given = getattr(self, name)
            if not isinstance(given, Mapping):
                raise self.error(name, f"a mapping is wanted, not {given!r}")
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
        """The recipe as JSON wants it; parts that are empty are left out."""
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
        """The recipe that `to_dict` gave.

        Nothing is imported: names of classes outside of Smashcima, and options, are checked by `build`.

        Args:
            data: what JSON or YAML gave.
            source: what messages call it.
            lines: lines of fields in a file, for messages.

        Raises:
            RecipeError: it is no recipe, or one of another version.
        """
        where = Recipe("", source=source, lines=lines or {})
        if not isinstance(data, Mapping):
            raise where.error("", "a recipe is a mapping with the fields version, model and options")
        for name in data:
            if name not in _FIELDS:
                raise where.error(
                    str(name),
                    f"a recipe has no such field{closest(str(name), _FIELDS)}; it has {', '.join(_FIELDS)}",
                )
        version = data.get("version")
        if isinstance(version, bool) or version != VERSION:
            said = "the field is missing" if version is None else f"it is {shown(version)}"
            raise where.error(
                "version", f"this version of Smashcima reads recipes of version {VERSION}; {said}"
            )
        model = data.get("model")
        if not isinstance(model, str) or not model:
            raise where.error("model", "the name of a model class is wanted")
        plugins = data.get("plugins", ())
        if not isinstance(plugins, list | tuple) or not all(isinstance(each, str) for each in plugins):
            raise where.error("plugins", "a list of names of modules is wanted")
        parts = {}
        for name in ("options", "attributes", "services"):
            part = data.get(name)
            if part is not None and not isinstance(part, Mapping):
                raise where.error(name, f"a mapping is wanted, not {shown(part)}")
            _check_data(part or {}, name, where)
            parts[name] = part or {}
        return Recipe(model, **parts, plugins=tuple(plugins), lines=where.lines, source=source)

    # -- as a file -----------------------------------------------------------------------------------------

    def write(self, path: str | Path) -> None:
        """Writes a file: JSON if its name ends in `.json`, YAML if in `.yaml` or `.yml`.

        Equal recipes give equal bytes.
        """
        path = Path(path)
        if path.suffix.lower() not in _SUFFIXES:
            raise RecipeError(
                f"A recipe is written as {', '.join(_SUFFIXES)}; {path.name} ends in {path.suffix!r}."
            )
        data = self.to_dict()
        text = to_json(data) if _SUFFIXES[path.suffix.lower()] else to_yaml(data)
        path.write_bytes(text.encode())

    @staticmethod
    def load(path: str | Path) -> Recipe:
        """Reads a file that `write` wrote, or that a person did.

        Raises:
            RecipeError: there is no such file, or it is no recipe; the message says the field and, in YAML, the line.
        """
        path = Path(path)
        try:
            text = path.read_bytes().decode()
        except (OSError, ValueError) as error:
            raise RecipeError(f"The recipe {path} cannot be read: {error}.") from error
        is_json = _SUFFIXES.get(path.suffix.lower(), text.lstrip().startswith("{"))
        read = read_text(text, is_json, path.name)
        return Recipe.from_dict(read.data, source=path.name, lines=read.lines)

    # -- as a model ----------------------------------------------------------------------------------------

    def build(self) -> Model:
        """Makes the model.

        The modules that the recipe names (its plugins, the model, services, classes of values) are imported, which
        runs their code: see `foreign_modules` before building the recipe of a stranger.

        Raises:
            RecipeError: a name is not known, an option is not one of the model's, or has a wrong type or value.
        """
        try:
            made = building.build(self.model, self.options, self.attributes, self.services, self.plugins)
        except FieldError as error:
            raise self.error(error.where, error.text) from error
        return cast("Model", made)

    @property
    def foreign_modules(self) -> tuple[str, ...]:
        """The modules outside of Smashcima that `build` imports, in the order of the recipe."""
        names = [*self.plugins, self.model, *self.services]
        for part in (self.options, self.attributes, self.services):
            names.extend(_class_names(part))
        return tuple(dict.fromkeys(name.partition(":")[0] for name in names if not _is_safe(name)))

    def with_option(self, name: str, value: Any) -> Recipe:
        """The recipe with another value of one option."""
        options = {**self.options, name: value}
        return Recipe(
            self.model, options, self.attributes, self.services, self.plugins, self.lines, self.source
        )

    def error(self, where: str, text: str) -> RecipeError:
        """An error about a field: `recipe.yaml, line 7: options.dpi: ...`."""
        line = _line_of(where, self.lines)
        place = f"{self.source}, line {line}" if line else self.source
        return RecipeError(f"{place}: {where}: {text}" if where else f"{place}: {text}")


def _is_safe(name: str) -> bool:
    return is_ours(name) or is_known_type(name)


def _line_of(where: str, lines: Mapping[str, int]) -> int | None:
    """The line of a field, or of the closest one around it."""
    while where not in lines:
        cut = max(where.rfind("."), where.rfind("["))
        if cut < 0:
            return None
        where = where[:cut]
    return lines[where]


def _plain(value: Any, where: str) -> Data:
    """Data as it is; a Python value as data."""
    if isinstance(value, Mapping) and (TYPE in value or IMPORT in value):
        return {key: _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    return encode(value, where)


def _frozen(data: Data) -> Data:
    """The same data, unchangeable; keys sorted, so that equal recipes are written alike."""
    if isinstance(data, Mapping):
        keys = sorted(data, key=lambda key: (key not in (TYPE, IMPORT), key))
        return MappingProxyType({key: _frozen(data[key]) for key in keys})
    return tuple(_frozen(item) for item in data) if isinstance(data, list | tuple) else data


def _check_data(data: Data, path: str, where: Recipe) -> None:
    """Refuses what is not plain data, and short names that there are not."""
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
        raise where.error(path, f"a recipe holds plain data only, no {type(data).__name__}")


def _class_names(data: Data) -> list[str]:
    """All names after `type` and `import`."""
    if isinstance(data, Mapping):
        own = [data[key] for key in (TYPE, IMPORT) if isinstance(data.get(key), str)]
        return [*own, *(name for item in data.values() for name in _class_names(item))]
    return [name for item in data for name in _class_names(item)] if isinstance(data, list | tuple) else []
