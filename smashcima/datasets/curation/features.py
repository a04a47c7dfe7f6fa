"""Numbers that describe a page to the classifier."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.page_pixels import Gray, PagePixels
from smashcima.datasets.curation.staves import MULTIPLES, StaffEvidence, find_staves

Numbers = NDArray[np.float64]

_RUN_EDGES = np.array([1, 2, 3, 4, 6, 9, 14, 22, 36, 60, 100])
"""Limits of the lengths of runs in pixels, for histograms."""

NAMES: tuple[str, ...] = (
    "ink", "staff space", "strips with staves", "staff share", "music share", "staves", "contrast",
    *(f"correlation at {spaces:g} spaces" for spaces in MULTIPLES), "ink on lines", "ink on stems", "ink in blobs", "ink inside staves",
    "commonest period", "commonest run",
    *(f"horizontal runs from {edge} px" for edge in _RUN_EDGES),
    *(f"vertical runs from {edge} px" for edge in _RUN_EDGES),
)  # fmt: skip
"""Names of the features, in order."""


def features_of(page: PagePixels, staves: StaffEvidence | None = None) -> Numbers:
    """The features of a page: (len(NAMES),)."""
    import cv2

    evidence = staves if staves is not None else find_staves(page.ink)
    ink = page.ink > 127
    total = max(1.0, float(ink.sum()))
    space = evidence.space_px
    lines = _opened(page.ink, 1, 25)
    stems = _opened(page.ink, max(3, round(2.2 * space)), 1)
    blob = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (max(3, round(0.7 * space)),) * 2)
    blobs = cv2.morphologyEx(page.ink, cv2.MORPH_OPEN, blob) > 127
    down = _runs(ink.T)
    return np.array(
        [
            np.log10(ink.mean() + 1e-4),
            np.log(space),
            evidence.strips_with_staves,
            evidence.staff_share,
            evidence.music_share,
            np.log1p(evidence.staves.mean()),
            float(evidence.contrast.mean()) if evidence.contrast.size else 0.0,
            *evidence.correlation,
            float((lines & ink).sum()) / total,
            float((stems & ink).sum()) / total,
            float(blobs.sum()) / total,
            _filling(ink & ~lines, evidence),
            _commonest(down.sum(axis=1)),
            _commonest(down[:, 0]),
            *_histogram(_runs(ink)[:, 0]),
            *_histogram(down[:, 0]),
        ]
    )


def _opened(ink: Gray, height: int, width: int) -> NDArray[np.bool_]:
    import cv2

    kernel = np.ones((height, width), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel) > 127)


def _filling(marks: NDArray[np.bool_], evidence: StaffEvidence) -> float:
    """Share of the area of staves with ink that is not on lines: near 0 for empty music paper."""
    strips = evidence.found.shape[1]
    edges = np.linspace(0, marks.shape[1], strips + 1).astype(int)
    inside, area = 0.0, 0.0
    for strip, rows in enumerate(evidence.rows().T):
        part = marks[rows, edges[strip] : edges[strip + 1]]
        inside, area = inside + float(part.sum()), area + part.size
    return inside / area if area else 0.0


def _runs(rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(runs, 2): the lengths of the runs of ink in rows, and of the gaps that follow them; gaps at the end are left out."""
    flat = np.pad(rows, ((0, 0), (1, 1))).astype(np.int8).ravel()
    change = np.diff(flat)
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    width = rows.shape[1] + 2
    same_row = starts[1:] // width == ends[:-1] // width
    lengths, gaps = (ends - starts)[:-1], starts[1:] - ends[:-1]
    return np.stack([lengths[same_row], gaps[same_row]], axis=1)


def _commonest(lengths: NDArray[np.int64]) -> float:
    """Share of the commonest length and its neighbours."""
    if not lengths.size:
        return 0.0
    counts = np.bincount(np.minimum(lengths, 200), minlength=203).astype(np.float64)
    around = counts[:-2] + counts[1:-1] + counts[2:]
    return float(around.max() / lengths.size)


def _histogram(lengths: NDArray[np.int64]) -> list[float]:
    """Shares of lengths between the limits."""
    counts, _ = np.histogram(lengths, [*_RUN_EDGES.tolist(), np.inf])
    return [float(count) / max(1, lengths.size) for count in counts]
