"""Scenes and pages on their way into files: what the formats of `smashcima render` are made from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import Issue

if TYPE_CHECKING:
    from smashcima.exporting import ImageLayer
    from smashcima.exporting.annotation import PageAnnotation
    from smashcima.orchestration import MusicScene
    from smashcima.scene.visual import Page


class Output:
    """One scene on its way into files."""

    def __init__(self, scene: MusicScene, stem: Path, picture: str | None, regions: bool) -> None:
        self.scene = scene
        self.stem = stem
        """Folder and first part of all names."""
        self.picture = picture
        """Suffix of the pictures that are written too, to which other files refer; `None` if there are none."""
        self.regions = regions
        """Whether svg files outline and name every object."""
        self.issues: list[Issue] = []
        """What could not be written, though nothing is wrong."""

    @property
    def pages(self) -> Iterator[PageOutput]:
        """The pages, composed when they are asked for, so that one after the other is in memory."""
        for number, page in enumerate(self.scene.pages, start=1):
            yield PageOutput(self, page, number)

    def file(self, suffix: str) -> Path:
        """A file about the whole score."""
        return self.stem.with_name(f"{self.stem.name}{suffix}")


class PageOutput:
    """One page on its way into files."""

    def __init__(self, output: Output, page: Page, number: int) -> None:
        self.output = output
        self.page = page
        self.number = number

    @cached_property
    def image(self) -> ImageLayer:
        """Its picture."""
        return self.output.scene.compose_page(self.page)

    @cached_property
    def annotation(self) -> PageAnnotation:
        """All that is known about its picture; most formats take it, so that it is made once."""
        from smashcima.exporting.annotation import annotate

        return annotate(self.image)

    def file(self, suffix: str) -> Path:
        """A file about this page."""
        return self.output.file(f"-p{self.number}{suffix}")

    @property
    def picture_name(self) -> str:
        """The name of the file with its picture."""
        return self.file(self.output.picture or ".png").name
