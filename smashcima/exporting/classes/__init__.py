"""Class vocabularies, and selections of classes for exports."""

from smashcima.exporting.classes.classes_field import ClassesField
from smashcima.exporting.classes.presets import CLASS_PRESETS
from smashcima.exporting.classes.selection import ClassSelection
from smashcima.exporting.classes.selection_files import read_selection
from smashcima.exporting.classes.sign import Sign, sign_of
from smashcima.exporting.classes.vocabulary import VOCABULARIES, Vocabulary, drawable_labels, vocabulary

__all__ = [
    "CLASS_PRESETS",
    "VOCABULARIES",
    "ClassSelection",
    "ClassesField",
    "Sign",
    "Vocabulary",
    "drawable_labels",
    "read_selection",
    "sign_of",
    "vocabulary",
]
