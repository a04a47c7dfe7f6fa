"""Letter forms: strokes for every character that a hand writes."""

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
from smashcima.synthesis.text.letters.composition import (
    KNOWN_MARKS,
    bare_base,
    forms_at_height,
    split_character,
    supported,
    with_marks,
)

__all__ = [
    "HAND_WEIGHTS",
    "KNOWN_MARKS",
    "HandName",
    "Joint",
    "LetterForm",
    "bare_base",
    "base_forms",
    "can_be_entered",
    "can_be_left",
    "forms_at_height",
    "linked",
    "split_character",
    "supported",
    "with_marks",
]
