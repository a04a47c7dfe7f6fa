"""Letter forms: the strokes of every character of a hand."""

from smashcima.synthesis.text.letters.alphabet import (
    CURSIVE_WEIGHTS,
    HAND_WEIGHTS,
    HandName,
    Joint,
    LetterForm,
    base_forms,
    can_be_entered,
    can_be_left,
    linked,
)
from smashcima.synthesis.text.letters.composition import (
    KNOWN_MARKS,
    form_weights,
    letter_form,
    spell,
    supported,
)
from smashcima.synthesis.text.letters.historical_hands import JOINED, LIFTED, shortened, with_long_s

__all__ = [
    "CURSIVE_WEIGHTS",
    "HAND_WEIGHTS",
    "JOINED",
    "KNOWN_MARKS",
    "LIFTED",
    "HandName",
    "Joint",
    "LetterForm",
    "base_forms",
    "can_be_entered",
    "can_be_left",
    "form_weights",
    "letter_form",
    "linked",
    "shortened",
    "spell",
    "supported",
    "with_long_s",
]
