"""A cache of the letters of one writer, with several renderings of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.pen.plan import Wanted
from smashcima.synthesis.text.letter_ink import LetterInk, LetterJob, lean_of, write_letters
from smashcima.synthesis.text.letter_sides import COMMON_SIZE, letter_sides
from smashcima.synthesis.text.letter_spelling import SpelledLetter, Spelling
from smashcima.synthesis.text.letters import JOINED, Joint, LetterForm, supported
from smashcima.synthesis.text.pen_text_style import PenTextStyle

Floats = NDArray[np.float64]

_WordKey = tuple[str, int, bool]
"""A word, its size step, and whether it is bold."""

_SIZE_STEP = 1.3
"""Step of the sizes that letters are written for; for sizes in between, letters and their ink are scaled."""

_LOG_SIZE_STEP = math.log(_SIZE_STEP)

_MOST_WORDS = 4096

_FURTHEST_TUCK = 0.1
"""Largest overlap of letters under or over each other, in ems."""

_HEAVIER = 0.4
"""Exponent of ink thickness over text size: headings are written with more pressure."""


class WrittenLetter:
    """A letter of a writer. Its size is known at once; its ink is made when someone asks for it."""

    __slots__ = (
        "_ink",
        "_write",
        "advances",
        "em",
        "entry",
        "exit",
        "left",
        "left_side",
        "number",
        "right",
        "right_side",
    )

    def __init__(
        self,
        number: int,
        em: float,
        sides: tuple[Floats, Floats],
        ends: tuple[float, float],
        joints: tuple[Joint | None, Joint | None],
        write: Callable[[], None],
    ) -> None:
        """`write` makes the ink of the letter, and that of others that wait for theirs."""
        self.number = number
        """Number of the letter, unique within its store."""
        self.em = em
        """Text size that it is written for, in mm."""
        self.left, self.right = ends
        """Left and right end of the ink without slant. In ems, as the following attributes."""
        self.left_side, self.right_side = sides
        """Left and right end of the ink in each band of height; infinite if the band is empty."""
        self.entry, self.exit = joints
        self.advances: dict[int, float] = {}
        """Distance to the origin of the next letter, by the number of that letter."""
        self._write = write
        self._ink: LetterInk | None = None

    @property
    def ink(self) -> LetterInk:
        """The renderings of the letter."""
        if self._ink is None:
            self._write()
        assert self._ink is not None
        return self._ink

    @ink.setter
    def ink(self, ink: LetterInk) -> None:
        self._ink = ink
        self._write = _nothing  # which refers to the store

    @property
    def renderings(self) -> Floats:
        """See `LetterInk`."""
        return self.ink.renderings

    @property
    def spans(self) -> Sequence[slice]:
        """See `LetterInk`."""
        return self.ink.spans


def _nothing() -> None:
    """What is left to do for a letter with ink."""


Word = list[tuple[WrittenLetter, float, WrittenLetter | None]]
"""The letters of a word; the distance of each from the origin of the one before it, or of the left end of the word from its
own origin, in ems; and the letter before it if they are joined."""


class PenLetters:
    """Letters in the style of a writer, written at first use.

    Their renderings depend only on the writer, not on the order of use.
    """

    def __init__(self, style: PenTextStyle) -> None:
        self.style = style
        self._spelling = Spelling(style)
        self._letters: dict[SpelledLetter, WrittenLetter] = {}
        self._words: dict[_WordKey, Word] = {}
        self._waiting: list[tuple[SpelledLetter, LetterForm, WrittenLetter]] = []
        """Letters without ink."""

    def supports(self, character: str) -> bool:
        """Whether the writer has a form for the character, or it is a space."""
        return supported(self.style.hand, character)

    def word(self, word: str, size: float, bold: bool) -> list[WrittenLetter]:
        """The letters of a word for a text size in mm, with their marks; all characters must be supported."""
        return [letter for letter, _, _ in self.set_word(word, size, bold)]

    def set_word(self, word: str, size: float, bold: bool) -> Word:
        """The letters of a word, as by `word`, with their distances."""
        key = _word_key(word, size, bold)
        letters = self._words.get(key)
        if letters is None:
            self._add_words([key])
            letters = self._words[key]
        return letters

    def prepare(self, words: Iterable[tuple[str, float, bool]]) -> None:
        """Announces words, as of `word`: the ink of all letters that are known is made together, which takes less time."""
        keys = dict.fromkeys(_word_key(*each) for each in words)
        self._add_words([key for key in keys if key not in self._words])

    def advance(self, first: WrittenLetter, second: WrittenLetter) -> float:
        """Distance from the origin of a letter to that of the next one, in ems."""
        if second.number not in first.advances:
            self._measure_pairs([(first, second)])
        return first.advances[second.number]

    def _add_words(self, words: Sequence[_WordKey]) -> None:
        if len(self._words) + len(words) > _MOST_WORDS:
            self._words.clear()
        spelled = [self._spelling.spelled(*word) for word in words]
        needed = dict.fromkeys(chain.from_iterable(spelled))
        self._add_letters([key for key in needed if key not in self._letters])
        found = [[self._letters[key] for key in keys] for keys in spelled]
        pairs = dict.fromkeys(pair for letters in found for pair in pairwise(letters))
        self._measure_pairs([(a, b) for a, b in pairs if b.number not in a.advances])
        for word, letters in zip(words, found, strict=True):
            self._words[word] = [
                (letter, -letter.left, None)
                if before is None
                else (letter, before.advances[letter.number], before if is_joined(before, letter) else None)
                for before, letter in pairwise([None, *letters])
                if letter is not None
            ]

    def _add_letters(self, keys: Sequence[SpelledLetter]) -> None:
        """Adds letters without ink."""
        if not keys:
            return
        forms = [self._spelling.form(key) for key in keys]
        left_sides, right_sides = (
            self.style.width * side for side in letter_sides([form.strokes for form in forms])
        )
        lefts, rights = left_sides.min(axis=1).tolist(), right_sides.max(axis=1).tolist()
        for row, (key, form) in enumerate(zip(keys, forms, strict=True)):
            letter = WrittenLetter(
                len(self._letters) + 1,
                _SIZE_STEP**key.step,
                (left_sides[row], right_sides[row]),
                (lefts[row], rights[row]),
                self._joints(form),
                self._write_all,
            )
            self._letters[key] = letter
            self._waiting.append((key, form, letter))

    def _measure_pairs(self, pairs: Sequence[tuple[WrittenLetter, WrittenLetter]]) -> None:
        """Determines the distances of neighbours."""
        apart = []
        for first, second in pairs:
            if first.exit is not None and second.entry is not None:
                first.advances[second.number] = first.exit.x - second.entry.x
            else:
                apart.append((first, second))
        if not apart:
            return
        left_sides = np.stack([second.left_side for _, second in apart])
        clear = (left_sides - np.stack([first.right_side for first, _ in apart])).min(axis=1).tolist()
        for (first, second), least in zip(apart, clear, strict=True):
            first.advances[second.number] = self._apart(first, second, least)

    def _apart(self, first: WrittenLetter, second: WrittenLetter, clear: float) -> float:
        """Distance of neighbours that are not joined, given the least white space between their origins in any band."""
        by_box = second.left - first.right
        closest = min(clear, by_box + _FURTHEST_TUCK)
        # In a joined hand, capitals are close to the next letter.
        gap = self.style.gap * (0.4 if self.style.hand in JOINED and second.entry is not None else 1.0)
        clear_gap = gap + self.style.pen.pen_width / first.em
        return clear_gap - (0.85 * closest + 0.15 * by_box)

    def _joints(self, form: LetterForm) -> tuple[Joint | None, Joint | None]:
        """Where a letter is entered and left, with the width of the writer."""
        width = self.style.width
        entry, leave = form.entry, form.exit
        return (
            None if entry is None else replace(entry, x=entry.x * width),
            None if leave is None else replace(leave, x=leave.x * width),
        )

    def _write_all(self) -> None:
        """Makes the ink of all letters that have none."""
        waiting, self._waiting = self._waiting, []
        alone = [each for each in waiting if each[1].entry is None and each[1].exit is None]
        joined = [each for each in waiting if each[1].entry is not None or each[1].exit is not None]
        if alone:
            self._write(alone, self.style.pen)
        if joined:
            self._write(joined, self.style.joining_pen)

    def _write(
        self, letters: Sequence[tuple[SpelledLetter, LetterForm, WrittenLetter]], pen: PenWriter
    ) -> None:
        style, jobs = self.style, []
        for key, form, letter in letters:
            thickness = (style.bold_width if key.bold else 1.0) * max(
                letter.em / COMMON_SIZE, 1.0
            ) ** _HEAVIER
            flags = f"{key.bold:d}{key.enters:d}{key.leaves:d}"
            name = f"{style.hand} {key.letter} {flags} {key.step}" + " second" * key.other
            jobs.append(
                LetterJob(name, Wanted(form.strokes, letter.em, thickness), (letter.entry, letter.exit))
            )
        lean = lean_of(style.width, pen.slant)
        made = write_letters(jobs, pen, lean, self._spelling.numbers_for)
        for (_, _, letter), ink in zip(letters, made, strict=True):
            letter.ink = ink


def _word_key(word: str, size: float, bold: bool) -> _WordKey:
    return (word, round(math.log(size) / _LOG_SIZE_STEP), bold)


def is_joined(first: WrittenLetter, second: WrittenLetter) -> bool:
    """Whether two letters are joined."""
    return first.exit is not None and second.entry is not None
