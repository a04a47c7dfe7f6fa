"""Stems of notes without a notehead of their own, such as those of two voices that share one."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import FloatArray, IntArray, PageArrays


class HeadlessStems:
    """The stems of hidden noteheads; they follow the notehead that their note shares, or else the notes around them."""

    def __init__(self, arrays: PageArrays, notes: Notes) -> None:
        self._arrays = arrays
        cells = notes.cells
        stems = arrays.of(PrimitiveKind.STEM)
        stems = stems[(cells.of[stems] >= 0) & (arrays.count[stems] == 2)]
        stems = stems[~notes.has_heads[cells.of[stems]]]
        self.stems: IntArray = stems
        self.cell: IntArray = cells.of[stems]
        self.group: IntArray = np.full(len(stems), -1, dtype=np.intp)
        """Index of the beam of each stem, or -1."""
        self.engraved: FloatArray = arrays.engraved[arrays.first[stems][:, None] + np.arange(2)]
        """Both ends of each stem, (n, 2, 2)."""
        self.ends: FloatArray = self.engraved + self._shifts(notes)[:, None]
        """The same in their new places."""

    def _shifts(self, notes: Notes) -> FloatArray:
        """Displacements of the stems, (n, 2)."""
        result = np.zeros((len(self.stems), 2))
        result[:, 0] = notes.cell_dx[self.cell]
        if not len(notes.heads) or not len(self.stems):
            return result
        followed = notes.cells.followed[self.cell]
        shares = notes.has_heads[followed]
        ends = [notes.nearest(followed, self.engraved[:, end, 1]) for end in (0, 1)]
        away = [np.abs(notes.engraved_y[row] - self.engraved[:, end, 1]) for end, row in enumerate(ends)]
        row = np.where(away[0] <= away[1], *ends)
        is_right = self.engraved[:, 0, 0] > (notes.engraved_left + notes.engraved_right)[row] / 2
        left, right = notes.edge_shifts()
        # The white space between the notehead and the stem stays that of the engraver, whatever the width of the ink.
        result[:, 0] = np.where(shares, np.where(is_right, right[followed], left[followed]), result[:, 0])
        result[:, 1] = np.where(shares, notes.dy[row], 0.0)
        return result

    @property
    def x(self) -> FloatArray:
        """The engraved x of each stem."""
        result: FloatArray = self.engraved[:, 0, 0]
        return result

    @property
    def dx(self) -> FloatArray:
        """The displacement of each stem along x."""
        result: FloatArray = (self.ends - self.engraved)[:, 0, 0]
        return result

    def end_at(self, which: IntArray, engraved_beam: FloatArray, beam: FloatArray, swell: FloatArray) -> None:
        """Lets some stems end at their beams.

        Args:
            which: rows of the stems.
            engraved_beam: y of the engraved beam at each stem.
            beam: y of the beam in its new place at each stem.
            swell: thickness of the beam relative to that of the engraver.
        """
        inset = self.engraved[which, :, 1] - engraved_beam[:, None]
        end = np.abs(inset).argmin(axis=1)
        self.ends[which, end, 1] = beam + inset[np.arange(len(which)), end] * swell

    def write(self) -> None:
        """Moves the stems to their new places."""
        self._arrays.xy[self._arrays.first[self.stems][:, None] + np.arange(2)] = self.ends
