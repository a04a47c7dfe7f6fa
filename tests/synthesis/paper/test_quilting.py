from __future__ import annotations

import cv2
import numpy as np
import pytest

from smashcima.assets.paper import PaperPatch
from smashcima.errors import SettingsError
from smashcima.geometry import Rectangle
from smashcima.randomness import stream
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.paper import PaperSheet, PaperStyle, QuiltedPaperSynthesizer, QuiltTexture
from smashcima.synthesis.paper.quilting import least_cut, quilt
from smashcima.synthesis.paper.tile import BIAS


def patch_picture(seed: int, rows: int = 150, columns: int = 180) -> np.ndarray:
    """Blotches of a few pixels, whose blocks hardly ever agree by chance."""
    rng = np.random.default_rng(seed)
    field = cv2.GaussianBlur(rng.normal(0, 1, (rows, columns, 3)).astype(np.float32), (0, 0), 4)
    return np.clip(180 + 300 * field, 0, 255).astype(np.uint8)


PATCHES = [patch_picture(seed) for seed in range(5)]
SMALL = [patch_picture(seed, 110, 120) for seed in (0, 1)]


def rng() -> np.random.Generator:
    return stream(0, 0, "quilt")


# -- cuts --------------------------------------------------------------------------------------------------


def test_a_cut_follows_the_way_of_least_error():
    errors = np.array([[9, 1, 9, 9], [9, 9, 1, 9], [9, 9, 9, 1], [9, 9, 1, 9]], np.float32)
    assert least_cut(errors).tolist() == [1, 2, 3, 2]


def test_a_cut_moves_by_one_column_at_most():
    errors = np.array([[0, 9, 9, 9], [9, 9, 9, 0], [0, 9, 9, 9]], np.float32)
    assert np.abs(np.diff(least_cut(errors))).max() <= 1


def test_no_cut_is_cheaper():
    """Against all cuts of a small strip, one by one."""
    errors = np.random.default_rng(3).random((6, 4)).astype(np.float32)
    rows = np.arange(6)

    def cheapest(path: list[int]) -> float:
        if len(path) == 6:
            return float(errors[rows, path].sum())
        ways = range(4) if not path else range(max(0, path[-1] - 1), min(3, path[-1] + 1) + 1)
        return min(cheapest([*path, way]) for way in ways)

    assert errors[rows, least_cut(errors)].sum() == pytest.approx(cheapest([]))


# -- quilts ------------------------------------------------------------------------------------------------


def test_every_pixel_comes_from_a_patch():
    made = quilt(PATCHES, 260, 48, 12, rng())
    assert made.pixels.shape == (288, 288, 3)  # eight steps of 36 px
    number, row, column = (made.sources[:, :, index] for index in range(3))
    assert set(np.unique(number)) == {0, 1, 2, 3, 4}
    for index, patch in enumerate(PATCHES):
        some = number == index
        assert np.array_equal(made.pixels[some], patch[row[some], column[some]])


def test_cuts_cost_less_than_straight_ones():
    made = quilt(PATCHES, 260, 48, 12, rng())
    assert 0 < made.seam_cost < 0.6 * made.straight_cost


def seam_ratio(picture: np.ndarray, sources: np.ndarray, axis: int) -> float:
    """Mean step between neighbours from different places of the patches, relative to that between others."""
    values = np.moveaxis(picture.astype(float), axis, 0)
    places = np.moveaxis(sources, axis, 0)
    # The last row is followed by the first one: the quilt tiles the plane.
    step = np.abs(np.roll(values, -1, axis=0) - values).mean(axis=2)
    along = np.roll(places, -1, axis=0) - places
    wanted = np.zeros(3, int)
    wanted[1 + axis] = 1
    seam = (along != wanted).any(axis=2)
    assert seam.any()
    return float(step[seam].mean() / step[~seam].mean())


@pytest.mark.parametrize("axis", [0, 1])
def test_blocks_agree_where_they_meet_around_the_edge_too(axis: int):
    made = quilt(PATCHES, 260, 48, 12, rng())
    # Blocks at random places, uncut, for comparison.
    draws = np.random.default_rng(0)
    size = 36
    random = np.zeros_like(made.pixels)
    sources = np.zeros_like(made.sources)
    for top in range(0, 288, size):
        for left in range(0, 288, size):
            y, x = draws.integers((150 - size, 180 - size))
            random[top : top + size, left : left + size] = PATCHES[0][y : y + size, x : x + size]
            sources[top : top + size, left : left + size, 1] = np.arange(y, y + size)[:, None]
            sources[top : top + size, left : left + size, 2] = np.arange(x, x + size)[None, :]
    assert seam_ratio(made.pixels, made.sources, axis) < 0.5 * seam_ratio(random, sources, axis)


def test_quilts_are_repeated_by_their_seed():
    one, same = (quilt(PATCHES[:2], 100, 48, 12, rng()) for _ in range(2))
    other = quilt(PATCHES[:2], 100, 48, 12, stream(1, 0, "quilt"))
    assert np.array_equal(one.pixels, same.pixels)
    assert not np.array_equal(one.pixels, other.pixels)


def test_patches_that_are_too_small_are_left_out():
    made = quilt([PATCHES[0][:40], PATCHES[1]], 100, 48, 12, rng())
    assert set(np.unique(made.sources[:, :, 0])) == {1}


def test_quilts_of_nothing_are_refused():
    with pytest.raises(SettingsError, match="sizes of patches: 180 x 40"):
        quilt([PATCHES[0][:40]], 100, 48, 12, rng())
    with pytest.raises(SettingsError, match="sizes of patches: none"):
        quilt([], 100, 48, 12, rng())
    with pytest.raises(SettingsError, match="overlap by 2 to 24 px"):
        quilt(PATCHES, 100, 48, 30, rng())


# -- textures ----------------------------------------------------------------------------------------------


def patches(dpi: float = 100) -> list[PaperPatch]:
    return [PaperPatch(picture, dpi, f"{index}") for index, picture in enumerate(SMALL)]


def test_a_texture_has_the_colour_of_its_patches():
    texture = QuiltTexture(patches())
    assert texture.color == pytest.approx(tuple(np.mean(SMALL, axis=(0, 1, 2))))
    for plane in texture.tile(100).planes:
        assert abs(float(plane.mean()) - BIAS) < 1


def test_patches_of_different_tone_are_brought_to_one():
    dark, light = PATCHES[0] // 2, PATCHES[0] // 2 + 100
    _, prepared = QuiltTexture([PaperPatch(dark, 100), PaperPatch(light, 100)]).make_quilt(100)
    assert np.abs(prepared[0].astype(int) - prepared[1]).max() <= 1


def test_shading_of_a_patch_is_taken_away():
    shaded = np.clip(PATCHES[0] // 2 + np.linspace(0, 100, 180)[None, :, None], 0, 255).astype(np.uint8)
    _, (prepared,) = QuiltTexture([PaperPatch(shaded, 100)]).make_quilt(100)
    assert abs(prepared[:, :60].mean() - prepared[:, -60:].mean()) < 12


@pytest.mark.parametrize("dpi, factor", [(50, 0.5), (100, 1.0), (200, 2.0), (400, 4.0)])
def test_detail_keeps_its_size_in_millimetres(dpi: float, factor: float):
    """The distance at which the texture no longer resembles itself, in pixels, is in proportion to the resolution."""

    def reach(plane: np.ndarray) -> float:
        level = plane.astype(float) - plane.mean()
        spectrum = np.abs(np.fft.fft2(level)) ** 2
        likeness = np.fft.ifft2(spectrum).real[0]
        likeness /= likeness[0]
        below = int(np.argmax(likeness < 0.5))
        before, after = likeness[below - 1], likeness[below]
        return below - 1 + (before - 0.5) / (before - after)

    usual = reach(QuiltTexture(patches()).tile(100).planes[0])
    assert reach(QuiltTexture(patches()).tile(dpi).planes[0]) == pytest.approx(usual * factor, rel=0.15)


def test_textures_are_equal_if_their_patches_are():
    one, same = QuiltTexture(patches()), QuiltTexture(patches())
    assert one == same
    assert len({one, same, one.with_seed(1), QuiltTexture(patches(150))}) == 3
    assert one.tile(100) is same.tile(100)
    assert one.tile(100) is not one.with_seed(1).tile(100)


def test_textures_of_nothing_are_refused():
    with pytest.raises(SettingsError, match="there is none"):
        QuiltTexture([])
    with pytest.raises(SettingsError, match="'tiny' has 180 x 20 px"):
        QuiltTexture([PaperPatch(PATCHES[0][:20], 100, "tiny")])


def test_sheets_are_cut_from_quilts():
    synthesizer = QuiltedPaperSynthesizer(patches(), np.random.default_rng(0))
    synthesizer.dpi = 100
    synthesizer.style = PaperStyle(mottling=0.0, unevenness=0.0)
    space = AffineSpace()
    one, other = (synthesizer.synthesize_paper(space, Rectangle(0, 0, 60, 80)) for _ in range(2))
    assert one.bitmap.shape == (315, 237, 4)
    assert (one.bitmap[:, :, 3] == 255).all()
    assert not np.array_equal(one.bitmap, other.bitmap)
    mean = one.bitmap[:, :, :3].mean(axis=(0, 1))
    assert np.abs(mean - np.mean(SMALL, axis=(0, 1, 2))).max() < 4
    assert one.bitmap[:, :, 0].std() == pytest.approx(
        np.mean([patch[:, :, 0].std() for patch in SMALL]), rel=0.25
    )


def test_the_same_generator_gives_the_same_sheets():
    def drawn() -> np.ndarray:
        synthesizer = QuiltedPaperSynthesizer(patches(), np.random.default_rng(4))
        synthesizer.dpi = 100
        return synthesizer.synthesize_paper(AffineSpace(), Rectangle(0, 0, 40, 40)).bitmap

    assert np.array_equal(drawn(), drawn())


def test_pages_are_cut_from_one_quilt_at_least():
    synthesizer = QuiltedPaperSynthesizer(patches(), np.random.default_rng(0))
    with pytest.raises(SettingsError, match="at least 1, not 0"):
        synthesizer.quilts = 0
    synthesizer.quilts = 1
    seeds = {
        synthesizer.synthesize_paper(AffineSpace(), Rectangle(0, 0, 9, 9)).sheet.texture for _ in range(5)
    }
    assert seeds == {QuiltTexture(patches())}


def test_a_quilted_sheet_may_age():
    style = PaperStyle(mottling=0.0, unevenness=0.0, gutter=0.4)
    image = PaperSheet(style, 60, 80, 1, texture=QuiltTexture(patches())).draw(100)
    assert image[:, :6, 1].mean() < image[:, 120:, 1].mean() - 25
