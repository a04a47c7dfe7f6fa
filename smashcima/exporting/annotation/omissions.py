"""Omissions of exports because of labels without a class."""

from __future__ import annotations

from collections import Counter

from smashcima.errors import Issue
from smashcima.exporting.annotation.page_annotation import PageAnnotation
from smashcima.exporting.classes import ClassSelection


def labels_without_class(annotation: PageAnnotation, classes: ClassSelection) -> list[Issue]:
    """Returns an issue for each label without a class, with the number of objects."""
    counts = Counter(
        node.sign.label
        for node in annotation.nodes
        if classes.class_of_node(node.sign, node.scene_object) is None
    )
    return [
        Issue("page", label, f"{count} left out: no class of {classes.vocabulary!r} is exported for it")
        for label, count in counts.items()
    ]


def labels_without_number(annotation: PageAnnotation, classes: ClassSelection) -> list[Issue]:
    """Returns an issue for each class that is not in `classes.classes`, such as a label of the user."""
    numbered = frozenset(classes.classes)
    names = (classes.class_of_node(node.sign, node.scene_object) for node in annotation.nodes)
    counts = Counter(name for name in names if name is not None and name not in numbered)
    return [
        Issue("page", name, f"{count} left out: the class has no number; name it in `add` of the selection")
        for name, count in counts.items()
    ]
