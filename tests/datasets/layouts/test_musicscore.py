"""MusicScore: pages with the fields of IMSLP, captions and subsets."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from smashcima.datasets.generation import Record
from smashcima.datasets.layouts.musicscore import MusicScoreLayout, caption
from smashcima.errors import PlanError


def records(count: int, pieces: int) -> list[Record]:
    return [
        Record(
            f"{number:06}",
            number,
            "train",
            {
                "jpg": b"picture",
                "musicscore.json": b'{"Work Title": "Air", "Key": "A major", "Instrumentation": "violin"}',
            },
            {"sample": number, "source": f"piece{number % pieces}.mxl", "page": number % 3, "Genre": "Airs"},
        )
        for number in range(count)
    ]


def written(root: Path, layout: MusicScoreLayout, count: int = 12, pieces: int = 4) -> Path:
    writer = layout.open_shard(root, 0)
    for record in records(count, pieces):
        writer.write(record)
    writer.close()
    layout.finish(root, 1)
    return root


def test_pages_are_named_by_score_and_page(tmp_path: Path):
    root = written(tmp_path, MusicScoreLayout())
    names = sorted(path.name for path in root.glob("train/*.jpg"))
    assert names[:3] == ["S000000_1.jpg", "S000001_2.jpg", "S000002_3.jpg"]


def test_metadata_has_the_fields_of_imslp_in_the_names_of_imslp(tmp_path: Path):
    root = written(tmp_path, MusicScoreLayout())
    metadata = json.loads((root / "metadata.json").read_text())
    assert len(metadata) == 12
    assert metadata["S000004"] == {
        "Work Title": "Air",
        "Key": "A major",
        "Instrumentation": "violin",
        "Genre": "Airs",
        "ID": "S000004",
    }


def test_captions_follow_the_pattern_of_the_paper(tmp_path: Path):
    root = written(tmp_path, MusicScoreLayout())
    line = json.loads((root / "train" / "metadata.jsonl").read_text().splitlines()[0])
    assert line == {
        "file_name": "S000000_1.jpg",
        "text": "a music score, instrumentation is violin, key is A major",
    }
    assert caption({"Instrumentation": "piano"}) == "a music score, instrumentation is piano"
    assert caption({}) == "a music score"


def subset(root: Path, size: str) -> list[str]:
    return (root / "subsets" / f"{size}.txt").read_text().split()


def test_the_small_subset_has_whole_pieces_and_the_medium_one_is_part_of_the_large_one(tmp_path: Path):
    root = written(tmp_path, MusicScoreLayout(small=4, medium=5))
    small, medium, large = (subset(root, size) for size in ("small", "medium", "large"))
    assert (len(small), len(medium), len(large)) == (6, 5, 6)
    assert set(medium) < set(large)
    assert not set(small) & set(large)
    pieces = {int(re.search(r"S(\d+)", name)[1]) % 4 for name in small}
    assert len(pieces) == 2


def test_by_default_the_sizes_are_the_shares_of_the_paper(tmp_path: Path):
    root = written(tmp_path, MusicScoreLayout(), count=600, pieces=600)
    sizes = {size: len(subset(root, size)) for size in ("small", "medium", "large")}
    assert sizes == {"small": 1, "medium": 43, "large": 599}


def test_a_single_piece_is_in_the_large_subset(tmp_path: Path):
    root = written(tmp_path, MusicScoreLayout(), pieces=1)
    assert (len(subset(root, "small")), len(subset(root, "large"))) == (0, 12)


def test_facts_come_from_the_score(write):
    _, root = write({"name": "musicscore"})
    facts = json.loads((root / "metadata.json").read_text())
    assert set(facts) == {"S000000", "S000001", "S000002"}
    assert facts["S000000"]["Key"].endswith(("major", "minor"))


@pytest.mark.parametrize(
    ("image", "message"), [({"crops": "staves"}, "whole pages"), ({"format": "png"}, "JPEG")]
)
def test_unsuitable_images_are_refused(write, image: dict[str, str], message: str):
    with pytest.raises(PlanError, match=message):
        write({"name": "musicscore"}, image=image)
