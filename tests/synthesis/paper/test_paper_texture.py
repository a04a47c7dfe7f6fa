from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from smashcima.randomness import stream
from smashcima.synthesis.paper import PaperSheet, PaperStyle
from smashcima.synthesis.paper.enlarging import pieces, textured, widened
from smashcima.synthesis.paper.noise import band_noise, clouds, tiling_clouds
from smashcima.synthesis.paper.tile import BIAS, Tile, TileStore, make_tile, tile_of, tile_side


def rng(name: str = "test") -> np.random.Generator:
    return stream(0, 0, name)


@pytest.mark.parametrize("name", PaperStyle.preset_names())
def test_the_seam_of_a_texture_does_not_show(name: str):
    """Neighbours across the seam differ no more than neighbours elsewhere do, in the two directions and at three scales."""
    import cv2

    tile = make_tile(PaperStyle.preset(name), 150)
    plane = tile.planes[0].astype(np.float32)
    for blur in (0, 2, 6):
        around = cv2.copyMakeBorder(plane, 32, 32, 32, 32, cv2.BORDER_WRAP)
        soft = around if blur == 0 else cv2.GaussianBlur(around, (0, 0), blur)
        for field in (soft, soft.T):
            steps = np.abs(np.diff(field[32:-31], axis=0)).mean(axis=1)
            # The last one is the step over the seam.
            inner = steps[:-1]
            assert steps[-1] <= inner.mean() + 4 * inner.std() + 1e-3


@pytest.mark.parametrize("name", PaperStyle.preset_names())
def test_a_texture_does_not_change_the_tone(name: str):
    tile = make_tile(PaperStyle.preset(name), 150)
    for plane in tile.planes:
        assert abs(float(plane.mean()) - BIAS) < 0.8
        assert (plane.shape[0] % 64, plane.shape[1] % 64) == (0, 0)


def test_grain_lies_in_the_band_of_paper():
    """Most of its power has wavelengths from 0.1 to 1.2 mm."""
    style = PaperStyle(grain=3.0, clouds=0.0, fibres=0.0, specks=0.0)
    plane = make_tile(style, 300).planes[0].astype(np.float64)
    power = np.abs(np.fft.fft2(plane - plane.mean())) ** 2
    frequency = np.fft.fftfreq(len(plane), d=25.4 / 300)
    radius = np.hypot(frequency[:, None], frequency[None, :])
    share = power[(radius > 1 / 1.2) & (radius < 1 / 0.1)].sum() / power.sum()
    assert share > 0.75
    assert plane.std() == pytest.approx(3.0, abs=0.2)


def test_laid_and_chain_lines_have_their_distances():
    style = PaperStyle(
        grain=0.0,
        clouds=0.0,
        fibres=0.0,
        specks=0.0,
        laid=4.0,
        laid_spacing=1.2,
        chains=4.0,
        chain_spacing=26,
    )
    plane = make_tile(style, 300).planes[0].astype(np.float64)
    side_mm = len(plane) * 25.4 / 300
    rows = np.abs(np.fft.rfft(plane.mean(axis=1) - plane.mean()))
    assert side_mm / np.argmax(rows) == pytest.approx(1.2, abs=0.05)
    columns = plane.mean(axis=0) - plane.mean()
    # 130 mm hold five chain lines, the lightest columns of all.
    lines = np.flatnonzero(
        (columns > 2.0) & (columns > np.roll(columns, 1)) & (columns >= np.roll(columns, -1))
    )
    assert len(lines) == 5
    across = make_tile(dataclasses.replace(style, chains_across=True), 300).planes[0]
    assert np.array_equal(across, plane.T.astype(np.uint8))


def test_coloured_fibres_need_three_planes():
    assert len(make_tile(PaperStyle.preset("recycled"), 100).planes) == 3
    assert len(make_tile(PaperStyle.preset("aged"), 100).planes) == 1


def test_specks_are_as_many_as_the_style_says():
    style = PaperStyle(grain=0.0, clouds=0.0, fibres=0.0, specks=0.5, speck_size=0.6, speck_contrast=60.0)
    import cv2

    plane = make_tile(style, 150).planes[0]
    count = cv2.connectedComponents((plane < BIAS - 8).astype(np.uint8))[0] - 1
    area = (len(plane) * 25.4 / 150 / 10) ** 2
    assert count == pytest.approx(0.5 * area, rel=0.15)


@pytest.mark.parametrize("dpi, side", [(10, 128), (72, 384), (300, 1536), (600, 3072), (2400, 4096)])
def test_tiles_are_of_bounded_size(dpi: float, side: int):
    assert tile_side(dpi) == side


def test_styles_that_differ_in_age_share_their_texture():
    style = PaperStyle.preset("aged")
    assert tile_of(style, 72) is tile_of(dataclasses.replace(style, red=200, foxing=0.0), 72)
    assert tile_of(style, 72) is not tile_of(dataclasses.replace(style, texture_seed=1), 72)


def test_the_store_keeps_what_was_used_last_and_no_more_than_its_size():
    store = TileStore(most_bytes=250)
    tiles = {name: Tile((np.zeros((10, 10), np.uint8),), 300) for name in "abc"}
    store.keep("a", tiles["a"])
    store.keep("b", tiles["b"])
    assert store.find("a") is tiles["a"]
    store.keep("c", tiles["c"])
    assert store.find("b") is None
    assert (store.find("a"), store.find("c")) == (tiles["a"], tiles["c"])
    assert (len(store), store.size_bytes) == (2, 200)
    large = Tile((np.zeros((100, 100), np.uint8),), 300)
    store.keep("large", large)
    assert (len(store), store.find("large")) == (1, large)


# -- noise -------------------------------------------------------------------------------------------------


def test_noise_is_normalised():
    for field in (band_noise(rng(), 128, 1.0, 3.0), tiling_clouds(rng(), 128, 20.0)):
        assert field.shape == (128, 128)
        assert abs(float(field.mean())) < 1e-3
        assert float(field.std()) == pytest.approx(1, abs=1e-3)


def test_clouds_have_about_deviation_one():
    values = np.concatenate([clouds(rng(f"{index}"), 60, 50, 9.0).ravel() for index in range(60)])
    assert values.std() == pytest.approx(1, abs=0.12)


# -- enlarging ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments, wanted",
    [
        ((10, 0, 4), [(0, 0, 4), (4, 0, 4), (8, 0, 2)]),
        ((5, 3, 4), [(0, 3, 1), (1, 0, 4)]),
        ((3, 3, 8, 4), [(0, 3, 2), (2, 3, 1)]),  # 3 and 7, then 11, which is 3 again
        ((3, 9, 8, 3), [(0, 1, 3)]),  # 1, 4, 7
        ((4, 0, 5, 2), [(0, 0, 3), (3, 1, 1)]),  # 0, 2, 4, then 6, which is 1
    ],
)
def test_pieces_walk_around_the_texture(arguments, wanted):
    assert pieces(*arguments) == wanted


@pytest.mark.parametrize("factor", [1, 2, 3, 4, 8])
def test_a_ramp_stays_a_ramp(factor: int):
    fine = np.tile(np.arange(0, 160, 8, dtype=np.uint8)[:, None], (3, 1, 4))
    wide = widened(np.pad(fine, ((0, 0), (1, 1), (0, 0)), mode="edge"), factor)
    assert wide.shape == (3, 20 * factor, 4)
    x = np.arange(20 * factor)
    wanted = ((x + 0.5) / factor - 0.5) * 8
    inside = slice(factor, -factor)
    for channel in range(4):
        assert np.abs(wide[1, inside, channel] - wanted[inside]).max() <= 0.51


@pytest.mark.parametrize("factor", [1, 2, 3, 4, 8])
def test_every_pixel_is_tone_plus_texture(factor: int):
    """A flat tone under a texture that tells places apart, at a size that is no multiple of anything."""
    texture = (np.arange(64 * 64).reshape(64, 64) % 61).astype(np.uint8)
    tile = Tile((texture,), 300)
    rows, columns = 777, 130
    fine = [np.full((-(-rows // factor), -(-columns // factor)), level, np.uint8) for level in (10, 20, 30)]
    for seed in range(6):
        draws = stream(seed, 0, "x")
        image = textured(fine, factor, tile, columns, rows, draws)
        again = stream(seed, 0, "x")
        left, top, mirror = int(again.integers(64)), int(again.integers(64)), int(again.integers(4))
        source = {0: texture[::-1], 1: texture[:, ::-1], 2: texture[::-1, ::-1], 3: texture}
        # OpenCV's codes: 0 flips rows, 1 columns, -1 both.
        flipped = source[{-1: 2, 0: 0, 1: 1, 2: 3}[mirror - 1]]
        wanted = flipped[(top + np.arange(rows))[:, None] % 64, (left + np.arange(columns))[None, :] % 64]
        for channel, level in enumerate((10, 20, 30)):
            assert np.array_equal(image[:, :, channel], wanted + level)
        assert (image[:, :, 3] == 255).all()


def test_pages_of_one_texture_do_not_repeat_each_other():
    style = dataclasses.replace(
        PaperStyle.preset("laid-18th-century"),
        gutter=0.0,
        edge_browning=0.0,
        mottling=0.0,
        dirt=0.0,
        unevenness=0.0,
    )
    one, other = (PaperSheet(style, 60, 60, seed=seed).draw(100)[:, :, 1].astype(float) for seed in (1, 2))
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.3
    assert not np.array_equal(one, other)
