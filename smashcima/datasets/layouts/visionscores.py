"""VisionScores: systems of piano music for two hands, in gray, all of one size."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import Files, LabelContext, write_labels
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.companions import FOLDER, read_companions, splits, write_companions
from smashcima.datasets.layouts.layout import Layout, ShardWriter, in_order
from smashcima.datasets.layouts.piece_facts import key_name, objection_to_two_hands
from smashcima.errors import PlanError
from smashcima.imaging import ImageLayer, ProjectiveMap, encode_image
from smashcima.scene.visual.page import GrandStaff, System

if TYPE_CHECKING:
    from smashcima.datasets.generation.plan import GenerationPlan

WIDTH, HEIGHT = 512, 128
STATISTICS = "statistics.json"
TABLE = "metadata.jsonl"

_FACTS = "visionscores.json"
_LEFT_OUT = "left_out"
_PADDINGS = ("white", "paper")
_CROPS = ("systems", "grand staves")
_WHITE = (255, 255, 255, 255)
_QUALITY = 95
_INK_DARKER_BY = 64
"""Difference in gray from the paper, from which a pixel counts as ink."""


class VisionScoresLayout(Layout):
    """`train/000000-00000.jpg`: 128 × 512 px in gray, one system for two hands at the piano each.

    A system is scaled, averaging over areas, until it fits into the image, and padded on both sides to its size; so its
    proportions are kept. Labels with positions belong to the padded image. `train/metadata.jsonl` has a line for each image
    with title, composer, key, page reference and system index (from 0, in the whole piece); Hugging Face `datasets` reads
    it as an image folder. `statistics.json` sums the data set up. Other music than that for two hands at the piano is left
    out, and counted there with the reason.

    Options: `padding`, `white` (default) or `paper` for the median colour of the edges of the system; `scenario`, a name
    stated in the metadata, such as `sonatinas`.
    """

    NAME = "visionscores"
    FIELDS = ("padding", "scenario")

    def __init__(self, padding: str = "white", scenario: str | None = None) -> None:
        self.padding = padding
        self.scenario = scenario
        self._labels: tuple[str, ...] = ()

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> VisionScoresLayout:
        padding = where.at("padding").text(options.get("padding", "white"), _PADDINGS)
        scenario = options.get("scenario")
        return cls(padding, where.at("scenario").text(scenario) if scenario is not None else None)

    def prepare(self, plan: GenerationPlan) -> None:
        if plan.image.crops not in _CROPS:
            raise PlanError(
                f"image.crops: VisionScores has one system in each image; choose from {', '.join(_CROPS)}, "
                f"not {plan.image.crops!r}"
            )
        if plan.image.format != "jpg":
            raise PlanError(
                f"image.format: VisionScores has JPEG images; choose jpg, not {plan.image.format}"
            )
        self._labels = plan.labels

    def files_for(self, context: LabelContext) -> Files:
        objection = objection_to_two_hands(context.score)
        if objection is not None:
            return {_FACTS: _json({"left_out": objection})}
        image = fitted(context.image, self.padding)
        gray = image.as_gray()
        cropped = context.cropped
        system = cropped.system if isinstance(cropped, GrandStaff) else cropped
        score = context.scene.score
        facts = {
            "title": score.title,
            "composer": score.composer,
            "key": key_name(score),
            "system_index": system.index if isinstance(system, System) else None,
            "scenario": self.scenario,
            "ink_share": round(_ink_share(gray), 5),
        }
        labels, _ = write_labels(self._labels, replace(context, image=image))
        return {"jpg": encode_image(gray, ".jpg", jpeg_quality=_QUALITY), **labels, _FACTS: _json(facts)}

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _SystemWriter(folder, shard)

    def finish(self, root: Path, shards: int) -> None:
        statistics = _Statistics()
        for split in splits(root):
            with (root / split / TABLE).open("w", encoding="utf-8", newline="\n") as table:
                for record in read_companions(root, split):
                    row = _row(record)
                    statistics.add(row)
                    table.write(json.dumps(row, ensure_ascii=False) + "\n")
        for path in sorted((root / _LEFT_OUT).glob("*.json")):
            statistics.left_out.update(each["reason"] for each in json.loads(path.read_bytes()))
        text = json.dumps(statistics.to_data(), ensure_ascii=False, indent=1) + "\n"
        (root / STATISTICS).write_text(text, encoding="utf-8")

    @classmethod
    def find(cls, root: Path) -> Layout | None:
        found = (root / STATISTICS).is_file() and any((root / FOLDER).glob(f"*/*.{_FACTS}"))
        return cls() if found else None

    def read(self, root: Path) -> Iterator[Record]:
        yield from in_order(self._read_split(root, split) for split in splits(root))

    def _read_split(self, root: Path, split: str) -> Iterator[Record]:
        for record in read_companions(root, split):
            image = (root / split / f"{record.key}.jpg").read_bytes()
            yield replace(record, files={"jpg": image, **record.files})


def fitted(image: ImageLayer, padding: str = "white") -> ImageLayer:
    """Scales an image into 512 × 128 px with its proportions, and pads it evenly on both sides.

    `padding` is `white`, or `paper` for the median colour of its edges.
    """
    scale = min(WIDTH / image.width, HEIGHT / image.height)
    left, top = (
        round((full - side * scale) / 2) for full, side in ((WIDTH, image.width), (HEIGHT, image.height))
    )
    way = ProjectiveMap.scaling(scale, scale).then(ProjectiveMap.translation(left, top))
    around = _WHITE if padding == "white" else _edge_colour(image)
    result = image.warped(way, WIDTH, HEIGHT, around)
    return replace(result, dpi=image.dpi * scale, regions=result.regions.clipped(WIDTH, HEIGHT))


def _edge_colour(image: ImageLayer) -> tuple[int, int, int, int]:
    pixels = image.bitmap
    edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    blue, green, red = (int(value) for value in np.median(edges[:, :3], axis=0))
    return blue, green, red, 255


def _ink_share(gray: np.ndarray[Any, np.dtype[np.uint8]]) -> float:
    return float((gray < float(np.median(gray)) - _INK_DARKER_BY).mean())


def _row(record: Record) -> dict[str, Any]:
    """The line of an image in the table of its split."""
    facts = json.loads(record.files[_FACTS])
    source, page = record.metadata["source"], record.metadata["page"] + 1
    return {
        "file_name": f"{record.key}.jpg",
        "piece": source,
        "page_reference": f"{source}, page {page}",
        **facts,
    }


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


class _SystemWriter(ShardWriter):
    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder
        self._shard = shard
        self._left_out: list[dict[str, str]] = []

    def write(self, record: Record) -> None:
        reason = json.loads(record.files[_FACTS]).get("left_out")
        if reason is not None:
            self._left_out.append(
                {"image": record.key, "source": record.metadata["source"], "reason": reason}
            )
            return
        (self._folder / record.split).mkdir(exist_ok=True)
        (self._folder / record.split / f"{record.key}.jpg").write_bytes(record.files["jpg"])
        write_companions(record, self._folder, {"jpg"})

    def close(self) -> None:
        if self._left_out:
            path = self._folder / _LEFT_OUT / f"{self._shard:06}.json"
            path.parent.mkdir()
            path.write_text(json.dumps(self._left_out, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class _Statistics:
    """Numbers of systems by piece, composer and key, and the share of ink."""

    def __init__(self) -> None:
        self.pieces: Counter[str] = Counter()
        self.composers: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()
        self.ink: list[float] = []
        self.left_out: Counter[str] = Counter()

    def add(self, row: Mapping[str, Any]) -> None:
        self.pieces[row["piece"]] += 1
        self.composers[row["composer"] or "unknown"] += 1
        self.keys[row["key"] or "unknown"] += 1
        self.ink.append(row["ink_share"])

    def to_data(self) -> dict[str, Any]:
        return {
            "systems": len(self.ink),
            "pieces": len(self.pieces),
            "composers": len(self.composers),
            "systems_per_piece": _spread(list(self.pieces.values())),
            "systems_per_composer": dict(self.composers.most_common()),
            "systems_per_key": dict(self.keys.most_common()),
            "ink_share": _spread(self.ink),
            "left_out": dict(self.left_out.most_common()),
        }


def _spread(values: list[int] | list[float]) -> dict[str, float] | None:
    """Mean, standard deviation, least and greatest of values; `None` without values."""
    if not values:
        return None
    array = np.array(values, np.float64)
    numbers = {"mean": array.mean(), "deviation": array.std(), "least": array.min(), "greatest": array.max()}
    return {name: round(float(value), 5) for name, value in numbers.items()}
