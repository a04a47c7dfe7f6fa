"""Class vocabularies, and selections of classes for exports."""

from smashcima.exporting.classes.selection import ClassSelection
from smashcima.exporting.classes.sign import Sign, sign_of
from smashcima.exporting.classes.vocabulary import VOCABULARIES, Vocabulary, drawable_labels, vocabulary

__all__ = ["VOCABULARIES", "ClassSelection", "Sign", "Vocabulary", "drawable_labels", "sign_of", "vocabulary"]
