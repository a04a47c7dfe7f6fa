"""Kinds of sources by the names of their fields in plans."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources.filtering import FilteredSource, ScoreFilter
from smashcima.datasets.generation.sources.source import ScoreSource
from smashcima.datasets.generation.sources.wrapped import LicensedSource

_C = TypeVar("_C", bound=type[ScoreSource])

_COMMON = ("weight", "licence", "filter")

_kinds: dict[str, type[ScoreSource]] = {}


def register_source(kind: _C) -> _C:
    """Registers a class of sources, so that plans can use its `KEY`; usable as a decorator."""
    _kinds[kind.KEY] = kind
    return kind


def check_source(data: Any, where: Where) -> type[ScoreSource]:
    """The class of a source in a plan; raises `PlanError` for unknown kinds and fields."""
    fields = where.mapping(data)
    found = [key for key in _kinds if key in fields]
    if len(found) != 1:
        said = "it has none of them" if not found else f"it has {' and '.join(found)}"
        raise where.error(f"a source has exactly one of the fields {', '.join(_kinds)}; {said}")
    kind = _kinds[found[0]]
    where.mapping(data, (kind.KEY, *kind.FIELDS, *_COMMON))
    if "weight" in fields:
        where.at("weight").number(fields["weight"], 0)
    if "licence" in fields:
        where.at("licence").text(fields["licence"])
    if "filter" in fields:
        ScoreFilter.from_data(fields["filter"], where.at("filter"))
    kind.check_data(fields, where)
    return kind


def make_source(data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
    """Builds a source of a plan, with its licence and filter; raises `PlanError`."""
    source = check_source(data, where).from_data(data, where, folder)
    if "licence" in data:
        source = LicensedSource(source, str(data["licence"]))
    if "filter" in data:
        source = FilteredSource(source, ScoreFilter.from_data(data["filter"], where.at("filter")), where)
    return source
