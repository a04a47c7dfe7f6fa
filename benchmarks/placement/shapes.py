"""Features of the shapes of symbols and strokes on a page, in staff spaces, degrees or ratios."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from features import HEADS, Values
from notation_graph import GraphPage, Thing

SIZED = (
    "gClef",
    "fClef",
    "cClef",
    "accidentalSharp",
    "accidentalFlat",
    "accidentalNatural",
    "restQuarter",
    "rest8th",
    "rest16th",
    "flag8thUp",
    "flag8thDown",
    "augmentationDot",
    "articulationStaccato",
)
"""Classes whose width, height and area are measured."""


def measure_shapes(page: GraphPage) -> Values:
    """Values of all features of the shapes of a page."""
    values: Values = defaultdict(list)
    for thing in page.things:
        space = _space(thing, page)
        if space <= 0:
            continue
        if thing.name in SIZED:
            values[f"{thing.name}_width"].append(thing.width / space)
            values[f"{thing.name}_height"].append(thing.height / space)
            values[f"{thing.name}_area"].append(float(thing.mask.sum()) / space**2)
            if thing.name.endswith("Clef") and thing.staff is not None:
                values[f"{thing.name}_y"].append(thing.staff.ss(thing.y, thing.x))
        elif thing.name in HEADS:
            _head(thing, space, values)
        elif thing.name in ("slur", "tie"):
            values[f"{thing.name}_stroke"].append(_thickness_of_curve(thing) / space)
        elif thing.name == "legerLine":
            values["ledger_length"].append(thing.width / space)
        elif thing.name in ("beam", "stem"):
            _stroke(thing, space, values)
    return dict(values)


def _space(thing: Thing, page: GraphPage) -> float:
    """Staff space of the staff of an object, or of the page."""
    if thing.staff is not None:
        return thing.staff.space
    return float(np.median([staff.space for staff in page.staves])) if page.staves else 0.0


def _head(head: Thing, space: float, out: Values) -> None:
    short = "full" if head.name == "noteheadFull" else "half"
    ys, xs = np.nonzero(head.mask)
    out[f"head_{short}_area"].append(len(xs) / space**2)
    if len(xs) > 20:
        cov = np.cov(np.stack([xs, ys]))
        _, axes = np.linalg.eigh(cov)
        x, y = axes[:, 1]
        out[f"head_{short}_slant"].append(float(np.degrees(np.arctan2(-y * np.sign(x), abs(x)))))


def _thickness_of_curve(curve: Thing) -> float:
    """Median thickness of a curve across its direction, from the heights of its columns."""
    columns = (curve.mask > 0).sum(axis=0)
    xs = np.nonzero(columns)[0]
    if len(xs) < 4:
        return float("nan")
    middles = (np.arange(curve.mask.shape[0])[:, None] * (curve.mask > 0)).sum(axis=0)[xs] / columns[xs]
    slope = np.gradient(middles, xs)
    return float(np.median(columns[xs] / np.hypot(1, slope)))


def _stroke(thing: Thing, space: float, out: Values) -> None:
    """Bow of a beam or stem: the largest distance of its middle line from the chord, relative to the length."""
    mask = thing.mask if thing.name == "beam" else thing.mask.T
    if thing.name == "stem" and not thing.owners(*HEADS):
        return
    along = (mask > 0).sum(axis=0)
    at = np.nonzero(along)[0]
    if len(at) < 2 * space:
        return
    middles = (np.arange(mask.shape[0])[:, None] * (mask > 0)).sum(axis=0)[at] / along[at]
    inner = slice(len(at) // 20, len(at) - len(at) // 20)
    at, middles, along = at[inner], middles[inner], along[at][inner]
    slope, start = np.polyfit(at, middles, 1)
    off = np.abs(middles - (slope * at + start))
    out[f"{thing.name}_bow"].append(float(off.max()) / len(at))
    if thing.name == "beam":
        out["beam_stroke"].append(float(np.median(along)) / np.hypot(1, slope) / space)
