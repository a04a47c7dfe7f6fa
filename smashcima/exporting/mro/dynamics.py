"""Dynamic marks and hairpins of a stave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smashcima.engraving import PrimitiveKind, Text
from smashcima.exporting.mro.dynamic_letters import LETTERS, dynamic_letters
from smashcima.exporting.mro.frames import StaveFrame
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import Mark
from smashcima.exporting.mro.words import text_of
from smashcima.geometry import Rectangle
from smashcima.notations.mro import MroDynamic, MroDynamicShape, MroText
from smashcima.scene.semantic import Hairpin, HairpinForm

_K = PrimitiveKind

_SHAPES = {shape.text: shape for shape in MroDynamicShape if not shape.is_hairpin}


class DynamicsWriter:
    """Writes the dynamics of one stave; those that the format lacks become texts."""

    def __init__(self, frame: StaveFrame, losses: Losses) -> None:
        self._frame = frame
        self._losses = losses
        self.written: list[MroDynamic] = []
        self.texts: list[MroText] = []

    def add(self, marks: Iterable[Mark]) -> None:
        """Writes the dynamics and hairpins among the marks of the stave."""
        hairpins: dict[str | None, list[Mark]] = {}
        symbols: dict[str | None, list[Mark]] = {}
        for mark in marks:
            if mark.kind is _K.HAIRPIN:
                hairpins.setdefault(mark.element, []).append(mark)
            elif mark.kind is _K.DYNAMIC and mark.symbol:
                symbols.setdefault(mark.element, []).append(mark)
            elif mark.kind is _K.DYNAMIC and isinstance(mark.primitive, Text):
                self._text(mark, mark.primitive)
        for pieces in hairpins.values():
            hairpin = self._losses.object_of(pieces[0])
            is_closing = isinstance(hairpin, Hairpin) and hairpin.form is HairpinForm.DIMINUENDO
            shape = MroDynamicShape.DIMINUENDO if is_closing else MroDynamicShape.CRESCENDO
            box = Rectangle.hull(mark.box for mark in pieces)
            self._add(shape, box, box.center.y, pieces)
        for letters in symbols.values():
            self._symbols(sorted(letters, key=lambda mark: mark.box.left))

    def _symbols(self, marks: Sequence[Mark]) -> None:
        """Writes a dynamic from its symbols, each of one or several letters."""
        letters = "".join(LETTERS.get(mark.symbol, "") for mark in marks)
        box, baseline = Rectangle.hull(mark.box for mark in marks), marks[0].baseline
        if letters in _SHAPES:
            self._add(_SHAPES[letters], box, baseline, marks)
        elif letters:
            self._losses.wrote(*marks)
            position = self._frame.row(baseline), self._frame.column(box.left)
            self.texts.append(MroText(*position, text=letters))

    def _text(self, mark: Mark, text: Text) -> None:
        """Writes a text as a dynamic mark if it is one; otherwise a leading mark, and the words after it."""
        runs, left = list(text.runs), mark.box.left
        whole = "".join(dynamic_letters(c) or c for c in text.content).strip()
        if whole in _SHAPES:
            self._add(_SHAPES[whole], mark.box, mark.baseline, [mark])
            return
        first = "".join(map(dynamic_letters, runs[0].text)) if runs else ""
        if first in _SHAPES:
            box = Rectangle(left, mark.box.top, runs[0].width, mark.box.height)
            self._add(_SHAPES[first], box, mark.baseline, [mark])
            left += runs.pop(0).width
        self._losses.wrote(mark)
        words = text_of(mark, runs, left, self._frame, self._losses)
        if words is not None:
            self.texts.append(words)

    def _add(self, shape: MroDynamicShape, box: Rectangle, y: float, marks: Sequence[Mark]) -> None:
        self._losses.wrote(*marks)
        columns = [self._frame.column(x) for x in (box.center.x, box.left, box.right)]
        self.written.append(MroDynamic(shape, columns[0], columns[1], columns[2], self._frame.row(y)))
