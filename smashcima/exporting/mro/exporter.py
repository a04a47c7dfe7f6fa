"""Exporter of drawn scores to SharpEye's MRO format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from smashcima.engraving import Engraving
from smashcima.errors import ExportError, Issue, SettingsError
from smashcima.exporting.mro.frames import scale_of
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import DrawnPage, Mark, pages_of_engraving, pages_of_scene
from smashcima.exporting.mro.staves import system_of
from smashcima.exporting.writing import write_bytes
from smashcima.geometry import mm_to_px
from smashcima.notations.mro import (
    MroDocument,
    MroEncoding,
    MroFileHeader,
    MroPage,
    MroScore,
    MroVersion,
    with_version,
    write_mro,
)
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Page
from smashcima.short_repr import ShortRepr


class DrawnScore(Protocol):
    """A score with drawn pages, such as a `MusicScene`."""

    @property
    def score(self) -> Score:
        """The music."""

    @property
    def pages(self) -> Sequence[Page]:
        """The pages."""


class LaidOutScore(Protocol):
    """A score with its layout, such as `smashcima.loading.Loaded`."""

    @property
    def score(self) -> Score:
        """The music."""

    @property
    def engraving(self) -> Engraving | None:
        """The layout."""


@dataclass(frozen=True, slots=True)
class MroExporter(ShortRepr):
    """Exports a scene, or a score with its layout, to the output format of the music recogniser SharpEye.

    Of a scene, all positions are those of the ink: the centres of noteheads, the ends of stems and slurs as they were
    written. Filters of images do not change them. Raises a `SettingsError` for an unknown version.
    """

    version: int = 3100
    """Version of the format: 1000, 2000, 2011, 3000 or 3100. What a version lacks is among the omissions."""

    head_centres: bool = True
    """Whether notes have the slot `centre`, an extension with row and column of the centre of the notehead. Without it,
    noteheads have only a staff position and the column of their stem. Readers of the format skip unknown slots."""

    dpi: float = 300.0
    """Resolution of the image that is described by the slots of the page about the image."""

    image_names: tuple[str, ...] = ()
    """Paths of the images of the pages, in order; pages without one have an empty path."""

    def __post_init__(self) -> None:
        versions = [int(version) for version in MroVersion]
        if self.version not in versions:
            raise SettingsError(
                f"There is no version {self.version!r} of MRO; available: {', '.join(map(str, versions))}."
            )
        if not self.dpi > 0:
            raise SettingsError(f"`dpi` must be positive, not {self.dpi!r}.")

    def export(self, x: DrawnScore | LaidOutScore) -> MroDocument:
        """Returns the document. Raises an `ExportError` for a score without a layout."""
        return self._export(x)[0]

    def export_string(self, x: DrawnScore | LaidOutScore) -> str:
        """Returns the document as text."""
        document = self.export(x)
        return write_mro(document).decode(document.header.encoding.codec)

    def write(self, x: DrawnScore | LaidOutScore, path: str | Path) -> None:
        """Writes a file; raises an `ExportError` if that fails.

        The encoding is ISO 8859-1 (ASCII in version 1000), or UTF-8 for texts with other characters.
        """
        write_bytes(write_mro(self.export(x)), path)

    def omissions(self, x: DrawnScore | LaidOutScore) -> list[Issue]:
        """Lists drawn elements that the document does not express, or only in part."""
        return self._export(x)[1]

    def _export(self, x: DrawnScore | LaidOutScore) -> tuple[MroDocument, list[Issue]]:
        score, pages = _drawn_pages(x)
        losses = Losses(score)
        written = tuple(self._page(page, number, score, losses) for number, page in enumerate(pages))
        document = MroDocument(score=MroScore(title=_one_line(score.title), pages=written))
        document = replace(document, header=MroFileHeader(encoding=_encoding_of(document)))
        lost: list[Issue] = []
        if self.version != MroVersion.V3100:
            document, lost = with_version(document, self.version)
        unknown = sum(page.unknown for page in pages)
        if unknown:
            losses.tell_of("scene", "ink", f"{unknown} objects without a primitive, not written")
        return document, [*losses.issues(mark for page in pages for mark in page.marks), *lost]

    def _page(self, page: DrawnPage, number: int, score: Score, losses: Losses) -> MroPage:
        scale = scale_of(page.systems)
        by_system: dict[int | None, list[Mark]] = {}
        for mark in page.marks:
            by_system.setdefault(mark.system, []).append(mark)
        systems = [
            system_of(system, by_system.get(system.index, []), scale, score, losses, self.head_centres)
            for system in page.systems
        ]
        space_px = mm_to_px(scale.staff_space, self.dpi)
        return MroPage(
            width_units=scale.of(page.width),
            height_units=scale.of(page.height),
            image_width_px=round(mm_to_px(page.width, self.dpi)),
            image_height_px=round(mm_to_px(page.height, self.dpi)),
            staff_space_px_1024=round(1024 * space_px),
            image_path=self.image_names[number] if number < len(self.image_names) else "",
            systems=tuple(system for system in systems if system is not None),
        )


def _drawn_pages(x: DrawnScore | LaidOutScore) -> tuple[Score, list[DrawnPage]]:
    engraving = getattr(x, "engraving", None)
    if isinstance(engraving, Engraving):
        return x.score, pages_of_engraving(engraving.pages, x.score)
    pages = getattr(x, "pages", None)
    if pages is None or not isinstance(getattr(x, "score", None), Score):
        raise ExportError(
            f"MRO has positions, so a {type(x).__name__} cannot be exported. Export a scene, or a score with its layout: "
            "`replace(loaded, engraving=model.lay_out(loaded))`."
        )
    return x.score, pages_of_scene(pages)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _encoding_of(document: MroDocument) -> MroEncoding:
    """ISO 8859-1 as SharpEye writes, or UTF-8 for texts with other characters."""
    staves = [stave for page in document.score.pages for system in page.systems for stave in system.staves]
    texts = [document.score.title, *(page.image_path for page in document.score.pages)]
    texts += [text.text for stave in staves for text in stave.texts]
    texts += [syllable.text for stave in staves for line in stave.lyric_lines for syllable in line.elements]
    smallest = MroEncoding.smallest_for("".join(texts))
    return MroEncoding.ISO88591 if smallest is MroEncoding.ASCII else smallest
