"""Setting of handwritten text: placing letters and fitting them to the width that the engraver reserved."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import TextChunk, TextRun
from smashcima.geometry import Contours
from smashcima.synthesis.text.pen_letters import VARIATIONS, PenLetters, WrittenLetter, is_joined

Rings = list[NDArray[np.float64]]

_NARROWEST = 0.72
"""Strongest condensing of letters before words are scaled down."""

_WIDEST = 1.12
"""Strongest widening of letters if more width is reserved than they need."""

_SMALLEST = 0.8
"""Smallest scale of words that are too wide; if that is not enough, letters are condensed further."""

_NARROWEST_HEADING = 0.6
"""Strongest condensing of headings, which may be wider than in print."""

_SIZE_JITTER = 0.02
_LETTER_WIDTH_JITTER = 0.035
_LETTER_HEIGHT_JITTER = 0.03
_LETTER_SLANT_JITTER = 0.028
_GAP_JITTER = 0.012
"""Standard deviations for an average writer; lengths in ems, slant as a ratio."""

_CLIMB_JITTER = 0.004
"""Standard deviation of the slope of lines of text."""

_RAREST = 2.2
"""Random numbers are clipped to this many standard deviations."""

_JOINT_HEIGHT = 0.2
"""Height of the fixed point when letters are slanted, in ems above the baseline: that of joints."""

_DRIFT_LENGTH = 11.0
"""Typical length of a wave of the baseline, in ems."""

_ITALIC_LEAN = 0.07
"""Additional slant of italics, as a ratio."""


@dataclass(slots=True)
class SetLetter:
    """A placed letter, or the outline of another character. Lengths are in mm, without jitter."""

    letter: WrittenLetter | None
    outline: Contours | None
    """Outline to draw if `letter` is `None`; its origin is on the baseline."""
    x: float
    y: float
    size: float
    lean: float
    follows: WrittenLetter | None = None
    """The previous letter if it is joined to this one."""
    spaces: float = 0.0
    """Width of the spaces between the words before it, which is part of `x`."""


@dataclass(slots=True)
class SetChunk:
    """A chunk with its letters."""

    text: TextChunk
    letters: list[SetLetter] = field(default_factory=list)
    width: float = 0.0
    spaces: float = 0.0
    """Width of all spaces between words, which is part of `width`."""
    reserved: float = 0.0


Foreign = Callable[[str, TextRun], tuple[Contours, float] | None]
"""Outline and advance, in mm, of a character that the writer has no form for; `None` for other characters."""

Token = tuple[str, tuple[Contours, float] | None]
"""A word; or no word, and the outline and advance of a character of another font, or `None` for a space."""


def set_chunk(chunk: SetChunk, store: PenLetters, tokens: Callable[[TextRun], list[Token]]) -> None:
    """Places the letters of a chunk side by side, starting at x = 0, with their natural widths."""
    style = store.style
    x = spaces = 0.0
    before: WrittenLetter | None = None
    for run in chunk.text.runs:
        size, y = run.font_size * style.size, -run.baseline_shift
        lean = _ITALIC_LEAN if run.italic else 0.0
        for word, others in tokens(run):
            if not word:
                if before is not None:
                    x += before.right * size + (0.0 if others is None else style.gap * size)
                before = None
                if others is None:
                    x += style.word_gap * size + run.letter_spacing
                    spaces += style.word_gap * size
                else:
                    outline, advance = others
                    chunk.letters.append(SetLetter(None, outline, x, y, size, 0.0, None, spaces))
                    x += advance + run.letter_spacing
                continue
            for letter in store.word(word, size, run.bold):
                follows = None
                if before is None:
                    x += -letter.left * size
                else:
                    x += store.advance(before, letter) * size + run.letter_spacing
                    if not run.letter_spacing and is_joined(before, letter):
                        follows = before
                chunk.letters.append(SetLetter(letter, None, x, y, size, lean, follows, spaces))
                before = letter
        if before is not None:
            # The next run may have another size, so it starts at the end of the ink.
            x += before.right * size + style.gap * size
            before = None
    last = chunk.text.runs[-1]
    if chunk.letters and chunk.letters[-1].letter is not None:
        x -= style.gap * last.font_size
    chunk.width, chunk.spaces = x, spaces


def tokens_of(run: TextRun, foreign: Foreign) -> list[Token]:
    """Splits a run into words, characters of other fonts with their outlines, and spaces."""
    tokens: list[Token] = []
    word = ""
    for character in run.text:
        other = None if character.isspace() else foreign(character, run)
        if other is None and not character.isspace():
            word += character
            continue
        if word:
            tokens.append((word, None))
            word = ""
        tokens.append(("", other))
    if word:
        tokens.append((word, None))
    return tokens


def words_of(run: TextRun, is_foreign: Callable[[str], bool]) -> list[str]:
    """The words of a run that are written with the letters of the writer."""
    text = "".join(
        " " if character.isspace() or is_foreign(character) else character for character in run.text
    )
    return text.split()


class Fit(NamedTuple):
    """Scales that fit a chunk to its room."""

    across: float
    """Horizontal scale of letters."""

    spaces: float
    """Horizontal scale of the spaces between words."""

    size: float
    """Overall scale, in addition."""

    def width_of(self, chunk: SetChunk) -> float:
        """Width of a chunk that is fitted."""
        return self.size * (self.across * (chunk.width - chunk.spaces) + self.spaces * chunk.spaces)


def fit(chunk: SetChunk, pen_width: float, keeps_clear: bool) -> Fit:
    """The scales that fit a chunk and its ink to the reserved width.

    With `keeps_clear` the chunk never exceeds it; headings may. Spaces are condensed half as much as letters, so that words
    stay apart.
    """
    room = chunk.reserved - pen_width
    if chunk.width <= 0 or room <= 0:
        return Fit(1.0, 1.0, 1.0)
    ratio = room / chunk.width
    if ratio >= 1:
        across = min(ratio**0.5, _WIDEST)
        return Fit(across, across, 1.0)
    size = 1.0
    if ratio < _NARROWEST:
        size = max(ratio / _NARROWEST, _SMALLEST)
        across = ratio / size
        if not keeps_clear and across < _NARROWEST_HEADING:
            return Fit(_NARROWEST_HEADING, _NARROWEST_HEADING, size)
        ratio = across
    spaces = (1 + ratio) / 2
    letters = chunk.width - chunk.spaces
    across = (ratio * chunk.width - spaces * chunk.spaces) / max(letters, 1e-9)
    # A few letters with many spaces between them would vanish.
    return Fit(across, spaces, size) if across > ratio / 2 else Fit(ratio, ratio, size)


def write_chunk(chunk: SetChunk, store: PenLetters, rng: np.random.Generator, fitted: Fit, x: float) -> Rings:
    """The rings of all letters, starting at `x`, with random variation."""
    style = store.style
    numbers = rng.standard_normal(5 * len(chunk.letters) + 4)
    np.maximum(numbers, -_RAREST, out=numbers)  # `np.clip` has four times the overhead
    np.minimum(numbers, _RAREST, out=numbers)
    *draws, phase, length, climb, size = numbers.tolist()
    uneven = style.unevenness
    across, scale = fitted.across, fitted.size
    wider_spaces = fitted.spaces - across
    if scale == 1.0:
        scale += _SIZE_JITTER * uneven * size
    line = _Line(
        amplitude=style.drift * chunk.text.size,
        frequency=2 * math.pi / (_DRIFT_LENGTH * (1.0 + 0.25 * length) * chunk.text.size),
        phase=3.0 * phase,
        slope=style.climb + _CLIMB_JITTER * uneven * climb,
    )
    lean = style.width * math.tan(math.radians(style.slant_deg))
    rings: Rings = []
    matrices: list[tuple[float, ...]] = []
    chosen: list[tuple[WrittenLetter, int]] = []
    shift, wide_before, rendering = 0.0, 1.0, 0
    for index, item in enumerate(chunk.letters):
        wide, high, leaning, gap, pick = draws[5 * index : 5 * index + 5]
        drop, slope = line.at(item.x)
        down = chunk.text.y + item.y * scale + drop
        left = x + (item.x * across + item.spaces * wider_spaces) * scale
        letter = item.letter
        if letter is None:
            rings.extend(_moved(item.outline, scale, left + shift, down))
            continue
        wide = 1.0 + _LETTER_WIDTH_JITTER * uneven * wide
        high = 1.0 + _LETTER_HEIGHT_JITTER * uneven * high
        size = item.size * scale
        if item.follows is None:
            shift = 0.5 * shift + _GAP_JITTER * uneven * gap * size
        else:
            shift += size * across * _widening(item.follows, wide_before, letter, wide)
        wide_before = wide
        unit = size / letter.em
        along_x, along_y = unit * wide * across, unit * high
        # Condensing must not change the slant.
        shear = -along_x * (item.lean + _LETTER_SLANT_JITTER * uneven * leaning) - lean * unit * (1 - across)
        matrices.append(
            (along_x, slope * along_x, shear, along_y, left + shift + shear * _JOINT_HEIGHT * letter.em, down)
        )
        # Never the rendering of the previous letter.
        rendering = (rendering + 1 + int(abs(pick) * 97.0) % (VARIATIONS - 1)) % VARIATIONS
        chosen.append((letter, rendering))
    for (letter, rendering), matrix in zip(chosen, np.array(matrices).reshape(-1, 3, 2), strict=True):
        points = letter.renderings[rendering] @ matrix
        rings.extend([points[span] for span in letter.spans])
    return rings


@dataclass(frozen=True, slots=True)
class _Line:
    """A handwritten baseline: a slow wave and a slope."""

    amplitude: float
    frequency: float
    phase: float
    slope: float
    """Slope of the baseline, positive if it rises."""

    def at(self, x: float) -> tuple[float, float]:
        """Offset of the baseline below its mean at x, and its slope."""
        angle = self.frequency * x + self.phase
        return (
            self.amplitude * math.sin(angle) - self.slope * x,
            self.amplitude * self.frequency * math.cos(angle) - self.slope,
        )


def _moved(outline: Contours | None, scale: float, x: float, y: float) -> Rings:
    offset = np.array((x, y))
    return [] if outline is None else [ring * scale + offset for ring in outline.rings]


def _widening(first: WrittenLetter, first_wide: float, second: WrittenLetter, second_wide: float) -> float:
    """Additional distance of joined letters that were widened, in ems, so that their joints coincide."""
    if first.exit is None or second.entry is None:
        return 0.0
    return (first_wide - 1.0) * first.exit.x - (second_wide - 1.0) * second.entry.x
