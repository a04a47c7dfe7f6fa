"""Layout of MusiCorpus data sets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.image_spec import ImageSpec
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.layout import Layout, ShardWriter
from smashcima.datasets.layouts.musicorpus.manifest import OPTIONS, Manifest
from smashcima.datasets.layouts.musicorpus.page_facts import CHOICES
from smashcima.datasets.layouts.musicorpus.page_files import (
    COCO,
    COCO_PARTS,
    FACTS,
    IDS,
    IMAGE_PARTS,
    LAYOUT,
    TRANSCRIPTIONS,
    page_files,
)
from smashcima.datasets.layouts.musicorpus.texts import licence_text, readme
from smashcima.errors import PlanError

if TYPE_CHECKING:
    from smashcima.datasets.generation.plan import GenerationPlan


SPLITS = ("train", "validation", "test")
"""Names of splits in `splits.json`."""

_METADATA = "smashcima.json"
"""Name of the file with the metadata of a record."""

_OTHER = "smashcima."
"""Beginning of the names of files that MusiCorpus does not define."""


class MusiCorpusLayout(Layout):
    """MusiCorpus 1.0: a folder for each page, with its systems, grand staves and staves cropped.

    Options: the fields of `musicorpus.json`, of which `short_institution_name`, `short_dataset_name` and `created_at` are
    required; `margin_ss`, the margin around crops in staff spaces; and `clarity`, that of all pages. Images are JPEG of
    whole pages. Splits are named `train`, `validation` and `test`.
    """

    NAME = "musicorpus"
    FIELDS = (*OPTIONS, "margin_ss", "clarity")
    own_labels: ClassVar[tuple[str, ...]] = ("coco", "mung", "musicxml")

    def __init__(self, manifest: Manifest, margin_ss: float = 1.0, clarity: str | None = None) -> None:
        self.manifest = manifest
        self.margin_ss = margin_ss
        self.clarity = clarity
        self._image = ImageSpec()

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> MusiCorpusLayout:
        margin = where.at("margin_ss").number(options.get("margin_ss", 1.0), 0, 20)
        clarity = options.get("clarity")
        if clarity is not None:
            clarity = where.at("clarity").text(clarity, CHOICES["clarity"])
        return cls(Manifest.from_options(options, where), margin, clarity)

    def prepare(self, plan: GenerationPlan) -> None:
        for name, value, allowed in (
            ("format", plan.image.format, "jpg"),
            ("crops", plan.image.crops, "none"),
        ):
            if value != allowed:
                raise PlanError(
                    f"image.{name}: the layout musicorpus demands {allowed}, not {value}: its pages are JPEG, and "
                    "systems and staves are cropped by the layout."
                )
        other = [name for name in plan.splits if name not in SPLITS]
        if other:
            raise PlanError(
                f"splits: MusiCorpus has only {', '.join(SPLITS)}; rename {', '.join(map(repr, other))}."
            )
        self._image = plan.image

    def files_for(self, context: LabelContext) -> Files:
        return page_files(context, self.manifest, self._image, self.margin_ss, self.clarity)

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _PageWriter(folder / self.manifest.folder)

    def finish(self, root: Path, shards: int) -> None:
        folder = root / self.manifest.folder
        folder.mkdir(exist_ok=True)
        splits: dict[str, list[str]] = {name: [] for name in SPLITS}
        music: dict[str, Counter[str]] = {}
        parts: Counter[str] = Counter()
        for page in _pages(folder):
            metadata = json.loads((page / _METADATA).read_bytes())
            splits[metadata["split"]].append(page.name)
            music.setdefault(metadata["licence"], Counter())[metadata["source"]] += 1
            parts.update(path.parent.parent.name for path in page.glob("*/*/image.jpg"))
        _write_json(folder / "musicorpus.json", self.manifest.to_data())
        _write_json(folder / "splits.json", splits)
        (folder / "README.md").write_text(readme(self.manifest, splits, parts, music), encoding="utf-8")
        (folder / "LICENSE.txt").write_text(licence_text(self.manifest, music), encoding="utf-8")

    @classmethod
    def find(cls, root: Path) -> MusiCorpusLayout | None:
        for path in sorted(root.glob("*.*/musicorpus.json")):
            data = json.loads(path.read_bytes())
            return cls(Manifest.from_options(data, Where(name=str(path))))
        return None

    def read(self, root: Path) -> Iterator[Record]:
        for page in _pages(root / self.manifest.folder):
            metadata = json.loads((page / _METADATA).read_bytes())
            split = metadata.pop("split")
            files = {
                _suffix(path.relative_to(page).as_posix()): path.read_bytes()
                for path in sorted(page.rglob("*"))
                if path.is_file() and path.name != _METADATA
            }
            yield Record(page.name, metadata["sample"], split, files, metadata)


class _PageWriter(ShardWriter):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, record: Record) -> None:
        page = self._folder / record.key
        for suffix, content in record.files.items():
            path = page / _name(suffix)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _write_json(page / _METADATA, {**record.metadata, "split": record.split})


def _pages(folder: Path) -> list[Path]:
    """The folders of pages that this layout wrote, in the order of samples."""
    return sorted(path.parent for path in folder.glob(f"*/{_METADATA}"))


_DEFINED = (COCO, IDS, LAYOUT, FACTS, IMAGE_PARTS, COCO_PARTS)
_NAMES = {"jpg": "image.jpg", **TRANSCRIPTIONS}
_SUFFIXES = {name: suffix for suffix, name in _NAMES.items()}


def _name(suffix: str) -> str:
    """The path of a file in the folder of its page. Files that MusiCorpus does not define begin with `smashcima.`."""
    if suffix in _NAMES:
        return _NAMES[suffix]
    return suffix if "/" in suffix or suffix in _DEFINED else _OTHER + suffix


def _suffix(name: str) -> str:
    """The reverse of `_name`."""
    return _SUFFIXES.get(name, name.removeprefix(_OTHER))


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=False) + "\n", encoding="utf-8")
