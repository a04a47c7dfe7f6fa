"""A cache of the letters of one writer, with several renderings of each."""

from __future__ import annotations

import math
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from smashcima.randomness import Stream
from smashcima.synthesis.pen import PenWriter, outline_points
from smashcima.synthesis.pen.outline import joined_plans
from smashcima.synthesis.pen.plan import Wanted, WritingPlan, plan_writing
from smashcima.synthesis.text.letter_sides import COMMON_SIZE, letter_sides
from smashcima.synthesis.text.letters import (
    JOINED,
    LIFTED,
    Joint,
    LetterForm,
    can_be_entered,
    can_be_left,
    letter_forms,
    shortened,
    spell,
    supported,
    with_long_s,
)
from smashcima.synthesis.text.pen_text_style import PenTextStyle

Floats = NDArray[np.float64]

_Key = tuple[str, bool, bool, bool, bool, int]
"""A letter with its marks; whether it is bold, joined to the previous and to the next one, and in the second form; and its
size step."""

_WordKey = tuple[str, int, bool]
"""A word, its size step, and whether it is bold."""

VARIATIONS = 6
"""Number of renderings of each letter; every use varies one of them."""

_SIZE_STEP = 1.3
"""Step of the sizes that letters are written for; for sizes in between, letters and their ink are scaled."""

_LOG_SIZE_STEP = math.log(_SIZE_STEP)

_MOST_WORDS = 4096

_FURTHEST_TUCK = 0.1
"""Largest overlap of letters under or over each other, in ems."""

_HEAVIER = 0.4
"""Exponent of ink thickness over text size: headings are written with more pressure."""

_SETTLING = 0.14
"""Length of the path, in ems, along which a stroke is adjusted to end at a joint."""

_RAREST = 2.5
"""Random numbers are clipped to this many standard deviations."""

_FAINTEST = 0.4
"""Width of the thinnest ink, relative to its mean."""

_TABLE_SIZE = 16384


@dataclass(slots=True, eq=False)
class WrittenLetter:
    """Renderings of a letter. Lengths are in mm, at the size that it was written for."""

    renderings: list[Floats]
    """Arrays of shape (m, 3): the points of all rings as x, y and 1."""

    spans: Sequence[slice]
    """Where each ring is among the points."""

    em: float
    """Text size that it was written for."""

    left: float
    """Left end of the ink without slant. In ems, as all following attributes."""
    right: float
    left_side: Floats
    """Left end of the ink in each band of height; infinite if the band is empty."""
    right_side: Floats
    entry: Joint | None
    exit: Joint | None
    advances: dict[int, float] = field(default_factory=dict)
    """Distance to the origin of the next letter, by the number of that letter."""

    number: int = 0
    """Number of the letter, unique within its store."""


class PenLetters:
    """Letters in the style of a writer, written at first use.

    Their renderings depend only on the writer, not on the order of use.
    """

    def __init__(self, style: PenTextStyle) -> None:
        self.style = style
        self._letters: dict[_Key, WrittenLetter] = {}
        self._words: dict[_WordKey, list[WrittenLetter]] = {}
        self._table = np.clip(
            Stream(style.pen.seed).child("letters").generator().standard_normal(_TABLE_SIZE),
            -_RAREST,
            _RAREST,
        )

    def supports(self, character: str) -> bool:
        """Whether the writer has a form for the character, or it is a space."""
        return supported(self.style.hand, character)

    def word(self, word: str, size: float, bold: bool) -> list[WrittenLetter]:
        """The letters of a word for a text size in mm, with their marks; all characters must be supported."""
        key = _word_key(word, size, bold)
        letters = self._words.get(key)
        if letters is None:
            self._write_words([key])
            letters = self._words[key]
        return letters

    def prepare(self, words: Iterable[tuple[str, float, bool]]) -> None:
        """Writes the letters of many words, as of `word`; writing them together takes less time than one by one."""
        keys = dict.fromkeys(_word_key(*each) for each in words)
        self._write_words([key for key in keys if key not in self._words])

    def _write_words(self, words: Sequence[_WordKey]) -> None:
        if len(self._words) + len(words) > _MOST_WORDS:
            self._words.clear()
        spelled = {word: self._spell(*word) for word in words}
        needed = dict.fromkeys(chain.from_iterable(spelled.values()))
        self._write_all([key for key in needed if key not in self._letters])
        for word, keys in spelled.items():
            self._words[word] = [self._letters[key] for key in keys]

    def _spell(self, word: str, step: int, bold: bool) -> list[_Key]:
        letters = spell(self.style.hand, self._as_written(word))
        enters, leaves = [False] * len(letters), [False] * len(letters)
        if self.style.hand == "linked":
            links = [can_be_left(a[0]) and can_be_entered(b[0]) for a, b in pairwise(letters)]
            enters[1:], leaves[:-1] = links, links
        elif self.style.hand in LIFTED and letters:
            links = [self._joins(f"{a[0]}{b[0]}") for a, b in pairwise(letters)]
            begins = _uniform(self._number_for(f"begin {letters[0][0]}")) < self.style.lead_ins
            ends = _uniform(self._number_for(f"end {letters[-1][0]}")) < self.style.lead_ins
            enters, leaves = [begins, *links], [*links, ends]
        share = self.style.second_forms
        others = [False] * len(letters)
        if share > 0:
            numbers = self._numbers_for(f"second {word}", len(letters))
            others = [_uniform(number) < share for number in numbers.tolist()]
        return [(*each, step) for each in zip(letters, repeat(bold), enters, leaves, others, strict=False)]

    def _joins(self, pair: str) -> bool:
        """Whether the writer joins two letters: always the same ones."""
        return _uniform(self._number_for(f"join {pair}")) >= self.style.lifts

    def _as_written(self, word: str) -> str:
        """The letters of a word in the writer's spelling: with a long s, or a stroke for a doubled m or n."""
        style = self.style
        if style.long_s:
            word = with_long_s(word)
        if style.abbreviations > 0 and _uniform(self._number_for(f"short {word}")) < style.abbreviations:
            word = shortened(word)
        return word

    def advance(self, first: WrittenLetter, second: WrittenLetter) -> float:
        """Distance from the origin of a letter to that of the next one, in ems."""
        kept = first.advances.get(second.number)
        if kept is None:
            kept = first.advances[second.number] = self._advance(first, second)
        return kept

    def _advance(self, first: WrittenLetter, second: WrittenLetter) -> float:
        if is_joined(first, second):
            assert first.exit is not None
            assert second.entry is not None
            return first.exit.x - second.entry.x
        clear = float(np.min(second.left_side - first.right_side))
        by_box = second.left - first.right
        closest = min(clear, by_box + _FURTHEST_TUCK)
        # In a joined hand, capitals are close to the next letter.
        gap = self.style.gap * (0.4 if self.style.hand in JOINED and second.entry is not None else 1.0)
        clear_gap = gap + self.style.pen.pen_width / first.em
        return clear_gap - (0.85 * closest + 0.15 * by_box)

    def _write_all(self, keys: Sequence[_Key]) -> None:
        """Writes letters; planning them together takes less time than one by one."""
        jobs: dict[bool, list[tuple[_Key, LetterForm, Wanted]]] = {True: [], False: []}
        for key in keys:
            letter, bold, enters, leaves, other, step = key
            em, form = _SIZE_STEP**step, self._form(letter, enters, leaves, other)
            is_alone = form.entry is None and form.exit is None
            width = (self.style.bold_width if bold else 1.0) * max(em / COMMON_SIZE, 1.0) ** _HEAVIER
            jobs[is_alone].append((key, form, Wanted(form.strokes, em, width)))
        written = {}
        for is_alone, group in jobs.items():
            pen = self.style.pen if is_alone else self.style.joining_pen
            if group:
                written.update(self._written(group, pen))
        for key in keys:
            self._letters[key] = written[key]
            written[key].number = len(self._letters)

    def _written(
        self, jobs: Sequence[tuple[_Key, LetterForm, Wanted]], pen: PenWriter
    ) -> dict[_Key, WrittenLetter]:
        """The letters of some jobs, whose outlines are computed together."""
        plans = plan_writing([wanted for _, _, wanted in jobs], pen)
        lines = [self._lines(*job, plan, pen) for job, plan in zip(jobs, plans, strict=True)]
        points = outline_points(
            np.concatenate([centres for centres, _ in lines], axis=1),
            np.concatenate([halves for _, halves in lines], axis=1),
            joined_plans([plan.ribbons for plan in plans]),
            pen.outline_nib,
        )
        marked = np.concatenate([points, np.ones((*points.shape[:2], 1))], axis=2)
        ends = list(accumulate(len(plan.ribbons.order) for plan in plans))
        left_sides, right_sides = (
            self.style.width * side for side in letter_sides([form.strokes for _, form, _ in jobs])
        )
        sides = zip(
            left_sides,
            right_sides,
            left_sides.min(axis=1).tolist(),
            right_sides.max(axis=1).tolist(),
            strict=True,
        )
        written = {}
        for (key, form, wanted), plan, (left_side, right_side, left, right), start, end in zip(
            jobs, plans, sides, [0, *ends], ends, strict=False
        ):
            entry, leave = self._joints(form)
            written[key] = WrittenLetter(
                list(marked[:, start:end]),
                plan.ribbons.spans,
                wanted.mm_per_unit,
                left,
                right,
                left_side,
                right_side,
                entry,
                leave,
            )
        return written

    def _lines(
        self, key: _Key, form: LetterForm, wanted: Wanted, plan: WritingPlan, pen: PenWriter
    ) -> tuple[NDArray[np.complex128], Floats]:
        """Centres and half widths (VARIATIONS, n) of the renderings of a letter."""
        style, em = self.style, wanted.mm_per_unit
        letter, bold, enters, leaves, other, step = key
        name = f"{style.hand} {letter} {bold:d}{enters:d}{leaves:d} {step}" + " second" * other
        centres, halves = _renderings(plan, self._numbers_for(name, VARIATIONS * plan.draw_count))
        lean = style.width * math.tan(math.radians(pen.slant))
        for joint in self._joints(form):
            if joint is not None:
                target = em * complex(joint.x - lean * joint.y, joint.y)
                _settle(centres, halves, plan, target, joint.is_drawn, em, wanted.width * pen.pen_width)
        return centres, halves

    def _joints(self, form: LetterForm) -> tuple[Joint | None, Joint | None]:
        """Where a letter is entered and left, with the width of the writer."""
        width = self.style.width
        entry, leave = form.entry, form.exit
        return (
            None if entry is None else replace(entry, x=entry.x * width),
            None if leave is None else replace(leave, x=leave.x * width),
        )

    def _form(self, letter: str, enters: bool, leaves: bool, other: bool) -> LetterForm:
        """The writer's form of a letter with its marks, or another one; that of the base letter does not depend on the
        marks.
        """
        style = self.style
        forms = letter_forms(style.hand, letter, style.x_height, enters, leaves)
        if len(forms) == 1:
            return forms[0]
        usual = _chosen(forms, _uniform(self._number_for(f"form {letter[0]}")))
        if not other:
            return usual
        others = tuple(form for form in forms if form is not usual)
        return _chosen(others, _uniform(self._number_for(f"second form {letter[0]}")))

    def _number_for(self, key: str) -> float:
        """One standard normal number for a key."""
        return float(self._table[zlib.crc32(key.encode()) % _TABLE_SIZE])

    def _numbers_for(self, key: str, count: int) -> Floats:
        """Standard normal numbers for a key: a slice of a table at an offset derived from the key.

        Creating a stream for each letter would take longer than writing the letter.
        """
        start = zlib.crc32(key.encode()) % _TABLE_SIZE
        if start + count <= _TABLE_SIZE:
            return self._table[start : start + count]
        return np.asarray(np.take(self._table, np.arange(start, start + count), mode="wrap"))


def _word_key(word: str, size: float, bold: bool) -> _WordKey:
    return (word, round(math.log(size) / _LOG_SIZE_STEP), bold)


def _chosen(forms: Sequence[LetterForm], draw: float) -> LetterForm:
    """The form that a random number from 0 to 1 chooses, in proportion to the weights."""
    totals = list(accumulate(form.weight for form in forms))
    return forms[min(bisect_right(totals, draw * totals[-1]), len(forms) - 1)]


def _uniform(normal: float) -> float:
    """A uniform random number from a normal one."""
    return 0.5 + 0.5 * math.erf(normal / math.sqrt(2))


def is_joined(first: WrittenLetter, second: WrittenLetter) -> bool:
    """Whether two letters are joined."""
    return first.exit is not None and second.entry is not None


def _renderings(plan: WritingPlan, numbers: Floats) -> tuple[NDArray[np.complex128], Floats]:
    draws = numbers.reshape(VARIATIONS, -1)
    moves = len(plan.moves)
    shift = np.ascontiguousarray(draws[:, :moves]) @ plan.moves.view(np.float64)
    halves = plan.halves * np.maximum(1 + draws[:, moves:] @ plan.swells, _FAINTEST)
    return plan.centres + shift.view(np.complex128), halves


def _settle(
    centres: NDArray[np.complex128],
    halves: Floats,
    plan: WritingPlan,
    target: complex,
    is_end: bool,
    em: float,
    pen_width: float,
) -> None:
    """Adjusts every rendering so that a stroke ends at a joint with full width; modifies both arrays."""
    candidates = plan.ribbons.cap_at if is_end else np.arange(len(plan.centres))
    sample = int(candidates[np.argmin(np.abs(plan.centres[candidates] - target))])
    along = np.zeros(len(plan.centres))
    np.cumsum(np.abs(plan.centres[1:] - plan.centres[:-1]), out=along[1:])
    weight = np.exp(-(((along - along[sample]) / (_SETTLING * em)) ** 2))
    if is_end:
        # Samples beyond an end belong to another stroke.
        beyond = slice(sample + 1, None) if plan.ribbons.after[sample] == sample else slice(0, sample)
        weight[beyond] = 0.0
        halves += weight * (0.48 * pen_width - halves)
    centres += weight * (target - centres[:, sample : sample + 1])
