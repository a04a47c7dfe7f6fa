"""The frame of the images: sizes in pixels, and the place of the staff in them.

A staff is 118 px high, and an image of one staff has a margin of the same height above and below. An image of three
staves is nine staff heights high; the middle lines of its staves are two staff heights apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from smashcima.geometry import MM_PER_INCH, Transform
from smashcima.imaging import PixelGrid
from smashcima.mashcima.distortion import Distortion
from smashcima.orchestration import StaffScene

STAFF_HEIGHT_PX = 118
STAFF_SPACE_PX = STAFF_HEIGHT_PX / 4

HEIGHT_PX = 3 * STAFF_HEIGHT_PX
"""Height of an image of one staff."""

MIDDLE_LINE_PX = 178
"""Row of pixels of the middle line in an image of one staff."""

FULL_HEIGHT_PX = 9 * STAFF_HEIGHT_PX
"""Height of an image of three staves."""

FULL_WIDTH_PX = 3129
"""Width of an image that is not cropped. It grows if a staff needs more."""

LONGEST_STAFF_PX = 27_000
"""Maximum length of a staff: images have at most `imaging.MAX_SIDE_PX`, which includes distortion."""

STAFF_DISTANCE_SS = 8.0
"""Distance between the middle lines of adjacent staves in staff spaces."""

STAFF_HEIGHT_MM = 7.0
"""Height of the staff on its page."""

PX_PER_MM = STAFF_HEIGHT_PX / STAFF_HEIGHT_MM
DPI = PX_PER_MM * MM_PER_INCH


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that an image shows."""

    left: float
    """Left edge in mm on the page."""

    top: float
    """Top edge in mm on the page."""

    width_px: int
    height_px: int

    distortion: Distortion | None = None
    """Distortion of the image, which also changes its size."""

    @staticmethod
    def of(scene: StaffScene, one_staff: bool) -> Frame:
        """The frame of an image of the staff of a scene, or of three staves of which it is in the middle."""
        above_px = 0 if one_staff else (FULL_HEIGHT_PX - HEIGHT_PX) // 2
        # The centre of a row of pixels is half a pixel below its top.
        middle_px = above_px + MIDDLE_LINE_PX + 0.5
        staff = scene.staff
        box = staff.region.bbox_in(scene.page.space)
        return Frame(
            box.left,
            staff.line_ys[len(staff.line_ys) // 2] - middle_px / PX_PER_MM,
            max(1, round(box.width * PX_PER_MM)),
            HEIGHT_PX if one_staff else FULL_HEIGHT_PX,
        )

    def distorted(self, distortion: Distortion) -> Frame:
        """The frame of the distorted image."""
        return replace(self, distortion=distortion)

    @property
    def grid(self) -> PixelGrid:
        """The pixels of the image."""
        to_px = Transform(PX_PER_MM, 0.0, 0.0, PX_PER_MM, -self.left * PX_PER_MM, -self.top * PX_PER_MM)
        if self.distortion is None:
            return PixelGrid(self.width_px, self.height_px, DPI, to_px)
        width, height = self.distortion.size(self.width_px, self.height_px)
        return PixelGrid(
            width, height, DPI, to_px.then(self.distortion.transform(self.width_px, self.height_px))
        )
