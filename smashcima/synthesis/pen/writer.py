"""Whose hand it is: everything that makes one person's writing differ from another's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np

from smashcima.errors import SettingsError
from smashcima.randomness import Stream
from smashcima.synthesis.pen.priors import PRESETS, draw_parameters
from smashcima.synthesis.pen.skeleton import Allograph

_WORDS = ("name", "seed")
"""Fields that cannot lie between two writers."""


@dataclass(frozen=True, slots=True)
class PenWriter:
    """The parameters of a hand. Lengths are mm on a page with staff spaces of 1.8 mm; angles are degrees.

    What is called *jitter* or *amplitude* is the standard deviation of what differs from symbol to symbol;
    with all of them 0 the writer repeats the skeletons exactly, in the same slant and size each time.
    `smashcima.synthesis.pen.priors` tells where the numbers come from.
    """

    name: str = "plain"
    """What the writer is called in the record of a scene."""

    seed: int = 0
    """Chooses the forms of letters and symbols, and the habits; two writers that share it share these."""

    # the pen
    pen_width: float = 0.36
    """Thickness of the ink of an ordinary stroke."""

    nib_contrast: float = 0.0
    """0 for a round pen; at 0.8 strokes along the edge of a broad nib have a fifth of the width."""

    nib_angle: float = 40.0
    """Direction of the edge of a broad nib, counted from the line of writing upwards."""

    pressure: float = 0.06
    """Amplitude of the slow rise and fall of the width along a stroke, relative to the width."""

    speed_thinning: float = 0.1
    """How much thinner the ink is where the pen moves fast, relative to where it moves slowly."""

    start_taper: float = 0.1
    """Part of the width that is missing where a stroke starts."""

    end_taper: float = 0.25
    """Part of the width that is missing where it ends."""

    taper_length: float = 0.5
    """Over which length strokes come to their full width."""

    start_blob: float = 0.05
    """Part of the width that ink adds where the pen rests at the start."""

    end_blob: float = 0.05
    """The same at the end."""

    # the form of symbols
    slant: float = 0.0
    """How far upright strokes lean to the right, in degrees."""

    aspect: float = 1.0
    """Width to height, relative to the skeleton."""

    size: float = 1.0
    """Size relative to the skeleton."""

    slant_jitter: float = 2.5
    """Amplitude, in degrees."""

    aspect_jitter: float = 0.05
    """Amplitude, relative to the aspect; like the next one it holds for symbols of 3.5 mm, and is larger for
    smaller ones."""

    size_jitter: float = 0.05
    """Amplitude, relative to the size."""

    rotation_jitter: float = 2.0
    """Amplitude of the turn of a symbol, in degrees."""

    roundness: float = 0.3
    """How much corners are cut: 0 keeps them, 1 rounds over half of the stroke on either side."""

    habit: float = 0.7
    """Size of the constant peculiarities of the writer's forms, relative to the variation in each form."""

    # the hand in motion
    wobble: float = 0.02
    """Amplitude of slow deviations of the path, relative to the size of the stroke."""

    joining: float = 0.02
    """Amplitude of the misplacement of one stroke against the others, relative to the symbol's size."""

    tremor: float = 0.012
    """Amplitude of the quick shaking of the hand, in mm."""

    tremor_frequency: float = 0.45
    """Its cycles per mm: about 9 a second at the writer's speed."""

    overshoot: float = 0.0
    """Mean of how much further strokes run at their ends; negative for strokes that stop early. In mm."""

    overshoot_jitter: float = 0.1
    """Its amplitude, in mm."""

    # lines
    line_wobble: float = 0.008
    """Amplitude of the bend of straight lines, relative to their length."""

    beam_width: float = 0.6
    """Thickness of a beam, in mm."""

    beam_strokes: int = 1
    """How many strokes of the pen a beam is filled with."""

    curve_swelling: float = 0.15
    """How much thicker slurs are in the middle than near their ends, relative to the width."""

    stem_width: float = 1.0
    """Thickness of stems and other thin lines, relative to `pen_width`."""

    rastrum: float = 0.0
    """Amplitude, in mm, of the wobble of staff lines; 0 for lines ruled by a machine."""

    # the ink
    ink_blue: int = 40
    ink_green: int = 30
    ink_red: int = 30
    """The colour of the ink, 0 to 255."""

    ink_opacity: float = 0.96
    """How much of the paper the ink hides."""

    ink_jitter: float = 0.025
    """Amplitude of the change of opacity from stroke to stroke."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "name":
                if not isinstance(value, str):
                    raise SettingsError(f"The name of a writer is text, not {value!r}.")
            elif isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
                raise SettingsError(f"{field.name} of a writer is a number, not {value!r}.")
        if self.pen_width <= 0 or self.size <= 0 or self.aspect <= 0:
            raise SettingsError("Pen width, size and aspect of a writer must be positive.")
        if not isinstance(self.seed, int) or not 0 <= self.seed < 2**64:
            raise SettingsError(f"The seed of a writer is an integer from 0 to 2**64 - 1, not {self.seed!r}.")

    # -- where writers come from ---------------------------------------------------------------------------

    @staticmethod
    def from_seed(seed: int) -> PenWriter:
        """A writer drawn from the priors; each seed has one, the same everywhere."""
        return PenWriter(name=f"seed {seed}", seed=seed, **draw_parameters(seed))

    @staticmethod
    def preset(name: str) -> PenWriter:
        """One of `neat`, `average`, `hasty`, `calligraphic`; a `SettingsError` for any other name."""
        if name not in PRESETS:
            raise SettingsError(f"There is no writer {name!r}; there are {', '.join(map(repr, PRESETS))}.")
        return PenWriter(name=name, **PRESETS[name])

    def with_seed(self, seed: int) -> PenWriter:
        """The same hand with other letter-forms and habits."""
        return replace(self, seed=seed)

    def with_plain_ink(self) -> PenWriter:
        """The same hand with the ink of the defaults: equal for two writers that only took other pens from the table."""
        return replace(self, **_PLAIN_INK)

    def interpolate(self, other: PenWriter, t: float) -> PenWriter:
        """A writer between this one (`t` = 0) and another (`t` = 1); forms change over in the middle.

        Beyond either end the parameters go on, as far as they make sense.
        """
        if t in (0, 1):
            return self if t == 0 else other
        nearer = self if t < 0.5 else other
        values: dict[str, Any] = {"name": f"{self.name}~{other.name}@{t:g}", "seed": nearer.seed}
        for field in fields(self):
            if field.name in _WORDS:
                continue
            a, b = getattr(self, field.name), getattr(other, field.name)
            if field.name in _RATIOS:
                value: float = a * (b / a) ** t
            else:
                value = a + (b - a) * t
                if min(a, b) >= 0 and field.name not in ("slant", "nib_angle", "overshoot"):
                    value = max(value, 0.0)
            if isinstance(a, int) and isinstance(b, int):
                value = min(max(round(value), 1 if field.name == "beam_strokes" else 0), 255)
            values[field.name] = value
        return PenWriter(**values)

    # -- as text -------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """All parameters as a JSON object."""
        return json.dumps(asdict(self), indent=2)

    @staticmethod
    def from_json(text: str) -> PenWriter:
        """The writer that `to_json` wrote; what is left out has its default.

        A `SettingsError` says what is wrong with text that is no such object.
        """
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise SettingsError(f"A writer is a JSON object; this is no JSON: {error}.") from error
        if not isinstance(values, dict):
            raise SettingsError(f"A writer is a JSON object, not {type(values).__name__}.")
        known = {field.name for field in fields(PenWriter)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise SettingsError(f"A writer has no {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
        return PenWriter(**values)

    # -- choices -------------------------------------------------------------------------------------------

    def allograph(self, label: str, choices: Sequence[Allograph]) -> Allograph:
        """The form in which the writer writes a symbol: always the same one for equal labels and choices.

        Frequent forms are chosen by more writers, in proportion to their weights.
        """
        if not choices:
            raise SettingsError(f"There is no form of {label!r} to choose from.")
        if len(choices) == 1:
            return choices[0]
        totals = np.cumsum([choice.weight for choice in choices])
        draw = Stream(self.seed).child("allograph", label).generator().random() * totals[-1]
        return choices[min(int(np.searchsorted(totals, draw, side="right")), len(choices) - 1)]


_PLAIN_INK: dict[str, Any] = {
    field.name: field.default for field in fields(PenWriter) if field.name.startswith("ink_")
}

_RATIOS = frozenset({"pen_width", "aspect", "size", "tremor_frequency", "beam_width", "stem_width"})
"""Fields of which the middle of two is the geometric mean."""
