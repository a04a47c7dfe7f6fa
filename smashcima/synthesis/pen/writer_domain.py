"""Who writes a sample."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from smashcima.scene.visual import ColorBGRA
from smashcima.synthesis.interfaces import StyleDomain
from smashcima.synthesis.pen.pen import Pen
from smashcima.synthesis.pen.writer import PenWriter

WriterChoice = PenWriter | str | int | None
"""A writer, the name of a preset, the seed of a writer, or `None` for another writer in each sample."""

_MOST_PENS = 8


class PenWriterDomain(StyleDomain):
    """Chooses the writer of each sample; everything that is written in a sample is written with its `pen`."""

    RECIPE_OPTIONS: tuple[str, ...] = ("choice",)

    def __init__(self, rng: np.random.Generator) -> None:
        """`rng` chooses; it has a stream of its own for each sample."""
        self._rng = rng
        self._choice: WriterChoice = None
        self._pens: dict[PenWriter, Pen] = {}
        self._last: tuple[PenWriter, Pen] | None = None
        self._writer = PenWriter.preset("average")

    def __getstate__(self) -> dict[str, Any]:
        """All but the pens, which are large, and are made again when they are needed."""
        return {**vars(self), "_pens": {}, "_last": None}

    @property
    def name(self) -> str:
        return "writer"

    @property
    def choice(self) -> WriterChoice:
        """What samples are written by; see `WriterChoice`. It takes effect at once, except for `None`."""
        return self._choice

    @choice.setter
    def choice(self, choice: WriterChoice) -> None:
        self._choice = choice
        if choice is not None:
            self._writer = resolve_writer(choice)

    def pick_style(self) -> None:
        if self._choice is None:
            self._writer = PenWriter.from_seed(int(self._rng.integers(2**32)))

    @property
    def writer(self) -> PenWriter:
        """The writer of the sample."""
        return self._writer

    @property
    def pen(self) -> Pen:
        """The writer at work; the same object as long as the hand is the same, whatever the ink.

        The ink of `pen.writer` may be that of an earlier sample: ask `writer` for it.
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
        """The colour of a stroke: the writer's ink, a little denser or thinner each time."""
        return ink_color(self._writer, rng.standard_normal())


def ink_color(writer: PenWriter, draw: float) -> ColorBGRA:
    """The colour of a stroke, for a standard normal number that says how thin its ink is."""
    opacity = writer.ink_opacity - abs(draw) * writer.ink_jitter
    alpha = min(max(round(255 * opacity), 128), 255)
    return (writer.ink_blue, writer.ink_green, writer.ink_red, alpha)


def resolve_writer(choice: PenWriter | str | int) -> PenWriter:
    """The writer that is meant; a `SettingsError` for a name that no preset has."""
    if isinstance(choice, PenWriter):
        return choice
    if isinstance(choice, str):
        return PenWriter.preset(choice)
    return PenWriter.from_seed(choice)
