"""Sampled lines prepared for stretching: outline points in coordinates along and across the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs import GlyphStore
from smashcima.synthesis.samples.sample_outlines import (
    Complexes,
    Floats,
    OutlineBank,
    SampleOutline,
    straightened,
)
from smashcima.synthesis.samples.sampled_hairpins import SampledHairpin, sampled_hairpin

_SHORTEST = 0.05
"""Smallest length, in staff spaces, of a line that has a direction."""

_LEAST_COVERED = 0.85
"""Least share of the length that the largest piece of a line must cover."""

_STEM = "smufl::stem"
_HEADS = ("smufl::noteheadBlack", "smufl::noteheadHalf")
_STEMS_LOOKED_AT = 40
_GAP = 0.15
"""Largest distance, in staff spaces, between a stem and a head that touch."""

_STRAIGHTENING = 0.01
"""Tolerance in staff spaces, as in `sample_outlines`; keeps the many outlines of lines small."""

_BIN = 0.35
"""Length, in staff spaces, of the bins along a line in which its centre is measured."""

_MOST_BUMP = 1.3
"""Largest distance of ink from the centre of a line, relative to half its thickness."""

_END_REACH = 0.15
"""Distance from an end, in staff spaces, within which points belong to the end."""

_MOST_CROOKED = 0.12
"""Largest deviation of a line from the segment between its ends, relative to its length."""

_THICKNESS_RANGE = (0.5, 2.0)
"""Range of thickness relative to the writer's median; lines outside it were not cut out cleanly."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledLine:
    """One sampled line in staff spaces. It leads from its upper to its lower end, or from left to right."""

    along: Floats
    """Coordinates of the points along the line, shape (n,); at the ends, they may be below 0 or above `length`."""

    across: Floats
    """Coordinates across the line, shape (n,): downwards for upright ends, else to the right of the direction."""

    length: float
    ends: tuple[int, ...]
    """End index of each ring."""

    upright_ends: bool
    """Whether the ends stay vertical when the line is tilted, as those of beams."""

    cosine: float
    """Cosine of the angle of the sample to the horizontal; only used for upright ends."""

    inside: Floats = field(init=False)
    """`along` clipped to the range from 0 to `length`, shape (n,)."""

    bow: Floats = field(init=False)
    """A parabola along the line, 1/4 in its middle and 0 at its ends, shape (n,)."""

    def __post_init__(self) -> None:
        inside = np.minimum(np.maximum(self.along, 0.0), self.length)
        part = inside * (1 / self.length)
        object.__setattr__(self, "inside", inside)
        object.__setattr__(self, "bow", part - part * part)

    def rings(self, delta: complex, scale: float, thickness: float, bend: float) -> list[NDArray[np.float64]]:
        """The rings (m, 2) of the line from the origin to `delta`, in units of `delta`.

        Args:
            delta: end point of the line, downwards or to the right.
            scale: size of a staff space in those units.
            thickness: factor on the thickness.
            bend: deflection of the middle of the line, in those units.
        """
        length = abs(delta)
        tilted = self.upright_ends and delta.real > 0
        reach = delta.real if tilted else length
        # Only the part between the ends is stretched.
        points = np.empty(len(self.inside), np.complex128)
        points.real = self.along * scale + self.inside * (reach / self.length - scale)
        across = self.across * (scale * thickness)
        if bend:
            across += (4 * bend) * self.bow
        if tilted:
            points.imag = across * (self.cosine * length / delta.real) + points.real * (
                delta.imag / delta.real
            )
        else:
            points.imag = across
            points *= delta / length if length > 0 else 1.0
        pairs = points.view(np.float64).reshape(-1, 2)
        return np.split(pairs, self.ends[:-1]) if len(self.ends) > 1 else [pairs]


def sampled_line(
    outline: SampleOutline, start: complex, end: complex, *, upright_ends: bool
) -> SampledLine | None:
    """The shape of a line with known ends, in staff spaces; `None` if it has no direction.

    Only its largest piece is used, without holes, since a line is one stroke.
    """
    if start.imag > end.imag + abs(start.real - end.real) or (
        start.real > end.real and abs(start.imag - end.imag) <= abs(start.real - end.real)
    ):
        start, end = end, start
    delta = end - start
    if not abs(delta) >= _SHORTEST:  # unknown ends are NaN
        return None
    ring = max(outline.rings, key=len)
    points = ring - start
    if upright_ends:
        if delta.real < _SHORTEST:
            return None
        length, cosine = delta.real, delta.real / abs(delta)
        along = points.real.copy()
        across = points.imag - along * (delta.imag / delta.real)
    else:
        length, cosine = abs(delta), 1.0
        turned: Complexes = points * (delta.conjugate() / length)
        along, across = turned.real.copy(), turned.imag.copy()
    if np.ptp(along) < _LEAST_COVERED * length:
        return None
    across = _pinned(along, _without_bumps(along, across, length), length)
    smooth = straightened(along + 1j * across, _STRAIGHTENING)
    return SampledLine(smooth.real.copy(), smooth.imag.copy(), length, (len(smooth),), upright_ends, cosine)


def _without_bumps(along: Floats, across: Floats, length: float) -> Floats:
    """`across` without bumps, which are remains of staff lines and other symbols that crossed the line."""
    count = int(min(max(length / _BIN, 3), 24))
    bins = (along * (count / length)).astype(np.intp)
    np.minimum(np.maximum(bins, 0, out=bins), count - 1, out=bins)
    order = np.argsort(bins, kind="stable")
    in_order = bins[order]
    first = np.flatnonzero(in_order[1:] != in_order[:-1]) + 1
    if len(first) < 2:
        return across
    first = np.concatenate([np.zeros(1, np.intp), first])
    places = in_order[first]
    sorted_across = across[order]
    low, high = np.minimum.reduceat(sorted_across, first), np.maximum.reduceat(sorted_across, first)
    middle = (low + high) / 2
    usual = median((high - low).tolist()) / 2  # that of NumPy takes ten times as long for a few numbers
    padded = np.concatenate([middle[:1], middle[:1], middle, middle[-1:], middle[-1:]])
    smooth = np.sort(np.stack([padded[k : k + len(middle)] for k in range(5)]), axis=0)[2]
    centre = np.interp(along * (count / length) - 0.5, places, smooth)
    limit = _MOST_BUMP * usual
    return np.asarray(centre + np.minimum(np.maximum(across - centre, -limit), limit))


def _pinned(along: Floats, across: Floats, length: float) -> Floats:
    """`across` shifted and tilted so that the ink at both ends is centred on the line."""
    reach = min(_END_REACH, length / 4)
    shifts = []
    for near in (along < reach, along > length - reach):
        shifts.append(float(across[near].min() + across[near].max()) / 2 if near.any() else 0.0)
    part = np.minimum(np.maximum(along / length, 0.0), 1.0)
    return across - (shifts[0] * (1 - part) + shifts[1] * part)


class LineBank:
    """The lines of a store by glyph index, prepared at first use. Copies and pickles are empty."""

    def __init__(self, store: GlyphStore, outlines: OutlineBank) -> None:
        self._store = store
        self._outlines = outlines
        self._shapes: dict[tuple[int, bool], SampledLine | None] = {}
        self._hairpins: dict[int, SampledHairpin | None] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (LineBank, (self._store, self._outlines))

    def shape(self, index: int, upright_ends: bool) -> SampledLine | None:
        """The shape of a line; `None` if it is not usable."""
        key = (index, upright_ends)
        if key not in self._shapes:
            outline = self._outlines.read(index)
            start, end = line_ends(self._store, index)
            self._shapes[key] = (
                None if outline is None else sampled_line(outline, start, end, upright_ends=upright_ends)
            )
        return self._shapes[key]

    def hairpin(self, index: int) -> SampledHairpin | None:
        """The shape of a hairpin; `None` if it is not usable."""
        if index not in self._hairpins:
            outline = self._outlines.read(index)
            tip, opening = line_ends(self._store, index)
            self._hairpins[index] = None if outline is None else sampled_hairpin(outline, tip, opening)
        return self._hairpins[index]

    def usable(self, indices: NDArray[np.int32]) -> tuple[NDArray[np.int32], Floats]:
        """Selects lines that are straight and cleanly cut out; returns them and their lengths in staff spaces."""
        store = self._store
        start, end = store.starts_px[indices], store.ends_px[indices]
        with np.errstate(invalid="ignore"):
            length = np.hypot(*(end - start).T)
            long_enough = length >= _SHORTEST * store.staff_spaces_px[indices]
        indices, length = indices[long_enough], length[long_enough]
        if not len(indices):
            return indices, length
        space = store.staff_spaces_px[indices]
        stroke = store.stroke_px[indices] / space
        usual = float(np.median(stroke))
        clean = (stroke >= _THICKNESS_RANGE[0] * usual) & (stroke <= _THICKNESS_RANGE[1] * usual)
        # The bounding box of a crooked line is wider than its direction explains.
        direction = np.abs(store.ends_px[indices] - store.starts_px[indices])
        room = np.maximum(store.sizes[indices] - direction, 0).max(axis=1)
        straight = room <= 3.5 * store.stroke_px[indices] + 2 * _MOST_CROOKED * length
        kept = clean & straight
        return indices[kept], length[kept] / space[kept]


def line_ends(store: GlyphStore, index: int) -> tuple[complex, complex]:
    """Start and end of a line, in staff spaces around the origin of its glyph; NaN if the glyph is not a line."""
    space = float(store.staff_spaces_px[index])
    origin, start, end = store.origins_px[index], store.starts_px[index], store.ends_px[index]
    return (
        complex(*((start - origin) / space).tolist()),
        complex(*((end - origin) / space).tolist()),
    )


def joins_stems(store: GlyphStore, writer: str) -> bool:
    """Whether a writer's stems touch their noteheads; some writers leave a gap."""
    stems = store.of(_STEM, writer)
    stems = stems[:: max(len(stems) // _STEMS_LOOKED_AT, 1)]
    heads = np.concatenate([store.of(label, writer) for label in _HEADS])
    if not len(stems) or not len(heads):
        return True
    low = store.positions_px[heads].astype(np.float64)
    high = low + store.sizes[heads]
    gaps = []
    for stem in stems.tolist():
        here = store.document_ids[heads] == store.document_ids[stem]
        if here.any():
            start = store.positions_px[stem] + store.starts_px[stem]
            beside = np.maximum(np.maximum(low[here] - start, start - high[here]), 0.0)
            gaps.append(float(np.hypot(*beside.T).min() / store.staff_spaces_px[stem]))
    return not gaps or float(np.median(gaps)) < _GAP
