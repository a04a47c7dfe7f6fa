"""How the items of one staff are laid out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from smashcima.engravers.staff import StaffSpacing
from smashcima.mashcima.frame import STAFF_SPACE_PX

PADDING_PX = (5.0, 25.0)
"""Range of the padding on each side of an item in pixels."""

FIRST_POSITION_WITH_STEM_DOWN = 1


@dataclass
class CanvasOptions:
    """Options of one staff. An option that is `None` has its default, or the value that a function gives it."""

    randomize_stem_flips_for_pitches: list[int] | None = field(default_factory=lambda: [-2, -1, 0, 1, 2])
    """Pitches at which the stems of single notes have a random direction. Stems of other notes above the middle line
    point down, all others up."""

    barlines_up: bool | None = False
    """Whether barlines reach up to the staff above."""

    barlines_down: bool | None = False
    """Whether barlines reach down to the staff below."""

    random_space_probability: float | None = 0.03
    """Probability of a random space after an item."""

    random_space_size: tuple[float, float] | None = (50, 300)
    """Range of the width of random spaces in pixels."""

    @staticmethod
    def get_empty() -> CanvasOptions:
        """Returns options that are all `None`, for overriding a few options of others."""
        return CanvasOptions(None, None, None, None, None)

    @staticmethod
    def get_tidy() -> CanvasOptions:
        """Returns options without random spaces and random directions of stems; all others are `None`."""
        return CanvasOptions([], None, None, 0.0, None)

    def override_values_from(self, other: CanvasOptions) -> None:
        """Copies all options of `other` that are not `None`."""
        for option in fields(CanvasOptions):
            value = getattr(other, option.name)
            if value is not None:
                setattr(self, option.name, value)

    def filled(self, barlines_up: bool = False, barlines_down: bool = False) -> CanvasOptions:
        """Returns a copy without `None`: missing options have their defaults, and the given ones for barlines."""
        result = CanvasOptions(barlines_up=barlines_up, barlines_down=barlines_down)
        result.override_values_from(self)
        return result

    def spacing(self, min_width_px: float = 0.0) -> StaffSpacing:
        """The layout of a staff with these options, which is at least `min_width_px` long.

        Raises:
            SettingsError: an option is invalid.
        """
        options = self.filled()
        size = options.random_space_size or (0.0, 0.0)
        return StaffSpacing(
            padding_ss=_in_staff_spaces(PADDING_PX),
            random_space_probability=options.random_space_probability or 0.0,
            random_space_ss=_in_staff_spaces(size),
            flip_stems_at=frozenset(options.randomize_stem_flips_for_pitches or ()),
            stems_down_from=FIRST_POSITION_WITH_STEM_DOWN,
            min_width_ss=min_width_px / STAFF_SPACE_PX,
        )


def _in_staff_spaces(size_px: tuple[float, float]) -> tuple[float, float]:
    low, high = size_px
    return low / STAFF_SPACE_PX, high / STAFF_SPACE_PX
