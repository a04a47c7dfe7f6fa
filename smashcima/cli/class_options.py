"""The options `--classes`, `--keep`, `--drop` and `--merge`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import SettingsError

if TYPE_CHECKING:
    from smashcima.exporting.classes import ClassSelection

CLASSES_HELP = (
    "Classes of coco, yolo, mung, masks, voc and labelstudio: detector (drawn symbols without frames and groups), muscima, "
    "deepscores, doremi; a vocabulary of `smashcima classes`; or a YAML or JSON file with your own class names and their "
    "labels. By default, those of each format."
)
KEEP_HELP = "Classes to write, comma-separated; all others are left out. Repeatable."
DROP_HELP = "Classes to leave out, comma-separated. Repeatable."
MERGE_HELP = "One class for several: head=noteheadBlack+noteheadHalf. Repeatable."


def selection_of_options(
    classes: str | None, keep: Sequence[str] | None, drop: Sequence[str] | None, merge: Sequence[str] | None
) -> ClassSelection | None:
    """Returns the selection of the options; `None` if none is given.

    Raises:
        SettingsError: an option is malformed.
        ExportError: a class or vocabulary does not exist, or a class would be lost.
    """
    if classes is None and not keep and not drop and not merge:
        return None
    from smashcima.exporting.classes import ClassSelection, read_selection

    if classes is None:
        chosen = ClassSelection()
    elif Path(classes).suffix.lower() in (".yaml", ".yml", ".json"):
        chosen = read_selection(classes)
    else:
        chosen = ClassSelection.of(classes)
    return chosen.narrowed(_names(keep) if keep else None, _names(drop or ()), _merges(merge or ()))


def _names(given: Iterable[str]) -> list[str]:
    return [name.strip() for each in given for name in each.split(",") if name.strip()]


def _merges(given: Iterable[str]) -> dict[str, list[str]]:
    merges: dict[str, list[str]] = {}
    for text in given:
        new, equals, old = text.partition("=")
        names = [name.strip() for name in old.split("+") if name.strip()]
        if not equals or not new.strip() or not names:
            raise SettingsError(
                f"--merge {text} must be a new name and the classes it stands for, such as head=noteheadBlack+noteheadHalf."
            )
        merges.setdefault(new.strip(), []).extend(names)
    return merges
