"""Style domain of writers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from smashcima._moved import FormerOptions
from smashcima.errors import SettingsError
from smashcima.scene.visual import ColorBGRA
from smashcima.synthesis.interfaces import StyleDomain
from smashcima.synthesis.pen.pen import Pen
from smashcima.synthesis.pen.writer import PenWriter

WriterChoice = PenWriter | str | int | None
"""A writer, the name of a preset, the seed of a writer, or `None` for a random writer in each sample."""

_MOST_PENS = 3
"""Number of writers whose pens are cached: the current one and those before; one who is drawn for a sample never returns."""

_MOST_COLORS = 256
"""Number of colours that are shared: the opacities of two writers."""


class PenWriterDomain(FormerOptions, StyleDomain):
    """Chooses the writer of each sample; all handwriting in the sample uses its `pen`."""

    RECIPE_OPTIONS: tuple[str, ...] = ("ink", "choice")

    def __init__(self, rng: np.random.Generator, hand: str = "pen") -> None:
        """`rng` is the random generator of the choice, with a separate stream for each sample.

        `hand` is the hand of writers that are drawn: `pen` for the plain pen, or the name of a tool.
        """
        self._rng = rng
        self._hand = hand
        self.ink: ColorBGRA | None = None
        """Colour of all ink, from the next sample on; `None` for that of each writer."""
        self._choice: WriterChoice = None
        self._pens: dict[PenWriter, Pen] = {}
        self._last: tuple[PenWriter, Pen] | None = None
        self._writer = PenWriter.preset("average")
        self._own = self._writer
        """The writer with the writer's own ink."""

    def __getstate__(self) -> dict[str, Any]:
        """The state without pens, which are large and can be made again."""
        return {**vars(self), "_pens": {}, "_last": None}

    @property
    def name(self) -> str:
        return "writer"

    @property
    def choice(self) -> WriterChoice:
        """The writer of samples; see `WriterChoice`. Takes effect immediately, except for `None`."""
        return self._choice

    @choice.setter
    def choice(self, choice: WriterChoice) -> None:
        self._choice = choice
        if choice is not None:
            self._write_with(resolve_writer(choice, self._hand))

    def pick_style(self) -> None:
        is_new = self._choice is None
        self._write_with(
            PenWriter.from_seed(int(self._rng.integers(2**32)), self._hand) if is_new else self._own
        )

    def _write_with(self, writer: PenWriter) -> None:
        """Sets the writer, who uses the ink of this domain if there is one."""
        self._own = self._writer = writer
        if self.ink is not None:
            blue, green, red, opacity = self.ink
            self._writer = replace(
                writer,
                ink_blue=blue,
                ink_green=green,
                ink_red=red,
                ink_opacity=opacity / 255,
                ink_jitter=0.0,
            )

    @property
    def writer(self) -> PenWriter:
        """The writer of the sample."""
        return self._writer

    @property
    def pen(self) -> Pen:
        """The pen of the writer; the same object for writers that differ only in ink.

        The ink of `pen.writer` may be that of an earlier sample; use that of `writer`.
        """
        if self._last is not None and self._last[0] is self._writer:
            # Comparing all parameters of writers for each symbol would take longer than writing it.
            return self._last[1]
        hand = self._writer.with_plain_ink()
        pen = self._pens.get(hand)
        if pen is None:
            if len(self._pens) >= _MOST_PENS:
                del self._pens[next(iter(self._pens))]
            pen = self._pens[hand] = Pen(self._writer)
        self._last = (self._writer, pen)
        return pen

    @property
    def current_style(self) -> str:
        digest = hashlib.blake2b(self._writer.to_json().encode(), digest_size=4).hexdigest()
        return f"{self._writer.name} ({digest})"

    def ink_color(self, rng: np.random.Generator) -> ColorBGRA:
        """The colour of a stroke: the writer's ink with random opacity."""
        return ink_color(self._writer, rng.standard_normal())


def ink_color(writer: PenWriter, draw: float) -> ColorBGRA:
    """The colour of a stroke; the standard normal number `draw` sets its opacity."""
    alpha = round(255 * (writer.ink_opacity - abs(draw) * writer.ink_jitter))
    if not 128 <= alpha <= 255:
        alpha = 128 if alpha < 128 else 255
    return _shared_color(writer.ink_blue, writer.ink_green, writer.ink_red, alpha)


@lru_cache(maxsize=_MOST_COLORS, typed=True)
def _shared_color(blue: int, green: int, red: int, alpha: int) -> ColorBGRA:
    """One tuple for all strokes of a colour: the collector would have to look at that of each."""
    return (blue, green, red, alpha)


def resolve_writer(choice: PenWriter | str | int, hand: str = "pen") -> PenWriter:
    """Returns the writer of a choice; raises a `SettingsError` for an unknown preset.

    Seeds are those of `hand`. Presets are writers of the plain pen.
    """
    if isinstance(choice, PenWriter):
        return choice
    if isinstance(choice, str):
        if hand != "pen":
            raise SettingsError(
                f"The writer of the hand {hand!r} must be a seed or a PenWriter, not {choice!r}: presets are writers of the "
                'hand "pen".'
            )
        return PenWriter.preset(choice)
    return PenWriter.from_seed(choice, hand)
