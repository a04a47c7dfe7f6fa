"""Ink answers for itself how it is drawn."""

from __future__ import annotations

import numpy as np

from smashcima.geometry import Contours, Point, Rectangle, Transform
from smashcima.scene.visual import AffineSpace, Ink, InkPath, Sprite

RED = (0, 0, 255, 128)


def test_a_path_is_drawn_as_its_outline() -> None:
    outline = Contours.from_rectangle(Rectangle(1, 2, 3, 4))
    path: Ink = InkPath(AffineSpace(), outline, RED, Transform(e=5))
    assert path.outline is outline
    assert path.outline_to_space == Transform(e=5)
    assert path.picture is None
    assert path.fill_color == RED
    assert path.fresh_picture(300) is None


def test_a_sprite_is_drawn_as_its_picture() -> None:
    bitmap = np.zeros((2, 3, 4), np.uint8)
    sprite: Ink = Sprite(AffineSpace(), bitmap, Point(0, 0), dpi=25.4)
    assert sprite.picture is bitmap
    assert sprite.outline.bbox() == Rectangle(0, 0, 3, 2)
    assert sprite.outline_to_space.apply_to(sprite.outline).bbox() == Rectangle(0, 0, 3, 2)
    assert sprite.fresh_picture(300) is None


def test_a_sprite_of_one_colour_is_drawn_as_an_outline() -> None:
    sprite: Ink = Sprite.rectangle(AffineSpace(), Rectangle(10, 20, 30, 40), RED)
    assert sprite.picture is None
    assert sprite.fill_color == RED
    box = sprite.outline_to_space.apply_to(sprite.outline).bbox()
    assert np.allclose([box.left, box.top, box.width, box.height], [10, 20, 30, 40])


def test_a_sprite_without_pixels_is_a_picture() -> None:
    assert Sprite(AffineSpace(), np.zeros((0, 0, 4), np.uint8)).picture is not None
