"""What images are made from: music, hands, papers, with their licences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from smashcima.assets.bundles import (
    AssetRepository,
    Credit,
    bundle_by_name,
    credits_of_record,
    recorded_bundles,
)
from smashcima.assets.muscima import MuscimaPPGlyphs
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.licences import permits_commercial_use
from smashcima.datasets.generation.randomised import possible_values
from smashcima.datasets.generation.sources import ScoreItem, ScoreSource
from smashcima.errors import AssetError, SmashcimaError
from smashcima.orchestration import BaseHandwrittenModel, MusicScene, ScoreModel
from smashcima.orchestration.hands import HandSettings
from smashcima.orchestration.recipes.names import find

_HAND_OPTIONS = ("hand", "writer", "only_writers", "exclude_writers")


@dataclass(frozen=True)
class ModelAssets:
    """The asset bundles that a model draws with."""

    bundles: Mapping[str, str]
    """Versions with checksums, as scenes record them: `bundle NAME`."""

    credits: tuple[Credit, ...]

    @staticmethod
    def of(model: ScoreModel, data: Mapping[str, Any]) -> ModelAssets:
        """The bundles that a model records, or that its recipe names."""
        repository = AssetRepository.default()
        bundles = recorded_bundles(model.versions)
        for name in dict.fromkeys(_bundle_names(data)):
            for installed in repository.list():
                if installed.manifest is not None and installed.manifest.name == name:
                    bundles |= installed.manifest.versions()
        return ModelAssets(bundles, credits_of_record(bundles, repository) if bundles else ())


def made_from(item: ScoreItem, scene: MusicScene, assets: ModelAssets) -> dict[str, Any]:
    """What an image is made from, as metadata of its record.

    `made_from` lists the music, the asset bundles, and the built-in hand or music font, each with its licence; `bundles` are
    the versions of the bundles, if there are any.
    """
    parts = [{"part": "music", "name": item.id, "licence": item.licence}]
    for credit in assets.credits:
        parts.append(
            {
                "part": "asset bundle",
                "name": credit.name,
                "version": credit.version,
                "licence": credit.license,
                "citation": credit.citation,
            }
        )
    hand = scene.styles.get("hand")
    if hand is None and "musicFont" in scene.styles:
        parts.append({"part": "music font", "name": scene.styles["musicFont"], "licence": "SIL OFL 1.1"})
    elif hand == "pen":
        parts.append({"part": "hand", "name": "pen", "licence": "Apache-2.0"})
    found: dict[str, Any] = {"made_from": parts}
    if assets.bundles:
        found["bundles"] = dict(assets.bundles)
    return found


def check_source_licence(source: ScoreSource, where: Where) -> None:
    """Refuses a source whose music may not be used commercially. Raises `PlanError`."""
    if source.permits_commercial_use:
        return
    refused = [each for each in source.licences if not permits_commercial_use(each)]
    said = f" ({', '.join(refused)})" if refused else ""
    raise where.error(
        f"the plan demands `licence: commercial`, but the licence of this music{said} does not permit "
        "commercial use, or is unknown; state it as `licence`"
    )


def check_model_licence(data: Mapping[str, Any], where: Where) -> None:
    """Refuses a model that may draw with assets that may not be used commercially. Raises `PlanError`."""
    for name in _bundle_names(data):
        try:
            licence = bundle_by_name(name).license
        except AssetError as error:
            raise where.error(str(error)) from error
        _check_bundle(name, licence, where)
    options = data.get("options", {})
    for source in _hands(data["model"], options):
        if source != "pen":
            _check_bundle(MuscimaPPGlyphs.__name__, MuscimaPPGlyphs.license, where, "; write `hand: pen`")


def check_asset_licences(assets: ModelAssets) -> None:
    """Refuses asset bundles that may not be used commercially. Raises `PlanError`."""
    for credit in assets.credits:
        _check_bundle(credit.name, credit.license, Where("model"))


def _check_bundle(name: str, licence: str, where: Where, advice: str = "") -> None:
    if not permits_commercial_use(licence):
        raise where.error(
            f"the plan demands `licence: commercial`, but the model may draw with the asset bundle {name}, whose licence "
            f"({licence}) does not permit commercial use, or is not known to{advice}"
        )


def _hands(name: str, options: Mapping[str, Any]) -> Iterator[str]:
    """The sources of symbols that a model may use: `pen`, `muscima` or `auto`; none for printed models."""
    try:
        model = find(name, "model")
    except SmashcimaError:  # building the model raises an error about it
        return
    if not (isinstance(model, type) and issubclass(model, BaseHandwrittenModel)):
        return
    given = {key: possible_values(options[key]) for key in _HAND_OPTIONS if key in options}
    fixed = {key: values[0] for key, values in given.items() if key not in ("hand", "writer")}
    for hand in given.get("hand", ["auto"]):
        for writer in given.get("writer", [None]):
            try:
                source = HandSettings(hand, writer if isinstance(writer, str) else None, **fixed).source
            except SmashcimaError:  # building the model raises an error about it
                continue
            if isinstance(source, str):
                yield source


def _bundle_names(data: Any) -> Iterator[str]:
    """Names of the asset bundles in plain data of a recipe."""
    if isinstance(data, Mapping):
        if data.get("type") == "AssetBundle" and isinstance(data.get("name"), str):
            yield data["name"]
        for value in data.values():
            yield from _bundle_names(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _bundle_names(value)
