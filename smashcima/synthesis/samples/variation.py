"""Small random variation of sampled symbols, so that few samples do not visibly repeat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.geometry import Contours
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.samples.sample_outlines import SampleOutline

_RAREST = 2.0
"""Random numbers are clipped to this many standard deviations."""

_DRAWS = 13
_FEW_SAMPLES = 8
"""If there are fewer samples than this, they are varied more, up to `_MOST_FOR_FEW` times for a single one."""

_MOST_FOR_FEW = 1.6


@dataclass(frozen=True, slots=True)
class GlyphVariation(ShortRepr):
    """Standard deviations of the variation between renderings of one sample; draws are clipped at two of them.

    The pivot does not move. Other points move by at most `bound` times the distance between the pivot and the
    farthest corner of the symbol.
    """

    size: float = 0.02
    """Relative variation of the size."""

    aspect: float = 0.02
    """Relative variation of the ratio of width to height."""

    rotation_deg: float = 1.4
    slant_deg: float = 1.2
    elastic: float = 0.011
    """Variation of each term of a smooth deformation of the plane, relative to the size of the symbol."""

    thickness_ss: float = 0.008
    """Variation of the outward shift of the outline, in staff spaces."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int | float) or not 0 <= value < math.inf:
                raise SettingsError(
                    f"{field.name} of a variation must be a number of at least 0, not {value!r}."
                )

    def times(self, factor: float) -> GlyphVariation:
        """The variation with all standard deviations multiplied by `factor`."""
        return replace(self, **{field.name: getattr(self, field.name) * factor for field in fields(self)})

    @property
    def bound(self) -> float:
        """Largest movement of a point, relative to the distance of the farthest corner from the pivot."""
        affine = self.size + self.aspect / 2 + math.radians(self.rotation_deg + self.slant_deg)
        return _RAREST * (affine + 4 * math.sqrt(2) * self.elastic)


NO_VARIATION = GlyphVariation(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def strength_for(sample_count: int) -> float:
    """Factor on the variation of a symbol with `sample_count` samples."""
    if sample_count >= _FEW_SAMPLES:
        return 1.0
    return float(min((_FEW_SAMPLES / max(sample_count, 1)) ** 0.25, _MOST_FOR_FEW))


def varied(
    outlines: Sequence[SampleOutline],
    pivots: NDArray[np.complex128],
    variation: GlyphVariation,
    rng: np.random.Generator,
    *,
    thicker: float = 0.0,
    scale_x: NDArray[np.float64] | None = None,
    shift: NDArray[np.complex128] | None = None,
) -> list[Contours]:
    """One rendering of each outline, in staff spaces.

    Args:
        outlines: the samples, at least one.
        pivots: the point of each sample that does not move.
        variation: the standard deviations.
        rng: random generator of the variation.
        thicker: dilation of the ink, in staff spaces.
        scale_x: horizontal scale of each sample around its pivot.
        shift: translation of each rendering, applied last.
    """
    count = len(outlines)
    draws = rng.standard_normal((count, _DRAWS))
    np.clip(draws, -_RAREST, _RAREST, out=draws)
    lengths = np.array([len(outline.points) for outline in outlines])
    of = np.repeat(np.arange(count), lengths)
    points = np.concatenate([outline.points for outline in outlines]) - pivots[of]
    reach = _reach(outlines, pivots)

    # z' = (1 + a) z + b conj(z): a rotates and scales, b changes aspect and slant.
    slant = np.tan(draws[:, 3] * math.radians(variation.slant_deg)) / 2
    turning = draws[:, 0] * variation.size + 1j * (draws[:, 1] * math.radians(variation.rotation_deg))
    straight = 1 + turning - 1j * slant
    mirrored = draws[:, 2] * (variation.aspect / 2) + 1j * slant
    if scale_x is not None:
        straight, mirrored = straight + (scale_x - 1) / 2, mirrored + (scale_x - 1) / 2
    conjugate = np.conj(points)
    moved = points * straight[of]
    moved += conjugate * mirrored[of]
    if variation.elastic > 0:
        # Smooth deformation: second and third powers of coordinates scaled to at most 1 at the farthest corner.
        weights = (draws[:, 4:12:2] + 1j * draws[:, 5:12:2]) * (variation.elastic * reach)[:, np.newaxis]
        unit = points / reach[of]
        mirror = np.conj(unit)
        square = unit * unit
        bend = square * weights[of, 0]
        bend += mirror * (unit * weights[of, 1] + mirror * weights[of, 2])
        bend += square * mirror * weights[of, 3]
        moved += bend
    outward = thicker + draws[:, 12] * variation.thickness_ss
    if np.any(outward):
        moved += _normals(outlines, lengths, moved) * outward[of]
    moved += (pivots if shift is None else pivots + shift)[of]
    return _contours(outlines, moved)


def _reach(outlines: Sequence[SampleOutline], pivots: NDArray[np.complex128]) -> NDArray[np.float64]:
    """Distance from each pivot to the farthest corner of the bounding box."""
    low = np.array([outline.low for outline in outlines]) - pivots
    high = np.array([outline.high for outline in outlines]) - pivots
    across = np.maximum(np.abs(low.real), np.abs(high.real))
    down = np.maximum(np.abs(low.imag), np.abs(high.imag))
    return np.asarray(np.maximum(np.hypot(across, down), 1e-6))


def _normals(
    outlines: Sequence[SampleOutline], lengths: NDArray[np.intp], points: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    """Outward normals of the ink."""
    offsets = (np.cumsum(lengths) - lengths).tolist()
    ends = np.array(
        [offset + end for offset, outline in zip(offsets, outlines, strict=True) for end in outline.ends]
    )
    starts = np.append(0, ends[:-1])
    along = np.empty_like(points)
    along[1:-1] = points[2:] - points[:-2]
    along[starts] = points[starts + 1] - points[ends - 1]
    along[ends - 1] = points[starts] - points[ends - 2]
    # With y down and a positive signed area, the inside is to the left of the direction of travel.
    return np.asarray(-1j * along / np.maximum(np.abs(along), 1e-9))


def _contours(outlines: Sequence[SampleOutline], points: NDArray[np.complex128]) -> list[Contours]:
    pairs = points.view(np.float64).reshape(-1, 2)
    result = []
    at = 0
    for outline in outlines:
        rings = []
        start = at
        for end in outline.ends:
            rings.append(pairs[start : at + end])
            start = at + end
        at = start
        result.append(Contours(tuple(rings)))
    return result
