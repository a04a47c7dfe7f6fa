from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from smashcima.engravers.verovio import VerovioEngraver, keep_layouts
from smashcima.engravers.verovio import engraver as verovio_engraver
from smashcima.engraving import Engraving, LayoutOptions
from smashcima.engraving.layout_cache import LayoutCache
from smashcima.engraving.primitives import Disc
from smashcima.engraving.storing import StoredLayouts, code_fingerprint, pack_layout, unpack_layout
from smashcima.loading import load_score

SONG = Path(__file__).parents[2] / "short_song.musicxml"
TUNE = "X:1\nL:1/4\nK:C\nCDEF|GABc|\n"


def laid_out() -> Engraving:
    return VerovioEngraver().engrave(load_score(SONG).score, LayoutOptions(page="A5 landscape"))


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are equal in content and types, arrays included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and bool((one == other).all())
    if dataclasses.is_dataclass(one):
        return all(is_same(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(is_same(one[key], other[key]) for key in one)
    return bool(one == other)


class Maker:
    """Lays out and counts how often."""

    def __init__(self) -> None:
        self.layout = laid_out()
        self.calls = 0

    def __call__(self) -> Engraving:
        self.calls += 1
        return self.layout


def test_a_layout_is_the_same_after_a_round_trip_through_json() -> None:
    layout = laid_out()
    assert len(layout.pages) == 2
    assert is_same(unpack_layout(json.loads(json.dumps(pack_layout(layout))), layout.mei or ""), layout)


def test_arrays_of_a_stored_layout_cannot_be_changed() -> None:
    layout = laid_out()
    unpacked = unpack_layout(json.loads(json.dumps(pack_layout(layout))), "")
    curves = [each for page in unpacked.pages for each in page.primitives if hasattr(each, "outer")]
    assert curves
    assert not any(curve.outer.flags.writeable for curve in curves)


def test_another_process_finds_a_layout(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(3):  # a store of its own in each process
        found = StoredLayouts(tmp_path, 10**9).get(["A5"], make.layout.mei or "", make)
        assert is_same(found, make.layout)
    assert make.calls == 1


@pytest.mark.parametrize("change", ["options", "music"])
def test_other_options_and_other_music_have_another_layout(tmp_path: Path, change: str) -> None:
    make = Maker()
    store = StoredLayouts(tmp_path, 10**9)
    store.get(["A5"], "<mei/>", make)
    store.get(["A4"] if change == "options" else ["A5"], "<mei/>" if change == "options" else "<mei />", make)
    assert make.calls == 2


@pytest.mark.parametrize("content", [b"", b"no zlib", b"x\x9c\x03\x00\x00\x00\x00\x01", None])
def test_a_damaged_file_is_written_again(tmp_path: Path, content: bytes | None) -> None:
    make = Maker()
    store = StoredLayouts(tmp_path, 10**9)
    store.get([], "<mei/>", make)
    (path,) = tmp_path.rglob("*.z")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert is_same(store.get([], "<mei/>", make), dataclasses.replace(make.layout))
    assert make.calls == 2
    assert path.read_bytes() == whole


def test_a_directory_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    make = Maker()
    assert StoredLayouts(tmp_path / "file", 10**9).get([], "<mei/>", make) is make.layout


def test_primitives_of_other_classes_are_not_stored(tmp_path: Path) -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Smudge(Disc):
        pass

    make = Maker()
    page = make.layout.pages[0]
    disc = next(each for each in page.primitives if isinstance(each, Disc))
    smudge = Smudge(**{field.name: getattr(disc, field.name) for field in dataclasses.fields(Disc)})
    make.layout = dataclasses.replace(
        make.layout, pages=(dataclasses.replace(page, primitives=(smudge,), belonging=None),)
    )
    assert StoredLayouts(tmp_path, 10**9).get([], "<mei/>", make) is make.layout
    assert not list(tmp_path.rglob("*.z"))


def test_edited_code_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("one = 1\n")
    before = code_fingerprint(str(tmp_path))
    code_fingerprint.cache_clear()
    (tmp_path / "module.py").write_text("one = 11\n")
    assert code_fingerprint(str(tmp_path)) != before


def test_data_sets_keep_layouts_unless_they_are_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path))
    monkeypatch.setattr(verovio_engraver, "_layouts", LayoutCache())
    score = load_score(data=TUNE, format="abc").score
    try:
        monkeypatch.setenv("SMASHCIMA_LAYOUT_CACHE_MB", "0")
        keep_layouts()
        VerovioEngraver().engrave(score, LayoutOptions(page="A6"))
        assert not (tmp_path / "layouts").exists()
        monkeypatch.setenv("SMASHCIMA_LAYOUT_CACHE_MB", "10")
        keep_layouts()
        VerovioEngraver().engrave(score, LayoutOptions(page="A5"))
        assert len(list((tmp_path / "layouts").rglob("*.z"))) == 1
    finally:
        monkeypatch.setenv("SMASHCIMA_LAYOUT_CACHE_MB", "0")
        keep_layouts()
