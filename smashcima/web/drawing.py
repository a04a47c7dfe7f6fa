"""Draws the pages of the playground, one at a time."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

from smashcima.assets.bundles import AssetRepository
from smashcima.assets.muscima import MuscimaPPGlyphs
from smashcima.caching import BoundedCache
from smashcima.errors import Issue, SettingsError
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.imaging import ImageLayer
from smashcima.loading import Loaded
from smashcima.orchestration import (
    BaseHandwrittenModel,
    EngravedModel,
    MusicScene,
    PrintedStaffModel,
    StaffModel,
)
from smashcima.orchestration.score_model import ScoreModel
from smashcima.scene.visual import Page
from smashcima.web.options import PageOptions
from smashcima.web.scores import ScoreFile, ScoreShelf

_MOST_PAGES = 6
"""Number of drawn pages that are kept: about 40 MB each at 300 dpi."""

_MOST_KNOWN = 1000
"""Number of pages whose options are remembered, so that they can be drawn again for a download."""


@dataclass(frozen=True)
class DrawnPage:
    """A page with everything that can be shown or downloaded of it."""

    options: PageOptions
    scene: MusicScene
    image: ImageLayer
    annotation: PageAnnotation
    file: ScoreFile | None
    """The file of the score; `None` for a staff."""

    page_count: int
    recipe: str
    """The recipe of the model as YAML."""

    issues: tuple[Issue, ...]
    encoded: dict[str, bytes] = field(default_factory=dict)
    """Files that have been made of the page, by name."""

    @property
    def page(self) -> Page:
        """The page in the scene."""
        return self.scene.pages[0]


class Workshop:
    """Draws pages and remembers them. Only one thread may draw at a time."""

    def __init__(self) -> None:
        self.scores = ScoreShelf()
        self._pages: BoundedCache[str, DrawnPage] = BoundedCache(_MOST_PAGES)
        self._known: BoundedCache[str, PageOptions] = BoundedCache(_MOST_KNOWN)

    def draw(self, options: PageOptions) -> DrawnPage:
        """Returns a page, which is drawn unless it is one of the latest ones.

        Raises:
            SmashcimaError: an option is invalid, or the music cannot be read or drawn.
        """
        page = self._pages.get(options.id, lambda: self._drawn(options))
        self._known.get(options.id, lambda: options)
        return page

    def options_of(self, id: str) -> PageOptions:
        """Returns the options of a page that has been drawn; raises a `SettingsError` for an unknown id."""

        def missing() -> PageOptions:
            raise SettingsError("This page is not known any more; draw it again.")

        return self._known.get(id, missing)

    def file_of(self, options: PageOptions) -> ScoreFile | None:
        """Returns the file of the score of a page; `None` for a staff."""
        if options.kind == "example":
            return self.scores.example(options.source)
        return self.scores.uploaded(options.source) if options.kind == "file" else None

    def _drawn(self, options: PageOptions) -> DrawnPage:
        file = self.file_of(options)
        music = options.source if file is None else _score_of(file, options.number)
        counts: list[int] = []

        def choice(count: int) -> list[int]:
            counts.append(count)
            return [min(options.page, count - 1)]

        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # the page lists issues, and the hand is never chosen automatically
            model = model_of(options)
            if isinstance(model, StaffModel | PrintedStaffModel):
                scene: MusicScene = model(str(music), index=0)
            else:
                scene = model(music, index=0, pages=choice)
        image = scene.compose_page(scene.pages[0])
        issues = scene.issues if file is None else tuple(dict.fromkeys((*file.issues, *scene.issues)))
        return DrawnPage(
            options,
            scene,
            image,
            annotate(image),
            file,
            counts[0] if counts else 1,
            model.recipe.to_yaml(),
            issues,
        )


def has_muscima() -> bool:
    """Whether the symbols of MUSCIMA++ are installed; the playground never downloads."""
    return AssetRepository.default().is_installed(MuscimaPPGlyphs)


def model_of(options: PageOptions) -> ScoreModel:
    """Returns the model of a page, with exactly the arguments that `arguments_of` returns.

    Raises:
        SettingsError: a name is unknown, or MUSCIMA++ is not installed.
    """
    if options.hand == "muscima" and not has_muscima():
        raise SettingsError(
            "The symbols of MUSCIMA++ are not installed: run `smashcima assets install MuscimaPPGlyphs`, or choose the pen."
        )
    model = _CLASSES[class_name(options)](**arguments_of(options))
    if has_strength(options):
        postprocessor: Any = model.postprocessor
        postprocessor.strength = options.strength
    return model


def class_name(options: PageOptions) -> str:
    """Returns the name of the model's class."""
    printed = options.hand == "printed"
    if options.is_staff:
        return "PrintedStaffModel" if printed else "StaffModel"
    return "EngravedModel" if printed else "BaseHandwrittenModel"


_CLASSES: dict[str, type[ScoreModel]] = {
    each.__name__: each for each in (BaseHandwrittenModel, EngravedModel, PrintedStaffModel, StaffModel)
}


def arguments_of(options: PageOptions) -> dict[str, Any]:
    """Returns the arguments of the model that differ from their defaults, and the seed."""
    arguments: dict[str, Any] = {"seed": options.seed, "dpi": options.dpi}
    if options.hand != "printed":
        arguments["hand"] = options.hand
        if options.writer:
            is_seed = options.writer.isascii() and options.writer.isdigit()
            arguments["writer"] = int(options.writer) if is_seed else options.writer
        if options.placement != 1:
            arguments["placement"] = options.placement
    if options.font:
        arguments["music_font"] = options.font
    if options.paper != "solid":
        arguments["paper"] = options.paper
    if options.degradation != "clean":
        arguments["postprocessing"] = options.degradation
    return arguments


def has_strength(options: PageOptions) -> bool:
    """Whether the strength of the degradation differs from that of its preset."""
    return options.degradation != "clean" and options.strength != 1


def _score_of(file: ScoreFile, number: int) -> Loaded:
    if not 1 <= number <= len(file.loaded):
        raise SettingsError(f"{file.file_name} has {len(file.loaded)} scores; there is no number {number}.")
    return file.loaded[number - 1]
