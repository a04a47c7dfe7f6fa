"""Input of the formats of `smashcima render`: a scene or page, with the paths to write to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smashcima.errors import Issue

if TYPE_CHECKING:
    from smashcima.exporting import ImageLayer
    from smashcima.exporting.annotation import PageAnnotation
    from smashcima.orchestration import MusicScene
    from smashcima.scene.visual import Page


class Output:
    """A scene to be written to files."""

    def __init__(
        self,
        scene: MusicScene,
        stem: Path,
        picture: str | None,
        regions: bool,
        exporter_options: Mapping[str, Any] | None = None,
        crop_music: tuple[str, ...] = (),
    ) -> None:
        self.scene = scene
        """Its scene, or that with the latest pages of it."""
        self.pages_before = 0
        """Number of pages in the scenes before."""
        self.stem = stem
        """Folder and common prefix of all file names."""
        self.picture = picture
        """Suffix of the page images that other files refer to; `None` if no images are written."""
        self.regions = regions
        """Whether SVG files contain the outline and name of every object."""
        self.exporter_options = dict(exporter_options or {})
        """Options of exporters that have classes."""
        self.crop_music = crop_music
        """Formats of the music beside crops."""
        self.crop_rows: dict[str, list[dict[str, Any]]] = {}
        """What the lists of crops tell of each crop, by level."""
        self.issues: list[Issue] = []
        """What the formats cannot express and therefore left out."""

    @property
    def pages(self) -> Iterator[PageOutput]:
        """The pages of the scene. Their images are composed on demand, so only one is in memory at a time."""
        for number, page in enumerate(self.scene.pages, start=self.pages_before + 1):
            yield PageOutput(self, page, number)

    def file(self, suffix: str) -> Path:
        """Path of a file for the whole score."""
        return self.stem.with_name(f"{self.stem.name}{suffix}")


class PageOutput:
    """A page to be written to files."""

    def __init__(self, output: Output, page: Page, number: int) -> None:
        self.output = output
        self.page = page
        self.number = number

    @cached_property
    def image(self) -> ImageLayer:
        """The image of the page."""
        return self.output.scene.compose_page(self.page)

    @cached_property
    def annotation(self) -> PageAnnotation:
        """The annotation of the image. Cached, since most formats use it."""
        from smashcima.exporting.annotation import annotate

        return annotate(self.image)

    def file(self, suffix: str) -> Path:
        """Path of a file for this page."""
        return self.output.file(f"-p{self.number}{suffix}")

    @property
    def picture_name(self) -> str:
        """File name of the page image."""
        return self.file(self.output.picture or ".png").name
