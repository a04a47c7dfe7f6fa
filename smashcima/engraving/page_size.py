"""Page sizes and margins."""

from __future__ import annotations

import math
import numbers
import re
from dataclasses import dataclass

from smashcima.errors import SettingsError, described
from smashcima.geometry import px_to_mm

_SMALLEST_SIDE = 10.0
_LARGEST_SIDE = 2000.0


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in mm."""

    width: float
    height: float

    def __post_init__(self) -> None:
        for name, side in (("width", self.width), ("height", self.height)):
            is_number = isinstance(side, numbers.Real)
            if not (is_number and math.isfinite(side) and _SMALLEST_SIDE <= side <= _LARGEST_SIDE):
                raise SettingsError(
                    f"The page {name} must be between {_SMALLEST_SIDE:g} and {_LARGEST_SIDE:g} mm, not {side!r}."
                )

    @property
    def landscape(self) -> PageSize:
        """This size in landscape orientation."""
        return PageSize(max(self.width, self.height), min(self.width, self.height))

    @staticmethod
    def of(size: PageSize | str | tuple[float, float]) -> PageSize:
        """The size of a name, of a pair of width and height in mm, or of a `PageSize`.

        Raises `SettingsError` for anything else.
        """
        if isinstance(size, PageSize):
            return size
        if isinstance(size, str):
            return PageSize.named(size)
        if isinstance(size, tuple | list) and len(size) == 2:
            return PageSize(*size)
        raise SettingsError(
            f"A page size must be a name such as 'A4', a pair of width and height in mm, or a PageSize, not {described(size)}."
        )

    @staticmethod
    def named(name: str) -> PageSize:
        """The size named `name` (case-insensitive), such as `A4` or `A4 landscape`, or a size in mm such as `210x297`.

        Raises `SettingsError` for any other name.
        """
        sides = re.fullmatch(r"\s*([0-9.]+)\s*[x×]\s*([0-9.]+)\s*", name)
        if sides is not None and all(side.count(".") <= 1 and side != "." for side in sides.groups()):
            return PageSize(float(sides[1]), float(sides[2]))
        words = name.replace("-", " ").casefold().split()
        turned = len(words) > 1 and words[-1] == "landscape"
        size = _NAMED.get(" ".join(words[:-1] if turned else words))
        if size is None:
            known = ", ".join(sorted(NAMED_PAGE_SIZES))
            raise SettingsError(
                f"Unknown page size {name!r}. Valid names: {known}, each also with 'landscape'. "
                f"Give other sizes in mm, as '210x297' or PageSize(210, 297)."
            )
        return size.landscape if turned else size


NAMED_PAGE_SIZES: dict[str, PageSize] = {
    # 2582 x 3652 px at 300 DPI: the size of MUSCIMA++ pages with some paper around them.
    "default": PageSize(px_to_mm(2582, 300), px_to_mm(3652, 300)),
    "A3": PageSize(297.0, 420.0),
    "A4": PageSize(210.0, 297.0),
    "A5": PageSize(148.0, 210.0),
    "A6": PageSize(105.0, 148.0),
    "B4": PageSize(250.0, 353.0),
    "B5": PageSize(176.0, 250.0),
    "Letter": PageSize(215.9, 279.4),
    "Legal": PageSize(215.9, 355.6),
    "Tabloid": PageSize(279.4, 431.8),
    "Concert": PageSize(228.6, 304.8),  # 9 x 12 inch, usual for parts
    "Octavo": PageSize(171.45, 266.7),  # 6 3/4 x 10 1/2 inch, usual for choral music
}
"""Page sizes by name."""

_NAMED = {name.casefold(): size for name, size in NAMED_PAGE_SIZES.items()}


@dataclass(frozen=True, slots=True)
class Margins:
    """Page margins in mm."""

    top: float
    right: float
    bottom: float
    left: float

    def __post_init__(self) -> None:
        for name, side in (
            ("top", self.top),
            ("right", self.right),
            ("bottom", self.bottom),
            ("left", self.left),
        ):
            if not (math.isfinite(side) and side >= 0):
                raise SettingsError(f"The {name} margin must be zero or more, not {side!r} mm.")

    @staticmethod
    def all(side: float) -> Margins:
        """The same margin on all four sides."""
        return Margins(side, side, side, side)
