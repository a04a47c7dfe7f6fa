"""The scene that a model returns for a score, with shortcuts to render and show it."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import Issue, RecipeError, SceneGraphError, described
from smashcima.imaging import Compositor, DefaultCompositor, ImageLayer
from smashcima.loading import SourceRecord
from smashcima.orchestration.recipes import Recipe
from smashcima.randomness import Stream
from smashcima.scene.graph import Scene
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Page
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from smashcima.exporting.crops import Crop


@dataclass(frozen=True)
class SceneOrigin(ShortRepr):
    """The model and the music of a scene. With seed and index, they suffice to make it again."""

    source: SourceRecord
    """The music."""

    recipe: Mapping[str, Any] | None = None
    """Recipe of the model, as of `Recipe.to_dict`; `None` if the model has none."""

    no_recipe: str | None = None
    """Why the model has no recipe."""

    pages: tuple[int, ...] | None = None
    """Indices of the pages that were made; `None` for all."""

    source_mei: str | None = None
    """MEI of the music, if it was given as an object."""


class MusicScene(Scene):
    """A score with its pages, and the record of how they were made."""

    score: Score = field(kw_only=True)
    """The music: the loaded score, or a copy of the given one."""

    pages: list[Page] = field(default_factory=list)
    """The sheets, in reading order."""

    issues: tuple[Issue, ...] = ()
    """Notation that was lost, changed or repaired while loading, engraving and synthesising."""

    seed: int = 0
    """The seed of the model."""

    index: int = 0
    """Index of the sample; `model(..., index=scene.index)` repeats it."""

    dpi: float = 300.0
    """Resolution of `render` and `compose_page`, in pixels per inch."""

    styles: dict[str, str] = field(default_factory=dict)
    """The chosen styles by the aspect that they affect."""

    versions: dict[str, str] = field(default_factory=dict)
    """Versions of Smashcima, and of the packages and asset bundles on which the image depends."""

    compositor: Compositor = field(default_factory=DefaultCompositor)
    """Makes the images of pages. The scene holds a snapshot of the given compositor: options of the model's compositor
    or postprocessor that are set later do not affect the scene."""

    origin: SceneOrigin | None = None
    """Model and music of the scene; `None` if no model made it."""

    def __post_init__(self) -> None:
        self.compositor = self.compositor.snapshot()

    @property
    def record(self) -> dict[str, Any]:
        """How the scene was made, as JSON-serializable data.

        Contains the seed, index, dpi, styles, versions (including asset bundles with their checksums), issues, the
        source with its checksum, and the recipe of the model. `smashcima repeat` makes the sample again from it;
        `smashcima assets licenses` prints the licences of the assets in it.
        """
        record: dict[str, Any] = {
            "seed": self.seed,
            "index": self.index,
            "dpi": self.dpi,
            "styles": dict(self.styles),
            "versions": dict(self.versions),
            "issues": [str(issue) for issue in self.issues],
        }
        if self.origin is not None:
            record["source"] = self.origin.source.to_dict()
            record["recipe"] = None if self.origin.recipe is None else dict(self.origin.recipe)
            if self.origin.pages is not None:
                record["pages"] = list(self.origin.pages)
            if self.origin.no_recipe is not None:
                record["no_recipe"] = self.origin.no_recipe
        return record

    def record_with_source(self) -> dict[str, Any]:
        """The record with the music embedded as MEI, if it was given as a `Score`.

        Music from files and from data is not embedded; the record has its checksum.
        """
        record = self.record
        if self.origin is not None and self.origin.source_mei is not None:
            record["source"]["mei"] = self.origin.source_mei
        return record

    @property
    def recipe(self) -> Recipe:
        """The recipe of the model at the time of the call.

        Raises:
            RecipeError: the scene has no recipe.
        """
        if self.origin is None or self.origin.recipe is None:
            reason = self.origin and self.origin.no_recipe
            raise RecipeError(f"This scene has no recipe: {reason or 'no model made it.'}")
        return Recipe.from_dict(self.origin.recipe)

    def compose_page(self, page: Page | int) -> ImageLayer:
        """Composes the image of one page, with labelled regions in pixel coordinates.

        Repeated calls give the same image.

        Args:
            page: the page, or its place in `pages`, from 0.

        Raises:
            SceneGraphError: the scene has no such page.
        """
        if isinstance(page, int) and -len(self.pages) <= page < len(self.pages):
            page = self.pages[page]
        if page not in self.pages:
            count = f"{len(self.pages)} page{'' if len(self.pages) == 1 else 's'}"
            raise SceneGraphError(f"Expected one of the {count} of this scene, not {described(page)}.")
        rng = Stream.of_sample(self.seed, self.index).child("page", page.index, "compositor").generator()
        return self.compositor.compose(page, self.dpi, rng)

    def render(self, page: Page | int) -> NDArray[np.uint8]:
        """Renders one page: uint8 array (height, width, 4), BGRA with straight (not premultiplied) alpha."""
        return self.compose_page(page).bitmap

    def crops(self, level: str = "systems", **options: Any) -> list[Crop]:
        """Images of parts of all pages, each with its own ground truth, in reading order.

        `level` is one of `CROP_LEVELS` (`pages`, `systems`, `grand staves`, `staves`, `measures`, ...); `options` are
        those of `CropExporter`: margins, `dpi`, a fixed `height` in pixels, ...
        """
        from smashcima.exporting.crops import CropExporter

        exporter = CropExporter(level, **options)
        return [crop for page in self.pages for crop in exporter.iterate(self.compose_page(page))]

    def show(self, page: Page | int, overlay: str = "labels") -> ImageLayer:
        """The image of a page with an overlay of its ground truth; a notebook displays it.

        `overlay` is one of `labels`, `boxes`, `outlines`, `masks` and `layout`.
        """
        from smashcima.exporting.overlay import OverlayRenderer

        renderer = OverlayRenderer(overlay)
        image = self.compose_page(page)
        return replace(image, bitmap=renderer.export(image))

    def __repr__(self) -> str:
        return f"MusicScene({len(self.pages)} pages, sample {self.index} of seed {self.seed})"

    def _repr_html_(self) -> str:
        """HTML of the pages for notebooks, at most as wide as the screen."""
        from smashcima.exporting.bitmap import picture_for_screen

        pictures = []
        for page in self.pages:
            jpeg = base64.b64encode(picture_for_screen(self.render(page))).decode()
            title = html.escape(
                f"page {page.index + 1} of {len(self.pages)}, sample {self.index} of seed {self.seed}"
            )
            pictures.append(
                f'<img alt="{title}" title="{title}" style="max-width: 100%; border: 1px solid #ccc" '
                f'src="data:image/jpeg;base64,{jpeg}">'
            )
        return "\n".join(pictures)
