"""Pictures in folders become glyphs."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.assets.glyphs import GlyphStore, glyphs_from_folder
from smashcima.errors import AssetError, CorruptAssetError, SettingsError, UnsupportedLabelError


def head(width: int = 50, height: int = 40) -> NDArray[np.uint8]:
    """A black ellipse of 30 × 20 px on white, with its middle at (25, 20)."""
    picture = np.full((height, width), 255, np.uint8)
    rows, columns = np.mgrid[:height, :width] + 0.5
    picture[((columns - 25) / 15) ** 2 + ((rows - 20) / 10) ** 2 <= 1] = 0
    return picture


def save(path: Path, picture: NDArray[np.uint8]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), picture)


def test_a_folder_of_pictures_becomes_a_store(tmp_path: Path):
    save(tmp_path / "noteheadBlack" / "a.png", head())
    save(tmp_path / "noteheadBlack" / "b.png", head())
    save(
        tmp_path / "smashcima__legerLine" / "a.png",
        np.pad(np.zeros((3, 40), np.uint8), 8, constant_values=255),
    )
    store = glyphs_from_folder(tmp_path, staff_space_px=20, writer="me")
    assert store.labels == ("smashcima::legerLine", "smufl::noteheadBlack")
    assert store.writers == ("me",)
    first, second = store.of("smufl::noteheadBlack", "me")
    assert store.source(first)[0] == "noteheadBlack/a.png"
    assert store.sizes[first].tolist() == [30, 20]
    assert np.array_equal(store.mask(first), 255 - head()[10:30, 10:40])
    assert np.array_equal(store.mask(first), store.mask(second))


def test_the_middle_comes_to_where_the_printed_symbol_has_it(tmp_path: Path):
    """A printed notehead is 1.18 spaces wide and has its origin at the left: its middle is 11.8 px right of that."""
    save(tmp_path / "noteheadBlack" / "a.png", head())
    store = glyphs_from_folder(tmp_path, staff_space_px=20)
    assert store.origins_px[0].tolist() == pytest.approx([15 - 11.8, 10], abs=0.01)


def test_lines_get_their_ends(tmp_path: Path):
    save(tmp_path / "legerLine" / "a.png", np.pad(np.zeros((4, 40), np.uint8), 8, constant_values=255))
    store = glyphs_from_folder(tmp_path, staff_space_px=20)
    assert store.starts_px[0].tolist() == [0, 2]
    assert store.ends_px[0].tolist() == [40, 2]
    assert store.origins_px[0].tolist() == [0, 2]


def test_origins_are_read_from_csv(tmp_path: Path):
    save(tmp_path / "noteheadBlack" / "a.png", head())
    save(tmp_path / "stem" / "a.png", np.pad(np.zeros((60, 4), np.uint8), 8, constant_values=255))
    (tmp_path / "origins.csv").write_text(
        "file,x,y,start_x,start_y,end_x,end_y,staff_space_px\n"
        "noteheadBlack/a.png,10,20.5,,,,,24\n"
        "stem/a.png,,,10,68,10,8,\n"
    )
    store = glyphs_from_folder(tmp_path, staff_space_px=20)
    assert store.origins_px[0].tolist() == [0, 10.5]
    assert store.staff_spaces_px.tolist() == [24, 20]
    assert store.starts_px[1].tolist() == [2, 60]
    assert store.ends_px[1].tolist() == [2, 0]
    assert store.origins_px[1].tolist() == [2, 60]


def test_origins_are_read_from_json(tmp_path: Path):
    save(tmp_path / "gClef" / "a.png", head())
    (tmp_path / "origins.json").write_text(json.dumps({"gClef/a.png": {"origin": [12, 30]}}))
    assert glyphs_from_folder(tmp_path, staff_space_px=20).origins_px[0].tolist() == [2, 20]


def test_transparency_and_light_ink_are_understood(tmp_path: Path):
    ink = 255 - head()
    clear = np.zeros((*ink.shape, 4), np.uint8)
    clear[..., 3] = ink
    save(tmp_path / "noteheadBlack" / "clear.png", clear)
    save(tmp_path / "noteheadBlack" / "light.png", ink)
    save(tmp_path / "noteheadBlack" / "plain.png", np.repeat(head()[..., None], 3, axis=2))
    store = glyphs_from_folder(tmp_path, staff_space_px=20)
    assert len(store) == 3
    for index in (0, 1):
        assert np.array_equal(store.mask(index), store.mask(2))


def test_writers_may_have_folders(tmp_path: Path):
    save(tmp_path / "Anna" / "gClef" / "a.png", head())
    save(tmp_path / "Bela" / "gClef" / "a.png", head())
    store = glyphs_from_folder(tmp_path, staff_space_px=20)
    assert store.writers == ("Anna", "Bela")
    assert store.of("smufl::gClef", "Bela").tolist() == [1]


def test_the_size_may_be_given_by_resolution(tmp_path: Path):
    save(tmp_path / "gClef" / "a.png", head())
    store = glyphs_from_folder(tmp_path, dpi=254, staff_space_mm=2)
    assert store.staff_spaces_px.tolist() == [20]


def test_a_store_may_be_written(tmp_path: Path):
    save(tmp_path / "pictures" / "gClef" / "a.png", head())
    glyphs_from_folder(tmp_path / "pictures", staff_space_px=20, path=tmp_path / "mine.glyphs")
    assert len(GlyphStore.open(tmp_path / "mine.glyphs")) == 1


def test_a_folder_of_no_label_is_an_error(tmp_path: Path):
    save(tmp_path / "gclef" / "a.png", head())
    with pytest.raises(UnsupportedLabelError, match="closest: smufl::gClef"):
        glyphs_from_folder(tmp_path, staff_space_px=20)


@pytest.mark.parametrize(
    "options",
    [{}, {"dpi": 300}, {"staff_space_mm": 2}, {"staff_space_px": 0}, {"staff_space_px": float("nan")}],
)
def test_sizes_that_make_no_sense_are_errors(tmp_path: Path, options: dict[str, float]):
    save(tmp_path / "gClef" / "a.png", head())
    with pytest.raises(SettingsError):
        glyphs_from_folder(tmp_path, **options)


def test_pictures_that_cannot_be_used_are_errors(tmp_path: Path):
    with pytest.raises(AssetError, match="no folder"):
        glyphs_from_folder(tmp_path / "nowhere", staff_space_px=20)
    with pytest.raises(AssetError, match="no images"):
        glyphs_from_folder(tmp_path, staff_space_px=20)
    save(tmp_path / "gClef" / "a.png", np.full((9, 9), 255, np.uint8))
    with pytest.raises(CorruptAssetError, match="no symbol"):
        glyphs_from_folder(tmp_path, staff_space_px=20)
    (tmp_path / "gClef" / "a.png").write_bytes(b"nonsense")
    with pytest.raises(CorruptAssetError, match="not a readable image"):
        glyphs_from_folder(tmp_path, staff_space_px=20)


@pytest.mark.parametrize(
    "name, text, error",
    [
        ("origins.csv", "picture,x\na,1\n", "cannot be parsed"),
        ("origins.csv", "file,x,y\ngClef/b.png,1,2\n", "gClef/b.png"),
        ("origins.json", "{", "cannot be parsed"),
        ("origins.json", '{"gClef/a.png": {"start": [1, 2]}}', "only one of the start and the end"),
        ("origins.json", '{"gClef/a.png": 3}', "cannot be parsed"),
    ],
)
def test_origins_that_make_no_sense_are_errors(tmp_path: Path, name: str, text: str, error: str):
    save(tmp_path / "gClef" / "a.png", head())
    (tmp_path / name).write_text(text)
    with pytest.raises(AssetError, match=error):
        glyphs_from_folder(tmp_path, staff_space_px=20)
