"""Letter forms of joined and of historical hands, and their spelling: long s, and strokes that stand for doubled letters."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.synthesis.pen import SkeletonStroke
from smashcima.synthesis.text.letters import historical_forms as forms
from smashcima.synthesis.text.letters import school_forms
from smashcima.synthesis.text.letters.forms import EM_PER_UNIT, extent, read_forms

LONG_S = "ſ"
_OVERLINE = "\u0304"
"""The macron, which stands for a second m or n."""

SMALL: Mapping[str, Mapping[str, str]] = {
    "roundhand": forms.ROUNDHAND,
    "italic": forms.ITALIC,
    "kurrent": forms.KURRENT,
    "copperplate": forms.COPPERPLATE,
    "looped": school_forms.LOOPED,
    "upright": school_forms.UPRIGHT,
}
CAPITALS: Mapping[str, Mapping[str, str]] = {
    "roundhand": forms.ROUNDHAND_CAPITALS,
    "italic": forms.ITALIC_CAPITALS,
    "kurrent": forms.KURRENT_CAPITALS,
    "looped": school_forms.LOOPED_CAPITALS,
    "upright": school_forms.UPRIGHT_CAPITALS,
}

LIFTED = frozenset({"looped", "upright"})
"""Joined hands whose writers lift the pen within words, each at other places."""

JOINED = frozenset({"round", "roundhand", "kurrent", "copperplate", *LIFTED})
"""Hands whose small letters are joined."""

HEIGHT = 50 * EM_PER_UNIT
"""Height of small letters in the forms of this package, in ems."""

Strokes = tuple[SkeletonStroke, ...]
Ends = tuple[tuple[float, float] | None, tuple[float, float] | None]
"""Points in ems where a letter is entered and left; `None` where it is not joined."""


def historical_forms(hand: str, character: str) -> tuple[Strokes, ...]:
    """The forms of a character in a joined or historical hand, in ems; empty if the hand has none of its own."""
    table = SMALL if character.islower() else CAPITALS
    text = table.get(hand, {}).get(character, "")
    return read_forms(text) if text else ()


def joints_of(hand: str, strokes: Strokes, character: str) -> tuple[Ends, bool]:
    """Where a small letter of a joined hand is entered and left, and whether it is entered at its bowl."""
    height = -(forms.SCRIPT_JOINT if hand == "copperplate" else forms.JOINT) * EM_PER_UNIT
    body = strokes[0].knots
    at_bowl = character in forms.MET_AT_BOWL and abs(body[0][1] - height) > 1e-9
    entry: tuple[float, float] | None = None
    if at_bowl:
        entry = (extent(strokes[:1])[0], height)
    elif abs(body[0][1] - height) <= 1e-9:
        entry = body[0]
    leave = body[-1] if abs(body[-1][1] - height) <= 1e-9 else None
    return (entry, leave), at_bowl


def with_long_s(word: str) -> str:
    """A word with a long s wherever a small letter follows: `dieses` becomes `dieſes`."""
    letters = list(word)
    for index, letter in enumerate(letters[:-1]):
        if letter == "s" and letters[index + 1].isalpha() and letters[index + 1].islower():
            letters[index] = LONG_S
    return "".join(letters)


def shortened(word: str) -> str:
    """A word whose doubled m and n are single letters with a stroke above: `kommt` becomes `kom̄t`."""
    for letter in "mn":
        word = word.replace(2 * letter, letter + _OVERLINE)
    return word
