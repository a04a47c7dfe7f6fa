"""The truth about one picture as every annotation format needs it: whole signs, what holds them, and how they belong together."""

from smashcima.exporting.annotation.annotate import annotate
from smashcima.exporting.annotation.facts import facts_of
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.omissions import omitted_labels
from smashcima.exporting.annotation.page_annotation import PageAnnotation

__all__ = ["Node", "PageAnnotation", "annotate", "facts_of", "omitted_labels"]
