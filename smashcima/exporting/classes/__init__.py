"""What other vocabularies call the things that we draw, and which classes a training set wants."""

from smashcima.exporting.classes.selection import ClassSelection
from smashcima.exporting.classes.sign import Sign, sign_of
from smashcima.exporting.classes.vocabulary import VOCABULARIES, Vocabulary, vocabulary

__all__ = ["VOCABULARIES", "ClassSelection", "Sign", "Vocabulary", "sign_of", "vocabulary"]
