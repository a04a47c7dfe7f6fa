"""Signs and traces of scribes that are no part of the music: custodes, corrections, blots, page-turn marks."""

from __future__ import annotations

from smashcima.scene.semantic import Note
from smashcima.scene.visual.note_marks import Notehead
from smashcima.scene.visual.text_marks import WordsMark
from smashcima.scene.visual.visual_object import VisualObject


class CustosMark(VisualObject):
    """A custos at the end of a staff, at the height of the first note of the next staff or page."""

    notehead: Notehead | None = None
    """The notehead that it announces; `None` if that is on another page."""

    announced: Note | None = None
    """The note that it announces."""


class CancellationMark(VisualObject):
    """Notes that were written by mistake, and the strokes that cross them out."""


class ErasureMark(VisualObject):
    """Traces of something that was scraped off the paper."""


class BlotMark(VisualObject):
    """A blot of ink."""


class TurnMark(WordsMark):
    """A request to turn the page, such as `V.S.` (volti subito)."""
