"""Sources by classes of the user."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources.source import ScoreSource


class OwnClassSource(ScoreSource):
    """A class of the user: `{type: "package.module:Class", options: {...}}`.

    The class is a `ScoreSource`. Its constructor is called with the options; relative paths in them are relative to the
    working directory.
    """

    KEY = "type"
    FIELDS: ClassVar[tuple[str, ...]] = ("options",)

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        name = where.at(cls.KEY).text(data[cls.KEY])
        module, _, path = name.partition(":")
        if not module or not path:
            raise where.at(cls.KEY).error(f"expected `package.module:Class`, got {name!r}")
        where.at("options").mapping(data.get("options", {}))

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        made = _found(str(data[cls.KEY]), where.at(cls.KEY))
        options = dict(where.at("options").mapping(data.get("options", {})))
        try:
            return made(**options)
        except TypeError as error:
            raise where.at("options").error(
                f"{data[cls.KEY]} does not take these options: {error}"
            ) from error


def _found(name: str, where: Where) -> type[ScoreSource]:
    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
    except ImportError as error:
        raise where.error(
            f"the module {module} cannot be imported: {error}. Install it, or add its folder to PYTHONPATH"
        ) from error
    for part in path.split("."):
        found = getattr(found, part, None)
    if not (isinstance(found, type) and issubclass(found, ScoreSource)):
        raise where.error(f"{name} is not a subclass of smashcima.datasets.generation.ScoreSource")
    return found
