"""Layouts by their names in plans."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.layouts.coco import CocoLayout
from smashcima.datasets.layouts.deepscores import DeepScoresLayout
from smashcima.datasets.layouts.folders import FoldersLayout
from smashcima.datasets.layouts.layout import Layout
from smashcima.datasets.layouts.musicorpus import MusiCorpusLayout
from smashcima.datasets.layouts.musicscore import MusicScoreLayout
from smashcima.datasets.layouts.parquet import ParquetLayout
from smashcima.datasets.layouts.visionscores import VisionScoresLayout
from smashcima.datasets.layouts.webdataset import WebDatasetLayout
from smashcima.datasets.layouts.yolo import YoloLayout

_C = TypeVar("_C", bound=type[Layout])

_layouts: dict[str, type[Layout]] = {
    kind.NAME: kind
    for kind in (
        FoldersLayout,
        WebDatasetLayout,
        CocoLayout,
        YoloLayout,
        DeepScoresLayout,
        ParquetLayout,
        MusiCorpusLayout,
        VisionScoresLayout,
        MusicScoreLayout,
    )
}


def register_layout(kind: _C) -> _C:
    """Registers a class of layouts, so that plans can use its `NAME`; usable as a decorator."""
    _layouts[kind.NAME] = kind
    return kind


def known_layouts() -> Mapping[str, type[Layout]]:
    """All layouts by name."""
    return MappingProxyType(_layouts)


def check_layout(data: Any, where: Where) -> dict[str, Any]:
    """The layout of a plan, given as `webdataset` or `{name: webdataset, samples_per_shard: 50}`, as a mapping.

    Raises `PlanError` for unknown names and invalid options.
    """
    fields = {"name": data} if isinstance(data, str) else dict(where.mapping(data))
    if "name" not in fields:
        raise where.error(f"the field name is missing; choose from {', '.join(_layouts)}")
    kind = _layouts[where.at("name").text(fields["name"], _layouts)]
    where.mapping(fields, ("name", "samples_per_shard", *kind.FIELDS))
    make_layout(fields, where)
    return fields


def make_layout(data: Mapping[str, Any], where: Where | None = None) -> Layout:
    """Builds a layout from the mapping of `check_layout`."""
    place = where or Where("layout")
    options = {key: value for key, value in data.items() if key not in ("name", "samples_per_shard")}
    layout = _layouts[data["name"]].from_options(options, place)
    if "samples_per_shard" in data:
        layout.samples_per_shard = place.at("samples_per_shard").integer(data["samples_per_shard"], 1)
    return layout
