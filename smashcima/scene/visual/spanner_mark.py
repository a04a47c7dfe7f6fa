"""Marks that may be broken into pieces by the ends of systems."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.visual.visual_object import VisualObject


class SpannerMark(VisualObject):
    """A mark from one point of the music to another, or the part of one in this system.

    The whole is its `semantic`, the slur, hairpin or line of the score; it is drawn by one piece in each system. (Some
    marks consist of several objects in one system, such as the sign, line and hook of an octave line.)
    """

    systems_before: int = field(default=0, kw_only=True)
    """Number of systems on earlier pages in which the mark is drawn, whether these pages are in the scene or not."""

    systems_after: int = field(default=0, kw_only=True)
    """Number of systems on later pages in which the mark is drawn."""

    @property
    def pieces(self) -> list[SpannerMark]:
        """All drawn objects of the same mark, including this one, by page and system."""
        return [self] if self.semantic is None else list(type(self).all_of(self.semantic))

    @property
    def piece_number(self) -> int:
        """Number of its system among those in which the mark is drawn, from 1."""
        here = self._systems()
        return self.systems_before + 1 + here.index(self.system)

    @property
    def piece_count(self) -> int:
        """Number of systems in which the mark is drawn."""
        return self.systems_before + len(self._systems()) + self.systems_after

    @property
    def is_continuation(self) -> bool:
        """Whether the mark begins in an earlier system."""
        return self.piece_number > 1

    @property
    def is_continued(self) -> bool:
        """Whether the mark goes on in a later system."""
        return self.piece_number < self.piece_count

    def _systems(self) -> list[object]:
        """The systems of its page in which the mark is drawn."""
        return list(dict.fromkeys(piece.system for piece in self.pieces if piece.page is self.page))
