"""An MRO page is fitted to an image by its staff lines and barlines."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting.overlay import Labels, MroView, read_labels
from smashcima.exporting.overlay.reading.mro.placing import placed
from smashcima.notations.mro import (
    MroBar,
    MroBarline,
    MroDocument,
    MroPage,
    MroScore,
    MroStave,
    MroSystem,
    write_mro,
)

WIDTH, HEIGHT = 700, 800
TOPS = (100, 210, 340, 480, 590)
COLUMNS = (0, 90, 220, 300, 420)

PAGE = MroPage(
    500,
    760,
    WIDTH,
    HEIGHT,
    skew_angle=5,
    staff_space_px_1024=16 * 1024,
    systems=tuple(
        MroSystem(
            top,
            40,
            420,
            64,
            (
                MroStave(
                    top,
                    40,
                    420,
                    64,
                    bars=tuple(MroBar(barline=MroBarline(left_line_units=c)) for c in COLUMNS),
                ),
            ),
        )
        for top in TOPS
    ),
)


def picture(view: MroView) -> np.ndarray:
    """A grey page with the staff lines and barlines of the page, placed by a view."""
    drawn = np.full((HEIGHT, WIDTH, 4), (200, 210, 220, 255), np.uint8)
    strokes = [((40, top + row), (460, top + row)) for top in TOPS for row in range(0, 65, 16)]
    strokes += [((40 + column, top), (40 + column, top + 64)) for top in TOPS for column in COLUMNS]
    for stroke in strokes:
        ends = placed(np.array(stroke, float), view, view.scale or 1.0, (WIDTH, HEIGHT))
        start, end = np.rint((ends - 0.5) * 16).astype(int).tolist()
        cv2.line(drawn, start, end, (20, 20, 20, 255), 1, cv2.LINE_AA, 4)
    return drawn


def fitted(path: Path, image: np.ndarray, view: MroView | None = None) -> Labels:
    file = path / "result.mro"
    file.write_bytes(write_mro(MroDocument(score=MroScore(pages=(PAGE,)))))
    return read_labels(file, WIDTH, HEIGHT, "page.png", view=view, fit_to=image)


@pytest.mark.parametrize(
    "view",
    [
        MroView(scale=1.0),
        MroView(scale=1.0, offset_px=(25.0, -40.0)),
        MroView(scale=1.015, offset_px=(-12.0, 20.0), skew_deg=1.5),
        MroView(scale=0.99, skew_deg=-2.2),
    ],
)
def test_shift_angle_and_scale_are_found(tmp_path: Path, view: MroView) -> None:
    labels = fitted(tmp_path, picture(view))
    assert labels.view is not None
    staves = labels.marks.boxes[[i for i, name in enumerate(labels.marks.names) if name == "staff"]]
    corners = [
        placed(np.array([(40.0, top), (460.0, top + 64.0)]), view, view.scale or 1, (WIDTH, HEIGHT))
        for top in TOPS
    ]
    middles = np.array([(each[0] + each[1]) / 2 for each in corners])
    np.testing.assert_allclose((staves[:, :2] + staves[:, 2:]) / 2, middles, atol=1.5)
    assert labels.view.skew_deg == pytest.approx(view.skew_deg, abs=0.15)
    assert labels.view.scale == pytest.approx(view.scale, abs=0.003)


def test_the_undocumented_mapping_is_no_issue_of_a_fitted_page(tmp_path: Path) -> None:
    assert fitted(tmp_path, picture(MroView(scale=1.0))).issues == ()


def test_the_search_begins_at_the_given_place(tmp_path: Path) -> None:
    true = MroView(scale=1.0, offset_px=(0.0, 60.0), skew_deg=5.0)
    begun = MroView(offset_px=(0.0, 50.0), skew_deg=4.0)
    view = fitted(tmp_path, picture(true), begun).view
    assert view is not None
    assert view.skew_deg == pytest.approx(5.0, abs=0.15)
    assert view.offset_px == pytest.approx((0.0, 60.0), abs=1.5)


def test_an_image_without_the_staves_is_refused(tmp_path: Path) -> None:
    blank = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    with pytest.raises(ExportError, match="staff lines of the page were not found"):
        fitted(tmp_path, blank)
    noise = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)
    with pytest.raises(ExportError, match="staff lines of the page were not found"):
        fitted(tmp_path, noise)
