"""Layout of a single staff with one voice."""

from smashcima.engravers.staff.engraver import StaffEngraver
from smashcima.engravers.staff.staff_spacing import StaffSpacing

__all__ = ["StaffEngraver", "StaffSpacing"]
