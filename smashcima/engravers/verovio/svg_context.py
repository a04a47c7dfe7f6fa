"""Context of a leaf of the SVG: the roles of its enclosing groups and their elements."""

from __future__ import annotations

from smashcima.engravers.verovio.svg_classes import Role
from smashcima.engravers.verovio.svg_paths import Matrix
from smashcima.engraving import Place


class Context:
    """Immutable state at a group. (A plain class for speed: each page creates thousands.)"""

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
        """Id of the innermost enclosing object of the score."""
        self.place = place
        self.source = source
        """Classes of the enclosing groups, innermost first."""
        self.bold = bold
        self.italic = italic
        self.matrix = matrix
        """Transform from the enclosing groups to the page; `None` for the identity."""

    def with_matrix(self, matrix: Matrix) -> Context:
        """The same context with another transform."""
        return Context(self.role, self.element, self.place, self.source, self.bold, self.italic, matrix)
