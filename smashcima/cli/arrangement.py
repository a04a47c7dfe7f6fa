"""Where the files of `smashcima render` go: side by side, or in a tree as trainers read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.cli.splits import Splits

if TYPE_CHECKING:
    from smashcima.cli.samples import Sample

TREE_HELP = (
    "Put files of each kind into a folder of their own (images, labels, masks, ...), with one COCO document for all pages. "
    "The format yolo always does."
)

_PAGE = r"(?P<page>.+-p\d+)"
_KINDS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), folder, name)
    for pattern, folder, name in (
        # Trainers look for masks and labels under the name of the image.
        (_PAGE + r"\.(?P<mask>semantic|instance|staff_lines)(?P<end>\.\w+)", "masks/{mask}", "{page}{end}"),
        (_PAGE + r"-(?P<kind>labels|boxes|outlines|masks|layout)(?P<end>\.\w+)", "overlays", "{page}{end}"),
        (_PAGE + r"(?P<end>\.(?:png|jpg))", "images", "{page}{end}"),
        (_PAGE + r"(?P<end>\.txt)", "labels", "{page}{end}"),
        (_PAGE + r"\.voc(?P<end>\.xml)", "voc", "{page}{end}"),
        (_PAGE + r"\.labelstudio(?P<end>\.json)", "label_studio", "{page}{end}"),
        (_PAGE + r"(?P<end>\.coco\.json)", "coco", "{page}{end}"),
        (_PAGE + r"(?P<end>\.deepscores\.json|\.deepscores_seg\.png)", "deepscores", "{page}{end}"),
        (_PAGE + r"(?P<end>\.xml)", "pagexml", "{page}{end}"),
        (_PAGE + r"(?P<end>\.alignment\.json)", "alignment", "{page}{end}"),
        (r"(?P<stem>.+-p\d+-s\d+-st\w+)(?P<end>\.\w+)", "staves", "{stem}{end}"),
        (r"(?P<stem>.+-p\d+-s\d+)(?P<end>\.\w+)", "systems", "{stem}{end}"),
        (r"(?P<stem>.+)\.(?P<level>systems|staves)(?P<end>\.jsonl)", "{level}/lists", "{stem}{end}"),
        (r"(?P<stem>.+)(?P<end>\.(?P<kind>record|timemap)\.json)", "{kind}", "{stem}{end}"),
        (r"(?P<stem>.+)\.(?P<kind>\w+)", "{kind}", "{stem}.{kind}"),
    )
)
"""For each kind of file: the pattern of its name, the folder, and the name there. The first that matches counts."""


@dataclass(frozen=True)
class Arrangement:
    """Flat, or a tree with a folder for each kind of file, and folders for the parts of a data set in these."""

    is_tree: bool = False
    splits: Splits | None = None

    @staticmethod
    def of_options(names: tuple[str, ...], tree: bool, split: str | None) -> Arrangement:
        """The arrangement of the options; raises `SettingsError` for a malformed one."""
        splits = None if split is None else Splits.of_option(split)
        return Arrangement(tree or splits is not None or "yolo" in names, splits)

    def place(self, name: str, sample: Sample) -> str:
        """Returns the path of a file of a sample in the output folder, from its name."""
        if not self.is_tree:
            return name
        part = "" if self.splits is None else f"/{self.splits.of(sample.source)}"
        for pattern, folder, new_name in _KINDS:
            found = pattern.fullmatch(name)
            if found is not None:
                parts = found.groupdict()
                return f"{folder.format(**parts)}{part}/{new_name.format(**parts)}"
        return name

    def arrange(self, folder: Path, sample: Sample) -> None:
        """Moves the files of a sample, which are side by side in a folder, to their places in it."""
        if not self.is_tree:
            return
        for path in sorted(folder.iterdir()):
            target = folder / self.place(path.name, sample)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
