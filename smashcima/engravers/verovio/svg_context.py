"""What surrounds a drawn leaf of the SVG: the meaning of its groups and what they belong to."""

from __future__ import annotations

from smashcima.engravers.verovio.svg_classes import Role
from smashcima.engravers.verovio.svg_paths import Matrix
from smashcima.engraving import Place


class Context:
    """The state at a group; never changed once made. (A plain class: thousands are made for each page.)"""

    __slots__ = ("bold", "element", "italic", "matrix", "place", "role", "source")

    def __init__(
        self,
        role: Role,
        element: str | None,
        place: Place,
        source: str,
        bold: bool,
        italic: bool,
        matrix: Matrix | None,
    ) -> None:
        self.role = role
        self.element = element
        """Id of the innermost object of the score around."""
        self.place = place
        self.source = source
        """Classes of the groups around, innermost first."""
        self.bold = bold
        self.italic = italic
        self.matrix = matrix
        """Transform of the groups around into the page, `None` where there is none."""

    def with_matrix(self, matrix: Matrix) -> Context:
        """The same context under another transform."""
        return Context(self.role, self.element, self.place, self.source, self.bold, self.italic, matrix)
