"""Letters with diacritics, composed of a base letter and the combining marks of its Unicode decomposition."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import lru_cache

from smashcima.synthesis.pen import SkeletonStroke
from smashcima.synthesis.text.letters import accent_forms as accents
from smashcima.synthesis.text.letters.alphabet import HandName, LetterForm, base_forms, linked, parted
from smashcima.synthesis.text.letters.forms import EM_PER_UNIT, extent, moved, read_forms
from smashcima.synthesis.text.letters.historical_hands import LIFTED

_UNIT = EM_PER_UNIT
_ASCENDER = -100 * _UNIT
_PILED = 22 * _UNIT
"""Height reserved for a mark above under another one."""

_CLEAR = 3 * _UNIT
"""Additional space under the marks of small letters."""

_ON_CAPITALS = 0.9
"""Marks on capitals are lower, relative to the letter, and a little smaller."""

_SPECIAL_BASES = {"i": "ı", "j": "ȷ"}
"""Letters that lose their dot under a mark above."""

_COMMA_BELOW = "\u0326"
_CEDILLA_AS_COMMA = frozenset("GgKkLlNnRrŢţ")
"""Letters whose cedilla is a comma below, as in Latvian and Romanian."""

KNOWN_MARKS = frozenset({*accents.ABOVE, *accents.BELOW, *accents.THROUGH, accents.HORN})
"""All supported diacritics, as combining characters."""

Strokes = tuple[SkeletonStroke, ...]


@lru_cache(
    maxsize=16384
)  # four hands, a few hundred letters, a few forms and heights, four combinations of links
def letter_form(
    hand: HandName, letter: str, number: int, x_height: float, enters: bool, leaves: bool
) -> LetterForm:
    """A form of a letter with its marks, as returned by `spell`; the hand must support them.

    `number` is its number among those of `form_weights`; `x_height` is the height of small letters, in ems. `enters` and
    `leaves` request links to the neighbours, for hands in which not all letters are joined. Results are cached, so that equal
    letters are the same objects for all writers.
    """
    base, marks = letter[0], letter[1:]
    forms, height = base_forms(hand, bare_base(base, marks))
    form = form_at_height(forms[number], height, x_height)
    if hand in LIFTED:
        form = parted(form, enters, leaves)
    elif enters or leaves:
        form = linked(form, base, enters, leaves, x_height)
    return with_marks(form, base, marks, x_height) if marks else form


@lru_cache(maxsize=4096)
def form_weights(hand: HandName, letter: str) -> tuple[float, ...]:
    """The weights of the forms of a letter, as returned by `spell`."""
    return tuple(form.weight for form in base_forms(hand, bare_base(letter[0], letter[1:]))[0])


def spell(hand: HandName, word: str) -> list[str]:
    """Splits a word into letters, each followed by its marks as combining characters."""
    letters: list[str] = []
    for character in word:
        if base_forms(hand, character)[0]:
            letters.append(character)
            continue
        base, marks = split_character(character)
        for part in base:
            if letters and not marks and unicodedata.combining(part):
                letters[-1] += part
            else:
                letters.append(part)
        if marks:
            letters[-1] += marks
    return letters


def split_character(character: str) -> tuple[str, str]:
    """The base of a character, which may be several characters (for `½`), and its marks."""
    decomposed = unicodedata.normalize("NFD", character)
    if len(decomposed) == 1:
        # Fullwidth letters, superscripts, ligatures such as ﬁ; characters with forms of their own are not decomposed.
        compatible = unicodedata.normalize("NFKC", character)
        return (compatible.replace("\u2044", "/"), "") if compatible != character else (character, "")
    base = decomposed[0]
    return base, decomposed[1:]


def with_marks(form: LetterForm, base: str, marks: str, x_height: float) -> LetterForm:
    """A form with diacritics. `x_height` is the height of small letters, in ems, which the form already has.

    Unknown marks are left out; see `KNOWN_MARKS`.
    """
    strokes = form.strokes
    left, top, right, bottom = extent(strokes)
    is_small = base.islower()
    scale = 1.0 if is_small else _ON_CAPITALS
    middle = _middle_of_top(strokes, top, left, right)
    over = 0
    for mark in marks:
        if mark == accents.CARON and base in accents.BESIDE_TALL:
            added = moved(read_forms(accents.APOSTROPHE)[0], right + 6 * _UNIT, max(top, _ASCENDER))
        elif mark == "\u0327" and base == "g":
            added = moved(read_forms(accents.TURNED_COMMA_ABOVE)[0], middle, top - _UNIT)
        elif mark == accents.HORN:
            shoulder = -x_height if is_small else top
            added = moved(read_forms(accents.HORN_FORM)[0], right + 2 * _UNIT, shoulder)
        elif mark in accents.ABOVE:
            lift = over * _PILED + (_CLEAR if is_small else 0.0)
            added = moved(read_forms(accents.ABOVE[mark])[0], middle, top - lift, scale)
            over += 1
        elif mark in accents.BELOW:
            shape = _COMMA_BELOW if mark == "\u0327" and base in _CEDILLA_AS_COMMA else mark
            added = _below(shape, strokes, left, right, bottom)
        elif mark in accents.THROUGH:
            height = -x_height / 2 if is_small else (top + bottom) / 2
            added = moved(read_forms(accents.THROUGH[mark])[0], (left + right) / 2, height)
        else:
            continue
        strokes = (*strokes, *added)
    return replace(form, strokes=strokes)


def bare_base(base: str, marks: str) -> str:
    """The base letter; without its dot if it has marks above."""
    if base in _SPECIAL_BASES and any(mark in accents.ABOVE for mark in marks):
        return _SPECIAL_BASES[base]
    return base


def _middle_of_top(strokes: Strokes, top: float, left: float, right: float) -> float:
    """The x of marks above: the middle of the upper part of the letter."""
    reach = top + 18 * _UNIT
    xs = [x for stroke in strokes for x, y in stroke.knots if y <= reach]
    return 0.6 * (min(xs) + max(xs)) / 2 + 0.4 * (left + right) / 2


def _below(mark: str, strokes: Strokes, left: float, right: float, bottom: float) -> Strokes:
    shape = read_forms(accents.BELOW[mark])[0]
    if mark == accents.OGONEK:
        # It touches the end of the letter at the baseline.
        x = max((x for stroke in strokes for x, y in stroke.knots if y > -12 * _UNIT), default=right)
        return moved(shape, x - 6 * _UNIT, 0.0)
    low = [x for stroke in strokes for x, y in stroke.knots if y > bottom - 12 * _UNIT]
    middle = 0.5 * (left + right) / 2 + 0.5 * (min(low) + max(low)) / 2
    return moved(shape, middle, 0.0 if mark in accents.TOUCHING else max(bottom, 0.0))


@lru_cache(maxsize=16384)
def supported(hand: HandName, character: str) -> bool:
    """Whether a hand supports a character with all of its marks."""
    if character.isspace() or character in KNOWN_MARKS or base_forms(hand, character)[0]:
        return True
    base, marks = split_character(character)
    if (base, marks) == (character, ""):
        return False
    return all(base_forms(hand, letter)[0] for letter in base) and all(mark in KNOWN_MARKS for mark in marks)


def form_at_height(form: LetterForm, drawn_height: float, x_height: float) -> LetterForm:
    """A form whose small letters are scaled to a height, in ems; ascenders do not change."""
    if not drawn_height or abs(drawn_height - x_height) < 1e-9:
        return form
    return _at_height(form, drawn_height, x_height)


def _at_height(form: LetterForm, drawn: float, wanted: float) -> LetterForm:
    ratio = wanted / drawn
    wide = ratio**0.5
    above = (-_ASCENDER - wanted) / max(-_ASCENDER - drawn, 1e-9)
    low = 0.5 + 0.5 * ratio

    def lift(x: float, y: float) -> tuple[float, float]:
        if y > 0:
            return x * wide, y * low
        if -y <= drawn:
            return x * wide, y * ratio
        return x * wide, -(wanted + (-y - drawn) * above)

    strokes = tuple(
        replace(stroke, knots=tuple(lift(x, y) for x, y in stroke.knots)) for stroke in form.strokes
    )
    joints = [
        joint if joint is None else replace(joint, x=lift(joint.x, joint.y)[0], y=lift(joint.x, joint.y)[1])
        for joint in (form.entry, form.exit)
    ]
    return replace(form, strokes=strokes, entry=joints[0], exit=joints[1])
