"""Letter forms: the strokes of every character of a hand."""

from smashcima.synthesis.text.letters.alphabet import (
    HAND_WEIGHTS,
    HandName,
    Joint,
    LetterForm,
    base_forms,
    can_be_entered,
    can_be_left,
    linked,
)
from smashcima.synthesis.text.letters.composition import KNOWN_MARKS, letter_forms, spell, supported

__all__ = [
    "HAND_WEIGHTS",
    "KNOWN_MARKS",
    "HandName",
    "Joint",
    "LetterForm",
    "base_forms",
    "can_be_entered",
    "can_be_left",
    "letter_forms",
    "linked",
    "spell",
    "supported",
]
