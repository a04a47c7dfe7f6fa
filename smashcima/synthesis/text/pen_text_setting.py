"""Setting of handwritten text: placing letters and fitting them to the width that the engraver reserved."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.engraving import TextRun
from smashcima.geometry import Contours
from smashcima.synthesis.text.letter_ink import VARIATIONS, LetterInk, lean_of
from smashcima.synthesis.text.pen_letters import PenLetters, WrittenLetter
from smashcima.synthesis.text.pen_text_style import PenTextStyle

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

_MOST_SETTINGS = 1024
"""Number of texts whose setting is kept for a writer: those of several pages."""


class SetLetter(NamedTuple):
    """A placed letter, or the outline of another character. Lengths are in mm, without jitter."""

    letter: WrittenLetter | None
    outline: Contours | None
    """Outline to draw if `letter` is `None`; its origin is on the baseline."""
    x: float
    y: float
    size: float
    lean: float
    follows: WrittenLetter | None
    """The previous letter if it is joined to this one."""
    spaces: float
    """Width of the spaces between the words before it, which is part of `x`."""


class Setting(NamedTuple):
    """Runs with one origin, whose letters are placed side by side with their natural widths, starting at x = 0."""

    letters: list[SetLetter]
    width: float
    spaces: float
    """Width of all spaces between words, which is part of `width`."""


Foreign = Callable[[str, TextRun], tuple[Contours, float] | None]
"""Outline and advance, in mm, of a character that the writer has no form for; `None` for other characters."""

Token = tuple[str, tuple[Contours, float] | None]
"""A word; or no word, and the outline and advance of a character of another font, or `None` for a space."""


def set_runs(runs: Sequence[TextRun], tokens: Sequence[Sequence[Token]], store: PenLetters) -> Setting:
    """Places the letters of runs, which consist of these tokens."""
    style = store.style
    letters: list[SetLetter] = []
    x = spaces = 0.0
    before: WrittenLetter | None = None
    for run, own in zip(runs, tokens, strict=True):
        size, y = run.font_size * style.size, -run.baseline_shift
        lean = _ITALIC_LEAN if run.italic else 0.0
        for text, others in own:
            if text:
                spacing = 0.0
                for letter, advance, follows in store.set_word(text, size, run.bold):
                    x += advance * size + spacing
                    spacing = run.letter_spacing
                    joined = None if spacing else follows
                    letters.append(SetLetter(letter, None, x, y, size, lean, joined, spaces))
                    before = letter
                continue
            if before is not None:
                x += before.right * size + (0.0 if others is None else style.gap * size)
            before = None
            if others is None:
                x += style.word_gap * size + run.letter_spacing
                spaces += style.word_gap * size
            else:
                outline, width = others
                letters.append(SetLetter(None, outline, x, y, size, 0.0, None, spaces))
                x += width + run.letter_spacing
        if before is not None:
            # The next run may have another size, so it starts at the end of the ink.
            x += before.right * size + style.gap * size
            before = None
    if letters and letters[-1].letter is not None:
        x -= style.gap * runs[-1].font_size
    return Setting(letters, x, spaces)


_RunKey = tuple[str, str, float, bool, bool, float, float]


class TextSetter:
    """Sets texts in the letters of one writer, and keeps their settings: syllables are measured before they are written."""

    def __init__(self, letters: PenLetters) -> None:
        self.letters = letters
        self._kept: BoundedCache[tuple[_RunKey, ...], Setting] = BoundedCache(_MOST_SETTINGS)

    def set(
        self, runs: Sequence[TextRun], tokens: Callable[[TextRun], tuple[Sequence[Token], bool]]
    ) -> Setting:
        """Places the letters of runs with one origin.

        `tokens` tells the tokens of a run, and whether they are always the same: characters of other fonts are written anew
        each time.
        """
        key = tuple(
            [
                (
                    run.text, run.family, run.font_size, run.italic, run.bold,
                    run.letter_spacing, run.baseline_shift,
                )
                for run in runs
            ]
        )  # fmt: skip
        kept = self._kept.find(key)
        if kept is not None:
            return kept
        found = [tokens(run) for run in runs]
        setting = set_runs(runs, [own for own, _ in found], self.letters)
        return self._kept.keep(key, setting) if all(same for _, same in found) else setting


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

    def width_of(self, setting: Setting) -> float:
        """Width of a text that is fitted."""
        return self.size * (self.across * (setting.width - setting.spaces) + self.spaces * setting.spaces)


def fit(setting: Setting, room: float, keeps_clear: bool) -> Fit:
    """The scales that fit a text to its room: the reserved width without that of the pen.

    With `keeps_clear` the text never exceeds it; headings may. Spaces are condensed half as much as letters, so that words
    stay apart.
    """
    if setting.width <= 0 or room <= 0:
        return Fit(1.0, 1.0, 1.0)
    ratio = room / setting.width
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
    letters = setting.width - setting.spaces
    across = (ratio * setting.width - spaces * setting.spaces) / max(letters, 1e-9)
    # A few letters with many spaces between them would vanish.
    return Fit(across, spaces, size) if across > ratio / 2 else Fit(ratio, ratio, size)


def write_text(
    setting: Setting,
    style: PenTextStyle,
    rng: np.random.Generator,
    fitted: Fit,
    origin: tuple[float, float],
    em: float,
) -> Rings:
    """The rings of all letters, starting at `origin` on the baseline, with random variation; `em` is the size of the text."""
    letters = setting.letters
    numbers = rng.standard_normal(5 * len(letters) + 4)
    np.maximum(numbers, -_RAREST, out=numbers)  # `np.clip` has four times the overhead
    np.minimum(numbers, _RAREST, out=numbers)
    *draws, phase, length, climb, resize = numbers.tolist()
    uneven = style.unevenness
    across, scale = fitted.across, fitted.size
    wider_spaces = fitted.spaces - across
    if scale == 1.0:
        scale += _SIZE_JITTER * uneven * resize
    line = _Line(
        amplitude=style.drift * em,
        frequency=2 * math.pi / (_DRIFT_LENGTH * (1.0 + 0.25 * length) * em),
        phase=3.0 * phase,
        slope=style.climb + _CLIMB_JITTER * uneven * climb,
    )
    lean = lean_of(style.width, style.slant_deg)
    x, y = origin
    rings: Rings = []
    matrices: list[float] = []
    chosen: list[tuple[LetterInk, int]] = []
    shift, wide_before, rendering = 0.0, 1.0, 0
    number = iter(draws)
    for item, wide, high, leaning, gap, pick in zip(
        letters, number, number, number, number, number, strict=False
    ):
        letter, outline, at, rise, size, own_lean, follows, spaces = item
        drop, slope = line.at(at)
        down = y + rise * scale + drop
        left = x + (at * across + spaces * wider_spaces) * scale
        if letter is None:
            rings.extend(_moved(outline, scale, left + shift, down))
            continue
        wide = 1.0 + _LETTER_WIDTH_JITTER * uneven * wide
        high = 1.0 + _LETTER_HEIGHT_JITTER * uneven * high
        size *= scale
        if follows is None:
            shift = 0.5 * shift + _GAP_JITTER * uneven * gap * size
        else:
            shift += size * across * _widening(follows, wide_before, letter, wide)
        wide_before = wide
        unit = size / letter.em
        along_x, along_y = unit * wide * across, unit * high
        # Condensing must not change the slant.
        shear = -along_x * (own_lean + _LETTER_SLANT_JITTER * uneven * leaning) - lean * unit * (1 - across)
        right = left + shift + shear * _JOINT_HEIGHT * letter.em
        matrices += (along_x, slope * along_x, shear, along_y, right, down)
        # Never the rendering of the previous letter.
        rendering = (rendering + 1 + int(abs(pick) * 97.0) % (VARIATIONS - 1)) % VARIATIONS
        chosen.append((letter.ink, rendering))
    for (ink, rendering), matrix in zip(chosen, np.array(matrices).reshape(-1, 3, 2), strict=True):
        points = ink.renderings[rendering] @ matrix
        rings += [points[span] for span in ink.spans]
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
