"""What a picture of a page looks like, in numbers: scale, tone, colour, noise, blur, lines and geometry."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.line_traces import LineTraces, trace_lines
from smashcima.datasets.curation.page_pixels import Gray, PagePixels, ink_of, resized
from smashcima.datasets.curation.staves import StaffEvidence, find_staves
from smashcima.short_repr import ShortRepr

Pixels = NDArray[np.uint8]

_WINDOWS = 200
"""Number of windows of paper in which noise is measured."""

_LARGEST_WINDOW_PX = 20

_SPECK_SS = 0.3
"""Side of the largest speck in staff spaces."""

_CUT_SS = 4.0
"""A page has wider margins above and below its staves than this."""

_BLOCK_SS = 3.0
"""Side of the blocks between which mottle is measured."""


@dataclass(frozen=True)
class UprightPicture:
    """A picture turned by a quarter if its staves are vertical, and its staves."""

    pixels: Pixels
    page: PagePixels
    staves: StaffEvidence
    is_turned: bool

    @property
    def scale(self) -> float:
        """Pixels of `page` for one pixel of the picture."""
        return float(self.page.ink.shape[0] / self.pixels.shape[0])

    def straightened(self) -> Pixels:
        """The picture turned by its skew, as `page` is."""
        import cv2

        if abs(self.page.skew_deg) < 0.05:
            return self.pixels
        height, width = self.pixels.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -self.page.skew_deg, 1.0)
        turned = cv2.warpAffine(self.pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(turned, np.uint8)

    def around_staves(self) -> NDArray[np.bool_]:
        """(height_px, width_px): pixels of the picture, which is not straightened, on staves and two staff spaces around."""
        import cv2

        height, width = self.pixels.shape[:2]
        rows = self.staves.rows(2.0).astype(np.uint8)
        mask = cv2.resize(rows, (width, height), interpolation=cv2.INTER_NEAREST)
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), self.page.skew_deg, 1.0)
        return np.asarray(cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_NEAREST) > 0)

    def cut_sides(self) -> tuple[float, float]:
        """Shares of the sides across and of those down that the page reaches beyond: half of all staves, or the first or last."""
        found, height = self.staves.found, self.page.ink.shape[0]
        most = float(self.staves.staves.max())
        across = [self.staves.staves[place] >= 0.5 * most for place in (0, -1)]
        rows = np.flatnonzero(found.any(axis=1))
        near, tall = _CUT_SS * self.staves.space_px, 4 * self.staves.space_px
        down = [rows[0] < near, rows[-1] + tall > height - near]
        return float(np.mean(across)), float(np.mean(down))


@dataclass(frozen=True)
class PictureMeasures(ShortRepr):
    """Measures of one picture; lengths are pixels or staff spaces (`ss`), brightness is a fraction of white."""

    width_px: float
    height_px: float
    staff_space_px: float
    """Distance between staff lines."""

    turned: float
    """1 if the page lies on its side."""

    cut_across: float
    """Share of the left and right side of the upright picture that staves reach, so that the page goes on there."""

    cut_down: float
    """The same of its upper and lower side."""

    skew_deg: float
    """Angle by which the page is turned anticlockwise."""

    line_thickness_ss: float
    line_thickness_along_ss: float
    """Standard deviation of the thickness along a line."""

    line_depth: float
    """How much darker than the paper staff lines are, as a fraction of the paper."""

    bend_ss: float
    """Standard deviation of a line from a straight one."""

    slope_spread_deg: float
    """Robust standard deviation of the slopes of all lines."""

    edge_px: float
    """Width of the edges of lines."""

    overshoot: float
    """How much brighter the paper is beside a line than farther away, as a fraction of the depth of lines."""

    ink: float
    """Brightness of solid ink."""

    paper: float
    """Brightness of paper."""

    paper_a: float
    """Tint of paper from green to red, CIELAB."""

    paper_b: float
    """Tint of paper from blue to yellow, CIELAB."""

    white_share: float
    """Share of paper that is clipped to white."""

    black_share: float
    """Share of ink that is clipped to black."""

    shading: float
    """Spread of the brightness of paper over the page."""

    mottle: float
    """Spread of the brightness of paper between neighbouring blocks of three staff spaces."""

    noise: float
    """Standard deviation of the brightness of paper within a staff space, at most 20 px."""

    noise_correlation: float
    """Correlation of that noise between neighbouring pixels."""

    color_noise: float
    """Standard deviation of the difference of red and blue there."""

    specks: float
    """Small spots on 100 square staff spaces of paper."""


NAMES: tuple[str, ...] = tuple(field.name for field in fields(PictureMeasures))
"""Names of the measures, in order."""


def measure_picture(pixels: Pixels) -> PictureMeasures | None:
    """Measures a picture (height_px, width_px, 3), BGR; `None` if it shows no staff."""
    picture = upright_picture(pixels)
    if picture is None:
        return None
    lines = trace_lines(_gray(picture.straightened()), picture.staves, picture.scale)
    if lines is None:
        return None
    gray, music = _gray(picture.pixels), picture.around_staves()
    cut = picture.cut_sides()
    paper = _paper_mask(gray, lines.space_px) & music
    ink = float(np.quantile(gray[music], 0.01))
    bright = gray[paper] if paper.any() else gray.ravel()
    tint = _tint(picture.pixels, paper)
    shading, mottle = _unevenness(gray, paper, lines.space_px)
    noise, correlation, color_noise = _noise(picture.pixels, gray, paper, lines.space_px)
    return PictureMeasures(
        width_px=pixels.shape[1],
        height_px=pixels.shape[0],
        staff_space_px=lines.space_px,
        turned=float(picture.is_turned),
        cut_across=cut[0],
        cut_down=cut[1],
        skew_deg=picture.page.skew_deg,
        line_thickness_ss=float(np.median(lines.thickness_ss)),
        line_thickness_along_ss=lines.thickness_along,
        line_depth=float(np.median(lines.depth)),
        bend_ss=lines.bend_ss,
        slope_spread_deg=_robust_deviation(lines.slopes_deg),
        edge_px=lines.edge_px,
        overshoot=lines.overshoot,
        ink=ink / 255,
        paper=float(np.median(bright)) / 255,
        paper_a=tint[0],
        paper_b=tint[1],
        white_share=float((bright >= 254).mean()),
        black_share=float((gray[music & (gray < ink + 20)] <= 1).mean()),
        shading=shading,
        mottle=mottle,
        noise=noise,
        noise_correlation=correlation,
        color_noise=color_noise,
        specks=_specks(gray, paper, lines),
    )


def upright_picture(pixels: Pixels) -> UprightPicture | None:
    """Finds the staves of a picture (height_px, width_px, 3), BGR, upright or on its side; `None` without any."""
    import cv2

    best: UprightPicture | None = None
    for is_turned in (False, True):
        here = np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE), np.uint8) if is_turned else pixels
        page = PagePixels.of(_gray(here))
        staves = find_staves(page.ink)
        if staves.found.any() and (best is None or staves.weight > best.staves.weight):
            best = UprightPicture(here, page, staves, is_turned)
    return best


def _gray(pixels: Pixels) -> Gray:
    import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _robust_deviation(values: NDArray[np.float64]) -> float:
    """Standard deviation estimated from the median deviation, so that few wrong values do not count."""
    return 1.48 * float(np.median(np.abs(values - np.median(values)))) if len(values) else 0.0


def _paper_mask(gray: Gray, space_px: float) -> NDArray[np.bool_]:
    """Pixels at some distance from any ink."""
    import cv2

    ink = ink_of(resized(gray))
    # Single pixels are specks, not ink.
    marks = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    large = cv2.resize(marks, gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
    side = max(3, 2 * round(0.15 * space_px) + 1)
    return np.asarray(cv2.dilate(large, np.ones((side, side), np.uint8)) == 0)


def _tint(pixels: Pixels, paper: NDArray[np.bool_]) -> tuple[float, float]:
    import cv2

    seen = pixels[paper] if paper.any() else pixels.reshape(-1, 3)
    middle = np.median(seen, axis=0).astype(np.float32)[None, None] / 255
    _, a, b = cv2.cvtColor(middle, cv2.COLOR_BGR2LAB)[0, 0].tolist()
    return float(a), float(b)


def _unevenness(gray: Gray, paper: NDArray[np.bool_], space_px: float) -> tuple[float, float]:
    """Spread of the brightness of paper over the page, and between neighbouring blocks."""
    import cv2

    size = tuple(max(2, round(side / (_BLOCK_SS * space_px))) for side in gray.shape[::-1])
    weight = cv2.resize(paper.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    total = cv2.resize(np.where(paper, gray, 0).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    level = np.where(weight > 0.15, total / np.maximum(weight, 1e-6), np.nan) / 255
    if np.isfinite(level).sum() < 4:
        return 0.0, 0.0
    beside = level[:, 1:-1] - (level[:, :-2] + level[:, 2:]) / 2
    beside = beside[np.isfinite(beside)]
    return float(np.nanstd(level)), _robust_deviation(beside) / np.sqrt(1.5)


def _noise(
    pixels: Pixels, gray: Gray, paper: NDArray[np.bool_], space_px: float
) -> tuple[float, float, float]:
    """Deviation of brightness in windows of paper, its correlation from pixel to pixel, and deviation of red from blue."""
    import cv2

    half = int(np.clip(round(0.5 * space_px), 3, _LARGEST_WINDOW_PX // 2))
    whole = cv2.erode(paper.astype(np.uint8), np.ones((2 * half + 3, 2 * half + 3), np.uint8))
    rows, columns = np.nonzero(whole[half:-half, half:-half])
    if not len(rows):
        return 0.0, 0.0, 0.0
    chosen = np.linspace(0, len(rows) - 1, min(_WINDOWS, len(rows))).astype(int)
    deviations, correlations, colors = [], [], []
    for row, column in zip(rows[chosen].tolist(), columns[chosen].tolist(), strict=True):
        place = (slice(row, row + 2 * half), slice(column, column + 2 * half))
        part = _flattened(gray[place].astype(np.float64))
        deviations.append(float(part.std()))
        if deviations[-1] > 0.2:
            correlations.append(float((part[:, 1:] * part[:, :-1]).mean() / (part * part).mean()))
        color = pixels[place].astype(np.float64)
        colors.append(float((color[..., 2] - color[..., 0]).std()))
    correlation = float(np.median(correlations)) if correlations else 0.0
    return float(np.median(deviations)) / 255, correlation, float(np.median(colors)) / 255


def _flattened(window: NDArray[np.float64]) -> NDArray[np.float64]:
    """A window without its mean and its slopes, which are light rather than noise."""
    steps = np.arange(len(window)) - (len(window) - 1) / 2
    weights = steps / (steps @ steps)
    window = window - window.mean()
    across, down = (window @ weights).mean() * steps, (weights @ window).mean() * steps
    return np.asarray(window - across - down[:, None])


def _specks(gray: Gray, paper: NDArray[np.bool_], lines: LineTraces) -> float:
    """Spots that are darker than the paper by a fifth of the depth of lines, on 100 square staff spaces of paper."""
    import cv2

    space = lines.space_px
    small = cv2.medianBlur(cv2.resize(gray, None, fx=0.5, fy=0.5), 9)
    level = np.asarray(cv2.resize(small, gray.shape[::-1]), np.uint8)
    limit = max(12.0, 255 * 0.2 * float(np.median(lines.depth)))
    dark = ((level.astype(np.int16) - gray > limit) & paper).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    count = int((areas <= max(1.0, (_SPECK_SS * space) ** 2)).sum())
    return count / max(float(paper.sum()) / space**2, 1.0) * 100
