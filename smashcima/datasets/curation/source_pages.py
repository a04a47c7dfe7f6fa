"""Pages of images and PDF files, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import MalformedSourceError, SourceNotFoundError
from smashcima.extras import need

IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
PDF = ".pdf"

_NUMBERED = re.compile(r"(?P<score>.+)_(?P<page>\d+)")


@dataclass(frozen=True)
class SourcePage:
    """A page of a source file."""

    source: str
    """Path of the file, relative to the folder of all sources."""

    score_id: str
    """Name of the score: the path of the file without suffix, with `-` between folders."""

    number: int
    """Number of the page in the score, from 1."""

    pixels: NDArray[np.uint8]
    """(height_px, width_px, 3), BGR."""

    depth: int | None = None
    """Colour depth of the images in a PDF page in bits per pixel, the highest if there are several; otherwise `None`."""

    original: Path | None = None
    """The image file that holds this page alone; `None` for pages of PDF files and of files with several pages."""

    @property
    def name(self) -> str:
        """`scoreID_pageIndex`, as in MusicScore."""
        return f"{self.score_id}_{self.number}"


def find_sources(root: Path) -> list[Path]:
    """All images and PDF files in a folder and the folders below it, sorted by path; or the file itself.

    Raises:
        SourceNotFoundError: there is no such file or folder, or it contains none.
        SettingsError: there are PDF files, and pypdfium2 is missing.
    """
    suffixes = (*IMAGE_SUFFIXES, PDF)
    if root.is_file():
        found = [root] if root.suffix.lower() in suffixes else []
    elif root.is_dir():
        found = [path for path in root.rglob("*") if path.suffix.lower() in suffixes and path.is_file()]
    else:
        raise SourceNotFoundError(f"There is no file or folder {root}.")
    if not found:
        raise SourceNotFoundError(f"{root} contains no images or PDF files ({' '.join(suffixes)}).")
    if any(path.suffix.lower() == PDF for path in found):
        require_pdf_reader()
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def require_pdf_reader() -> None:
    """Raises a `SettingsError` if pypdfium2 is not installed."""
    need("pypdfium2", "curate", "PDF files need")


def read_pages(path: Path, root: Path, dpi: float = 200.0) -> Iterator[SourcePage]:
    """The pages of a file in a folder of sources.

    Args:
        path: an image, or a PDF file.
        root: folder of all sources.
        dpi: resolution of pages of PDF files; images keep their own.

    Raises:
        MalformedSourceError: the file is broken, encrypted or empty.
    """
    relative = path.relative_to(root) if path != root else Path(path.name)
    score_id = "-".join(relative.with_suffix("").parts).replace(" ", "_")
    if path.suffix.lower() == PDF:
        yield from _pdf_pages(path, relative.as_posix(), score_id, dpi)
        return
    images = _images(path)
    single = len(images) == 1
    numbered = _NUMBERED.fullmatch(score_id) if single else None
    for index, pixels in enumerate(images, start=1):
        score, number = (numbered["score"], int(numbered["page"])) if numbered else (score_id, index)
        yield SourcePage(relative.as_posix(), score, number, pixels, None, path if single else None)


def _images(path: Path) -> list[NDArray[np.uint8]]:
    import cv2

    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
        ok, images = cv2.imdecodemulti(data, cv2.IMREAD_COLOR) if data.size else (False, ())
    except (OSError, cv2.error) as error:
        raise MalformedSourceError(f"{path} cannot be read as an image: {error}.") from error
    if not ok or not images:
        raise MalformedSourceError(f"{path} is not an image, or it is damaged.")
    return [np.asarray(image, dtype=np.uint8) for image in images]


def _pdf_pages(path: Path, source: str, score_id: str, dpi: float) -> Iterator[SourcePage]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise MalformedSourceError(f"{path} cannot be read as PDF: {error}.") from error
    try:
        for index in range(len(document)):
            try:
                page = document[index]
                depth = _deepest_image(page)
                pixels = page.render(scale=dpi / 72, rev_byteorder=False).to_numpy()
            except (pypdfium2.PdfiumError, MemoryError) as error:
                raise MalformedSourceError(f"Page {index + 1} of {path} cannot be drawn: {error}.") from error
            yield SourcePage(source, score_id, index + 1, _bgr(pixels), depth)
            page.close()
    finally:
        document.close()


def _deepest_image(page: Any) -> int | None:
    """The highest number of bits per pixel of the images on a PDF page; `None` if it has none."""
    import pypdfium2

    depths = [
        item.get_metadata().bits_per_pixel
        for item in page.get_objects()
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    ]
    return max(depths, default=None)


def _bgr(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    # The bitmap belongs to the page, which is closed before the pixels are used.
    return np.array(pixels[:, :, :3], dtype=np.uint8)
