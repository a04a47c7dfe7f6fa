"""Parameters of a writer's handwriting."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import accumulate
from typing import Any

import numpy as np

from smashcima.errors import SettingsError
from smashcima.kernels import kernels_are_used
from smashcima.randomness import Stream, first_uniforms
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.pen.nib import MEAN_LOSS, Nib
from smashcima.synthesis.pen.priors import PRESETS, draw_parameters
from smashcima.synthesis.pen.scribe import Scribe
from smashcima.synthesis.pen.skeleton import Allograph
from smashcima.synthesis.pen.tool_writers import draw_tool_parameters
from smashcima.synthesis.style.json_fields import fields_from_json

_WORDS = ("name", "seed", "scribe")
"""Fields that cannot be interpolated."""

_MOST_CONTRAST = 0.95


@dataclass(frozen=True, slots=True)
class PenWriter(ShortRepr):
    """The parameters of a writer. Lengths are in mm, for a staff space of 1.8 mm; angles are in degrees.

    *Jitter* and *amplitude* are standard deviations of the variation between symbols; if all of them are 0, the
    writer repeats the skeletons exactly, with constant slant and size.
    `smashcima.synthesis.pen.priors` documents the sources of the numbers.
    """

    name: str = "plain"
    """Name of the writer in the styles that a scene records."""

    seed: int = 0
    """Seed of the choice of forms and of habits; writers with equal seeds share them."""

    # the pen
    pen_width: float = 0.36
    """Thickness of the ink of a normal stroke."""

    nib_contrast: float = 0.0
    """0 for a round pen; at 0.8, strokes along the edge of a broad nib have a fifth of the width."""

    nib_angle: float = 40.0
    """Angle between the edge of a broad nib and the baseline, counterclockwise."""

    pressure: float = 0.06
    """Amplitude of the slow variation of width along a stroke, relative to the width."""

    speed_thinning: float = 0.1
    """Relative loss of width where the pen moves fast."""

    start_taper: float = 0.1
    """Relative loss of width at the start of a stroke."""

    end_taper: float = 0.25
    """Relative loss of width at the end of a stroke."""

    taper_length: float = 0.5
    """Length over which strokes reach their full width."""

    start_blob: float = 0.05
    """Relative gain of width by ink where the pen rests at the start."""

    end_blob: float = 0.05
    """Relative gain of width by ink where the pen rests at the end."""

    # the form of symbols
    slant: float = 0.0
    """Slant of vertical strokes to the right, in degrees."""

    aspect: float = 1.0
    """Ratio of width to height, relative to the skeleton."""

    size: float = 1.0
    """Size relative to the skeleton."""

    slant_jitter: float = 2.5
    """Amplitude of the slant, in degrees."""

    aspect_jitter: float = 0.05
    """Amplitude of the aspect, relative to it. Specified for symbols of 3.5 mm, as `size_jitter`; larger for smaller
    ones."""

    size_jitter: float = 0.05
    """Amplitude of the size, relative to it."""

    rotation_jitter: float = 2.0
    """Amplitude of the rotation of a symbol, in degrees."""

    roundness: float = 0.3
    """Rounding of corners: 0 keeps them, 1 rounds over half of the stroke on both sides."""

    habit: float = 0.7
    """Size of the constant deviations of the writer's forms, relative to the variation of each form."""

    second_forms: float = 0.0
    """Share of symbols that are written in a second form instead of the usual one."""

    # the hand in motion
    wobble: float = 0.02
    """Amplitude of slow deviations of the path, relative to the size of the stroke."""

    joining: float = 0.02
    """Amplitude of the shift of a stroke against the others, relative to the symbol's size."""

    tremor: float = 0.012
    """Amplitude of the tremor of the hand, in mm."""

    tremor_frequency: float = 0.45
    """Frequency of the tremor in cycles per mm: about 9 Hz at the writer's speed."""

    overshoot: float = 0.0
    """Mean overshoot of strokes at their ends, in mm; negative if they stop early."""

    overshoot_jitter: float = 0.1
    """Amplitude of the overshoot, in mm."""

    # lines
    line_wobble: float = 0.008
    """Amplitude of the bend of straight lines, relative to their length."""

    beam_width: float = 0.6
    """Thickness of a beam, in mm."""

    beam_strokes: int = 1
    """Number of pen strokes that a beam is filled with."""

    curve_swelling: float = 0.15
    """Additional thickness of slurs in the middle, relative to the width."""

    stem_width: float = 1.0
    """Thickness of stems and other thin lines, relative to `pen_width`."""

    rastrum: float = 0.0
    """Amplitude of the wobble of staff lines, in mm; 0 for preprinted lines."""

    # the ink
    ink_blue: int = 40
    ink_green: int = 30
    ink_red: int = 30
    """The colour of the ink, 0 to 255."""

    ink_opacity: float = 0.96
    """Opacity of the ink, from 0 to 1."""

    ink_jitter: float = 0.025
    """Amplitude of the variation of opacity between strokes."""

    # the tool and its time
    scribe: Scribe | None = None
    """Tool and habits of a hand other than the plain pen."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "name":
                if not isinstance(value, str):
                    raise SettingsError(f"The name of a writer must be text, not {value!r}.")
            elif field.name == "scribe":
                if not isinstance(value, Scribe | None):
                    raise SettingsError(f"The scribe of a writer must be a Scribe, not {value!r}.")
            elif isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
                raise SettingsError(f"{field.name} of a writer must be a number, not {value!r}.")
        if self.pen_width <= 0 or self.size <= 0 or self.aspect <= 0:
            raise SettingsError("Pen width, size and aspect of a writer must be positive.")
        if not isinstance(self.seed, int) or not 0 <= self.seed < 2**64:
            raise SettingsError(
                f"The seed of a writer must be an integer from 0 to 2**64 - 1, not {self.seed!r}."
            )

    # -- seeds and presets ---------------------------------------------------------------------------------

    @staticmethod
    def from_seed(seed: int, hand: str = "pen") -> PenWriter:
        """Draws a random writer; the same seed always gives the same writer.

        `hand` is `pen` for the plain pen, or the name of a tool such as `quill`; raises a `SettingsError` for others.
        """
        if hand == "pen":
            return PenWriter(name=f"seed {seed}", seed=seed, **draw_parameters(seed))
        return PenWriter(name=f"{hand} seed {seed}", seed=seed, **draw_tool_parameters(seed, hand))

    @staticmethod
    def preset(name: str) -> PenWriter:
        """Returns the preset `neat`, `average`, `hasty` or `calligraphic`; raises a `SettingsError` for other names."""
        if name not in PRESETS:
            raise SettingsError(f"There is no writer {name!r}; available: {', '.join(map(repr, PRESETS))}.")
        return PenWriter(name=name, **PRESETS[name])

    @staticmethod
    def preset_names() -> tuple[str, ...]:
        """The names of all presets."""
        return tuple(PRESETS)

    def with_seed(self, seed: int) -> PenWriter:
        """The writer with other letter forms and habits."""
        return replace(self, seed=seed)

    def with_plain_ink(self) -> PenWriter:
        """The writer with the default ink: equal for writers that differ only in ink."""
        return replace(self, **_PLAIN_INK)

    @property
    def nib(self) -> Nib:
        """The nib: its edge is longer than the mean width of strokes, which is `pen_width`."""
        contrast = min(self.nib_contrast, _MOST_CONTRAST)
        width = self.pen_width / (1 - MEAN_LOSS * contrast)
        flexibility = 0.0 if self.scribe is None else self.scribe.flexibility
        return Nib(width, width * (1 - contrast), self.nib_angle, flexibility)

    @property
    def outline_nib(self) -> Nib | None:
        """The nib whose ellipse outlines strokes; `None` for a plain pen, whose strokes have round ends."""
        return None if self.scribe is None else self.nib

    def interpolate(self, other: PenWriter, t: float) -> PenWriter:
        """Interpolates between this writer (`t` = 0) and another (`t` = 1); forms change at `t` = 0.5.

        Extrapolates for other values of `t`, within the valid ranges of parameters.
        """
        if t in (0, 1):
            return self if t == 0 else other
        nearer = self if t < 0.5 else other
        values: dict[str, Any] = {
            "name": f"{self.name}~{other.name}@{t:g}",
            "seed": nearer.seed,
            "scribe": nearer.scribe,
        }
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
        """All parameters as a JSON object; that of a plain pen has no scribe."""
        values = asdict(self)
        if self.scribe is None:
            del values["scribe"]
        return json.dumps(values, indent=2)

    @staticmethod
    def from_json(text: str) -> PenWriter:
        """Reads a writer written by `to_json`; missing parameters have their defaults.

        Raises a `SettingsError` if the text is not such an object.
        """
        values = fields_from_json(text, PenWriter, "writer")
        return PenWriter(**{**values, "scribe": Scribe.of(values.get("scribe"))})

    # -- choices -------------------------------------------------------------------------------------------

    def allograph(self, label: str, choices: Sequence[Allograph]) -> Allograph:
        """The writer's form of a symbol: always the same for equal labels and choices.

        Frequent forms are chosen by more writers, in proportion to their weights.
        """
        if not choices:
            raise SettingsError(f"There are no forms of {label!r} to choose from.")
        if len(choices) == 1:
            return choices[0]
        return _chosen(choices, Stream(self.seed).child("allograph", label).generator().random())

    def allographs(self, label: str, choices: Sequence[Allograph]) -> tuple[Allograph, ...]:
        """The writer's usual form of a symbol, as by `allograph`, and the second form if the writer mixes forms."""
        (forms,) = self.all_allographs([(label, choices)])
        return forms

    def all_allographs(
        self, symbols: Sequence[tuple[str, Sequence[Allograph]]]
    ) -> list[tuple[Allograph, ...]]:
        """The forms of several symbols, as by `allographs`, in a fifth of the time."""
        wanted = [(label, choices) for label, choices in symbols if len(choices) > 1]
        draws = self._draws_for("allograph", [label for label, _ in wanted])
        usual = [
            _chosen(choices, draws[label]) if len(choices) > 1 else self.allograph(label, choices)
            for label, choices in symbols
        ]
        if self.second_forms <= 0:
            return [(form,) for form in usual]
        others = [
            [choice for choice in choices if choice is not form]
            for (_, choices), form in zip(symbols, usual, strict=True)
        ]
        mixed = [label for (label, _), left in zip(symbols, others, strict=True) if left]
        draws = self._draws_for("second allograph", mixed)
        return [
            (form, _chosen(left, draws[label])) if left else (form,)
            for (label, _), form, left in zip(symbols, usual, others, strict=True)
        ]

    def _draws_for(self, name: str, labels: Sequence[str]) -> dict[str, float]:
        """A random number from 0 to 1 for each label."""
        root, labels = Stream(self.seed), list(dict.fromkeys(labels))
        draws = first_uniforms([root.child(name, label) for label in labels], kernels_are_used())
        return dict(zip(labels, draws.tolist(), strict=True))


def _chosen(choices: Sequence[Allograph], draw: float) -> Allograph:
    """The form that a random number from 0 to 1 chooses, in proportion to the weights."""
    totals = list(accumulate(choice.weight for choice in choices))
    return choices[min(bisect_right(totals, draw * totals[-1]), len(choices) - 1)]


_PLAIN_INK: dict[str, Any] = {
    field.name: field.default for field in fields(PenWriter) if field.name.startswith("ink_")
}

_RATIOS = frozenset({"pen_width", "aspect", "size", "tremor_frequency", "beam_width", "stem_width"})
"""Fields that are interpolated geometrically."""
