"""The columns of a Parquet data set: their names, types in Arrow and in Hugging Face `datasets`, and values.

They follow from the plan alone, so that all shards have the same schema, whatever their records contain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from smashcima.datasets.generation.labels import SUFFIXES
from smashcima.datasets.generation.record import Record

if TYPE_CHECKING:
    import pyarrow

    from smashcima.datasets.generation.plan import GenerationPlan

Feature = dict[str, Any]
"""A feature of Hugging Face `datasets` as JSON."""

_IMAGE: Feature = {"_type": "Image"}
_ARROW_NAMES = {
    "string": "string",
    "int32": "int32",
    "int64": "int64",
    "float32": "float32",
    "float64": "float64",
}


@dataclass(frozen=True)
class Column:
    """A column."""

    name: str
    feature: Feature
    value: Callable[[Record], Any]
    suffix: str | None = None
    """Suffix of the file that it holds."""


def columns_of(plan: GenerationPlan, classes: Sequence[str]) -> list[Column]:
    """The columns of a plan. `classes` are the names of the categories of objects, in the order of their ids."""
    columns = [
        Column("image", _IMAGE, lambda record: _image(record, record.image_suffix), plan.image.format),
        Column("key", _value("string"), lambda record: record.key),
        Column("sample", _value("int64"), lambda record: record.sample),
    ]
    for name, kind in (
        ("source", "string"),
        ("width", "int32"),
        ("height", "int32"),
        ("dpi", "float64"),
        ("licence", "string"),
    ):
        columns.append(Column(name, _value(kind), _fact(name)))
    if "coco" in plan.labels:
        columns.append(Column("objects", _objects(classes), lambda record: _objects_of(record, len(classes))))
    columns += _label_columns(plan)
    columns.append(
        Column(
            "metadata",
            _value("string"),
            lambda record: json.dumps(dict(record.metadata), ensure_ascii=False, sort_keys=True),
        )
    )
    return columns


def schema_of(columns: Sequence[Column]) -> pyarrow.Schema:
    """The schema in Arrow; its metadata hold the features for `datasets` and the suffixes of files."""
    import pyarrow

    features = {column.name: column.feature for column in columns}
    suffixes = {column.name: column.suffix for column in columns if column.suffix is not None}
    metadata = {
        "huggingface": json.dumps({"info": {"features": features}}),
        "smashcima": json.dumps({"files": suffixes}),
    }
    fields = [(column.name, _arrow_type(column.feature)) for column in columns]
    return pyarrow.schema(fields, metadata=metadata)


def _label_columns(plan: GenerationPlan) -> Iterator[Column]:
    """A column for each file of each label: text, or an image."""
    for suffix in dict.fromkeys(suffix for label in plan.labels for suffix in SUFFIXES[label]):
        name = suffix.replace(".", "_")
        if suffix.endswith(".png"):
            yield Column(name, _IMAGE, partial(_image, suffix=suffix), suffix)
        else:
            yield Column(name, _value("string"), partial(_text, suffix=suffix), suffix)


# -- features and types ------------------------------------------------------------------------------------


def _value(kind: str) -> Feature:
    return {"dtype": kind, "_type": "Value"}


def _list(feature: Feature, length: int | None = None) -> Feature:
    fixed = {} if length is None else {"length": length}
    return {"feature": feature, **fixed, "_type": "Sequence"}


def _objects(classes: Sequence[str]) -> Feature:
    return {
        "id": _list(_value("int64")),
        "category": _list({"names": list(classes), "_type": "ClassLabel"}),
        "bbox": _list(_list(_value("float32"), 4)),
        "area": _list(_value("int64")),
        "smashcima_id": _list(_value("string")),
    }


def _arrow_type(feature: Feature) -> pyarrow.DataType:
    import pyarrow

    match feature.get("_type"):
        case "Image":
            return pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
        case "ClassLabel":
            return pyarrow.int64()
        case "Value":
            return pyarrow.type_for_alias(_ARROW_NAMES[feature["dtype"]])
        case "Sequence":
            return pyarrow.list_(_arrow_type(feature["feature"]), feature.get("length", -1))
        case _:
            return pyarrow.struct([(name, _arrow_type(each)) for name, each in feature.items()])


# -- values ------------------------------------------------------------------------------------------------


def _fact(name: str) -> Callable[[Record], Any]:
    return lambda record: record.metadata.get(name)


def _image(record: Record, suffix: str) -> dict[str, Any] | None:
    content = record.files.get(suffix)
    return None if content is None else {"bytes": content, "path": f"{record.key}.{suffix}"}


def _text(record: Record, suffix: str) -> str | None:
    content = record.files.get(suffix)
    return None if content is None else content.decode()


def _objects_of(record: Record, classes: int) -> dict[str, list[Any]] | None:
    content = record.files.get("coco.json")
    if content is None:
        return None
    annotations = json.loads(content)["annotations"]
    numbers = [each["category_id"] - 1 for each in annotations]
    return {
        "id": [each["id"] for each in annotations],
        # -1 is "no label" in `datasets`: a class of one's own, which is named in the column coco_json.
        "category": [number if number < classes else -1 for number in numbers],
        "bbox": [each["bbox"] for each in annotations],
        "area": [each["area"] for each in annotations],
        "smashcima_id": [each["attributes"]["smashcima_id"] for each in annotations],
    }
