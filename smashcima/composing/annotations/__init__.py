"""Generators of Mashcima annotations: musical ones, random ones as in Mashcima 1.0, and ones with rare tokens."""

from smashcima.composing.annotations.generating import (
    AnnotationGenerator,
    AnnotationMix,
    generate_annotations,
)
from smashcima.composing.annotations.musical_style import MusicalStyle
from smashcima.composing.annotations.random_annotation import generate_random_annotation

__all__ = [
    "AnnotationGenerator",
    "AnnotationMix",
    "MusicalStyle",
    "generate_annotations",
    "generate_random_annotation",
]
