"""MusicScore: pages with metadata in the field names of IMSLP, and captions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.companions import read_companions, splits, write_companions
from smashcima.datasets.layouts.layout import Layout, ShardWriter, in_order
from smashcima.datasets.layouts.piece_facts import instrumentation, key_name
from smashcima.errors import PlanError

if TYPE_CHECKING:
    from smashcima.datasets.generation.plan import GenerationPlan

METADATA = "metadata.json"
CAPTIONS = "metadata.jsonl"
SUBSETS = "subsets"

INFORMATION = (
    "Work Title", "Alternative Title", "Composer", "I-Catalogue Number", "Key", "Movements/Sections",
    "Year/Date of Composition", "First Publication", "Librettist", "Language", "Average Duration", "Composer Time Period",
    "Piece Style", "Instrumentation", "Genre",
)  # fmt: skip
"""Fields of the section "General Information" of IMSLP, in its order."""

_FACTS = "musicscore.json"
_PAPER_SMALL, _PAPER_MEDIUM, _PAPER_LARGE = 403, 14_656, 204_800
"""Numbers of pages of the three sizes of MusicScore."""


class MusicScoreLayout(Layout):
    """`train/S000012_3.jpg`: score ID and number of the page, from 1.

    Each sample draws its score anew, so it has its own score ID: `S` and the number of the sample. `metadata.json` has the
    fields of `INFORMATION` that are known for each score ID; a source can add fields by their names in the metadata of its
    scores. `train/metadata.jsonl` has a caption for each image, as Hugging Face `datasets` reads it. `subsets/` has the
    names of the images of three sizes: `small.txt`, all pages of a few pieces; `large.txt`, all other pages; and
    `medium.txt`, a random part of `large.txt`.

    Options: `small` and `medium`, numbers of pages; by default the same shares of the data set as those of MusicScore: 403
    and 14,656 of 204,800.
    """

    NAME = "musicscore"
    FIELDS = ("small", "medium")

    def __init__(self, small: int | None = None, medium: int | None = None) -> None:
        self.small = small
        self.medium = medium

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> MusicScoreLayout:
        return cls(**{name: where.at(name).integer(value, 1) for name, value in options.items()})

    def prepare(self, plan: GenerationPlan) -> None:
        if plan.image.crops != "none":
            raise PlanError(f"image.crops: MusicScore has whole pages; choose none, not {plan.image.crops!r}")
        if plan.image.format != "jpg":
            raise PlanError(f"image.format: MusicScore has JPEG images; choose jpg, not {plan.image.format}")

    def files_for(self, context: LabelContext) -> Files:
        score = context.scene.score
        facts = {
            "Work Title": score.title,
            "Composer": score.composer,
            "Key": key_name(score),
            "Librettist": score.lyricist,
            "Instrumentation": instrumentation(score),
        }
        known = {name: value for name, value in facts.items() if value}
        return {_FACTS: json.dumps(known, ensure_ascii=False).encode()}

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _PageWriter(folder)

    def finish(self, root: Path, shards: int) -> None:
        scores: dict[str, dict[str, str]] = {}
        pages: list[tuple[str, str]] = []
        for split in splits(root):
            with (root / split / CAPTIONS).open("w", encoding="utf-8", newline="\n") as captions:
                for record in read_companions(root, split):
                    name, facts = image_name(record), _general_information(record)
                    scores[facts["ID"]] = facts
                    pages.append((record.metadata["source"], f"{split}/{name}"))
                    line = {"file_name": name, "text": caption(facts)}
                    captions.write(json.dumps(line, ensure_ascii=False) + "\n")
        text = json.dumps(scores, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (root / METADATA).write_text(text, encoding="utf-8")
        (root / SUBSETS).mkdir(exist_ok=True)
        for size, names in self._subsets(pages).items():
            (root / SUBSETS / f"{size}.txt").write_text(
                "".join(f"{name}\n" for name in names), encoding="utf-8"
            )

    def _subsets(self, pages: list[tuple[str, str]]) -> dict[str, list[str]]:
        """Names of images by size, sorted. `pages` are pairs of piece and name."""
        small_count = self.small if self.small is not None else _share(_PAPER_SMALL, len(pages))
        medium_count = self.medium if self.medium is not None else _share(_PAPER_MEDIUM, len(pages))
        by_piece: dict[str, list[str]] = {}
        for piece, name in pages:
            by_piece.setdefault(piece, []).append(name)
        small: list[str] = []
        for piece in sorted(by_piece, key=_drawn):
            # Whole pieces, like the small set of the paper; one piece at least is left for the others.
            if len(small) >= small_count or len(small) + len(by_piece[piece]) == len(pages):
                break
            small += by_piece[piece]
        large = sorted({name for _, name in pages}.difference(small))
        return {
            "small": sorted(small),
            "medium": sorted(sorted(large, key=_drawn)[:medium_count]),
            "large": large,
        }

    @classmethod
    def find(cls, root: Path) -> Layout | None:
        found = (root / METADATA).is_file() and (root / SUBSETS).is_dir()
        return cls() if found else None

    def read(self, root: Path) -> Iterator[Record]:
        yield from in_order(self._read_split(root, split) for split in splits(root))

    def _read_split(self, root: Path, split: str) -> Iterator[Record]:
        for record in read_companions(root, split):
            image = (root / split / image_name(record)).read_bytes()
            yield replace(record, files={"jpg": image, **record.files})


def caption(facts: Mapping[str, str]) -> str:
    """The caption of a page, in the pattern of MusicScore; facts that are unknown are left out.

    `a music score, instrumentation is violin, key is A major`
    """
    parts = ["a music score"]
    if "Instrumentation" in facts:
        parts.append(f"instrumentation is {facts['Instrumentation']}")
    if "Key" in facts:
        parts.append(f"key is {facts['Key']}")
    return ", ".join(parts)


def image_name(record: Record) -> str:
    """`scoreID_pageIndex.jpg`."""
    return f"{_score_id(record)}_{record.metadata['page'] + 1}.jpg"


def _score_id(record: Record) -> str:
    return f"S{record.key}"


def _general_information(record: Record) -> dict[str, str]:
    """The known fields of a record: those of its source, then those of its score."""
    known = {
        **json.loads(record.files[_FACTS]),
        **{k: str(v) for k, v in record.metadata.items() if k in INFORMATION},
    }
    return {**{name: known[name] for name in INFORMATION if name in known}, "ID": _score_id(record)}


def _share(pages: int, total: int) -> int:
    """The number of pages that is the same share of a total as in MusicScore, at least 1."""
    return max(1, round(pages * total / _PAPER_LARGE))


def _drawn(name: str) -> bytes:
    """Sorts names in an order that is random, but the same in every run."""
    return hashlib.sha256(name.encode()).digest()


class _PageWriter(ShardWriter):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, record: Record) -> None:
        (self._folder / record.split).mkdir(exist_ok=True)
        (self._folder / record.split / image_name(record)).write_bytes(record.files["jpg"])
        write_companions(record, self._folder, {"jpg"})
