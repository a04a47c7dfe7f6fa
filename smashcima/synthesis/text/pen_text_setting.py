"""Setting of handwritten text: placing letters and fitting them to the width that the engraver reserved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.engraving import TextRun
from smashcima.geometry import Contours
from smashcima.synthesis.text.letter_ink import VARIATIONS
from smashcima.synthesis.text.letter_placing import Manner
from smashcima.synthesis.text.pen_letters import PenLetters, WrittenLetter

Floats = NDArray[np.float64]
Rings = list[Floats]

_NARROWEST = 0.72
"""Strongest condensing of letters before words are scaled down."""

_WIDEST = 1.12
"""Strongest widening of letters if more width is reserved than they need."""

_SMALLEST = 0.8
"""Smallest scale of words that are too wide; if that is not enough, letters are condensed further."""

_NARROWEST_HEADING = 0.6
"""Strongest condensing of headings, which may be wider than in print."""

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


@dataclass(slots=True, eq=False)
class Setting:
    """Runs with one origin, whose letters are placed side by side with their natural widths, starting at x = 0."""

    letters: list[SetLetter]
    width: float
    spaces: float
    """Width of all spaces between words, which is part of `width`."""
    _measures: Floats | None = None

    @property
    def measures(self) -> Floats:
        """What `placed_letters` needs of each letter, (n, 9): x, y, size, lean, spaces, em, x of the joint in the previous
        letter and in this one, and a number for the kind: 0 for outlines, 1 for letters, 2 for those that are joined to the
        previous one.
        """
        if self._measures is None:
            self._measures = np.array([_measures_of(letter) for letter in self.letters]).reshape(-1, 9)
        return self._measures


def _measures_of(item: SetLetter) -> tuple[float, ...]:
    letter, _, x, y, size, lean, before, spaces = item
    if letter is None:
        return (x, y, size, lean, spaces, 0.0, 0.0, 0.0, 0.0)
    if before is None:
        return (x, y, size, lean, spaces, letter.em, 0.0, 0.0, 1.0)
    assert before.exit is not None
    assert letter.entry is not None
    return (x, y, size, lean, spaces, letter.em, before.exit.x, letter.entry.x, 2.0)


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
        self.manner = Manner(letters.style)
        self._seen: set[tuple[str, str, float, bool]] = set()
        self._kept: BoundedCache[tuple[_RunKey, ...], Setting] = BoundedCache(_MOST_SETTINGS)

    def is_new(self, run: TextRun) -> bool:
        """Whether this is asked for the first time of a run with these letters."""
        key = (run.text, run.family, run.font_size, run.bold)
        if key in self._seen:
            return False
        if len(self._seen) >= _MOST_SETTINGS:
            self._seen.clear()
        self._seen.add(key)
        return True

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
    manner: Manner,
    rng: np.random.Generator,
    fitted: Fit,
    origin: tuple[float, float],
    em: float,
) -> Rings:
    """The rings of all letters, starting at `origin` on the baseline, with random variation; `em` is the size of the text."""
    count = len(setting.letters)
    numbers = rng.standard_normal(5 * count + 4)
    matrices, renderings = np.empty((count, 6)), np.zeros(count, np.int64)
    frame = np.array((*origin, em, *fitted))
    manner.place(setting.measures, numbers, manner.numbers, frame, VARIATIONS, matrices, renderings)
    rings: Rings = []
    others: Rings = []
    for item, matrix, rendering in zip(
        setting.letters, matrices.reshape(-1, 3, 2), renderings.tolist(), strict=True
    ):
        if item.letter is None:
            others += _moved(item.outline, matrix)
            continue
        ink = item.letter.ink
        points = ink.renderings[rendering] @ matrix
        rings += [points[span] for span in ink.spans]
    return others + rings


def _moved(outline: Contours | None, matrix: Floats) -> Rings:
    scale, offset = float(matrix[0, 0]), matrix[2]
    return [] if outline is None else [ring * scale + offset for ring in outline.rings]
