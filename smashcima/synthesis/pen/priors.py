"""Distributions of the parameters of writers, and four presets.

*Measured* below means: on 76 pages by 38 writers of MUSCIMA++ 1.0 (two pages each), from the masks of symbols, with a
staff space of 28.7 px in the data set and 1.8 mm here. `between` is the standard deviation of the writers' medians,
`within` the median over writers of the standard deviation of one writer. Parameters that masks do not determine
(speed, pressure) were set by eye, compared with those pages. Variation within writers was set so that width, height, area
and shape of the symbols in `benchmarks/realism` vary as much within one writer, and between writers, as those of real ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from smashcima.randomness import Stream


@dataclass(frozen=True, slots=True)
class Prior:
    """A normal distribution of one parameter (of its logarithm, if `is_ratio`), clipped at both ends."""

    median: float
    spread: float
    """Standard deviation of the value, or of its natural logarithm if `is_ratio`."""

    low: float
    high: float
    haste: float = 0.0
    """Correlation with the haste of the writer, one draw that all parameters share."""

    is_ratio: bool = False

    def value(self, draw: float, haste: float) -> float:
        """The parameter for two standard normal numbers."""
        z = self.haste * haste + math.sqrt(1 - self.haste**2) * draw
        value = self.median * math.exp(self.spread * z) if self.is_ratio else self.median + self.spread * z
        return round(min(max(value, self.low), self.high), 5)


PRIORS: dict[str, Prior] = {
    # Measured, as means over strokes: stems 0.189 staff spaces wide, slurs and ties 0.198, ledger lines, beams and barlines
    # 0.204. All were written with one model of pen; the spread here is wider to include other pens.
    "pen_width": Prior(0.39, 0.14, 0.21, 0.54, is_ratio=True),
    "pressure": Prior(0.08, 0.03, 0.03, 0.16, haste=0.3),  # measured: width along a stem varies by 0.09
    "speed_thinning": Prior(0.08, 0.06, 0.0, 0.25, haste=0.3),
    "start_taper": Prior(0.08, 0.06, 0.0, 0.3, haste=0.2),  # measured: first tenth of a stem 0.96 as wide,
    "end_taper": Prior(0.18, 0.1, 0.0, 0.55, haste=0.5),  # the last one 0.91
    "taper_length": Prior(0.6, 0.3, 0.2, 1.6, haste=0.4),
    "start_blob": Prior(0.06, 0.06, 0.0, 0.25, haste=-0.2),
    "end_blob": Prior(0.06, 0.07, 0.0, 0.3, haste=-0.3),
    # Measured on stems: slant 0.6 degrees to the right (between 2.9). The shear of clefs, accidentals and rests differs
    # between writers by 4 to 8 degrees; habits and the choice of forms account for all of it but this.
    "slant": Prior(2.0, 2.6, -9.0, 18.0, haste=0.3),
    # Measured: notehead height between 12 %, width 19 %, aspect 17 %; of flats 18, 17 and 21 %.
    # Part of that is due to the choice of forms.
    "aspect": Prior(1.0, 0.12, 0.75, 1.35, is_ratio=True),
    "size": Prior(1.0, 0.09, 0.78, 1.28, is_ratio=True),
    "slant_jitter": Prior(3.0, 0.9, 1.0, 6.0, haste=0.5),  # measured on stems: within 3.1 (1.9 to 6.2)
    # Measured: within 12 % of the height, 13 % of the width, 15 % of the aspect of small symbols; 7 to 9 % of
    # clefs. The other sources of variation below account for about half of it.
    "aspect_jitter": Prior(0.108, 0.033, 0.05, 0.22, haste=0.6),
    "size_jitter": Prior(0.082, 0.024, 0.04, 0.16, haste=0.6),
    "rotation_jitter": Prior(2.6, 0.9, 0.8, 6.0, haste=0.5),
    "roundness": Prior(0.3, 0.22, 0.0, 0.9, haste=0.6),
    "habit": Prior(0.9, 0.2, 0.4, 1.4),
    "wobble": Prior(0.026, 0.009, 0.008, 0.055, haste=0.6),
    "joining": Prior(0.015, 0.006, 0.004, 0.04, haste=0.6),
    "tremor": Prior(0.013, 0.007, 0.002, 0.04, haste=-0.3),
    # Physiological tremor has 8 to 12 cycles a second; pens write music at 10 to 40 mm a second.
    "tremor_frequency": Prior(0.45, 0.35, 0.2, 1.1, haste=-0.6, is_ratio=True),
    "overshoot": Prior(0.0, 0.07, -0.15, 0.25, haste=0.3),
    # Placement varies the ends of lines as measured; this is in addition to it.
    "overshoot_jitter": Prior(0.05, 0.025, 0.01, 0.15, haste=0.6),
    "line_wobble": Prior(
        0.0075, 0.0025, 0.002, 0.016, haste=0.3
    ),  # measured: stems bend by 0.007 of their length
    "curve_swelling": Prior(0.06, 0.08, -0.08, 0.35),
    "stem_width": Prior(0.875, 0.07, 0.7, 1.05, is_ratio=True),
}

THIN_BEAM = Prior(1.02, 0.08, 0.9, 1.5, is_ratio=True)
"""Thickness of a beam that is one stroke, relative to a stem. Measured: 1.17 in whole pixels, between 0.11."""

THICK_BEAM = Prior(1.8, 0.15, 1.4, 2.4, is_ratio=True)
"""Thickness of a beam of writers who fill their beams; one in MUSCIMA++ (1.56), more in other sources."""

SECOND_FORMS = Prior(0.22, 0.12, 0.0, 0.5, haste=0.4)
"""Share of symbols in a second form. Set so that the shapes of one writer's symbols, as vectors of the features of
`benchmarks/realism`, vary as those of a real writer do."""

THICK_BEAM_SHARE = 0.06
BROAD_NIB_SHARE = 0.12
"""Share of writers with a broad nib; all writers of MUSCIMA++ used a round one.

Music copyists hold it steeper than for text: stems become thin, beams and slanted noteheads thick."""

INKS: tuple[tuple[str, tuple[int, int, int], float, float, float], ...] = (
    ("black", (28, 26, 26), 0.97, 0.015, 4.0),
    ("blue-black", (66, 42, 30), 0.94, 0.03, 3.0),
    ("brown-black", (28, 40, 58), 0.93, 0.04, 2.0),
    ("iron gall", (38, 56, 84), 0.88, 0.06, 1.0),
    ("blue", (138, 62, 32), 0.92, 0.03, 1.0),
    ("pencil", (74, 72, 70), 0.82, 0.06, 1.0),
)
"""Name, colour (BGR), opacity, variation of opacity between strokes, and weight of inks."""


def draw_parameters(seed: int) -> dict[str, Any]:
    """The parameters of the writer of a seed, except for name and seed."""
    rng = Stream(seed).child("writer").generator()
    haste = float(np.clip(rng.standard_normal(), -2.0, 2.0))
    draws = rng.standard_normal(len(PRIORS))
    values: dict[str, Any] = {
        name: prior.value(float(draw), haste)
        for (name, prior), draw in zip(PRIORS.items(), draws, strict=True)
    }
    is_broad, is_thick, is_machine_ruled = rng.random(3)
    if is_broad < BROAD_NIB_SHARE:
        values["nib_contrast"] = round(float(rng.uniform(0.2, 0.55)), 3)
        values["nib_angle"] = round(float(rng.normal(64.0, 10.0)), 2)
    thick = is_thick < THICK_BEAM_SHARE
    ratio = (THICK_BEAM if thick else THIN_BEAM).value(float(rng.standard_normal()), haste)
    values["beam_width"] = round(ratio * values["pen_width"] * values["stem_width"], 4)
    values["beam_strokes"] = int(rng.integers(2, 4)) if thick else 1
    mixing = Stream(seed).child("second forms").generator().standard_normal()
    values["second_forms"] = SECOND_FORMS.value(float(mixing), haste)
    values["rastrum"] = 0.0 if is_machine_ruled < 0.85 else round(float(rng.uniform(0.04, 0.15)), 3)
    return {**values, **draw_ink([ink[1:] for ink in INKS], 6.0, rng)}


def draw_ink(
    inks: Sequence[tuple[tuple[int, int, int], float, float, float]], spread: float, rng: np.random.Generator
) -> dict[str, Any]:
    """The parameters of an ink: one of several by colour (BGR), opacity, jitter and weight, in a shade of its own."""
    weights = np.cumsum([ink[3] for ink in inks])
    color, opacity, jitter, _ = inks[int(np.searchsorted(weights, rng.random() * weights[-1], side="right"))]
    blue, green, red = (
        np.clip(np.array(color) + rng.normal(0.0, spread, 3), 0, 255).round().astype(int).tolist()
    )
    return {
        "ink_blue": blue,
        "ink_green": green,
        "ink_red": red,
        "ink_opacity": opacity,
        "ink_jitter": jitter,
    }


def _preset(**parameters: float) -> dict[str, Any]:
    return parameters


PRESETS: dict[str, dict[str, Any]] = {
    "neat": _preset(
        seed=56,
        pen_width=0.34,
        pressure=0.04,
        slant=2.0,
        slant_jitter=1.2,
        aspect_jitter=0.045,
        size_jitter=0.03,
        rotation_jitter=1.0,
        roundness=0.1,
        habit=0.5,
        second_forms=0.05,
        wobble=0.012,
        joining=0.007,
        tremor=0.008,
        overshoot_jitter=0.05,
        line_wobble=0.004,
        beam_width=0.42,
        stem_width=0.92,
    ),
    "average": _preset(
        seed=27,
        pen_width=0.37,
        pressure=0.08,
        slant=3.0,
        slant_jitter=3.0,
        aspect_jitter=0.1,
        size_jitter=0.08,
        rotation_jitter=2.5,
        habit=0.9,
        second_forms=0.2,
        wobble=0.025,
        joining=0.015,
        overshoot_jitter=0.11,
        end_taper=0.2,
        beam_width=0.4,
        stem_width=0.93,
        ink_blue=60,
        ink_green=42,
        ink_red=34,
    ),
    "hasty": _preset(
        seed=3,
        pen_width=0.38,
        pressure=0.13,
        speed_thinning=0.18,
        start_taper=0.15,
        end_taper=0.4,
        taper_length=1.2,
        slant=9.0,
        aspect=1.08,
        slant_jitter=4.5,
        aspect_jitter=0.14,
        size_jitter=0.11,
        rotation_jitter=4.0,
        roundness=0.7,
        habit=1.2,
        second_forms=0.35,
        wobble=0.042,
        joining=0.026,
        tremor=0.01,
        tremor_frequency=0.28,
        overshoot=0.06,
        overshoot_jitter=0.22,
        line_wobble=0.01,
        beam_width=0.4,
        ink_blue=34,
        ink_green=32,
        ink_red=36,
        ink_jitter=0.05,
    ),
    "calligraphic": _preset(
        seed=6,
        pen_width=0.42,
        nib_contrast=0.55,
        nib_angle=64.0,
        pressure=0.05,
        speed_thinning=0.04,
        start_taper=0.0,
        end_taper=0.05,
        start_blob=0.0,
        end_blob=0.0,
        slant=1.0,
        slant_jitter=1.4,
        aspect_jitter=0.045,
        size_jitter=0.03,
        rotation_jitter=1.0,
        roundness=0.05,
        habit=0.6,
        second_forms=0.08,
        wobble=0.013,
        joining=0.008,
        tremor=0.006,
        overshoot_jitter=0.05,
        line_wobble=0.0035,
        beam_width=0.8,
        beam_strokes=2,
        curve_swelling=0.35,
        stem_width=0.66,
        rastrum=0.06,
        ink_blue=28,
        ink_green=40,
        ink_red=58,
        ink_opacity=0.93,
        ink_jitter=0.035,
    ),
}
"""Parameters of writers by preset name."""
