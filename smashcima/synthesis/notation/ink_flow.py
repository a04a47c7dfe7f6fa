"""The ink of a dip pen: much after a dip, little before the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.scene.visual import ColorBGRA, Glyph, InkLoad, InkPath, LineGlyph, SmashcimaLabels
from smashcima.synthesis.pen import Scribe
from smashcima.synthesis.pen.ink import medium_of, thinned

Points = NDArray[np.float64]

_FULL = 0.45
"""Share of a dip after which the ink begins to fail."""

_DIP_SPREAD = 0.35
"""Standard deviation of the logarithm of the length of a dip."""

_THIN, _THICK = 0.12, 0.5
"""Thickness in mm at which strokes have the thinnest and the full layer of ink."""

_NEARLY_DRY = 0.3
"""Flow of ink below which strokes part, from 0 to 1."""

_PARTING = frozenset({"stem", "slur", "tie", "hairpin", "graceSlash", "lyricExtender"})
"""Names of lines that may part: two tracks of a beam, barline or ledger line would be two of them."""

_TRACK = 0.34
"""Thickness of each of the two tracks of a dry stroke, relative to the whole stroke."""

_THINNEST_TRACK = 0.035
"""Thickness in mm below which a stroke does not part."""

_SAME_STROKE = 1.4
"""Largest distance between the flat start of a part of a stroke and the end of the one before, relative to half its
thickness."""

_CAP = 3
"""Number of points of the round end of a stroke."""


class InkFlow:
    """Gives each glyph the ink that is left in the pen when it is written.

    Glyphs must come in the order of writing. The flow of ink is full after a dip and falls towards the next one: strokes
    become lighter and thinner, and some part into two tracks. Each path gets its load, from which renderers shade it.
    """

    def __init__(self, scribe: Scribe, rng: np.random.Generator) -> None:
        """`rng` draws the lengths of dips and what happens when the ink runs out; it should be that of the page."""
        self._scribe = scribe
        self._medium = medium_of(scribe)
        self._rng = rng
        self._dip = self._drawn_dip()
        # Pages do not begin with a fresh dip.
        self._used = float(rng.random()) * self._dip

    @property
    def flow(self) -> float:
        """The flow of ink, from 1 after a dip to 0 before the next one."""
        if self._scribe.dip_length <= 0:
            return 1.0
        left = 1 - self._used / self._dip
        return float(min(max(left / (1 - _FULL), 0.0), 1.0) ** 0.7)

    def ink(self, glyph: Glyph) -> None:
        """Changes colour and outline of a glyph of paths; its region remains that of its ink. Uses up the ink."""
        if glyph.label == SmashcimaLabels.staffLine.value or glyph.sprites:
            return
        for path in list(glyph.paths):
            flow, color = self.flow, path.color
            length, thickness = _measured(path.contours)
            end = self._use(length)
            path.color = self._mean_color(color, thickness, flow)
            if self._medium is not None:
                path.load = InkLoad(self._medium, color, self._load(flow), self._load(end))
            if isinstance(glyph, LineGlyph) and len(glyph.paths) == 1:
                self._thin(glyph, path, flow)
        if self._scribe.overlaps:
            _part_strokes(glyph)

    def _load(self, flow: float) -> float:
        return self._scribe.dry_load + (1 - self._scribe.dry_load) * flow

    def _mean_color(self, color: ColorBGRA, thickness: float, flow: float) -> ColorBGRA:
        """The colour of a stroke of a mean thickness, for those who do not show how the ink varies within it."""
        scribe = self._scribe
        layer = min(max((thickness - _THIN) / (_THICK - _THIN), 0.0), 1.0)
        opacity = (scribe.dry_opacity + (1 - scribe.dry_opacity) * flow) * (
            scribe.thin_opacity + (1 - scribe.thin_opacity) * layer
        )
        return thinned(color, opacity, scribe.thin_warmth * (1 - 0.6 * layer - 0.4 * layer * flow))

    def _thin(self, glyph: LineGlyph, path: InkPath, flow: float) -> None:
        """Makes a line thinner, and parts it if the pen is nearly dry."""
        scribe = self._scribe
        factor = scribe.dry_width + (1 - scribe.dry_width) * flow
        parts = flow < _NEARLY_DRY and self._rng.random() < scribe.split and glyph.label.name in _PARTING
        if factor == 1 and not parts:
            return
        start = float(self._rng.uniform(0.0, 0.6)) if parts else 1.0
        rings: list[Points] = []
        for ring in path.contours.rings:
            rings.extend(_thinner(ring, factor, start))
        path.contours = Contours(tuple(rings))
        glyph.region.contours = path.contours

    def _use(self, length: float) -> float:
        """Uses ink for strokes of a length; returns the flow after it, before a dip."""
        if self._scribe.dip_length <= 0:
            return 1.0
        self._used += length
        flow = self.flow
        if self._used > self._dip:
            self._used = 0.0
            self._dip = self._drawn_dip()
        return flow

    def _drawn_dip(self) -> float:
        draw = min(max(float(self._rng.standard_normal()), -2.0), 2.0)
        return max(self._scribe.dip_length * math.exp(_DIP_SPREAD * draw), 1.0)


def _measured(contours: Contours) -> tuple[float, float]:
    """Length and mean thickness of the strokes of an outline, in mm of its own coordinates."""
    area = around = 0.0
    for ring in contours.rings:
        points = np.ascontiguousarray(ring).view(np.complex128)[:, 0]
        before, after = points[:-1], points[1:]
        area += abs(float(np.vdot(before, after).imag + (points[-1].conjugate() * points[0]).imag)) / 2
        around += float(np.abs(after - before).sum())
    length = around / 2
    return length, area / length if length > 0 else 0.0


def _sides(ring: Points) -> tuple[Points, Points] | None:
    """The left and right side of a stroke with round ends, both from its start; `None` for other outlines."""
    count = len(ring) // 2 - _CAP
    if len(ring) % 2 or count < 3:
        return None
    return ring[:count], ring[count + _CAP : 2 * count + _CAP][::-1]


def _thinner(ring: Points, factor: float, start: float) -> list[Points]:
    """The rings of a stroke made thinner, which parts into two tracks from a part of its length on."""
    sides = _sides(ring)
    if sides is None:
        return [ring]
    left, right = sides
    count = len(left)
    middle = (left + right) / 2
    half = (right - left) / 2 * factor
    whole = np.concatenate(
        [
            middle - half,
            middle[-1] + (ring[count : count + _CAP] - middle[-1]) * factor,
            (middle + half)[::-1],
            middle[0] + (ring[-_CAP:] - middle[0]) * factor,
        ]
    )
    from_there = int(start * (count - 1))
    thickness = 2 * float(np.hypot(*half[count // 2]))
    if start >= 1 or count - from_there < 2 or thickness * _TRACK < _THINNEST_TRACK:
        return [whole]
    rings: list[Points] = []
    if from_there >= 1:
        until = slice(0, from_there + 1)
        rings.append(np.concatenate([(middle - half)[until], (middle + half)[until][::-1]]))
    after = slice(from_there, None)
    for outer, inner in ((-1.0, 2 * _TRACK - 1), (1 - 2 * _TRACK, 1.0)):
        rings.append(np.concatenate([(middle + outer * half)[after], (middle + inner * half)[after][::-1]]))
    return rings


def _part_strokes(glyph: Glyph) -> None:
    """Makes a path of each stroke, so that strokes that overlap are darker there; the region is not changed."""
    for path in list(glyph.paths):
        first, *rest = _strokes(path.contours.rings)
        path.contours = Contours(first)
        glyph.paths.extend(
            InkPath(path.space, Contours(rings), path.color, path.transform, path.load) for rings in rest
        )


def _strokes(rings: Sequence[Points]) -> list[tuple[Points, ...]]:
    """Rings by stroke: a stroke with corners has several, each of which begins at the end of the one before."""
    strokes: list[list[Points]] = []
    for ring in rings:
        start, half = (ring[0] + ring[-1]) / 2, float(np.hypot(*(ring[0] - ring[-1]))) / 2
        if strokes and np.hypot(*(strokes[-1][-1] - start).T).min() < _SAME_STROKE * half:
            strokes[-1].append(ring)
        else:
            strokes.append([ring])
    return [tuple(stroke) for stroke in strokes] or [()]
