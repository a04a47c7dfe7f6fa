"""The plan of a data set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from smashcima.datasets.generation.fields import Where, shown
from smashcima.datasets.generation.image_spec import ImageSpec
from smashcima.datasets.generation.randomised import check_random
from smashcima.errors import PlanError, RecipeError, reason_of
from smashcima.files import write_file
from smashcima.orchestration.recipes.text_form import read_text, to_json, to_yaml
from smashcima.short_repr import ShortRepr

VERSION = 1

_FIELDS = (
    "version", "seed", "count", "sources", "model", "image", "labels", "layout", "splits", "licence", "limits", "verify",
)  # fmt: skip

_SHORT_MODELS = {
    "handwritten": "BaseHandwrittenModel",
    "printed": "EngravedModel",
    "staff": "StaffModel",
    "printed staff": "PrintedStaffModel",
}
"""Short names of models in plans, and their names in recipes."""

_LEAST_SHARDS = 10
"""Shards of a data set whose plan does not state their size, if it has as many samples."""

LICENCES = ("any", "commercial")

PROOFS = ("report", "reject", "off")


@dataclass(frozen=True)
class GenerationPlan(ShortRepr):
    """A data set as a value: sample *i* depends on the plan and *i* alone."""

    seed: int
    """First part of the address of every sample."""

    count: int
    """Number of samples. A sample is one page; with crops, it has several images."""

    sources: tuple[Mapping[str, Any], ...]
    """Sources of scores as plain data: see `smashcima.datasets.generation.sources`."""

    model: Mapping[str, Any] = field(default_factory=lambda: {"model": "BaseHandwrittenModel"})
    """Recipe of the model as plain data; any value in `options`, `attributes` or `services` may be random."""

    image: ImageSpec = field(default_factory=ImageSpec)

    labels: tuple[str, ...] = ("coco",)
    """Names of labels: see `smashcima.datasets.generation.labels`."""

    layout: Mapping[str, Any] = field(default_factory=lambda: {"name": "folders"})
    """Name and options of the layout: see `smashcima.datasets.layouts`."""

    splits: Mapping[str, float] = field(default_factory=lambda: {"train": 1.0})
    """Weight of each split. All pages of a score are in the same split."""

    licence: str = "any"
    """`commercial` refuses sources and assets that do not permit commercial use."""

    limits: Mapping[str, float] = field(default_factory=dict)
    """Limits of a sample: `seconds` and `memory_mb`."""

    verify: str = "report"
    """What follows if the proof of a page fails (see `smashcima.verify`): `report` lists the disagreements in the metadata
    of the sample, `reject` leaves the sample out, as if it could not be drawn, and `off` proves nothing."""

    folder: Path = field(default=Path("."), compare=False)
    """Folder to which relative paths in the plan refer."""

    # -- as data -------------------------------------------------------------------------------------------

    @staticmethod
    def from_data(data: Any, *, where: Where | None = None, folder: str | Path = ".") -> GenerationPlan:
        """Reads parsed YAML or JSON.

        Raises:
            PlanError: a field is missing, unknown or invalid; the message names it.
        """
        place = where or Where()
        fields = place.mapping(data, _FIELDS)
        version = fields.get("version")
        if version != VERSION or isinstance(version, bool):
            said = "it is missing" if version is None else f"it is {shown(version)}"
            raise place.at("version").error(
                f"this version of Smashcima reads plans of version {VERSION}; {said}"
            )
        for name in ("count", "sources"):
            if name not in fields:
                raise place.error(f"the field {name} is missing")
        from smashcima.datasets.generation.labels import LABELS
        from smashcima.datasets.generation.sources import check_source

        sources = place.at("sources").list(fields["sources"])
        if not sources:
            raise place.at("sources").error("expected at least one source")
        for index, source in enumerate(sources):
            check_source(source, place.at("sources").at(index))
        labels_at = place.at("labels")
        labels = labels_at.list(fields.get("labels", ["coco"]))
        limits_at = place.at("limits")
        limits = limits_at.mapping(fields.get("limits", {}), ("seconds", "memory_mb"))
        count = place.at("count").integer(fields["count"], 1)
        return GenerationPlan(
            seed=place.at("seed").integer(fields.get("seed", 0), 0, 2**63 - 1),
            count=count,
            sources=tuple(MappingProxyType(dict(source)) for source in sources),
            model=MappingProxyType(_model(fields.get("model", "handwritten"), place.at("model"))),
            image=ImageSpec.from_data(fields.get("image", {}), place.at("image")),
            labels=tuple(labels_at.at(i).text(label, LABELS) for i, label in enumerate(labels)),
            layout=MappingProxyType(_layout(fields.get("layout", "folders"), count, place.at("layout"))),
            splits=MappingProxyType(_splits(fields.get("splits", {"train": 1.0}), place.at("splits"))),
            licence=place.at("licence").text(fields.get("licence", "any"), LICENCES),
            limits=MappingProxyType({k: limits_at.at(k).number(v, 0.1) for k, v in limits.items()}),
            verify=_proof(fields.get("verify", True), place.at("verify")),
            folder=Path(folder),
        )

    def to_data(self) -> dict[str, Any]:
        """The plan as JSON-compatible data, for `from_data`."""
        return {
            "version": VERSION,
            "seed": self.seed,
            "count": self.count,
            "sources": [_plain(source) for source in self.sources],
            "model": _plain(self.model),
            "image": self.image.to_data(),
            "labels": list(self.labels),
            "layout": _plain(self.layout),
            "splits": dict(self.splits),
            "licence": self.licence,
            "limits": dict(self.limits),
            "verify": self.verify,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the plan: equal plans have equal digests. The folder does not count."""
        return hashlib.sha256(json.dumps(self.to_data(), sort_keys=True).encode()).hexdigest()

    # -- as a file -----------------------------------------------------------------------------------------

    @staticmethod
    def load(path: str | Path) -> GenerationPlan:
        """Reads a plan from YAML or JSON (`.json`).

        Raises:
            PlanError: the file cannot be read or is not a plan. The message names the field and, in YAML, the line.
        """
        path = Path(path)
        try:
            text = path.read_bytes().decode()
        except (OSError, ValueError) as error:
            raise PlanError(f"The plan {path} cannot be read: {reason_of(error)}.") from error
        try:
            read = read_text(text, path.suffix.lower() == ".json", path.name)
        except RecipeError as error:
            raise PlanError(str(error)) from error
        where = Where("", path.name, read.lines)
        return GenerationPlan.from_data(read.data, where=where, folder=path.parent)

    def write(self, path: str | Path) -> None:
        """Writes the plan as YAML, or as JSON to `.json`; equal plans give equal bytes."""
        path = Path(path)
        data = self.to_data()
        text = to_json(data) if path.suffix.lower() == ".json" else to_yaml(data)
        write_file(path, text.encode())


def _model(data: Any, where: Where) -> dict[str, Any]:
    if isinstance(data, str):
        return {"model": _SHORT_MODELS.get(data, data)}
    fields = dict(where.mapping(data, ("version", "model", "plugins", "options", "attributes", "services")))
    name = where.at("model").text(fields.get("model", "handwritten"))
    fields["model"] = _SHORT_MODELS.get(name, name)
    for part in ("options", "attributes", "services"):
        if part in fields:
            check_random(where.at(part).mapping(fields[part]), where.at(part))
    return fields


def _layout(data: Any, count: int, where: Where) -> dict[str, Any]:
    """The layout with its number of samples per shard, which the plan need not state."""
    from smashcima.datasets.layouts import check_layout, make_layout

    fields = check_layout(data, where)
    # Worker processes take whole shards, so a small data set has several, too.
    usual = min(make_layout(fields).samples_per_shard, max(count // _LEAST_SHARDS, 1))
    return {"samples_per_shard": usual, **fields}


def _proof(data: Any, where: Where) -> str:
    """One of `PROOFS`; `true` is `report`, and `false` is `off`."""
    if isinstance(data, bool):
        return "report" if data else "off"
    return where.text(data, PROOFS)


def _splits(data: Any, where: Where) -> dict[str, float]:
    weights = {name: where.at(name).number(weight, 0) for name, weight in where.mapping(data).items()}
    if sum(weights.values()) <= 0:
        raise where.error("expected at least one split with a weight above 0")
    return weights


def _plain(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_plain(item) for item in data]
    return data
