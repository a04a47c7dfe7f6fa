"""A glyph store from files of annotations (MuNG)."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.folder_glyphs import SUFFIXES
from smashcima.assets.glyphs.glyph_store import GlyphStore, write_glyph_store
from smashcima.assets.glyphs.mung.mung_glyphs import MungPage, glyphs_of_writer, writer_of_document
from smashcima.assets.glyphs.picture_mask import read_ink
from smashcima.errors import AssetError

_log = logging.getLogger(__name__)

_ANNOTATIONS = frozenset({".xml", ".mung"})


def glyphs_from_mung(
    files: Path | str | Iterable[Path | str],
    *,
    images: Path | str | None = None,
    writer: str | Callable[[str], str] = writer_of_document,
    staff_space_px: float | None = None,
    path: Path | str | None = None,
) -> GlyphStore:
    """A glyph store from annotated pages, of any version of MuNG.

    What a symbol is called follows from its class and from what it belongs to. Classes that nothing is known of are
    left out; a message of this module's logger counts them.

    Args:
        files: files of annotations, or a folder of them.
        images: a folder of the page images, each with the name of its annotations. Objects that have a box and no mask
            get the ink in their box; without images, their box.
        writer: who wrote the pages, or what tells it from the name of a file; by default, as of MUSCIMA++ the number
            in `W-01`, else each page is by itself.
        staff_space_px: distance of the staff lines, for pages on which none are annotated.
        path: where to write the store; without it, it is kept in memory.

    Raises:
        AssetError: there are no such files, or no symbols in them.
        CorruptAssetError: one is no MuNG file, or an image cannot be read.
    """
    paths = _paths(files)
    writer_of = writer if callable(writer) else lambda _: str(writer)
    by_writer: dict[str, list[Path]] = {}
    for one in paths:
        by_writer.setdefault(writer_of(one.stem), []).append(one)
    pictures = _pictures(Path(images)) if images is not None else {}
    glyphs: list[DrawnGlyph] = []
    left_out: Counter[str] = Counter()
    for name in sorted(by_writer):
        found, missing = glyphs_of_writer(name, _pages(by_writer[name], pictures), staff_space_px)
        glyphs += found
        left_out += missing
    if left_out:
        counts = ", ".join(f"{count} {name}" for name, count in left_out.most_common())
        _log.warning(
            "no glyphs were made of these, which have no label or ink, or no staff to measure them by: %s",
            counts,
        )
    if not glyphs:
        raise AssetError(f"There are no symbols in {len(paths)} files of annotations, such as {paths[0]}.")
    return GlyphStore.from_glyphs(glyphs) if path is None else write_glyph_store(path, glyphs)


def _paths(files: Path | str | Iterable[Path | str]) -> list[Path]:
    if isinstance(files, (str, Path)):
        given = Path(files)
        paths = (
            [given]
            if not given.is_dir()
            else [p for p in given.rglob("*") if p.suffix.lower() in _ANNOTATIONS]
        )
    else:
        paths = [Path(one) for one in files]
    if not paths:
        raise AssetError(f"There are no files of annotations (.xml, .mung) in {files}.")
    return sorted(paths)


def _pictures(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise AssetError(f"There is no folder {folder} of page images.")
    return {path.stem: path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES}


def _pages(paths: list[Path], pictures: dict[str, Path]) -> Iterator[MungPage]:
    for path in paths:
        try:
            xml = path.read_bytes()
        except OSError as error:
            raise AssetError(f"The annotations {path} cannot be read: {error}.") from error
        picture = pictures.get(path.stem)
        ink: NDArray[np.uint8] | None = read_ink(picture) if picture is not None else None
        yield MungPage(path.stem, xml, ink)
