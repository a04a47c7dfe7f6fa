"""Small pages with a few things on them, built by hand, for tests of imaging and exporting."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.geometry import Contours, Point, Rectangle, Transform
from smashcima.scene.visual import (
    AffineSpace,
    Glyph,
    InkPath,
    LabeledRegion,
    Notehead,
    Page,
    Sprite,
    StaffLine,
    StaffMeasure,
    System,
    SystemMeasure,
    SystemStaff,
    ViewBox,
    VisualObject,
)

MM = 25.4
"""Pages here are given in inches, and drawn at round numbers of pixels per inch, so that values can be checked by hand."""


def inch_box(left: float, top: float, right: float, bottom: float) -> Contours:
    """A rectangle given in inches, as an outline in mm."""
    return Contours.from_rectangle(Rectangle.from_sides(left * MM, top * MM, right * MM, bottom * MM))


def make_page(
    width: float, height: float, paper: tuple[int, int, int, int] | None = (255, 255, 255, 255)
) -> Page:
    """A page of so many inches, with paper of one colour."""
    space = AffineSpace()
    rectangle = Rectangle(0, 0, width * MM, height * MM)
    sheet = None if paper is None else Sprite.rectangle(space, rectangle, paper)
    return Page(
        space,
        ViewBox(space, rectangle),
        0,
        sheet,
        LabeledRegion(space, "page", Contours.from_rectangle(rectangle)),
    )


def add_path(
    page: Page,
    contours: Contours,
    color: tuple[int, int, int, int] = (0, 0, 0, 255),
    layer: str = "ink",
    transform: Transform | None = None,
    label: str = "thing",
) -> VisualObject:
    """A visual object of one path in a space of its own."""
    space = AffineSpace(page.space, transform or Transform.identity())
    glyph = Glyph(space, LabeledRegion(space, label, contours), [], [InkPath(space, contours, color)])
    return VisualObject(glyph, None, page, layer=layer)


def add_sprite(
    page: Page, bitmap: np.ndarray, left: float, top: float, dpi: float, label: str = "thing"
) -> VisualObject:
    """A visual object of one bitmap whose left top corner lies at a point given in inches."""
    space = AffineSpace(page.space, Transform(e=left * MM, f=top * MM))
    sprite = Sprite(space, bitmap, Point(0, 0), dpi)
    region = Glyph.build_region_from_sprites_alpha_channel(label, [sprite])
    return VisualObject(Glyph(space, region, [sprite]), None, page)


@pytest.fixture
def music_page() -> Page:
    """Two systems of two staves and two measures; five staff lines each, and noteheads here and there."""
    page = make_page(8, 10)
    rng = np.random.default_rng(7)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    head = Contours((np.stack([1.1 * np.cos(angles), 0.8 * np.sin(angles)], axis=1),))
    for s in range(2):
        system = System(page, s, LabeledRegion(page.space, "system", inch_box(1, 1 + 4 * s, 7, 4 + 4 * s)))
        measures = [
            SystemMeasure(
                system,
                2 * s + m,
                LabeledRegion(
                    page.space, "systemMeasure", inch_box(1 + 3 * m, 1 + 4 * s, 4 + 3 * m, 4 + 4 * s)
                ),
            )
            for m in range(2)
        ]
        for n in range(2):
            top = 1 + 4 * s + 2 * n
            ys = tuple((top + 0.1 * i) * MM for i in range(5))
            staff = SystemStaff(
                system,
                n + 1,
                LabeledRegion(page.space, "staff", inch_box(1, top, 7, top + 0.4)),
                ys,
                0.1 * MM,
            )
            for measure in measures:
                StaffMeasure(staff, measure, measure.region)
            for y in ys:
                line = Contours.from_rectangle(Rectangle(MM, y - 0.1, 6 * MM, 0.2))
                glyph = Glyph.from_contours("staffLine", line, space=page.space)
                StaffLine(glyph, None, page, system, staff, None, "staff_line", "stafflines")
            for m, measure in enumerate(measures):
                for _ in range(4):
                    x, y = (1 + 3 * m + 2.8 * rng.random()) * MM, (top + 0.4 * rng.random()) * MM
                    tilt = Transform.rotateDegCC(20).then(Transform(e=x, f=y))
                    glyph = Glyph.from_contours("noteheadBlack", head, space=AffineSpace(page.space, tilt))
                    Notehead(glyph, None, page, system, staff, measure, "notehead")
    return page


@pytest.fixture(scope="session")
def build() -> SimpleNamespace:
    """The functions of this file, for tests (which cannot import it)."""
    return SimpleNamespace(page=make_page, path=add_path, sprite=add_sprite, inch_box=inch_box)
