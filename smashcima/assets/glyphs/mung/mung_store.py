"""Glyph stores from annotation files (MuNG)."""

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
    """Creates a glyph store from annotated pages, in any version of MuNG.

    The label of a symbol is derived from its class and relations. Unknown classes are omitted; their numbers are logged
    by this module's logger.

    Args:
        files: annotation files, or a folder of them.
        images: folder of page images, named like their annotation files. Objects with a box but no mask get the ink in
            their box, or without images the full box.
        writer: writer of the pages, or a function from the name of a file to its writer; by default the number in
            `W-01`, as in MUSCIMA++, or else a separate writer for each page.
        staff_space_px: distance between adjacent staff lines in pixels, for pages without annotated staff lines.
        path: path of the store file to write; by default the store is kept in memory.

    Raises:
        AssetError: there are no such files, or they contain no symbols.
        CorruptAssetError: a file is not MuNG, or an image cannot be read.
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
            "omitted objects without a label, without ink, or without a staff that determines their scale: %s",
            counts,
        )
    if not glyphs:
        raise AssetError(f"There are no symbols in {len(paths)} annotation files, such as {paths[0]}.")
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
        raise AssetError(f"There are no annotation files (.xml, .mung) in {files}.")
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
            raise AssetError(f"The annotation file {path} cannot be read: {error}.") from error
        picture = pictures.get(path.stem)
        ink: NDArray[np.uint8] | None = read_ink(picture) if picture is not None else None
        yield MungPage(path.stem, xml, ink)
