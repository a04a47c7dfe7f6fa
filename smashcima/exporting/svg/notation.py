"""Numbers, outlines, transforms and colours in SVG notation."""

from __future__ import annotations

import colorsys
import hashlib
import itertools
import math
import re
from collections.abc import Sequence

import numpy as np

from smashcima.imaging import Outlines
from smashcima.imaging.regions.outline_arrays import Affine
from smashcima.scene.visual import ColorBGRA

PRECISION_MM = 1e-4
"""Precision of coordinates in mm: a thousandth of a pixel at 300 DPI."""

# Characters that XML 1.0 cannot contain, not even as character references.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def path_data(outlines: Outlines, millimetres_per_unit: float = 1.0) -> list[str]:
    """Returns the `d` attribute of each shape, for the non-zero fill rule; empty for a shape without rings."""
    decimals = max(0, math.ceil(math.log10(millimetres_per_unit / PRECISION_MM)))
    points = np.round(outlines.points, decimals) + 0.0  # no negative zeros
    numbers = [text.removesuffix(".0") for text in map(repr, points.ravel().tolist())]
    ends = (2 * outlines.ring_starts).tolist()
    rings = ["M" + " ".join(numbers[start:end]) + "z" for start, end in itertools.pairwise(ends)]
    shapes = outlines.shape_rings.tolist()
    return ["".join(rings[first:last]) for first, last in itertools.pairwise(shapes)]


def matrix(transform: Affine) -> str:
    """Returns the `transform` attribute."""
    return f"matrix({numbers(transform)})"


def numbers(values: Sequence[float]) -> str:
    """Formats numbers with seven digits, separated by spaces."""
    return " ".join(f"{value + 0.0:.7g}" for value in values)


def paint(color: ColorBGRA) -> dict[str, str]:
    """Returns the attributes of a fill; none for opaque black, the default of SVG."""
    blue, green, red, opacity = color
    attributes = {}
    if (blue, green, red) != (0, 0, 0):
        attributes["fill"] = f"#{red:02x}{green:02x}{blue:02x}"
    if opacity != 255:
        attributes["fill_opacity"] = f"{opacity / 255:.4g}"
    return attributes


def color_of_label(label: str) -> str:
    """Returns a colour for a label, the same in all files and usually different from those of other labels."""
    digest = hashlib.blake2b(label.encode("utf-8", "replace"), digest_size=2).digest()
    rgb = colorsys.hls_to_rgb(digest[0] / 256, 0.35 + digest[1] / 1024, 0.9)
    return "#" + "".join(f"{round(255 * value):02x}" for value in rgb)


def plain_text(text: str) -> str:
    """Removes characters that XML cannot contain."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
