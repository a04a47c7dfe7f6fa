"""Plans of data sets that look like a collection of images: of its scale, size, paper, resolution and density."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.page_pixels import PagePixels
from smashcima.datasets.curation.source_pages import find_sources, read_pages
from smashcima.datasets.curation.staves import find_staves
from smashcima.errors import PlanError, SourceError

_STAFF_SPACE = 1.75
"""Staff space of the plan in mm. Only its ratio to the resolution matters for images."""

_GRAY = 4.0
"""Largest mean difference of colour channels, of 255, in images that count as gray."""

_WHITE = 244
_EVEN = 6.0
"""Largest spread of the brightness of paper, of 255, in images that count as clean."""

_SHADED = 18.0
"""Spread of brightness over a page, of 255, from which images count as photographs."""

_YELLOWISH = 10
"""How much redder than blue old paper is, of 255."""

_BLOCKS = 8
_MOST_PAGES = 60
_DPI = (30.0, 1200.0)


@dataclass(frozen=True)
class PageLook:
    """What one image shows."""

    width_px: int
    height_px: int
    staff_space_px: float | None
    """Distance between staff lines; `None` if no staff was found."""

    staves: int
    staff_distance_ss: float | None
    """Distance from the top of a staff to that of the next in staff spaces; `None` with less than two staves."""

    paper: tuple[float, float, float]
    """Median colour of the paper, BGR."""

    shading: float
    """Spread of the brightness of the paper over the page, of 255."""

    is_gray: bool


@dataclass(frozen=True)
class CollectionLook:
    """What the images of a collection have in common: medians over its pages."""

    pages: int
    without_staves: int
    width_px: float
    height_px: float
    staff_space_px: float
    staff_distance_ss: float | None
    paper: tuple[float, float, float]
    shading: float
    is_gray: bool
    format: str
    """`jpg` or `png`, whichever is more frequent."""

    @property
    def dpi(self) -> float:
        """Resolution at which a staff of 7 mm has the height of those in the collection."""
        return self.staff_space_px * 25.4 / _STAFF_SPACE

    @property
    def degradation(self) -> str | None:
        """Preset that resembles the collection: none for clean images, `scan`, or `photo` for uneven light."""
        if self.shading >= _SHADED:
            return "photo"
        clean = min(self.paper) >= _WHITE and self.shading < _EVEN
        return None if clean else "scan"


def look_of_page(pixels: NDArray[np.uint8]) -> PageLook:
    """Measures an image (height_px, width_px, 3), BGR."""
    import cv2

    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    page = PagePixels.of(gray)
    evidence = find_staves(page.ink)
    scale = page.ink.shape[0] / gray.shape[0]
    counts = evidence.staves
    best = int(np.argmax(counts)) if counts.size else 0
    tops = np.flatnonzero(evidence.found[:, best]) if counts.size else np.zeros(0, dtype=np.intp)
    has_staves = len(tops) > 0
    distance = float(np.median(np.diff(tops))) / evidence.space_px if len(tops) > 1 else None
    # Paper is what is brighter than the mean of the page; ink covers a small part of it.
    is_paper = gray >= gray.mean()
    paper = tuple(float(np.median(pixels[..., channel][is_paper])) for channel in range(3))
    channels = pixels.astype(np.int16)
    tint = float(np.abs(channels[..., 0] - channels[..., 2]).mean())
    return PageLook(
        width_px=pixels.shape[1],
        height_px=pixels.shape[0],
        staff_space_px=evidence.space_px / scale if has_staves else None,
        staves=len(tops),
        staff_distance_ss=distance,
        paper=(paper[0], paper[1], paper[2]),
        shading=_shading(gray, is_paper),
        is_gray=tint <= _GRAY,
    )


def _shading(gray: NDArray[np.uint8], is_paper: NDArray[np.bool_]) -> float:
    """Standard deviation of the brightness of paper between the parts of a page."""
    values = []
    for rows, kept in zip(np.array_split(gray, _BLOCKS), np.array_split(is_paper, _BLOCKS), strict=True):
        for block, mask in zip(
            np.array_split(rows, _BLOCKS, axis=1), np.array_split(kept, _BLOCKS, axis=1), strict=True
        ):
            if mask.any():
                values.append(float(np.median(block[mask])))
    return float(np.std(values)) if values else 0.0


def look_of_collection(folder: str | Path) -> CollectionLook:
    """Measures the images in a folder; of more than 60 pages, 60 spread over the collection.

    Raises:
        SourceNotFoundError: the folder has no images.
        PlanError: no staff was found on any image.
    """
    root = Path(folder)
    paths = find_sources(root)
    step = max(1, -(-len(paths) // _MOST_PAGES))
    chosen = paths[::step]
    looks = list(_looks(chosen, root))
    if not any(look.staff_space_px for look in looks):
        raise PlanError(f"No staff was found on {len(looks)} images of {root}, so their scale is unknown.")
    formats = Counter("png" if path.suffix.lower() == ".png" else "jpg" for path in chosen)
    return CollectionLook(
        pages=len(looks),
        without_staves=sum(look.staff_space_px is None for look in looks),
        width_px=median(look.width_px for look in looks),
        height_px=median(look.height_px for look in looks),
        staff_space_px=median(look.staff_space_px for look in looks if look.staff_space_px is not None),
        staff_distance_ss=_median(look.staff_distance_ss for look in looks),
        paper=(
            median(look.paper[0] for look in looks),
            median(look.paper[1] for look in looks),
            median(look.paper[2] for look in looks),
        ),
        shading=median(look.shading for look in looks),
        is_gray=sum(look.is_gray for look in looks) * 2 > len(looks),
        format=formats.most_common(1)[0][0],
    )


def _looks(paths: Iterable[Path], root: Path) -> Iterator[PageLook]:
    for path in paths:
        pages = _readable_pages(path, root)
        yield from (look_of_page(pixels) for pixels in pages)


def _readable_pages(path: Path, root: Path) -> list[NDArray[np.uint8]]:
    """The pages of a file; none if it is damaged, since the rest of the collection tells enough."""
    try:
        return [page.pixels for page in read_pages(path, root)]
    except SourceError:
        return []


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def plan_like(
    look: CollectionLook, scores: str, *, model: str = "handwritten", count: int = 1000
) -> dict[str, Any]:
    """Plain data of a plan whose pages resemble a collection, for `GenerationPlan.from_data`.

    Args:
        look: the collection.
        scores: folder of the scores to render, relative to the plan.
        model: `handwritten` or `printed`; pictures do not tell reliably which the collection is.
        count: number of pages.

    Raises:
        PlanError: the staves of the collection are too small or too large.
    """
    if not _DPI[0] <= look.dpi <= _DPI[1]:
        raise PlanError(
            f"The staves are {4 * look.staff_space_px:.0f} px high. Plans are made for staves of "
            f"{4 * _DPI[0] * _STAFF_SPACE / 25.4:.0f} to {4 * _DPI[1] * _STAFF_SPACE / 25.4:.0f} px."
        )
    mm_per_px = 25.4 / look.dpi
    page = f"{look.width_px * mm_per_px:.1f}x{look.height_px * mm_per_px:.1f}"
    layout: dict[str, Any] = {"page": page, "staff_space": _STAFF_SPACE, "margins": 12.0}
    if look.staff_distance_ss is not None:
        layout["staff_distance_ss"] = round(min(max(look.staff_distance_ss - 4, 3.0), 20.0), 1)
    options: dict[str, Any] = {"layout": layout}
    if min(look.paper) < _WHITE:
        blue, _, red = look.paper
        options["paper"] = "aged" if red - blue > _YELLOWISH else "any"
    if look.degradation is not None:
        options["postprocessing"] = look.degradation
    image: dict[str, Any] = {"dpi": round(look.dpi, 1), "format": look.format}
    if look.is_gray:
        image["gray"] = True
    return {
        "version": 1,
        "seed": 0,
        "count": count,
        "sources": [{"folder": scores}],
        "model": {"model": model, "options": options},
        "image": image,
        "labels": ["coco", "mung"],
        "layout": "folders",
    }
