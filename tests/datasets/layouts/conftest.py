"""Small data sets in any layout."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest

from smashcima.datasets.generation import GenerationPlan, Record, SampleMaker
from smashcima.datasets.layouts import make_layout
from smashcima.datasets.running import OutputFolder, write_shard

Write = Callable[..., tuple[GenerationPlan, Path]]


@pytest.fixture(scope="session")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `scores` with two equal scores of six measures, in the returned folder."""
    folder = tmp_path_factory.mktemp("data_sets")
    song = ET.parse(Path(__file__).parent.parent.parent / "short_song.musicxml")
    for part in song.iterfind("part"):
        for measure in part.findall("measure")[6:]:
            part.remove(measure)
    (folder / "scores").mkdir()
    for number in range(2):
        song.write(folder / "scores" / f"song{number}.musicxml", encoding="utf-8", xml_declaration=True)
    return folder


class RepeatedMaker(SampleMaker):
    """Makes each sample once for all tests; drawing takes most of their time."""

    _samples: ClassVar[dict[tuple[str, int], list[Record]]] = {}

    def make(self, index: int) -> Iterator[Record]:
        key = (self.plan.digest, index)
        if key not in self._samples:
            self._samples[key] = list(super().make(index))
        yield from self._samples[key]


@pytest.fixture(scope="session")
def write(scores: Path) -> Write:
    """Writes a data set of three samples in two shards; returns its plan and folder. Equal arguments share one."""
    done: dict[str, tuple[GenerationPlan, Path]] = {}
    numbers = count()

    def write(layout: dict[str, Any], *, order=(0, 1), **fields: Any) -> tuple[GenerationPlan, Path]:
        key = repr((layout, order, fields))
        if key not in done:
            plan = plan_of(layout, scores, **fields)
            made, output = make_layout(plan.layout), OutputFolder(scores / f"out{next(numbers)}")
            output.open(plan)
            maker = RepeatedMaker(plan)
            for shard in order:
                write_shard(maker, made, output, shard)
            made.finish(output.root, 2)
            done[key] = plan, output.root
        return done[key]

    return write


@pytest.fixture(scope="session")
def made() -> Callable[[GenerationPlan], list[Record]]:
    """The records of a plan, as they are made."""

    def made(plan: GenerationPlan) -> list[Record]:
        maker = RepeatedMaker(plan)
        return [record for index in range(plan.count) for record in maker.make(index)]

    return made


def plan_of(layout: dict[str, Any], folder: Path, **fields: Any) -> GenerationPlan:
    data = {
        "version": 1,
        "seed": 2,  # samples 0 and 2 are in `train`, sample 1 in `test`
        "count": 3,
        "sources": [{"folder": "scores"}],
        "model": {"model": "handwritten", "options": {"hand": "pen", "page": "120x60"}},
        "image": {"dpi": 60},
        "labels": ["musicxml"],
        "layout": {"samples_per_shard": 2, **layout},
        "splits": {"train": 1, "test": 1},
        **fields,
    }
    return GenerationPlan.from_data(data, folder=folder)
