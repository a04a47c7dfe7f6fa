"""The forms of each character in a hand, from which writers choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from smashcima.synthesis.pen import SkeletonStroke
from smashcima.synthesis.text.letters import cyrillic_forms, hershey, latin_forms
from smashcima.synthesis.text.letters.forms import EM_PER_UNIT, extent, read_forms, read_strokes
from smashcima.synthesis.text.letters.historical_hands import HEIGHT, JOINED, historical_forms, joints_of

HandName = Literal[
    "print", "linked", "round", "looped", "upright", "plain", "roundhand", "italic", "kurrent", "copperplate"
]

HAND_WEIGHTS: dict[HandName, float] = {"print": 0.42, "linked": 0.25, "round": 0.25, "plain": 0.08}
"""Frequency of the hands: separate letters; partly linked letters; joined school cursive; stencilled letters.
Counted by eye on scores by amateurs, where words must be read at sight. Historical hands belong to a `Scribe`."""

CURSIVE_WEIGHTS: dict[HandName, float] = {"round": 0.4, "looped": 0.35, "upright": 0.25}
"""Frequency of the cursives among writers of joined letters."""

X_HEIGHT = 50 * EM_PER_UNIT
"""Height of small letters in the forms of this package, in ems."""

_SCRIPT_X_HEIGHT = 9 * hershey.EM_PER_UNIT
_STENCIL_X_HEIGHT = 14 * hershey.EM_PER_UNIT
_SCRIPT_SLANT_DEG = 17.0
_SCRIPT_MET_AT_BOWL = frozenset("acdegoqw")
_LINK_PART = 0.52
"""Height of the links of those letters, relative to the height of small letters."""

_LINK_REACH = 17 * EM_PER_UNIT
"""Length of a link beyond the ink of its letter."""

_ENDS_LOW = frozenset("acdehiklmntu")
_BEGINS_AT_STEM = frozenset("ijmnpruvwy")
_MET_AT_BOWL = frozenset("acdegoq")

_WITH_SCRIPT_FACE = frozenset({"round", "looped", "roundhand", "kurrent", "copperplate"})
"""Hands whose letters are those of the script face unless they have their own."""

_FEWEST_KNOTS = 3
"""Number of knots of a stroke that is not shortened."""

_NEXT_FORM = 0.8
"""Frequency of a form relative to the one before it, in the order in which they are written down."""

_GREEK_CAPITALS = dict(zip("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", "ABCDEFGHIJKLMNOPQRSTUVWX", strict=True))
_GREEK_SMALL = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", "abcdefghijklmnopqrstuvwx", strict=True))
_GREEK = {**_GREEK_CAPITALS, **_GREEK_SMALL}
_GREEK_X_HEIGHT = 14 * hershey.EM_PER_UNIT
_FINAL_SIGMA = "34,44 20,50 5,36 6,20 24,8 26,-8 14,-14"

_CAPITAL_TO_SMALL = (1.45, 1.9)
"""Scale of Cyrillic capitals from the small letters of the same form, across and along."""


@dataclass(frozen=True, slots=True)
class Joint:
    """The point where a letter is joined to a neighbour."""

    x: float
    y: float
    """In ems; letters are placed so that the joints of neighbours coincide."""

    is_drawn: bool
    """Whether a stroke of the letter ends there; if not, the neighbour's stroke does."""


@dataclass(frozen=True, slots=True)
class LetterForm:
    """A form of a character, in ems, y down; the origin is on the baseline."""

    name: str
    strokes: tuple[SkeletonStroke, ...]
    weight: float = 1.0
    entry: Joint | None = None
    exit: Joint | None = None


Forms = tuple[LetterForm, ...]


@lru_cache(maxsize=4096)  # the hands times more characters than have forms
def base_forms(hand: HandName, character: str) -> tuple[Forms, float]:
    """The forms of a character without diacritics, and the height of small letters that they are drawn for.

    The forms are empty if the hand has none. The height is 0 for characters that do not depend on it (capitals,
    digits).
    """
    forms, height = _hand_letters(hand, character)
    for source in (_signs, _cyrillic, _greek):
        if not forms:
            forms, height = source(character)
    return forms, height


def _hand_letters(hand: HandName, character: str) -> tuple[Forms, float]:
    own = _own_letters(hand, character)
    if own:
        return own, HEIGHT if character.islower() else 0.0
    if hand in _WITH_SCRIPT_FACE and character.isascii() and character.isalpha():
        return _script_forms(character)
    if hand == "plain" and character.isascii() and character.isalpha():
        strokes = hershey.read_glyph("futural", character)
        return (LetterForm("stencil", strokes),), _STENCIL_X_HEIGHT if character.islower() else 0.0
    if character in latin_forms.LOWER:
        return _plain_forms(latin_forms.LOWER[character]), X_HEIGHT
    return _plain_forms(latin_forms.UPPER.get(character, "")), 0.0


def _own_letters(hand: HandName, character: str) -> Forms:
    """Letters drawn for a hand; empty for others, which come from the script face or from separate letters."""
    made = []
    for number, strokes in enumerate(historical_forms(hand, character)):
        entry = leave = None
        if hand in JOINED and character.islower():
            (start, end), at_bowl = joints_of(hand, strokes, character)
            entry = None if start is None else Joint(*start, not at_bowl)
            leave = None if end is None else Joint(*end, True)
        made.append(LetterForm(f"{hand}-{number}", strokes, 0.6**number, entry, leave))
    return tuple(made)


def _script_forms(character: str) -> tuple[Forms, float]:
    """Letters of the script face: all begin and end at the same height, unless the joint is at their bowl."""
    strokes = hershey.read_glyph("scripts", character, _SCRIPT_SLANT_DEG)
    if character.isupper():
        return (LetterForm("script", strokes),), 0.0
    height = hershey.JOINT_HEIGHT
    ends = [stroke.knots[-1] for stroke in strokes if len(stroke.knots) > 1]
    starts = [stroke.knots[0] for stroke in strokes if len(stroke.knots) > 1]
    if character in _SCRIPT_MET_AT_BOWL:
        entry = Joint(extent(strokes)[0], height, False)
    else:
        entry = Joint(*min(starts, key=lambda knot: abs(knot[1] - height)), True)
    end = Joint(*max(ends), True)
    return (LetterForm("script", strokes, entry=entry, exit=end),), _SCRIPT_X_HEIGHT


def _plain_forms(text: str, x_scale: float = 1.0, y_scale: float = 1.0) -> Forms:
    """Parses forms in the notation of `forms.py`; the first one is the most common."""
    if not text:
        return ()
    if (x_scale, y_scale) == (1.0, 1.0):
        all_strokes = read_forms(text)
    else:
        all_strokes = tuple(read_strokes(form, x_scale, y_scale) for form in text.split("|"))
    return tuple(
        LetterForm(f"print-{number}", strokes, weight=_NEXT_FORM**number)
        for number, strokes in enumerate(all_strokes)
    )


def can_be_left(character: str) -> bool:
    """Whether a partly linked hand links this letter (without its diacritics) to the next one."""
    return character in _ENDS_LOW


def can_be_entered(character: str) -> bool:
    """Whether a partly linked hand links the previous letter to this one."""
    return character in _BEGINS_AT_STEM or character in _MET_AT_BOWL


def linked(form: LetterForm, character: str, enters: bool, leaves: bool, x_height: float) -> LetterForm:
    """A form with strokes added that link it to the previous and the next letter.

    A side that cannot be linked is unchanged and has no joint.
    """
    height = -_LINK_PART * x_height
    strokes = list(form.strokes)
    main = max(range(len(strokes)), key=lambda index: len(strokes[index].knots))
    body = strokes[main]
    knots, corners = list(body.knots), set(body.corners)
    entry: Joint | None = None
    exit_: Joint | None = None
    x, y = knots[-1]
    if leaves and character in _ENDS_LOW and -y < 0.2 * x_height and len(knots) > 3:
        if -y < 0.06 * x_height:
            # A stem turns at the baseline before the link.
            knots[-1] = (x + 1 * EM_PER_UNIT, -0.1 * x_height)
            knots.append((x + 5 * EM_PER_UNIT, 0.0))
        exit_ = Joint(extent(form.strokes)[2] + _LINK_REACH, height, True)
        knots.append((exit_.x, exit_.y))
    if enters and character in _BEGINS_AT_STEM and main == 0:
        entry = Joint(knots[0][0] - 13 * EM_PER_UNIT, height, True)
        knots.insert(0, (entry.x, entry.y))
        corners = {1, *(corner + 1 for corner in corners)}
    elif enters and character in _MET_AT_BOWL:
        entry = Joint(extent((body,))[0], height, False)
    strokes[main] = SkeletonStroke(tuple(knots), corners=frozenset(corners))
    return replace(form, strokes=tuple(strokes), entry=entry, exit=exit_)


def parted(form: LetterForm, enters: bool, leaves: bool) -> LetterForm:
    """A form of a joined hand as it is written where the pen is lifted before or after it, without the stroke to that side."""
    if (enters or form.entry is None) and (leaves or form.exit is None):
        return form
    body = form.strokes[0]
    knots, corners = body.knots, body.corners
    if not enters and form.entry is not None and form.entry.is_drawn and len(knots) > _FEWEST_KNOTS:
        knots, corners = knots[1:], frozenset(corner - 1 for corner in corners if corner > 1)
    if not leaves and form.exit is not None and len(knots) > _FEWEST_KNOTS:
        knots = knots[:-1]
    return replace(
        form,
        strokes=(SkeletonStroke(knots, corners=corners), *form.strokes[1:]),
        entry=form.entry if enters else None,
        exit=form.exit if leaves else None,
    )


def _signs(character: str) -> tuple[Forms, float]:
    for table in (latin_forms.DIGITS, latin_forms.PUNCTUATION, latin_forms.LIGATURES_AND_OTHERS):
        if character in table:
            is_small = character.isalpha() and character.islower()
            return _plain_forms(table[character]), X_HEIGHT if is_small else 0.0
    return (), 0.0


def _cyrillic(character: str) -> tuple[Forms, float]:
    if character in cyrillic_forms.AS_LATIN:
        latin = cyrillic_forms.AS_LATIN[character]
        table = latin_forms.LOWER if latin.islower() else latin_forms.UPPER
        return _plain_forms(table[latin]), X_HEIGHT if latin.islower() else 0.0
    table = cyrillic_forms.SMALL_AND_CAPITAL
    if character in table:
        return _plain_forms(table[character]), X_HEIGHT
    if character.lower() in table:
        return _plain_forms(table[character.lower()], *_CAPITAL_TO_SMALL), 0.0
    text = cyrillic_forms.OTHERS.get(character, "")
    return _plain_forms(text), X_HEIGHT if character.islower() else 0.0


def _greek(character: str) -> tuple[Forms, float]:
    if character == "ς":
        return _plain_forms(_FINAL_SIGMA), X_HEIGHT
    if character not in _GREEK:
        return (), 0.0
    strokes = hershey.read_glyph("greeks", _GREEK[character])
    return (LetterForm("greek", strokes),), _GREEK_X_HEIGHT if character.islower() else 0.0
