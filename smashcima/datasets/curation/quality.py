"""Measurements of a page, by which pages are kept or rejected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.classifier import PageClassifier
from smashcima.datasets.curation.colour_depth import colour_depth
from smashcima.datasets.curation.features import features_of
from smashcima.datasets.curation.page_pixels import Gray, PagePixels
from smashcima.datasets.curation.staves import StaffEvidence, find_staves

_DOT_PX = 4
"""Largest area of a speck, in pixels at the common resolution."""

_JOINED_SPACES = 8.0
"""Staves and systems less than twice this number of staff spaces apart leave no gap in the music of a page."""

_LEAST_STRIPS = 0.25


@dataclass(frozen=True)
class PageQuality:
    """What was measured on one page."""

    depth: int
    """Colour depth in bits per pixel."""

    score_probability: float
    """Probability that the page shows music."""

    music_share: float
    """Share of the page that music takes up, between its outermost staves, with the space between them."""

    skew_deg: float
    """Angle of its lines, clockwise positive, within ±8°."""

    specks: float
    """Isolated dots per megapixel, at the common resolution of measurements."""

    def to_data(self) -> dict[str, Any]:
        """The measurements as JSON-compatible data, rounded."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def measure(pixels: NDArray[np.uint8], depth: int | None = None) -> PageQuality:
    """Measures a page.

    Args:
        pixels: (height_px, width_px, 3), BGR.
        depth: its colour depth, if known from the file; otherwise seen in the pixels.
    """
    import cv2

    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    page = PagePixels.of(gray)
    staves = find_staves(page.ink)
    return PageQuality(
        depth if depth is not None else colour_depth(pixels),
        PageClassifier.default().probability(features_of(page, staves)),
        music_share(staves),
        -page.skew_deg + 0.0,
        specks(page.ink),
    )


def music_share(staves: StaffEvidence) -> float:
    """Share of the page that its music takes up: the height of the rows with music, times the width of the strips with it.

    Staves reach eight staff spaces up and down, within the page. A row counts if it has music in a quarter of the strips,
    so that a strip in which a staff was not found leaves no hole.
    """
    rows = staves.rows(_JOINED_SPACES).mean(axis=1) >= _LEAST_STRIPS
    return float(rows.mean()) * staves.strips_with_staves


def specks(ink: Gray) -> float:
    """Isolated dots per megapixel."""
    import cv2

    _, _, numbers, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = numbers[1:, cv2.CC_STAT_AREA]
    return float((areas <= _DOT_PX).sum() / (ink.size / 1e6))
