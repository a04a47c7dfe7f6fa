"""Fitting of a pen to a writer of a glyph store, by measuring the writer's symbols."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs import GlyphStore
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.pen.priors import PRIORS
from smashcima.synthesis.samples.sample_outlines import OutlineBank
from smashcima.synthesis.samples.sampled_lines import LineBank

STAFF_SPACE = 1.8
"""Staff space, in mm, that the parameters of writers refer to."""

_FEWEST = 3
"""Least number of samples from which a spread is estimated."""

_MOST_MASKS = 24
"""Largest number of masks that are measured for each label."""

_PRIOR_WEIGHT = 3.0
"""Weight of the prior, as a number of samples."""


@dataclass(frozen=True, slots=True)
class LabelReference:
    """Usual measures of a symbol: medians over writers. Lengths are in staff spaces."""

    width: float
    height: float
    width_spread: float
    """Standard deviation of the natural logarithm of the width by one writer (median over writers)."""

    height_spread: float
    lean: float | None
    """Shift of the ink to the right per unit of height (covariance over variance of height), including that of the
    shape itself. `None` for symbols whose lean does not measure slant."""


@dataclass(frozen=True, slots=True)
class LineReference:
    """Usual measures of lines: medians over writers."""

    stem_width: float
    """In staff spaces."""

    symbol_stroke: float
    """Thickness of the strokes of accidentals and rests, as measured by the store, in staff spaces."""

    stem_lean_deg: float
    stem_lean_spread_deg: float
    stem_crookedness: float
    """Excess width of a stem's bounding box over its thickness and lean, relative to its length."""


SYMBOLS: dict[str, LabelReference] = {
    "smufl::noteheadBlack": LabelReference(0.807, 0.832, 0.144, 0.135, None),
    "smufl::noteheadHalf": LabelReference(1.141, 0.996, 0.120, 0.118, None),
    "smufl::accidentalSharp": LabelReference(1.203, 2.075, 0.150, 0.132, 0.110),
    "smufl::accidentalFlat": LabelReference(0.828, 1.825, 0.125, 0.128, -0.093),
    "smufl::accidentalNatural": LabelReference(0.891, 2.474, 0.137, 0.140, -0.154),
    "smufl::restQuarter": LabelReference(1.137, 2.317, 0.148, 0.101, 0.049),
    "smufl::rest8th": LabelReference(1.075, 1.852, 0.131, 0.131, 0.142),
    "smufl::gClef": LabelReference(2.027, 6.168, 0.092, 0.064, 0.032),
    "smufl::fClef": LabelReference(2.342, 3.574, 0.103, 0.100, 0.051),
}
"""Measured on 38 writers of MUSCIMA++ 1.0, the same as for the priors of the pen."""

LINES = LineReference(
    stem_width=0.1931,
    symbol_stroke=0.2050,
    stem_lean_deg=-0.15,
    stem_lean_spread_deg=3.52,
    stem_crookedness=0.0212,
)
"""Measured on the same pages."""


def fit_pen_writer(store: GlyphStore, writer: str, name: str | None = None) -> PenWriter:
    """Fits a pen to a writer of a store; parameters that cannot be measured have their usual values.

    Measures the thickness of stems, of the strokes of symbols and of beams; the lean of stems and of symbols; the size
    and proportions of noteheads, accidentals, rests and clefs, and their variation; and the straightness of stems. The
    name of the writer selects the forms of letters and of rare symbols.
    """
    digest = hashlib.blake2b(f"{name}\0{writer}".encode(), digest_size=4).digest()
    values: dict[str, float] = {key: prior.median for key, prior in PRIORS.items()}
    stems = _measured_lines(store, writer, "smufl::stem")
    stroke = _symbol_stroke(store, writer)
    if stems is not None:
        thickness = stems.thickness * STAFF_SPACE
        pen = thickness / PRIORS["stem_width"].median
        if stroke is not None:
            # Symbols and stems are written with one pen, so the geometric mean of both measures is used.
            pen = math.sqrt(pen * pen * (stroke / LINES.symbol_stroke) / (stems.thickness / LINES.stem_width))
        values["pen_width"] = _limited("pen_width", pen)
        values["stem_width"] = thickness / values["pen_width"]
        steadiness = (stems.lean_spread_deg / LINES.stem_lean_spread_deg) ** 0.7
        for key in ("slant_jitter", "rotation_jitter"):
            values[key] = _limited(key, PRIORS[key].median * steadiness)
        crooked = stems.crookedness / LINES.stem_crookedness
        for key in ("line_wobble", "wobble", "tremor"):
            values[key] = _limited(key, PRIORS[key].median * min(max(crooked, 0.4), 2.5) ** 0.7)
    elif stroke is not None:
        values["pen_width"] = _limited("pen_width", PRIORS["pen_width"].median * stroke / LINES.symbol_stroke)
    _fit_symbols(store, writer, values, stems)
    beams = _measured_lines(store, writer, "smashcima::beam")
    thin = values["pen_width"] * values["stem_width"]
    values["beam_width"] = beams.thickness * STAFF_SPACE if beams is not None else 1.1 * thin
    rounded = {key: round(float(value), 5) for key, value in values.items()}
    strokes = 1 if rounded["beam_width"] < 1.6 * thin else 2
    return PenWriter(
        name=name or writer,
        seed=int.from_bytes(digest, "little"),
        beam_strokes=strokes,
        **rounded,  # type: ignore[arg-type]
    )


def _limited(key: str, value: float) -> float:
    """Clips a value to the range of writers."""
    prior = PRIORS[key]
    return min(max(value, prior.low * 0.8), prior.high * 1.25)


# -- lines -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lines:
    thickness: float
    lean_deg: float
    lean_spread_deg: float
    crookedness: float


def _measured_lines(store: GlyphStore, writer: str, label: str) -> _Lines | None:
    indices, length = LineBank(store, OutlineBank(store)).usable(store.of(label, writer))
    if len(indices) < _FEWEST:
        return None
    space = store.staff_spaces_px[indices]
    step = store.ends_px[indices] - store.starts_px[indices]
    step = step * np.where(step[:, 1:] > 0, 1.0, -1.0)
    thickness = _thickness(store, indices)
    lean = np.degrees(np.arctan2(-step[:, 0], step[:, 1]))
    extra = (store.sizes[indices, 0] - np.abs(step[:, 0])) / space - thickness
    usual = float(np.median(lean))
    return _Lines(
        thickness,
        usual,
        max(1.4826 * float(np.median(np.abs(lean - usual))), 0.3),
        max(float(np.median(extra / length)), 1e-3),
    )


def _thickness(store: GlyphStore, indices: NDArray[np.int32]) -> float:
    """Median thickness of lines, in staff spaces: the mean over rows or columns of each mask, without crossings."""
    found = []
    for index in indices[:: max(len(indices) // _MOST_MASKS, 1)][:_MOST_MASKS].tolist():
        x, y = np.abs(store.ends_px[index] - store.starts_px[index]).tolist()
        across = (store.mask(index) > 0).sum(axis=1 if y > x else 0)
        usual = float(np.median(across))
        inked = across[(across > 0.4 * usual) & (across < 1.6 * usual)]
        cosine = max(x, y) / max(math.hypot(x, y), 1e-6)
        found.append(float(inked.mean()) * cosine / float(store.staff_spaces_px[index]))
    return float(np.median(found))


# -- symbols ---------------------------------------------------------------------------------------------


_STROKED = ("accidentalSharp", "accidentalNatural", "accidentalFlat", "restQuarter", "gClef", "fClef")
"""Symbols whose strokes have a constant thickness."""


def _symbol_stroke(store: GlyphStore, writer: str) -> float | None:
    """Thickness of the strokes of symbols, in staff spaces."""
    medians = []
    for name in _STROKED:
        own = store.of(Label.smufl(name), writer)
        if len(own):
            medians.append(float(np.median(store.stroke_px[own] / store.staff_spaces_px[own])))
    return float(np.median(medians)) if medians else None


def _fit_symbols(store: GlyphStore, writer: str, values: dict[str, float], stems: _Lines | None) -> None:
    """Fits size, proportions, slant and their variation; modifies `values`."""
    sizes: list[tuple[float, float, float]] = []
    spreads: list[tuple[float, float, float]] = []
    leans: list[tuple[float, float]] = []
    for label, usual in SYMBOLS.items():
        own = store.of(label, writer)
        if not len(own):
            continue
        weight = len(own) / (len(own) + _PRIOR_WEIGHT)
        boxes = np.log(store.sizes[own] / store.staff_spaces_px[own, np.newaxis])
        width, height = np.median(boxes, axis=0).tolist()
        sizes.append((width - math.log(usual.width), height - math.log(usual.height), weight))
        if len(own) >= 2 * _FEWEST:
            spread = boxes.std(axis=0)
            spreads.append((spread[0] / usual.width_spread, spread[1] / usual.height_spread, weight))
        if usual.lean is not None:
            leans.append((mean_lean(store, own) - usual.lean, weight))
    if sizes:
        width, height, weight = np.array(sizes).T
        wider, higher = float(np.average(width, weights=weight)), float(np.average(height, weights=weight))
        values["size"] = _limited("size", math.exp((wider + higher) / 2))
        values["aspect"] = _limited("aspect", math.exp(wider - higher))
    slants = [stems.lean_deg - LINES.stem_lean_deg] if stems is not None else []
    if leans:
        lean, weight = np.array(leans).T
        slants.append(math.degrees(math.atan(float(np.average(lean, weights=weight)))))
    if slants:
        values["slant"] = _limited("slant", PRIORS["slant"].median + sum(slants) / len(slants))
    if spreads:
        width, height, weight = np.array(spreads).T
        factor = float(np.average((width + height) / 2, weights=weight))
        for key in ("size_jitter", "aspect_jitter"):
            values[key] = _limited(key, PRIORS[key].median * factor)


def mean_lean(store: GlyphStore, indices: NDArray[np.int32]) -> float:
    """Shift of ink to the right per unit of height: the covariance of both over the variance of the height."""
    found = []
    for index in indices[:: max(len(indices) // _MOST_MASKS, 1)][:_MOST_MASKS].tolist():
        y, x = np.nonzero(store.mask(index))
        variance = float(y.var())
        if variance > 0:
            found.append(-float(((x - x.mean()) * (y - y.mean())).mean()) / variance)
    return float(np.median(found)) if found else 0.0
