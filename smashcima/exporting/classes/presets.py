"""Ready-made selections of classes, and vocabularies of one's own."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from smashcima.errors import ExportError
from smashcima.exporting.classes.selection import ClassSelection
from smashcima.exporting.classes.vocabulary import vocabulary
from smashcima.scene.visual.labels.dynamics import DYNAMIC_WORDS

_FRAMES = frozenset(
    "page system grandStaff staff systemMeasure grandStaffMeasure staffMeasure staffSpace staffLine".split()
)
"""Areas that contain symbols, and the lines on which all of them stand."""

_GROUPS = frozenset(
    "keySignature timeSignature tuplet measureSeparator repeat staffGrouping dynamicText generic".split()
)
"""Names that only groups of symbols have."""

_SELECTION_FIELDS = ("vocabulary", "keep", "drop", "merge", "groups", "order", "add")


def _detector() -> ClassSelection:
    """The labels of the table of classes that are drawn symbols, each pixel at most once."""
    words = {label.rpartition("::")[2] for label in DYNAMIC_WORDS}
    # The table lists the labels of common music; rows with a trait are not labels.
    labels = (row for row in vocabulary("mung").rules if "@" not in row)
    return ClassSelection(
        keep=[label for label in labels if label not in _FRAMES | _GROUPS | words], groups=False
    )


CLASS_PRESETS: Mapping[str, Callable[[], ClassSelection]] = MappingProxyType(
    {
        "detector": _detector,
        "muscima": lambda: ClassSelection("muscimapp2"),
        "deepscores": lambda: ClassSelection("deepscores"),
        "doremi": lambda: ClassSelection("doremi"),
    }
)
"""Functions that make the ready-made selections, by name.

`detector` has the drawn symbols without frames (staves, measures, systems, staff lines), groups and dynamics of
several letters, whose letters have classes of their own; so boxes of different levels do not cover each other.
The others have all classes of a data set.
"""


def own_vocabulary(classes: Mapping[str, str | Iterable[str]]) -> ClassSelection:
    """Returns the selection of a vocabulary of one's own: labels of Smashcima by class name.

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
    return ClassSelection(keep=keep, merge=merge, order=tuple(merge))


def read_selection(path: str | Path) -> ClassSelection:
    """Reads a selection from a YAML or JSON file.

    The file has the fields of `ClassSelection` (except `split`), or is a vocabulary of one's own: a mapping from class
    names to labels.

    Raises:
        ExportError: the file cannot be read, or is not a selection.
    """
    import yaml

    path = Path(path)
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ExportError(f"The classes in {path} cannot be read: {error}.") from error
    if not isinstance(data, Mapping):
        raise ExportError(
            f"{path} must be a mapping from class names to labels, or have fields of a ClassSelection."
        )
    try:
        if data.keys() <= set(_SELECTION_FIELDS):
            return ClassSelection(**_checked(data))
        return own_vocabulary(data)
    except ExportError as error:
        raise ExportError(f"{path}: {error}") from error


def _checked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a selection, if they have the types that `ClassSelection` expects."""
    kinds = {"vocabulary": str, "groups": bool, "merge": Mapping}
    for name, value in data.items():
        kind = kinds.get(name, list)
        if not isinstance(value, kind):
            raise ExportError(f"{name} must be of type {kind.__name__.lower()}, not {type(value).__name__}.")
    merge = {
        new: [names] if isinstance(names, str) else names for new, names in data.get("merge", {}).items()
    }
    return {**data, "merge": merge}
