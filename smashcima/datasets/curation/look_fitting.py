"""Looks fitted to a collection of pictures: degradations with its scale, tones, noise, sharpness and bends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.picture_measures import PictureMeasures, measure_picture
from smashcima.datasets.curation.source_pages import find_sources, read_pages
from smashcima.engraving import VariedLineWeights
from smashcima.errors import PlanError, SourceError
from smashcima.geometry import MM_PER_INCH
from smashcima.imaging.filters import (
    Binarize,
    CameraFocus,
    Crop,
    Defocus,
    Dust,
    Filter,
    FilterStack,
    Grayscale,
    InkGain,
    Jpeg,
    LieOn,
    LogNormal,
    Normal,
    PaperWaves,
    Perspective,
    QuarterTurn,
    Resolution,
    RoughEdges,
    SaltAndPepper,
    SensorNoise,
    Skew,
    ToneCurve,
    UnevenLight,
    Uniform,
)
from smashcima.orchestration.looks import Look

_STAFF_SPACE_MM = 1.75
"""Staff space of pages that are drawn with the look: the default of models."""

_MOST_PICTURES = 60
_LEAST_SPREAD, _MOST_SPREAD = 0.05, 0.7
"""Limits of the spread of a parameter, since a few pictures tell it badly."""

_PAGE_SS = (125.0, 177.0)
"""Width and height of the default page of models, in staff spaces."""

_SPREAD_INK_SS = 0.03
"""Thickness that `InkGain` adds to lines on half of the pages, on average of these and the others."""

_THINNEST_SS, _THICKEST_SS = 0.04, 0.3

_WIDENED = 1.6
"""The standard deviation of a blur, times this, adds in square to the thickness of a line at half of its depth."""

_PHOTO_SHADING, _PHOTO_SLOPES_DEG = 0.045, 0.5
"""Spread of brightness, and of the slopes of lines, from which pictures count as photographs."""

_PAPER_OF_MODELS = 0.96
"""Brightness of white office paper before light and camera."""

_CLIPPED = 0.3
_COLORED = 1.5
_LIGHT_OF_BLUE = 0.012
"""Relative change of the colour temperature for each step of the tint from yellow to blue."""


@dataclass(frozen=True)
class _Collection:
    """The measures of all pictures."""

    measures: tuple[PictureMeasures, ...]
    is_jpeg: bool

    def values(self, name: str) -> NDArray[np.float64]:
        return np.array([getattr(each, name) for each in self.measures], np.float64)

    def median(self, name: str) -> float:
        return float(np.median(self.values(name)))

    @property
    def is_bitonal(self) -> bool:
        return self.median("noise") < 1e-3 and self.median("line_depth") > 0.97 and self.median("ink") == 0

    @property
    def is_gray(self) -> bool:
        tint = np.abs(np.concatenate([self.values("paper_a"), self.values("paper_b")]))
        return float(np.median(tint)) < _COLORED and self.median("color_noise") < 5e-4

    @property
    def is_photo(self) -> bool:
        return (
            self.median("shading") > _PHOTO_SHADING or self.median("slope_spread_deg") > _PHOTO_SLOPES_DEG
        ) and not self.is_bitonal

    @property
    def dpi(self) -> NDArray[np.float64]:
        """Resolutions at which a staff space of `_STAFF_SPACE_MM` is as large as in the pictures."""
        return self.values("staff_space_px") * MM_PER_INCH / _STAFF_SPACE_MM


def fitted_look(folder: str | Path, name: str = "fitted") -> Look:
    """The look of the pictures in a folder; of more than 60 pictures, that of 60 spread over it.

    Pages drawn with it have the resolution, tones, tint, noise, sharpness, dust, bends and skew of the pictures, each as a
    distribution over the collection. Printed lines are as thick as theirs. Where pictures show parts of pages, or lie on their
    side, as many pages do so. A resolution above that of the model has no effect. What is drawn on the pages is not measured.

    Raises:
        SourceNotFoundError: the folder has no images.
        PlanError: no staff was found on any image.
    """
    root = Path(folder)
    paths = find_sources(root)
    chosen = paths[:: max(1, -(-len(paths) // _MOST_PICTURES))]
    measures = tuple(found for path in chosen for found in _measured(path, root))
    if not measures:
        raise PlanError(f"No staff was found on {len(chosen)} images of {root}, so their scale is unknown.")
    jpegs = sum(path.suffix.lower() in (".jpg", ".jpeg") for path in chosen)
    collection = _Collection(measures, 2 * jpegs > len(chosen))
    about = f"Fitted to {len(measures)} pictures."
    stack = FilterStack(_filters(collection), name=name)
    options = {
        "line_weights": _line_weights(collection),
        "paper": _paper(collection),
        "postprocessing": stack,
    }
    return Look(name, options, about)


def _measured(path: Path, root: Path) -> Iterator[PictureMeasures]:
    try:
        pages = [page.pixels for page in read_pages(path, root)]
    except SourceError:
        return  # the rest of the collection tells enough
    for pixels in pages:
        found = measure_picture(pixels)
        if found is not None:
            yield found


def _filters(collection: _Collection) -> list[Filter]:
    if collection.is_bitonal:
        return _bitonal_filters(collection)
    return [
        *_sheet(collection),
        UnevenLight(
            falloff=_log_normal(3.0 * collection.values("shading"), 0.005),
            exposure=_normal(collection.values("paper") - _PAPER_OF_MODELS),
            kelvin=_log_normal(6500 * (1 - _LIGHT_OF_BLUE * _left_to_light(collection)), 3000.0),
        ),
        ToneCurve(
            veil=_spread(collection.values("ink") / 0.75, 0.0, 0.4),
            white=0.85 if collection.median("white_share") > _CLIPPED else 1.0,
        ),
        CameraFocus(
            sigma_mm=_log_normal(_blur_mm(collection), 0.005),
            sharpening=_spread(collection.values("overshoot") / 0.1, 0.0, 2.5),
        ),
        SensorNoise(shot=_log_normal(collection.values("noise"), 0.0005), read=0.001),
        Dust(share=_log_normal(collection.values("specks") * _SHARE_OF_SPECK, 1e-6)),
        *([Jpeg(quality=Uniform(70, 92))] if collection.is_jpeg else []),
    ]


_SHARE_OF_SPECK = 0.8 * (0.15 / _STAFF_SPACE_MM) ** 2 / 100
"""Share of the paper that one speck of 0.15 mm on a hundred square staff spaces covers."""


def _bitonal_filters(collection: _Collection) -> list[Filter]:
    return [
        *_sheet(collection),
        Defocus(sigma_mm=LogNormal(0.05, 0.25)),
        RoughEdges(amount=_log_normal(2.8 * collection.values("line_thickness_along_ss"), 0.02)),
        Binarize(bias=Normal(0.05, 0.06)),
        SaltAndPepper(pepper=_log_normal(collection.values("specks") * _SHARE_OF_SPECK, 1e-6)),
    ]


def _sheet(collection: _Collection) -> list[Filter]:
    """Resolution, ink, and how the sheet lies."""
    lying: list[Filter] = [
        Skew(angle_deg=Normal(0, _rounded(max(0.1, float(collection.values("skew_deg").std())))))
    ]
    if collection.is_photo:
        lying = [Perspective(), LieOn()]
    is_gray = collection.is_gray or collection.is_bitonal
    lying += _framing(collection)
    return [
        Resolution(dpi=_log_normal(collection.dpi, 30.0), least_dpi=30.0, keep_size=False),
        InkGain(p=0.5),
        *([Grayscale()] if is_gray else []),
        PaperWaves(swing_mm=_log_normal(_STAFF_SPACE_MM * collection.values("bend_ss"), 0.01)),
        *lying,
    ]


def _framing(collection: _Collection) -> list[Filter]:
    """Crops and quarter turns, as often as in the collection."""
    framing: list[Filter] = []
    is_turned = collection.values("turned") > 0
    sides = np.stack([collection.values("width_px"), collection.values("height_px")])
    sides[:, is_turned] = sides[::-1, is_turned]
    shares = sides / collection.values("staff_space_px") / np.array(_PAGE_SS)[:, None]
    cuts = np.stack([collection.values("cut_across"), collection.values("cut_down")]) > 0
    if cuts.any():
        # Only that side of the page is cut off that music reaches.
        shares = np.where(cuts, shares, 1.0)[:, cuts.any(axis=0)]
        width, height = (_spread(side, 0.05, 1.0) for side in shares)
        framing.append(Crop(p=_rounded(float(cuts.any(axis=0).mean())), width=width, height=height))
    if is_turned.any():
        framing.append(QuarterTurn(p=_rounded(float(is_turned.mean())), turns=("left", "right")))
    return framing


def _line_weights(collection: _Collection) -> VariedLineWeights:
    """The thickness of staff lines, without the blur that widens thin lines, and the ink that spreads beyond them."""
    blur = _WIDENED * _blur_mm(collection) / _STAFF_SPACE_MM
    seen = collection.values("line_thickness_ss")
    printed = np.sqrt(np.maximum(seen**2 - blur**2, 0.25 * seen**2)) - _SPREAD_INK_SS
    thickness = _log_normal(np.maximum(printed, 0), _THINNEST_SS)
    middle = float(np.clip(thickness.median, _THINNEST_SS, _THICKEST_SS))
    return VariedLineWeights(staff_line_ss=middle, spread=min(thickness.spread, 0.5))


def _paper(collection: _Collection) -> str:
    """The kind of paper whose tint is nearest."""
    return min(_TINTS, key=lambda name: abs(_TINTS[name] - collection.median("paper_b")))


_TINTS = {"white-office": 0.0, "ivory-music": 9.0, "aged": 17.0}
"""Kinds of paper, with their tints from blue to yellow."""


def _left_to_light(collection: _Collection) -> NDArray[np.float64]:
    """The part of the tints, from blue to yellow, that paper does not account for."""
    return np.clip(collection.values("paper_b") - _TINTS[_paper(collection)], -25, 25)


def _blur_mm(collection: _Collection) -> NDArray[np.float64]:
    """Standard deviations of the blur. The width of a blurred edge is 2.5 of them; the grid of pixels blurs by 0.35 px."""
    sigma_px = np.sqrt(np.maximum((collection.values("edge_px") / 2.5) ** 2 - 0.35**2, 0.01))
    return np.asarray(sigma_px * MM_PER_INCH / collection.dpi)


def _log_normal(values: NDArray[np.float64], least: float) -> LogNormal:
    logs = np.log(np.maximum(values, least))
    middle = float(np.median(logs))
    spread = 1.48 * float(np.median(np.abs(logs - middle)))
    return LogNormal(
        _rounded(float(np.exp(middle))), _rounded(float(np.clip(spread, _LEAST_SPREAD, _MOST_SPREAD)))
    )


def _normal(values: NDArray[np.float64]) -> Normal:
    middle = float(np.median(values))
    return Normal(_rounded(middle), _rounded(max(1.48 * float(np.median(np.abs(values - middle))), 0.005)))


def _spread(values: NDArray[np.float64], low: float, high: float) -> Uniform:
    least, most = np.clip(np.quantile(values, [0.1, 0.9]), low, high).tolist()
    return Uniform(_rounded(least), _rounded(most))


def _rounded(value: float) -> float:
    """To three digits, for readable files."""
    return float(f"{value:.3g}")
