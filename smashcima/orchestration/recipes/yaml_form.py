"""Reads and writes YAML for recipes, with the line of each field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from smashcima.errors import RecipeError
from smashcima.orchestration.recipes.parsed_text import ReadText

_DEEPEST = 60

_STANDARD_TAGS = tuple(
    f"tag:yaml.org,2002:{kind}"
    for kind in "null bool int float str seq map timestamp binary set omap pairs".split()
)
"""Tags of plain YAML. Other tags, such as those of Python objects, are refused."""


class _Loader(yaml.SafeLoader):
    """Safe YAML, in which `1e-3` is a number, as in JSON."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+$"),
    list("-+.0123456789"),
)


class _Dumper(yaml.SafeDumper):
    """Safe YAML with all control characters escaped; PyYAML does not preserve some line breaks."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def format_yaml(data: Mapping[str, Any]) -> str:
    """Plain data as YAML; equal data gives equal text."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )
    return text


def read_yaml(text: str, name: str) -> ReadText:
    """Reads YAML; `name` is that of the file, for messages. Raises `RecipeError`."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return ReadText(None, {})
        lines: dict[str, int] = {}
        data = _Reader(loader, name, lines).read(node, "", 0, 1)
        return ReadText(data, lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise RecipeError(f"{name}{line}: invalid YAML: {error.problem or error.context}.") from error
    except yaml.YAMLError as error:
        raise RecipeError(f"{name}: invalid YAML: {error}.") from error
    finally:
        loader.dispose()


class _Reader:
    """Converts YAML nodes to data, and records the line of each field."""

    def __init__(self, loader: _Loader, name: str, lines: dict[str, int]) -> None:
        self._loader = loader
        self._name = name
        self._lines = lines
        self._seen: set[yaml.Node] = set()

    def read(self, node: yaml.Node, path: str, depth: int, line: int) -> Any:
        """Converts a node; `line` is the line of its key, since an alias has the position of its anchor."""
        if node in self._seen:
            # Nested aliases can expand a kilobyte to gigabytes.
            raise RecipeError(
                f"{self._name}, line {line}: aliases (*name) are not supported; repeat the value."
            )
        self._seen.add(node)
        if depth > _DEEPEST:
            raise RecipeError(f"{self._name}, line {line}: the recipe is nested too deeply.")
        if path not in self._lines:
            self._lines[path] = line
        if not node.tag.startswith(_STANDARD_TAGS):
            raise RecipeError(f"{self._name}, line {line}: the tag {node.tag} is not supported.")
        if isinstance(node, yaml.SequenceNode):
            return [
                self.read(item, f"{path}[{index}]", depth + 1, item.start_mark.line + 1)
                for index, item in enumerate(node.value)
            ]
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, path, depth)
        value = self._loader.construct_object(node)
        if value is not None and not isinstance(value, bool | int | float | str):
            raise RecipeError(
                f"{self._name}, line {line}: {node.value!r} is read as a {type(value).__name__}; put it in quotes."
            )
        return value

    def _read_mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == "tag:yaml.org,2002:merge":
                raise RecipeError(f"{self._name}, line {line}: keys must be plain scalars.")
            key = key_node.value
            if key in found:
                raise RecipeError(f"{self._name}, line {line}: duplicate field {key!r}.")
            inner = f"{path}.{key}" if path else key
            self._lines[inner] = line
            found[key] = self.read(value_node, inner, depth + 1, line)
        return found
