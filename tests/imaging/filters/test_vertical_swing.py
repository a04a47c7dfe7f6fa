"""Maps that move pixels up and down only."""

from __future__ import annotations

import numpy as np

from smashcima.imaging.filters.vertical_swing import VerticalSwing


def wave(rows: int = 40, columns: int = 30) -> VerticalSwing:
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    return VerticalSwing(np.asarray(4 * np.sin(x / 5) * np.cos(y / 6), np.float32), 600, 800)


def test_points_come_back():
    points = np.random.default_rng(1).uniform((-20, -20), (620, 820), (500, 2))
    swing = wave()
    assert np.abs(swing.backward(swing.forward(points)) - points).max() < 0.004
    assert (swing.forward(points)[:, 0] == points[:, 0]).all()


def test_pixels_move_like_points():
    plane = np.zeros((800, 600), np.uint8)
    plane[400:403] = 255
    swing = wave()
    moved = swing.moved(plane, [(380, 420)])
    x = np.arange(5, 600, 10)
    middle = swing.forward(np.stack([x + 0.5, np.full(len(x), 401.5)], axis=1))[:, 1]
    rows = np.arange(800)[:, np.newaxis] + 0.5
    seen = (rows * moved[:, x]).sum(axis=0) / moved[:, x].sum(axis=0)
    assert np.abs(seen - middle).max() < 0.05
    assert moved[:380].max() == moved[420:].max() == 0
    assert np.ptp(middle) > 3


def test_no_points_have_no_places():
    assert wave().forward(np.empty((0, 2))).shape == (0, 2)
