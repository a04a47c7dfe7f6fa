"""Geometry of drawn notes, rests and barlines, for whatever is placed around them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smashcima.scene.semantic import SemanticObject


@dataclass(slots=True)
class DrawnEvent:
    """A drawn note, rest or barline. Coordinates are millimetres on the page."""

    element: SemanticObject
    """The note or rest; the measure of a barline."""

    left: float
    """Left edge of the notehead, rest or barline."""

    right: float

    head_y: float
    """Y of the middle of the notehead; of a rest or barline, the middle of the staff."""

    top: float
    """Top of its ink; articulations and ornaments extend it."""

    bottom: float

    up: bool = True
    """Whether its stem points up; True for rests and barlines."""

    stem_x: float | None = None
    """X of its stem; `None` without a stem."""

    position: int = 0
    """Staff position of the notehead."""

    @property
    def center_x(self) -> float:
        """The middle of the notehead or rest."""
        return (self.left + self.right) / 2

    def at_edge(self, x: float) -> DrawnEvent:
        """The end of a curve that leads from here to `x`, out of the staff."""
        return replace(self, left=x, right=x, stem_x=None)

    def include(self, top: float, bottom: float) -> None:
        """Extends its ink."""
        self.top = min(self.top, top)
        self.bottom = max(self.bottom, bottom)
