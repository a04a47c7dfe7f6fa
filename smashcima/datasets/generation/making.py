"""Makes the samples of a plan."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import LabelContext, write_labels
from smashcima.datasets.generation.made_from import (
    ModelAssets,
    check_asset_licences,
    check_model_licence,
    check_source_licence,
    made_from,
)
from smashcima.datasets.generation.plan import GenerationPlan
from smashcima.datasets.generation.randomised import has_random, sample
from smashcima.datasets.generation.record import Record
from smashcima.datasets.generation.sources import RejectedScore, ScoreItem, ScoreSource, make_source
from smashcima.engravers.verovio import keep_layouts
from smashcima.errors import PlanError, RecipeError, SettingsError, VerificationError
from smashcima.imaging import ImageLayer, encode_image, to_gray
from smashcima.orchestration import (
    MusicScene,
    PrintedStaffModel,
    Recipe,
    ScoreModel,
    StaffModel,
    StaffScene,
)
from smashcima.randomness import Stream
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Page, VisualObject
from smashcima.scene.visual.page import GrandStaff, System, SystemMeasure, SystemStaff
from smashcima.verifying import verify

if TYPE_CHECKING:
    from smashcima.exporting.crops import Crop

_MODELS_KEPT = 8
"""Number of built models that are kept, for plans whose options vary."""


class SampleMaker:
    """Makes the samples of a plan, in any order; a worker process has one."""

    def __init__(self, plan: GenerationPlan) -> None:
        """Finds the scores of all sources.

        Raises:
            PlanError: a source is missing or empty, or its licence or the layout does not suit the plan.
        """
        from smashcima.datasets.layouts import make_layout

        keep_layouts()
        self.plan = plan
        self._layout = make_layout(plan.layout)
        self._layout.prepare(plan)
        self._labels = tuple(label for label in plan.labels if label not in self._layout.own_labels)
        where = Where()
        self._is_commercial = plan.licence == "commercial"
        if self._is_commercial:
            check_model_licence(plan.model, where.at("model"))
        self._sources: list[ScoreSource] = []
        self._counts: list[int | None] = []
        weights: list[float] = []
        for index, data in enumerate(plan.sources):
            place = where.at("sources").at(index)
            source = make_source(data, place, plan.folder)
            if self._is_commercial:
                check_source_licence(source, place)
            count = source.prepare()
            if count == 0:
                raise place.error("it has no scores")
            self._sources.append(source)
            self._counts.append(count)
            weights.append(float(data.get("weight", 1.0 if count is None else count)))
        if sum(weights) <= 0:
            raise where.at("sources").error("expected at least one source with a weight above 0")
        self._weights = np.array(weights) / sum(weights)
        self._models: OrderedDict[str, tuple[ScoreModel, ModelAssets]] = OrderedDict()
        """Models with their asset bundles, by their recipes."""
        self._is_random = has_random(plan.model)

    def make(self, index: int) -> Iterator[Record]:
        """Yields the records of a sample: one, or one for each crop.

        Raises:
            SmashcimaError: the score cannot be loaded or drawn.
        """
        stream = Stream.of_sample(self.plan.seed, index)
        source, number = self._choose(stream.child("source").generator())
        item = source.item(number, stream.child("score").generator())
        model, assets = self._model(stream.child("model").generator())
        scene = _drawn(model, item, index, stream.child("page").generator())
        model.scene = None  # the scene need not outlive its records
        yield from self._records(scene, item, index, {**made_from(item, scene, assets), **self._proof(scene)})

    def _proof(self, scene: MusicScene) -> dict[str, Any]:
        """The disagreements of page and score, for the metadata; nothing if there are none.

        Raises:
            VerificationError: there are some, and the plan rejects such samples.
        """
        if self.plan.verify == "off":
            return {}
        found = [str(issue) for issue in verify(scene).issues]
        if found and self.plan.verify == "reject":
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            raise VerificationError(f"The page does not show what its score says: {found[0]}{more}.")
        return {"disagreements": found} if found else {}

    def check_model(self, draws: int = 32) -> None:
        """Builds the model, with several draws of its random options.

        Raises:
            PlanError: an option is unknown or invalid.
        """
        for index in range(draws if self._is_random else 1):
            self._model(Stream.of_sample(self.plan.seed, index).child("model").generator())

    @property
    def source_sizes(self) -> tuple[int | None, ...]:
        """Number of scores of each source, in the order of the plan; `None` for a source without end."""
        return tuple(self._counts)

    @property
    def rejected(self) -> tuple[RejectedScore, ...]:
        """Scores that the sources leave out, because they cannot be loaded or do not meet a filter."""
        return tuple(rejected for source in self._sources for rejected in source.rejected)

    def source_of(self, index: int) -> str:
        """The name of the score of a sample, without loading it."""
        source, number = self._choose(Stream.of_sample(self.plan.seed, index).child("source").generator())
        return source.name(number)

    def _choose(self, rng: np.random.Generator) -> tuple[ScoreSource, int]:
        chosen = int(rng.choice(len(self._sources), p=self._weights))
        count = self._counts[chosen]
        return self._sources[chosen], int(rng.integers(2**31 if count is None else count))

    def _model(self, rng: np.random.Generator) -> tuple[ScoreModel, ModelAssets]:
        """The model of a sample and its asset bundles; kept for the next one with the same options."""
        data = sample(self.plan.model, rng, Where("model")) if self._is_random else self.plan.model
        # Without a seed, the model would draw one from the operating system, which its recipe would state.
        options = {"dpi": self.plan.image.dpi, **data.get("options", {}), "seed": self.plan.seed}
        recipe = {"version": 1, **data, "options": options}
        key = json.dumps(recipe, sort_keys=True, default=_plain)
        found = self._models.get(key)
        if found is None:
            try:
                built = Recipe.from_dict(json.loads(key), source="the model of the plan").build()
            except (RecipeError, SettingsError) as error:
                raise PlanError(str(error)) from error
            if not isinstance(built, ScoreModel):
                raise PlanError(f"model: {data['model']} does not draw scores.")
            assets = ModelAssets.of(built, recipe)
            if self._is_commercial:
                check_asset_licences(assets)
            found = self._models[key] = built, assets
            while len(self._models) > _MODELS_KEPT:
                self._models.popitem(last=False)
        self._models.move_to_end(key)
        found[0].seed = self.plan.seed
        return found

    # -- records -------------------------------------------------------------------------------------------

    def _records(
        self, scene: MusicScene, item: ScoreItem, index: int, origin: Mapping[str, Any]
    ) -> Iterator[Record]:
        spec, (page,) = self.plan.image, scene.pages
        stem = f"{index:0{max(6, len(str(self.plan.count - 1)))}}"
        whole = scene.image() if isinstance(scene, StaffScene) else scene.compose_page(page)
        if spec.crops == "none":
            yield self._record(stem, whole, scene, page, self._music(scene, page), item, index, origin)
            return
        from smashcima.exporting.crops import CropExporter

        exporter = CropExporter(spec.crops, height=spec.height)
        for number, crop in enumerate(exporter.iterate(whole)):
            score = _music_of(crop.scene_object, scene.score)
            facts = dict(origin)
            if isinstance(crop.scene_object, VisualObject):
                facts["label"] = str(crop.scene_object.label)
            # Five digits, so that the names of the symbols of any page are in their order.
            yield self._record(
                f"{stem}-{number:05}", crop.image, scene, page, score, item, index, facts, crop
            )

    @staticmethod
    def _music(scene: MusicScene, page: Page) -> Score:
        return scene.score if isinstance(scene, StaffScene) else scene.score.slice(page=page.index)

    def _record(
        self,
        key: str,
        image: ImageLayer,
        scene: MusicScene,
        page: Page,
        score: Score,
        item: ScoreItem,
        index: int,
        origin: Mapping[str, Any],
        crop: Crop | None = None,
    ) -> Record:
        spec = self.plan.image
        pixels = to_gray(image.bitmap) if spec.gray else image.bitmap
        name = f"{key}.{spec.format}"
        cropped = crop.scene_object if crop is not None else None
        context = LabelContext(image, name, scene, score, cropped)
        labels, failed = write_labels(self._labels, context)
        metadata: dict[str, Any] = {
            "sample": index,
            "source": item.id,
            "page": page.index,
            "width": image.width,
            "height": image.height,
            "dpi": image.dpi,
            "licence": item.licence,
            "styles": dict(scene.styles),
            **origin,
            **item.metadata,
        }
        if crop is not None:
            metadata["crop"] = crop.id
        if failed:
            metadata["labels_not_written"] = failed
        pixel_file = encode_image(pixels, f".{spec.format}", jpeg_quality=spec.quality)
        files = {spec.format: pixel_file, **labels, **self._layout.files_for(context)}
        versions = {**scene.versions, **origin.get("bundles", {})}
        notes = {"classes": context.numbers_of_objects(), "versions": versions}
        return Record(key, index, self.split_of(item.id), files, metadata, notes)

    def split_of(self, source: str) -> str:
        """The split of a score: a function of the plan's seed and the name of the score."""
        digest = hashlib.sha256(f"{self.plan.seed}/{source}".encode()).digest()
        share = int.from_bytes(digest[:8], "big") / 2**64
        total = sum(self.plan.splits.values())
        for name, weight in self.plan.splits.items():
            share -= weight / total
            if share < 0:
                return name
        return list(self.plan.splits)[-1]


def _drawn(model: ScoreModel, item: ScoreItem, index: int, rng: np.random.Generator) -> MusicScene:
    """The scene of a sample: one random page of the score, or its only staff."""
    if isinstance(model, StaffModel | PrintedStaffModel):
        return model(item.loaded, index=index)
    return model(item.loaded, index=index, pages=lambda count: [int(rng.integers(count))])


def _music_of(cropped: SceneObject, score: Score) -> Score:
    """The music of a cropped system, staff or measure; of other objects, all that the scene has."""
    system = cropped if isinstance(cropped, System) else getattr(cropped, "system", None)
    staff = cropped if isinstance(cropped, SystemStaff) else getattr(cropped, "staff", None)
    measure = cropped if isinstance(cropped, SystemMeasure) else getattr(cropped, "measure", None)
    options: dict[str, Any] = {}
    if isinstance(measure, SystemMeasure):
        options["measures"] = range(measure.index, measure.index + 1)
    elif isinstance(system, System):
        options["system"] = system.index
    if isinstance(cropped, GrandStaff):
        options["staff"] = [each.number for each in cropped.staves]
    elif isinstance(staff, SystemStaff):
        options["staff"] = staff.number
    return score.slice(**options) if options else score


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{value!r} is not plain data")
