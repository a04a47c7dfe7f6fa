"""Sampled lines, ready to be stretched: how far along the line and how far beside it each point of the outline lies."""

from __future__ import annotations

from dataclasses import dataclass, field

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
"""In staff spaces: what is shorter has no direction."""

_LEAST_COVERED = 0.85
"""How much of the length the largest piece of a line covers at least."""

_STEM = "smufl::stem"
_HEADS = ("smufl::noteheadBlack", "smufl::noteheadHalf")
_STEMS_LOOKED_AT = 40
_GAP = 0.15
"""In staff spaces: stems farther from their heads do not touch them."""

_STRAIGHTENING = 0.01
"""In staff spaces, as in `outlines`: lines are many."""

_BIN = 0.35
"""In staff spaces: how finely the course of a line is followed."""

_MOST_BUMP = 1.3
"""How far ink may lie from the middle of a line, relative to half its thickness."""

_END_REACH = 0.15
"""In staff spaces: what is nearer to an end belongs to it."""

_MOST_CROOKED = 0.12
"""How far the middle of a straight line may lie from the line between its ends, relative to its length."""

_THICKNESS_RANGE = (0.5, 2.0)
"""Lines that are so much thinner or thicker than the writer's usual ones were not cut out cleanly."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledLine:
    """One sampled line in staff spaces. It leads from its upper end to its lower one, or from left to right."""

    along: Floats
    """(n,): how far along the line from its start; beyond 0 and `length` at its ends."""

    across: Floats
    """(n,): how far beside it. For upright ends: vertically, downwards; else to the right of the way down."""

    length: float
    ends: tuple[int, ...]
    """Where each ring ends."""

    upright_ends: bool
    """Whether the ends stay upright when the line is tilted, as those of beams."""

    cosine: float
    """Of its own angle to the horizontal; only for upright ends."""

    inside: Floats = field(init=False)
    """(n,): the same as `along`, but from 0 to `length`."""

    bow: Floats = field(init=False)
    """(n,): a bow that is a quarter high in the middle of the line and 0 at its ends."""

    def __post_init__(self) -> None:
        inside = np.minimum(np.maximum(self.along, 0.0), self.length)
        part = inside * (1 / self.length)
        object.__setattr__(self, "inside", inside)
        object.__setattr__(self, "bow", part - part * part)

    def rings(self, delta: complex, scale: float, thickness: float, bend: float) -> list[NDArray[np.float64]]:
        """The rings (m, 2) of the line from the origin to `delta`, in units of `delta`.

        Args:
            delta: where the line leads, downwards or to the right.
            scale: a staff space in those units.
            thickness: by how much it is thickened.
            bend: how far it bows in the middle, in those units.
        """
        length = abs(delta)
        tilted = self.upright_ends and delta.real > 0
        reach = delta.real if tilted else length
        # The line is stretched between its ends, and what lies beyond them is not.
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
    """The shape of a line whose ends are known, in staff spaces; `None` for one without direction.

    Only its largest piece is taken, without holes: a line is one stroke.
    """
    if start.imag > end.imag + abs(start.real - end.real) or (
        start.real > end.real and abs(start.imag - end.imag) <= abs(start.real - end.real)
    ):
        start, end = end, start
    delta = end - start
    if not abs(delta) >= _SHORTEST:  # an end that is not known is not a number
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
    """The distances from the line less what sticks out: rests of staff lines and of other symbols that crossed it."""
    count = int(min(max(length / _BIN, 3), 24))
    bins = (along * (count / length)).astype(np.intp)
    np.minimum(np.maximum(bins, 0, out=bins), count - 1, out=bins)
    order = np.argsort(bins, kind="stable")
    places, first = np.unique(bins[order], return_index=True)
    if len(places) < 3:
        return across
    sorted_across = across[order]
    low, high = np.minimum.reduceat(sorted_across, first), np.maximum.reduceat(sorted_across, first)
    middle = (low + high) / 2
    usual = float(np.median(high - low)) / 2
    padded = np.concatenate([middle[:1], middle[:1], middle, middle[-1:], middle[-1:]])
    smooth = np.sort(np.stack([padded[k : k + len(middle)] for k in range(5)]), axis=0)[2]
    centre = np.interp(along * (count / length) - 0.5, places, smooth)
    limit = _MOST_BUMP * usual
    return np.asarray(centre + np.minimum(np.maximum(across - centre, -limit), limit))


def _pinned(along: Floats, across: Floats, length: float) -> Floats:
    """The distances from the line once the ink at both ends lies evenly on either side of it."""
    reach = min(_END_REACH, length / 4)
    shifts = []
    for near in (along < reach, along > length - reach):
        shifts.append(float(across[near].min() + across[near].max()) / 2 if near.any() else 0.0)
    part = np.clip(along / length, 0.0, 1.0)
    return across - (shifts[0] * (1 - part) + shifts[1] * part)


class LineBank:
    """The lines of a store by the index of the glyph, prepared when they are first asked for."""

    def __init__(self, store: GlyphStore, outlines: OutlineBank) -> None:
        self._store = store
        self._outlines = outlines
        self._shapes: dict[tuple[int, bool], SampledLine | None] = {}
        self._hairpins: dict[int, SampledHairpin | None] = {}

    def shape(self, index: int, upright_ends: bool) -> SampledLine | None:
        """The shape of a line; `None` where it is not to be used."""
        key = (index, upright_ends)
        if key not in self._shapes:
            outline = self._outlines[index]
            start, end = line_ends(self._store, index)
            self._shapes[key] = (
                None if outline is None else sampled_line(outline, start, end, upright_ends=upright_ends)
            )
        return self._shapes[key]

    def hairpin(self, index: int) -> SampledHairpin | None:
        """The shape of a hairpin; `None` where it is not to be used."""
        if index not in self._hairpins:
            outline = self._outlines[index]
            tip, opening = line_ends(self._store, index)
            self._hairpins[index] = None if outline is None else sampled_hairpin(outline, tip, opening)
        return self._hairpins[index]

    def usable(self, indices: NDArray[np.int32]) -> tuple[NDArray[np.int32], Floats]:
        """Those of some lines that are straight and cleanly cut out, and their lengths in staff spaces."""
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
        # A line as crooked as that fills a box that is wider than its own direction makes it.
        direction = np.abs(store.ends_px[indices] - store.starts_px[indices])
        room = np.maximum(store.sizes[indices] - direction, 0).max(axis=1)
        straight = room <= 3.5 * store.stroke_px[indices] + 2 * _MOST_CROOKED * length
        kept = clean & straight
        return indices[kept], length[kept] / space[kept]


def line_ends(store: GlyphStore, index: int) -> tuple[complex, complex]:
    """Start and end of a line, in staff spaces around the origin of its glyph; NaN for what is no line."""
    space = float(store.staff_spaces_px[index])
    origin, start, end = store.origins_px[index], store.starts_px[index], store.ends_px[index]
    return (
        complex(*((start - origin) / space).tolist()),
        complex(*((end - origin) / space).tolist()),
    )


def joins_stems(store: GlyphStore, writer: str) -> bool:
    """Whether a writer's stems touch the heads that they start at; there are people who leave a gap."""
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
