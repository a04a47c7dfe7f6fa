"""Curates folders of images and PDF files: keeps the pages of music that meet rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.duplicates import KnownPages, perceptual_hash
from smashcima.datasets.curation.quality import PageQuality, measure
from smashcima.datasets.curation.rules import CurationRules
from smashcima.datasets.curation.source_pages import SourcePage, find_sources, read_pages
from smashcima.errors import ExportError, SettingsError, SourceError
from smashcima.files import write_file
from smashcima.imaging import encode_image
from smashcima.short_repr import ShortRepr

FORMATS = ("jpg", "png")
REPORT = "report.json"

_JPEG = (".jpg", ".jpeg")


@dataclass(frozen=True)
class PageVerdict:
    """What became of a page, or of a file that cannot be read."""

    source: str
    """Path of the file, relative to the folder of sources."""

    page: int | None
    """Number of the page in its score, from 1; `None` for a file that cannot be read."""

    file: str | None
    """Name of the file written, if the page is kept."""

    reasons: tuple[str, ...]
    """Why it was rejected: keys of `REASONS`; empty if it is kept."""

    quality: PageQuality | None
    """Its measurements; `None` if it cannot be read."""

    detail: str = ""
    """The page that a duplicate repeats, or why a file cannot be read."""

    def to_data(self) -> dict[str, Any]:
        """The verdict as JSON-compatible data."""
        return {
            "source": self.source,
            "page": self.page,
            "file": self.file,
            "reasons": list(self.reasons),
            **({"detail": self.detail} if self.detail else {}),
            **(self.quality.to_data() if self.quality else {}),
        }


@dataclass(frozen=True)
class CurationReport(ShortRepr):
    """The verdicts about all pages, in the order of their sources."""

    rules: CurationRules
    verdicts: list[PageVerdict] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Number of pages that were kept."""
        return sum(1 for verdict in self.verdicts if verdict.file is not None)

    @property
    def rejected(self) -> dict[str, int]:
        """Number of rejected pages by their first reason."""
        counts = Counter(verdict.reasons[0] for verdict in self.verdicts if verdict.reasons)
        return dict(counts.most_common())

    def to_data(self) -> dict[str, Any]:
        """The report as JSON-compatible data."""
        from dataclasses import asdict

        return {
            "rules": asdict(self.rules),
            "pages": len(self.verdicts),
            "kept": self.kept,
            "rejected": self.rejected,
            "verdicts": [verdict.to_data() for verdict in self.verdicts],
        }

    def write(self, folder: str | Path) -> None:
        """Writes `report.json` and `report.html` to a folder."""
        from smashcima.datasets.curation.report_page import report_page

        text = json.dumps(self.to_data(), ensure_ascii=False, indent=1) + "\n"
        _write(Path(folder) / REPORT, text.encode())
        _write(Path(folder) / "report.html", report_page(self).encode())


def curate(
    source: str | Path,
    output: str | Path,
    rules: CurationRules | None = None,
    *,
    dpi: float = 200.0,
    format: str = "jpg",
    begin: Callable[[Path], None] = lambda path: None,
) -> CurationReport:
    """Writes the pages that meet rules as `scoreID_pageIndex.jpg`, with a report as JSON and HTML.

    Sources are images and PDF files in a folder and the folders below it, or one file. They are not changed. JPEG images
    are copied unchanged.

    Args:
        source: folder or file.
        output: folder for the pages, which must be new or empty, or hold the result of an earlier run: its pages of the
            same names are replaced.
        rules: which pages are kept; by default `CurationRules()`.
        dpi: resolution of pages of PDF files.
        format: `jpg` or `png`.
        begin: called with each source file before it is read.

    Raises:
        SourceNotFoundError: there are no images or PDF files.
        SettingsError: an option is invalid, or PDF files need pypdfium2, which is missing.
        ExportError: the folder cannot be written.
    """
    if format not in FORMATS:
        raise SettingsError(f"Pages are written as {' or '.join(FORMATS)}, not {format!r}.")
    if not 20 <= dpi <= 1200:
        raise SettingsError(f"dpi must be between 20 and 1200, not {dpi!r}.")
    root, target = Path(source), Path(output)
    paths = find_sources(root)
    _prepare(root, target)
    curator = _Curator(target, rules or CurationRules(), format)
    for path in paths:
        begin(path)
        try:
            for page in read_pages(path, root, dpi):
                curator.add(page)
        except SourceError as error:
            name = path.relative_to(root).as_posix() if path != root else path.name
            curator.report.verdicts.append(PageVerdict(name, None, None, ("unreadable",), None, str(error)))
    curator.report.write(target)
    return curator.report


class _Curator:
    """Judges and writes one page after the other."""

    def __init__(self, target: Path, rules: CurationRules, format: str) -> None:
        self.report = CurationReport(rules)
        self._target = target
        self._format = format
        self._known = KnownPages()
        self._names: Counter[str] = Counter()

    def add(self, page: SourcePage) -> None:
        quality = measure(page.pixels, page.depth)
        reasons, detail = self.report.rules.objections(quality), ""
        if not reasons and not self.report.rules.duplicates:
            detail = self._repeated(page)
            reasons = ["duplicate"] if detail else []
        file = self._write(page) if not reasons else None
        self.report.verdicts.append(
            PageVerdict(page.source, page.number, file, tuple(reasons), quality, detail)
        )

    def _repeated(self, page: SourcePage) -> str:
        """The earlier page that this one repeats; empty if there is none."""
        import cv2

        hashed = perceptual_hash(np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8))
        earlier = self._known.find(hashed)
        if earlier is not None:
            return earlier
        self._known.add(f"{page.source}, page {page.number}", hashed)
        return ""

    def _write(self, page: SourcePage) -> str:
        # Two files can have the same name without their suffixes.
        self._names[page.name] += 1
        repeated = self._names[page.name]
        name = page.name if repeated == 1 else f"{page.score_id}-{repeated}_{page.number}"
        file = f"{name}.{self._format}"
        original = page.original
        if original is not None and original.suffix.lower() in _JPEG and self._format == "jpg":
            _write(self._target / file, original.read_bytes())
        else:
            _write(self._target / file, encode_image(_opaque(page.pixels), f".{self._format}"))
        return file


def _opaque(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """BGR as BGRA; gray pages as one channel."""
    import cv2

    if (pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all():
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA), dtype=np.uint8)


def _prepare(root: Path, target: Path) -> None:
    """Makes the folder for the pages; refuses one that holds other files, or the sources."""
    if root.is_dir() and target.resolve().is_relative_to(root.resolve()):
        raise SettingsError(
            f"The pages would be written among the sources in {root}. Choose a folder outside of it."
        )
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()) and not (target / REPORT).exists():
            raise SettingsError(
                f"{target} is not empty, and does not hold curated pages ({REPORT} is missing). Choose a new folder."
            )
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}.") from error


def _write(path: Path, content: bytes) -> None:
    """Writes a file, which is complete or absent."""
    try:
        write_file(path, content)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
