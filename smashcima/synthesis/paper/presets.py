"""Presets of paper, and the families that random papers are drawn from.

Colours and contrasts were set by eye, compared with digitised manuscripts: modern office paper, music paper of the
twentieth century, and rag paper and parchment of earlier centuries. Distances of laid and chain lines are those in
catalogues of watermarks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from smashcima.randomness import Stream

if TYPE_CHECKING:
    from smashcima.synthesis.paper.style import PaperStyle


def _preset(**parameters: float) -> dict[str, Any]:
    return parameters


PRESETS: dict[str, dict[str, Any]] = {
    "white-office": _preset(
        red=250, green=250, blue=249, grain=0.7, grain_size=0.18, clouds=0.35, cloud_size=2.5,
        fibres=2.0, fibre_contrast=0.8, specks=0.008, speck_contrast=18.0, mottling=0.0, unevenness=0.006,
    ),
    "recycled": _preset(
        red=226, green=223, blue=214, grain=1.5, grain_size=0.25, clouds=1.1, cloud_size=2.0,
        fibres=14.0, fibre_contrast=5.0, specks=2.2, speck_size=0.13, speck_contrast=38.0, color_flecks=0.5,
        mottling=0.01, unevenness=0.008,
    ),
    "ivory-music": _preset(
        red=245, green=238, blue=217, grain=1.0, grain_size=0.2, clouds=0.6, fibres=4.0, fibre_contrast=1.2,
        specks=0.03, mottling=0.02, edge_browning=0.05, edge_width=15.0, unevenness=0.012,
    ),
    "cream-manuscript": _preset(
        red=238, green=226, blue=196, grain=1.5, grain_size=0.24, clouds=1.0, cloud_size=3.0,
        fibres=8.0, fibre_contrast=2.0, specks=0.25, speck_size=0.13, speck_contrast=28.0,
        mottling=0.05, edge_browning=0.16, edge_width=14.0, dirt=0.12, unevenness=0.02,
        gutter=0.14, gutter_width=9.0, foxing=1.2, foxing_depth=0.2, stains=0.15, stain_depth=0.15,
        creases=0.2, crease_contrast=6.0,
    ),
    "blue-laid": _preset(
        red=205, green=210, blue=206, grain=1.9, grain_size=0.26, clouds=1.3, cloud_size=2.6,
        fibres=10.0, fibre_contrast=3.5, specks=0.6, speck_contrast=26.0, laid=1.3, laid_spacing=1.0,
        chains=1.2, chain_spacing=26.0, mottling=0.035, edge_browning=0.18, edge_width=10.0, dirt=0.15,
        unevenness=0.02, gutter=0.12, foxing=0.6, creases=0.3,
    ),
    "laid-18th-century": _preset(
        red=229, green=216, blue=187, grain=1.8, grain_size=0.25, clouds=1.3, cloud_size=3.2,
        fibres=9.0, fibre_contrast=2.6, specks=0.5, speck_size=0.14, speck_contrast=32.0,
        laid=1.5, laid_spacing=1.15, chains=1.5, chain_spacing=25.5, mottling=0.07, mottling_size=35.0,
        edge_browning=0.28, edge_width=11.0, dirt=0.25, unevenness=0.025, gutter=0.2, gutter_width=8.0,
        foxing=2.0, foxing_depth=0.25, stains=0.35, stain_depth=0.2, creases=0.4, wormholes=0.3,
        inset=0.0, deckle=0.0,
    ),
    "aged": _preset(
        red=214, green=190, blue=148, grain=1.9, grain_size=0.26, clouds=1.4, cloud_size=3.5,
        fibres=9.0, fibre_contrast=2.4, specks=0.8, speck_size=0.15, speck_contrast=34.0,
        mottling=0.11, mottling_size=28.0, edge_browning=0.5, edge_width=14.0, dirt=0.4, unevenness=0.03,
        gutter=0.22, gutter_width=10.0, foxing=7.0, foxing_size=1.1, foxing_depth=0.38, stains=1.1,
        stain_depth=0.32, creases=1.2, crease_contrast=11.0, wormholes=0.8, inset=2.0, deckle=0.18,
        backing_red=38, backing_green=36, backing_blue=34,
    ),
    "parchment": _preset(
        red=232, green=219, blue=188, grain=1.0, grain_size=0.3, clouds=1.6, cloud_size=6.0,
        fibres=0.0, fibre_contrast=0.0, specks=0.15, speck_size=0.16, speck_contrast=22.0, follicles=3.2,
        veins=1.8, mottling=0.11, mottling_size=22.0, edge_browning=0.3, edge_width=9.0, dirt=0.35,
        unevenness=0.04, gutter=0.2, gutter_width=12.0, stains=0.3, stain_depth=0.2, inset=1.5, deckle=0.22,
        backing_red=196, backing_green=194, backing_blue=190,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Family:
    """Papers similar to a preset: their frequency and their variation."""

    preset: str
    weight: float
    tone: float
    """Standard deviation of the lightness, in grey levels."""

    warmth: float
    """Additional standard deviation of the blue channel."""

    age: float
    """Standard deviation of the natural logarithm of all amounts of age and damage."""


_FAMILIES = (
    _Family("white-office", 2.0, 3.0, 2.0, 0.3),
    _Family("recycled", 0.6, 6.0, 4.0, 0.3),
    _Family("ivory-music", 2.0, 5.0, 7.0, 0.5),
    _Family("cream-manuscript", 3.0, 7.0, 9.0, 0.5),
    _Family("blue-laid", 0.6, 8.0, 6.0, 0.4),
    _Family("laid-18th-century", 2.5, 8.0, 8.0, 0.5),
    _Family("aged", 1.0, 9.0, 8.0, 0.4),
    _Family("parchment", 0.5, 8.0, 8.0, 0.4),
)

_AGEING = (
    "mottling", "edge_browning", "dirt", "gutter", "foxing", "stains", "creases", "wormholes",
)  # fmt: skip
_MOST = {"mottling": 0.12, "edge_browning": 0.7, "dirt": 0.6, "gutter": 0.4}

_TEXTURES = 3
"""Number of textures per family for random styles; shared textures need not be made for each sample."""

_CROPPED_SHARE = 0.6
"""Share of the papers with an edge whose picture is cropped to the sheet."""

_BACKINGS = ((24, 23, 22), (12, 12, 12), (96, 94, 92), (205, 204, 202), (238, 238, 238))
"""Red, green and blue of backings of digitised sheets: black boards, grey cards and white lids."""


def draw_style(seed: int, preset: Callable[[str], PaperStyle]) -> PaperStyle:
    """The paper of a seed; `preset` returns the preset of a name."""
    rng = Stream(seed).child("paper style").generator()
    weights = np.array([family.weight for family in _FAMILIES])
    family = _FAMILIES[int(rng.choice(len(_FAMILIES), p=weights / weights.sum()))]
    base = preset(family.preset)
    light, warm = np.clip(rng.standard_normal(2), -2, 2) * (family.tone, family.warmth)
    values: dict[str, Any] = {
        "name": f"{family.preset}#{seed}",
        "red": _level(base.red + light - 0.1 * warm),
        "green": _level(base.green + light - 0.4 * warm),
        "blue": _level(base.blue + 0.9 * light - warm),
        "texture_seed": int(rng.integers(_TEXTURES)),
    }
    common = rng.standard_normal()  # old paper has more of all of them
    for name, draw in zip(_AGEING, rng.standard_normal(len(_AGEING)), strict=True):
        factor = float(np.exp(family.age * np.clip(0.7 * common + 0.7 * draw, -2, 2)))
        values[name] = round(min(getattr(base, name) * factor, _MOST.get(name, 15.0)), 4)
    backing = _BACKINGS[int(rng.integers(len(_BACKINGS)))]
    values.update(zip(("backing_red", "backing_green", "backing_blue"), backing, strict=True))
    if base.shows_backing and rng.random() < _CROPPED_SHARE:
        values.update(inset=0.0, deckle=0.0)
    return replace(base, **values)


def _level(value: float) -> int:
    return int(min(max(round(value), 0), 255))
