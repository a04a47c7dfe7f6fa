"""The option `classes` of layouts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.errors import ExportError
from smashcima.exporting.classes import CLASS_PRESETS, VOCABULARIES, ClassSelection


def read_classes(options: Mapping[str, Any], where: Where) -> ClassSelection:
    """Reads `classes: detector`, `classes: deepscores` or `classes: {vocabulary: deepscores, keep: [...], drop: [...], merge: {...}}`.

    Raises `PlanError` for unknown vocabularies and classes.
    """
    place = where.at("classes")
    data = options.get("classes", "smashcima")
    if isinstance(data, str) and data in CLASS_PRESETS:
        return ClassSelection.of(data)
    fields = {"vocabulary": data} if isinstance(data, str) else place.mapping(data, _FIELDS)
    name = place.at("vocabulary").text(fields.get("vocabulary", "smashcima"), VOCABULARIES)
    chosen: dict[str, Any] = {}
    for field in ("keep", "drop"):
        if field in fields:
            chosen[field] = _names(fields[field], place.at(field))
    if "merge" in fields:
        at = place.at("merge")
        chosen["merge"] = {new: _names(old, at.at(new)) for new, old in at.mapping(fields["merge"]).items()}
    try:
        return ClassSelection(name, **chosen)
    except ExportError as error:
        raise place.error(str(error)) from error


_FIELDS = ("vocabulary", "keep", "drop", "merge")


def _names(data: Any, where: Where) -> list[str]:
    return [where.at(index).text(name) for index, name in enumerate(where.list(data))]
