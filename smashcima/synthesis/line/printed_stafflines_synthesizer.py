"""Printed staff lines: straight, with equal thickness."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.geometry import Contours, Point
from smashcima.scene.visual import BLACK, AffineSpace, ColorBGRA, LineGlyph, ScenePoint, SmashcimaLabels
from smashcima.synthesis.interfaces import StafflinesSynthesizer


class PrintedStafflinesSynthesizer(StafflinesSynthesizer):
    """Draws staff lines with the exact position and thickness of the engraving."""

    RECIPE_OPTIONS: tuple[str, ...] = ("color", "line_thickness")

    def __init__(self, color: ColorBGRA = BLACK) -> None:
        self.color = color

    def create_lines(self, length: float, offsets: Sequence[float], thickness: float) -> list[LineGlyph]:
        half = thickness / 2
        glyphs = []
        for y in offsets:
            space = AffineSpace()
            ring = np.array([(0.0, y - half), (length, y - half), (length, y + half), (0.0, y + half)])
            start, end = ScenePoint(space, Point(0.0, y)), ScenePoint(space, Point(length, y))
            glyphs.append(
                LineGlyph.from_contours_between(
                    SmashcimaLabels.staffLine, Contours((ring,)), start, end, self.color
                )
            )
        return glyphs
