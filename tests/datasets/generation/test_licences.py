"""Licences of data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.generation.licences import permits_commercial_use
from smashcima.errors import PlanError


@pytest.mark.parametrize(
    "licence",
    ["own", "none needed", "CC0-1.0", "CC0 1.0", "CC BY 3.0", "CC-BY-4.0", "cc-by-sa-3.0", "CC BY-SA", "Public Domain",
     "MIT", "Apache-2.0", "BSD-3-Clause", "SIL OFL 1.1", "GPL-3.0-or-later"],
)  # fmt: skip
def test_licences_that_permit_commercial_use(licence: str):
    assert permits_commercial_use(licence)


@pytest.mark.parametrize(
    "licence",
    ["unknown", "", "CC BY-NC 4.0", "CC BY-NC-SA 4.0", "CC-BY-NC-ND-4.0", "CC BY-ND 4.0", "all rights reserved",
     "non-commercial use only", "as the library says for each page", "own; unknown", "MITRE"],
)  # fmt: skip
def test_other_licences_do_not(licence: str):
    assert not permits_commercial_use(licence)


def plan(
    tmp_path: Path, short_song: Path, source: dict[str, Any], model: Any, **fields: Any
) -> GenerationPlan:
    (tmp_path / "song.musicxml").write_bytes(short_song.read_bytes())
    data = {
        "version": 1,
        "count": 1,
        "sources": [{"files": ["song.musicxml"], **source}],
        "model": model,
        "image": {"dpi": 40},
        "licence": "commercial",
        **fields,
    }
    return GenerationPlan.from_data(data, folder=tmp_path)


@pytest.mark.parametrize("licence", [None, "CC BY-NC 4.0"])
def test_music_without_a_commercial_licence_is_refused(tmp_path: Path, short_song: Path, licence):
    source = {} if licence is None else {"licence": licence}
    said = licence or "unknown"
    with pytest.raises(PlanError, match=rf"sources\[0\]: .*licence of this music \({said}\) does not permit"):
        SampleMaker(plan(tmp_path, short_song, source, "printed"))


@pytest.mark.parametrize(
    "options",
    [{}, {"hand": "auto"}, {"hand": "muscima"}, {"writer": "W-07"}, {"hand": {"choose": ["pen", "muscima"]}}],
)
def test_hands_of_muscima_are_refused_before_anything_is_drawn(tmp_path: Path, short_song: Path, options):
    made = plan(tmp_path, short_song, {"licence": "CC0-1.0"}, {"model": "handwritten", "options": options})
    with pytest.raises(
        PlanError, match=r"model: .*MuscimaPPGlyphs, whose licence \(CC BY-NC-SA 4\.0\) .*`hand: pen`"
    ):
        SampleMaker(made)


@pytest.mark.parametrize("options", [{"hand": "pen"}, {"writer": "neat"}])
def test_the_pen_is_permitted(tmp_path: Path, short_song: Path, options):
    model = {"model": "handwritten", "options": options}
    SampleMaker(plan(tmp_path, short_song, {"licence": "CC0-1.0"}, model))


def test_bundles_in_services_are_refused(tmp_path: Path, short_song: Path):
    services = {
        "Paper": {
            "type": "Quilted",
            "patches": {"type": "AssetBundle", "name": "MzkPaperPatches", "version": "1"},
        }
    }
    model = {"model": "printed", "services": services}
    with pytest.raises(PlanError, match=r"MzkPaperPatches, whose licence \(as the library says"):
        SampleMaker(plan(tmp_path, short_song, {"licence": "own"}, model))


def test_records_say_what_they_are_made_from(tmp_path: Path, short_song: Path):
    model = {"model": "handwritten", "options": {"hand": "pen", "page": "120x60"}}
    (record,) = SampleMaker(plan(tmp_path, short_song, {"licence": "CC0-1.0"}, model)).make(0)
    assert record.metadata["made_from"] == [
        {"part": "music", "name": "song.musicxml", "licence": "CC0-1.0"},
        {"part": "hand", "name": "pen", "licence": "Apache-2.0"},
    ]


def test_records_name_the_asset_bundles_of_the_model(
    tmp_path: Path, short_song: Path, monkeypatch: pytest.MonkeyPatch
):
    from smashcima.orchestration import EngravedModel

    versions = {"bundle MuscimaPPGlyphs": "1 sha256:0123", "smashcima": "1"}
    monkeypatch.setattr(EngravedModel, "versions", property(lambda _: versions))
    made = plan(tmp_path, short_song, {}, {"model": "printed", "options": {"page": "120x60"}}, licence="any")
    (record,) = SampleMaker(made).make(0)
    music, bundle, _ = record.metadata["made_from"]
    assert music["licence"] == "unknown"
    assert (bundle["name"], bundle["licence"]) == ("MuscimaPPGlyphs", "CC BY-NC-SA 4.0")
    assert record.metadata["bundles"] == {"bundle MuscimaPPGlyphs": "1 sha256:0123"}
    commercial = plan(tmp_path, short_song, {"licence": "own"}, made.model)
    with pytest.raises(PlanError, match="MuscimaPPGlyphs"):
        list(SampleMaker(commercial).make(0))
