"""Printed staff lines: straight, with equal thickness."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.geometry import Contours, Point
from smashcima.scene.visual import BLACK, ColorBGRA, LineGlyph, SmashcimaLabels
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
            ring = np.array([(0.0, y - half), (length, y - half), (length, y + half), (0.0, y + half)])
            start, end = Point(0.0, y), Point(length, y)
            glyphs.append(
                LineGlyph.from_contours_along(
                    SmashcimaLabels.staffLine, Contours((ring,)), None, start, end, self.color
                )
            )
        return glyphs
