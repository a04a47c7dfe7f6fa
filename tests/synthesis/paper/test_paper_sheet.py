from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import sys

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.synthesis.paper import PaperSheet, PaperStyle
from smashcima.synthesis.paper.tile import make_tile

PLAIN = PaperStyle(
    grain=0.0, clouds=0.0, fibres=0.0, specks=0.0, mottling=0.0, unevenness=0.0, red=240, green=230, blue=210
)
"""Nothing but its colour."""


def picture(
    style: PaperStyle | str, seed: int = 1, dpi: float = 100, number: int = 0, size=(120, 160)
) -> NDArray[np.uint8]:
    chosen = PaperStyle.preset(style) if isinstance(style, str) else style
    return PaperSheet(chosen, *size, seed=seed, book_seed=2, number=number).draw(dpi)


def digest(image: NDArray[np.uint8]) -> str:
    return hashlib.blake2b(image.tobytes(), digest_size=8).hexdigest()


def test_plain_paper_has_its_colour_everywhere():
    image = picture(PLAIN)
    assert image.shape == (630, 473, 4)  # 160 and 120 mm at 100 DPI are 629.9 and 472.4 px
    assert (image == (210, 230, 240, 255)).all()


@pytest.mark.parametrize("dpi, size_px", [(25.4, (120, 160)), (300, (1418, 1890)), (72, (341, 454))])
def test_a_sheet_has_the_size_of_its_resolution(dpi: float, size_px: tuple[int, int]):
    assert picture(PLAIN, dpi=dpi).shape[1::-1] == size_px


@pytest.mark.parametrize("size", [(0.01, 0.01), (0.5, 300), (300, 0.5)])
@pytest.mark.parametrize("name", ["aged", "parchment"])
def test_tiny_sheets_are_drawn(size: tuple[float, float], name: str):
    image = picture(name, dpi=72, size=size)
    assert image.size > 0
    assert image.shape[2] == 4


@pytest.mark.parametrize("name", PaperStyle.preset_names())
def test_the_same_sheet_is_the_same_bytes_and_another_one_is_not(name: str):
    assert digest(picture(name)) == digest(picture(name))
    assert digest(picture(name)) != digest(picture(name, seed=2))


def test_a_sheet_is_the_same_in_another_process():
    code = (
        "from smashcima.synthesis.paper import PaperSheet, PaperStyle; import hashlib;"
        "print(hashlib.blake2b(PaperSheet(PaperStyle.preset('aged'), 60, 80, seed=5, book_seed=6).draw(100).tobytes(),"
        " digest_size=8).hexdigest())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    here = digest(PaperSheet(PaperStyle.preset("aged"), 60, 80, seed=5, book_seed=6).draw(100))
    assert told == [here, here]


TONES = {
    "white-office": ((240, 255), (240, 255), (0, 8)),
    "recycled": ((205, 240), (195, 235), (2, 25)),
    "ivory-music": ((230, 252), (200, 232), (15, 45)),
    "cream-manuscript": ((210, 248), (160, 215), (25, 65)),
    "blue-laid": ((175, 220), (175, 225), (-15, 20)),
    "laid-18th-century": ((195, 240), (145, 205), (25, 65)),
    "aged": ((170, 225), (95, 165), (45, 95)),
    "parchment": ((205, 242), (150, 205), (28, 70)),
}
"""Bounds of the median of red and of blue, and of red less blue, by eye from photographs."""


@pytest.mark.parametrize("name", PaperStyle.preset_names())
def test_the_tone_of_a_preset_is_what_its_name_says(name: str):
    for seed in (1, 2, 3):
        blue, _, red, _ = np.median(picture(name, seed), axis=(0, 1))
        bounds = TONES[name]
        assert bounds[0][0] <= red <= bounds[0][1]
        assert bounds[1][0] <= blue <= bounds[1][1]
        assert bounds[2][0] <= red - blue <= bounds[2][1]


def test_presets_differ_in_tone_or_in_texture():
    def features(name: str) -> NDArray[np.float64]:
        plane = make_tile(PaperStyle.preset(name), 150).planes[0].astype(float)
        lines = plane.mean(axis=1).std() * 10  # laid lines
        return np.array([*picture(name)[:, :, :3].mean(axis=(0, 1)), lines, 10 * plane.std()])

    found = {name: features(name) for name in PaperStyle.preset_names()}
    names = list(found)
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            assert np.abs(found[name] - found[other]).max() > 3, (name, other)


@pytest.mark.parametrize("name", PaperStyle.preset_names())
def test_grain_is_subtle(name: str):
    """Fine contrast at 300 DPI: what differs from the average over 2 mm, away from edges and damage."""
    gray = picture(name, dpi=300, size=(60, 60))[150:550, 150:550, 1].astype(np.float32)
    fine = gray - cv2.GaussianBlur(gray, (0, 0), 12)
    contrast = float(np.median(np.abs(fine))) * 1.48
    assert 0.4 < contrast < 4.5


def test_low_resolution_averages_the_grain_away():
    style = dataclasses.replace(PLAIN, grain=4.0)
    assert picture(style, dpi=300, size=(40, 40)).std(axis=(0, 1))[0] > 2.5
    assert picture(style, dpi=40, size=(40, 40)).std(axis=(0, 1))[0] < 2.0


# -- age and damage ----------------------------------------------------------------------------------------


def test_edges_are_browner_than_the_middle():
    image = picture(dataclasses.replace(PLAIN, edge_browning=0.6, edge_width=10), size=(200, 260)).astype(int)
    middle, bottom = image[400:600, 300:500], image[-12:, 300:500]
    blue, green, red = (middle.mean(axis=(0, 1)) - bottom.mean(axis=(0, 1)))[:3]
    assert blue > green > red > 1


def test_sheets_are_bound_at_the_left_and_at_the_right_in_turn():
    style = dataclasses.replace(PLAIN, gutter=0.3)
    front, back = (picture(style, number=number)[:, :, 1].astype(int) for number in (0, 1))
    assert front[:, :6].mean() < front[:, -6:].mean() - 30
    assert back[:, -6:].mean() < back[:, :6].mean() - 30


def test_foxing_is_brown_spots():
    image = picture(dataclasses.replace(PLAIN, foxing=20.0, foxing_size=1.5, foxing_depth=0.5)).astype(int)
    spotted = (210 - image[:, :, 0]) > 12
    assert 0.0005 < spotted.mean() < 0.05
    lost = (np.array([210, 230, 240]) - image[:, :, :3])[spotted].mean(axis=0)
    assert lost[0] > 1.5 * lost[1] > 1.5 * lost[2]


def test_stains_darken_and_nothing_else_does():
    image = picture(dataclasses.replace(PLAIN, stains=8.0, stain_depth=0.6))
    assert int(image[:, :, 0].min()) < 200
    assert int(image[:, :, 0].max()) <= 211
    untouched = (image[:, :, :3] == (210, 230, 240)).all(axis=2).mean()
    assert 0.02 < untouched < 0.999


def test_creases_are_thin():
    image = picture(dataclasses.replace(PLAIN, creases=8.0, crease_contrast=20.0), dpi=200)[:, :, 1].astype(
        int
    )
    changed = np.abs(image - 230) > 4
    assert 0 < changed.mean() < 0.01


def test_a_worm_goes_through_the_sheets_of_a_book_at_one_distance_from_the_spine():
    style = dataclasses.replace(PLAIN, wormholes=12.0)
    front, back = (
        picture(style, seed=number + 1, number=number, dpi=150)[:, :, 1].astype(int) < 200
        for number in (0, 1)
    )
    assert front.sum() > 30
    assert not np.array_equal(front, back[:, ::-1])
    # Where one sheet has a hole the other one has one too, give or take a pixel.
    near = cv2.dilate(back[:, ::-1].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    count, numbers = cv2.connectedComponents(front.astype(np.uint8))
    assert count > 6
    for number in range(1, count):
        assert near[numbers == number].any()
    elsewhere = np.roll(near, (60, 90), axis=(0, 1))
    assert sum(bool(elsewhere[numbers == number].any()) for number in range(1, count)) < 3


def test_staves_of_the_other_side_are_level_and_faint():
    image = picture(dataclasses.replace(PLAIN, back_ruling=4.0), dpi=150)[:, :, 0].astype(float)
    rows = image[:, 200:500].mean(axis=1)
    columns = image[200:700].mean(axis=0)[200:500]
    assert 1.0 < 210 - rows.min() < 14
    assert rows.std() > 3 * columns.std()


# -- the edge ----------------------------------------------------------------------------------------------

INSET = dataclasses.replace(
    PLAIN, inset=3.0, deckle=0.2, gutter=0.01, backing_red=10, backing_green=20, backing_blue=30
)


def test_the_backing_is_seen_at_three_sides_and_the_sheet_goes_on_at_its_spine():
    image = picture(INSET)
    level = image[:, :, 1].astype(int)
    for edge in (level[:2], level[-2:], level[:, -2:]):
        assert np.median(edge) <= 20
    assert np.median(level[:, :2]) > 200
    assert level[300:330, 200:230].min() == 230
    assert (image[:, :, 3] == 255).all()


def test_a_transparent_backing_leaves_the_picture_transparent_there():
    image = picture(dataclasses.replace(INSET, backing_opacity=0))
    assert image[1, 200, 3] == 0
    assert image[300, 200, 3] == 255
    assert ((image[:, :, 3] == 0) | (image[:, :, 3] == 255)).mean() > 0.98


def test_without_inset_and_deckle_no_backing_is_seen():
    image = picture(dataclasses.replace(INSET, inset=0.0, deckle=0.0, gutter=0.0))
    assert (image == (210, 230, 240, 255)).all()


def test_an_edge_wavers_as_deep_as_its_style_says():
    def course(deckle: float) -> NDArray[np.float64]:
        level = picture(dataclasses.replace(INSET, deckle=deckle), dpi=150)[:, :, 1].astype(int)
        return np.argmax(level > 120, axis=0)[60:-60].astype(float)

    smooth, rough = course(0.0), course(0.5)
    slope = np.polyfit(np.arange(len(smooth)), smooth, 1)
    assert np.abs(smooth - np.polyval(slope, np.arange(len(smooth)))).max() <= 1.0
    assert rough.std() > 1.2


def test_the_shadow_of_the_sheet_ends_at_its_corners():
    style = dataclasses.replace(
        INSET, inset=10.0, gutter=0.0, backing_red=200, backing_green=200, backing_blue=200
    )
    image = picture(style, dpi=150)[:, :, 1].astype(int)
    on_sheet = image > 215
    across, down = np.flatnonzero(on_sheet.any(axis=0)), np.flatnonzero(on_sheet.any(axis=1))
    far = 18  # 3 mm, over which the shadow fades from 90 levels to 1.2
    assert min(across[0], down[0], image.shape[1] - across[-1], image.shape[0] - down[-1]) > far
    for beside in (
        image[:, : across[0] - far],
        image[:, across[-1] + far :],
        image[: down[0] - far],
        image[down[-1] + far :],
    ):
        assert beside.min() >= 196
        assert beside.max() <= 200
    assert image[down[0] - 1 : down[0] + 30, across[0] : across[-1]].min() < 150  # the shadow is there
