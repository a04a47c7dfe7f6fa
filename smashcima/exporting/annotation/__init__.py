"""Annotation of an image, shared by all formats: complete symbols, groups and areas, with their relations."""

from smashcima.exporting.annotation.annotate import AnnotationSource, annotate, annotation_of
from smashcima.exporting.annotation.facts import facts_of
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.omissions import labels_without_class, labels_without_number
from smashcima.exporting.annotation.page_annotation import PageAnnotation

__all__ = [
    "AnnotationSource",
    "Node",
    "PageAnnotation",
    "annotate",
    "annotation_of",
    "facts_of",
    "labels_without_class",
    "labels_without_number",
]
