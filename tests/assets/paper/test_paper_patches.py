from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from smashcima.assets.paper import PaperPatch, paper_patches_from_folder, propose_patches, read_patch
from smashcima.errors import AssetError, CorruptAssetError


def test_a_folder_gives_its_pictures_in_the_order_of_their_names(tmp_path: Path):
    for name, level in (("b.png", 20), ("a.JPG", 10), ("c.tif", 30)):
        cv2.imwrite(str(tmp_path / name), np.full((70, 80, 3), level, np.uint8))
    (tmp_path / "notes.txt").write_text("no picture")
    patches = paper_patches_from_folder(tmp_path, dpi=200)
    assert [(patch.name, int(patch.pixels[0, 0, 0]), patch.dpi) for patch in patches] == [
        ("a", 10, 200),
        ("b", 20, 200),
        ("c", 30, 200),
    ]


@pytest.mark.parametrize(
    "image, wanted",
    [
        (np.full((66, 67), 90, np.uint8), (90, 90, 90)),
        (np.full((66, 67, 4), (10, 20, 30, 255), np.uint8), (10, 20, 30)),
        (np.full((66, 67, 4), (10, 20, 30, 0), np.uint8), (255, 255, 255)),
        (np.full((66, 67, 3), 0x8080, np.uint16), (128, 128, 128)),
    ],
)
def test_any_kind_of_picture_becomes_three_channels(tmp_path: Path, image, wanted):
    cv2.imwrite(str(tmp_path / "a.png"), image)
    patch = read_patch(tmp_path / "a.png", 300)
    assert patch.pixels.shape == (66, 67, 3)
    assert patch.pixels.dtype == np.uint8
    assert tuple(patch.pixels[5, 5].tolist()) == wanted


def test_what_is_no_folder_or_has_no_picture_is_an_error(tmp_path: Path):
    with pytest.raises(AssetError, match="is not a folder"):
        paper_patches_from_folder(tmp_path / "none", 300)
    with pytest.raises(AssetError, match="There are no images"):
        paper_patches_from_folder(tmp_path, 300)


def test_a_file_that_is_no_picture_is_an_error(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"not a picture")
    with pytest.raises(CorruptAssetError, match="a.png is not an image"):
        paper_patches_from_folder(tmp_path, 300)
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(CorruptAssetError, match="0 bytes"):
        paper_patches_from_folder(tmp_path, 300)


def test_patches_are_checked():
    with pytest.raises(AssetError, match="BGR"):
        PaperPatch(np.zeros((64, 64, 4), np.uint8), 300)
    with pytest.raises(AssetError, match="pixels per inch"):
        PaperPatch(np.zeros((64, 64, 3), np.uint8), 5)


# -- proposals ---------------------------------------------------------------------------------------------


def page_with_staves() -> np.ndarray:
    """A page at 150 DPI, 1200 x 1600 px, grainy, darker below: five lines at y = 300, a table on the right from x = 1100."""
    rng = np.random.default_rng(0)
    page = np.full((1600, 1200), 215.0) - np.linspace(0, 40, 1600)[:, None] + rng.normal(0, 2, (1600, 1200))
    for line in range(5):
        page[300 + 11 * line : 302 + 11 * line, 80:1000] -= 110
    page[900:980, 300:330] -= 90  # a blot
    page[:, 1100:] = 30
    return np.clip(page, 0, 255).astype(np.uint8)


def test_proposals_are_free_of_ink_and_do_not_overlap():
    page = page_with_staves()
    found = propose_patches(page, dpi=150)
    assert len(found) == 3  # above the staff, and on both sides of the blot
    taken = np.zeros(page.shape, int)
    ink = np.zeros(page.shape, bool)
    for line in range(5):
        ink[300 + 11 * line : 302 + 11 * line, 80:1000] = True
    ink[900:980, 300:330] = True
    ink[:, 1100:] = True
    for patch in found:
        part = np.s_[patch.y : patch.y + patch.height, patch.x : patch.x + patch.width]
        assert not ink[part].any(), patch
        assert min(patch.width, patch.height) >= 70  # 12 mm at 150 DPI are 71 px, less what rounding takes
        taken[part] += 1
    assert taken.max() == 1


def test_the_largest_free_rectangle_comes_first():
    found = propose_patches(page_with_staves(), dpi=150)
    areas = [patch.width * patch.height for patch in found]
    assert areas == sorted(areas, reverse=True)
    # Right of the blot there are 330 to 1100 by 346 to 1600; a margin is kept.
    assert 0.9 * 770 * 1254 < areas[0] < 770 * 1254


def test_proposals_on_a_colour_page_are_the_same():
    page = page_with_staves()
    assert propose_patches(np.repeat(page[:, :, None], 3, axis=2), 150) == propose_patches(page, 150)


def test_a_page_full_of_ink_has_no_proposals():
    page = np.full((600, 600), 220, np.uint8)
    page[::12] = 40
    assert propose_patches(page, 150) == []


def test_a_proposal_is_a_row_of_a_table():
    row = propose_patches(page_with_staves(), 150, most=1)[0].row("p1", 150, note="found")
    assert (row.identifier, row.dpi, row.note) == ("p1", 150, "found")
    assert 700 < row.width < 770


def test_what_makes_no_sense_is_an_error():
    with pytest.raises(AssetError, match="uint8"):
        propose_patches(np.zeros((50, 50)), 300)  # type: ignore[arg-type]
    with pytest.raises(AssetError, match="pixels per inch"):
        propose_patches(np.zeros((50, 50), np.uint8), 0)
