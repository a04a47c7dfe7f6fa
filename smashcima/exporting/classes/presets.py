"""Options of `ClassSelection` for ready-made selections, and for vocabularies of one's own."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from smashcima.errors import ExportError
from smashcima.exporting.classes.vocabulary import vocabulary
from smashcima.scene.visual.labels.dynamics import DYNAMIC_WORDS

Options = dict[str, Any]
"""Options of a `ClassSelection`, by name."""

_FRAMES = frozenset(
    "page system grandStaff staff systemMeasure grandStaffMeasure staffMeasure staffSpace staffLine".split()
)
"""Areas that contain symbols, and the lines on which all of them stand."""

_GROUPS = frozenset(
    "keySignature timeSignature tuplet measureSeparator repeat staffGrouping dynamicText generic".split()
)
"""Names that only groups of symbols have."""


def _detector() -> Options:
    """The labels of the table of classes that are drawn symbols, each pixel at most once."""
    words = {label.rpartition("::")[2] for label in DYNAMIC_WORDS}
    # The table lists the labels of common music; rows with a trait are not labels.
    labels = (row for row in vocabulary("mung").rules if "@" not in row)
    return {"keep": [label for label in labels if label not in _FRAMES | _GROUPS | words], "groups": False}


_PRESETS: Mapping[str, Callable[[], Options]] = MappingProxyType(
    {
        "detector": _detector,
        "muscima": lambda: {"vocabulary": "muscimapp2"},
        "deepscores": lambda: {"vocabulary": "deepscores"},
        "doremi": lambda: {"vocabulary": "doremi"},
    }
)

CLASS_PRESETS = tuple(_PRESETS)
"""Names of the ready-made selections.

`detector` has the drawn symbols without frames (staves, measures, systems, staff lines), groups and dynamics of
several letters, whose letters have classes of their own; so boxes of different levels do not cover each other.
The others have all classes of a data set.
"""


def preset_options(name: str) -> Options:
    """Returns the options of a ready-made selection; one of `CLASS_PRESETS`."""
    return _PRESETS[name]()


def own_vocabulary_options(classes: Mapping[str, str | Iterable[str]]) -> Options:
    """Returns the options for a vocabulary of one's own: labels of Smashcima by class name.

    Classes are numbered in the order of the mapping. Labels that it does not name are not exported.

    Raises:
        ExportError: a name is not a text, a class has no label, a label does not exist, or two classes have the same one.
    """
    known = vocabulary("smashcima").classes
    merge: dict[str, list[str]] = {}
    for name, given in classes.items():
        labels = [given] if isinstance(given, str) else list(given) if isinstance(given, Iterable) else []
        if not isinstance(name, str) or not labels or not all(isinstance(label, str) for label in labels):
            raise ExportError(
                f"The class {name!r} must have the name of a label, or a list of names of labels."
            )
        for label in labels:
            if label not in known:
                close = difflib.get_close_matches(label, known, 1)
                hint = f" (closest: {close[0]!r})" if close else ""
                raise ExportError(
                    f"The class {name!r} names the label {label!r}, which does not exist{hint}. `smashcima classes "
                    "smashcima` lists all labels."
                )
        merge[name] = labels
    if not merge:
        raise ExportError("A vocabulary must have at least one class.")
    keep = [label for labels in merge.values() for label in labels]
    return {"keep": keep, "merge": merge, "order": tuple(merge)}
