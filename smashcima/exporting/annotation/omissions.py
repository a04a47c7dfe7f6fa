"""What is left out of exports of a picture because there is no class for it."""

from __future__ import annotations

from collections import Counter

from smashcima.errors import Issue
from smashcima.exporting.annotation.page_annotation import PageAnnotation
from smashcima.exporting.classes import ClassSelection


def labels_without_class(annotation: PageAnnotation, classes: ClassSelection) -> list[Issue]:
    """An issue for each label that gets no class, with how many of it there are."""
    counts = Counter(
        node.sign.label
        for node in annotation.nodes
        if classes.class_of_node(node.sign, node.scene_object) is None
    )
    return [
        Issue("page", label, f"{count} left out: no class of {classes.vocabulary!r} is exported for it")
        for label, count in counts.items()
    ]
