"""The formats that a run writes, and the files that they make of a sample."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smashcima.cli.arrangement import Arrangement
from smashcima.cli.crops import crop_music_of_option
from smashcima.cli.formats import (
    FORMATS,
    FormatWriter,
    chosen_formats,
    first_endings,
    need_whole_scene,
    picture_among,
)
from smashcima.cli.output import Output
from smashcima.cli.requirements import check_extras
from smashcima.cli.samples import Sample
from smashcima.errors import Issue

if TYPE_CHECKING:
    from smashcima.exporting.classes import ClassSelection
    from smashcima.orchestration import MusicScene


@dataclass(frozen=True)
class ChosenFormats:
    """Formats with their options."""

    names: tuple[str, ...]
    overlay: str | None = None
    regions: bool = True
    """Whether SVG files contain the outline and name of every object."""

    classes: ClassSelection | None = None
    """Classes of the formats that have some; `None` for those of each format."""

    arrangement: Arrangement = field(default_factory=Arrangement)
    crop_music: tuple[str, ...] = ()
    """Formats of the music beside crops."""

    @staticmethod
    def of_options(
        formats: Sequence[str] | None,
        overlay: str | None,
        regions: bool,
        *,
        classes: ClassSelection | None = None,
        tree: bool = False,
        split: str | None = None,
        crop_music: str | None = None,
    ) -> ChosenFormats:
        """The formats of the options of the command line; raises `SettingsError` for unknown ones."""
        if overlay is not None:
            from smashcima.exporting import OverlayRenderer

            OverlayRenderer(overlay)
        names = tuple(chosen_formats(formats))
        if "yolo" in names and picture_among(names) is None:
            names = ("png", *names)  # labels are of no use without the images beside them
        arrangement = Arrangement.of_options(names, tree, split)
        music = crop_music_of_option(crop_music, names)
        check_extras([*names, *music])
        return ChosenFormats(names, overlay, regions, classes, arrangement, music)

    @property
    def exporter_options(self) -> dict[str, Any]:
        """Options of exporters that have classes."""
        return {} if self.classes is None else {"classes": self.classes}

    @property
    def draw_pages(self) -> bool:
        """Whether images of whole pages are made."""
        with_images = (name for name in self.names if FORMATS[name].write_page is not None and name != "svg")
        return self.overlay is not None or "html" in self.names or any(with_images)

    @property
    def picture(self) -> str | None:
        """Suffix of the page images that other files refer to; `None` if no images are written."""
        return picture_among(self.names)

    @property
    def need_whole_scene(self) -> bool:
        """Whether all pages of a score are needed at once."""
        return need_whole_scene(self.names)

    def write(self, scenes: Iterable[MusicScene], stem: Path) -> list[Issue]:
        """Writes the scenes of the pages of a score to files that begin with `stem`, and returns what formats left out.

        Raises:
            ExportError: at least one format failed; the others are written.
        """
        writer, into = FormatWriter(self.names, self.overlay), None
        for scene in scenes:
            if into is None:
                options = self.exporter_options
                into = Output(scene, stem, self.picture, self.regions, options, self.crop_music)
            else:
                into.pages_before += len(into.scene.pages)
                into.scene = scene
            writer.write_pages(into)
        assert into is not None, "a score has pages"
        writer.finish(into)
        return into.issues

    def first_files(self, sample: Sample, directory: Path) -> list[Path]:
        """Paths of the first file of each format."""
        groups = first_endings(self.names, self.picture, self.overlay)
        names = (f"{sample.name}{ending}" for group in groups for ending in group)
        return [directory / self.arrangement.place(name, sample) for name in names]

    def existing(self, sample: Sample, directory: Path, names: Collection[str]) -> tuple[list[Path], bool]:
        """The first files of the formats of a sample that exist, and whether all of them do.

        Formats that may write nothing are not counted.

        Args:
            sample: the sample.
            directory: the output folder.
            names: the names of all samples, which tell numbered scores of a file from other files.
        """
        of_first_score = f"{sample.name}-1"
        stems = [sample.name] if of_first_score in names else [sample.name, of_first_score]
        groups = list(first_endings(self.names, self.picture, self.overlay))
        found = []
        for endings in groups:
            names_of_files = [f"{stem}{ending}" for stem in stems for ending in endings]
            paths = [directory / self.arrangement.place(name, sample) for name in names_of_files]
            found.extend([path for path in paths if path.exists()][:1])
        return found, bool(groups) and len(found) == len(groups)
