"""Reads an annotation back from the visual objects of a drawn staff, without its music.

Uses labels, positions and the edges between visual objects only, as a recogniser with perfect eyes would.
"""

from __future__ import annotations

from collections import defaultdict

from smashcima.engraving import Symbol
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.scene.visual import Page, VisualObject
from smashcima.scene.visual.curve_marks import SlurCurve, TieCurve, TupletMark
from smashcima.scene.visual.note_marks import (
    AccidentalMark,
    ArticulationMark,
    AugmentationDot,
    BeamSegment,
    Flag,
    GraceSlash,
    Notehead,
    Stem,
)
from smashcima.scene.visual.staff_marks import (
    BarlineMark,
    ClefMark,
    KeySignatureMark,
    MultiRestMark,
    RepeatDotMark,
    RestMark,
    StaffLine,
    TimeSignatureMark,
)
from smashcima.scene.visual.text_marks import FermataMark, OrnamentMark

_HEADS = {"noteheadWhole": "w", "noteheadHalf": "h", "noteheadBlack": "q", "noteheadDoubleWholeSquare": "b"}
_FLAGS = {"8th": "e", "16th": "s", "32nd": "t", "64th": "u", "128th": "v"}
_BEAMS = "qestuv"
_RESTS = {
    "restLonga": "lr", "restDoubleWhole": "br", "restWhole": "wr", "restHalf": "hr", "restQuarter": "qr",
    "rest8th": "er", "rest16th": "sr", "rest32nd": "tr", "rest64th": "~ur", "rest128th": "~vr",
}  # fmt: skip
_SIGNS = {
    "accidentalSharp": "#", "accidentalFlat": "b", "accidentalNatural": "N", "accidentalDoubleSharp": "x",
    "accidentalDoubleFlat": "bb",
}  # fmt: skip
_MARKS = {"articStaccato": ".", "articTenuto": "_", "articAccent": ">", "articMarcato": "^"}
_ORNAMENTS = {"ornamentTrill": "trill", "pluckedLeftHandPizzicato": "+"}
_DOTS = {1: "*", 2: "**", 3: "~***"}
_BEFORE = (")", "fermata", "trill", "+", "tuplet")
_AFTER = (".", "_", ">", "^", "*", "**", "~***", "(")


class StaffReader:
    """Reads the staff of a page."""

    def __init__(self, page: Page) -> None:
        self._objects: dict[type[VisualObject], list[VisualObject]] = defaultdict(list)
        for thing in VisualObject.many_of(page, "page"):
            self._objects[type(thing)].append(thing)
        ys = sorted((line.bbox().top + line.bbox().bottom) / 2 for line in self._objects[StaffLine])
        assert len(ys) == 5
        self._middle, self._step = ys[2], (ys[4] - ys[0]) / 8

    def read(self) -> str:
        """The annotation."""
        items = [*self._notes(), *self._rests(), *self._signatures(), *self._barlines()]
        return " ".join(token for _, tokens in sorted(items) for token in tokens)

    # -- positions -----------------------------------------------------------------------------------------

    def _position(self, thing: VisualObject) -> int:
        """The staff position of a symbol's origin, from its ink and the box of the font."""
        symbol = thing.primitive
        assert isinstance(symbol, Symbol)
        _, top, _, bottom = font_symbol_box(symbol.name, symbol.font)
        box = thing.bbox()
        scale = (box.bottom - box.top) / (bottom - top)
        y = box.top - top * scale
        return round((self._middle - y) / self._step)

    @staticmethod
    def _name(thing: VisualObject) -> str:
        return thing.glyph.label.removeprefix("smufl::")

    # -- notes ---------------------------------------------------------------------------------------------

    def _notes(self):
        stems = {head: stem for stem in self._objects[Stem] for head in stem.noteheads}
        flags = {flag.stem: flag for flag in self._objects[Flag]}
        slashed = {slash.stem for slash in self._objects[GraceSlash]}
        beams: dict[VisualObject, list[BeamSegment]] = defaultdict(list)
        for segment in self._objects[BeamSegment]:
            for stem in segment.stems:
                beams[stem].append(segment)
        full = max((head.bbox().height for head in self._objects[Notehead]), default=1)
        for head in self._objects[Notehead]:
            position = self._position(head)
            stem = stems.get(head)
            letter = _HEADS[self._name(head)]
            if letter == "b" and stem is not None:
                letter = "l"
            left = right = ""
            if stem in flags:
                letter = _FLAGS[
                    self._name(flags[stem]).removeprefix("flag").removesuffix("Up").removesuffix("Down")
                ]
            elif stem in beams:
                letter = _BEAMS[max(segment.level for segment in beams[stem])]
                x = stem.bbox().left
                primary = [other.bbox().left for s in beams[stem] if s.level == 1 for other in s.stems]
                left = "=" if min(primary) < x else ""
                right = "=" if max(primary) > x else ""
            extension = "~" if letter in "lbuv" or (letter == "q" and left + right) else ""
            token = f"{extension}{left}{letter}{right}{position}"
            if head.bbox().height < 0.85 * full:
                slash = "/" if stem in slashed else ""
                token = f"~grace{slash}.{token.removeprefix('~')}"
            before, after = self._attached(head, position)
            yield head.bbox().left, [*before, token, *after]

    def _above(self, left: float, right: float) -> list[str]:
        """Fermatas and ornaments centred over a note, rest or barline."""

        def is_over(mark: VisualObject) -> bool:
            box = mark.bbox()
            return left < (box.left + box.right) / 2 < right

        found = ["fermata" for mark in self._objects[FermataMark] if is_over(mark)]
        return found + [_ORNAMENTS[self._name(mark)] for mark in self._objects[OrnamentMark] if is_over(mark)]

    def _attached(self, head: Notehead, position: int) -> tuple[list[str], list[str]]:
        before: list[str] = []
        after: list[str] = []
        for mark in (*self._objects[SlurCurve], *self._objects[TieCurve]):
            before += [")"] if head in mark.end_noteheads else []
            after += ["("] if head in mark.start_noteheads else []
        box = head.bbox()
        before += self._above(box.left, box.right)
        after += [
            _MARKS[self._name(mark).removesuffix("Above").removesuffix("Below")]
            for mark in self._objects[ArticulationMark]
            if head in mark.noteheads
        ]
        dots = sum(head in dot.noteheads for dot in self._objects[AugmentationDot])
        after += [_DOTS[dots]] if dots else []
        before.sort(key=_BEFORE.index)
        after.sort(key=_AFTER.index)
        for mark in self._objects[AccidentalMark]:
            if mark.notehead is head:
                assert self._position(mark) == position
                before.append(f"{_SIGNS[self._name(mark)]}{position}")
        return before, after

    def _loose_curves(self, left: float, right: float) -> tuple[list[str], list[str]]:
        """Ends and starts of curves at a rest or barline."""
        ends: list[str] = []
        starts: list[str] = []
        for mark in (*self._objects[SlurCurve], *self._objects[TieCurve]):
            box = mark.bbox()
            if not mark.end_noteheads and left < box.right < right:
                ends.append(")")
            if not mark.start_noteheads and left < box.left < right:
                starts.append("(")
        return ends, starts

    # -- everything else -----------------------------------------------------------------------------------

    def _rests(self):
        for rest in self._objects[RestMark]:
            dots = sum(dot.rest is rest for dot in self._objects[AugmentationDot])
            box = rest.bbox()
            name = _RESTS[self._name(rest)]
            ends, starts = self._loose_curves(box.left, box.right)
            above = self._above(box.left, box.right)
            yield box.left, [*ends, *above, name, *([_DOTS[dots]] if dots else []), *starts]
        numbers = [mark for mark in self._objects[MultiRestMark] if self._name(mark).startswith("timeSig")]
        numbers.sort(key=lambda mark: mark.bbox().left)
        if numbers:
            digits = "".join(self._name(mark).removeprefix("timeSig") for mark in numbers)
            yield numbers[0].bbox().left, [f"~multirest.{digits}"]

    def _signatures(self):
        for clef in self._objects[ClefMark]:
            letter = self._name(clef)[0].upper()
            yield clef.bbox().left, [f"clef.{letter}{self._position(clef)}"]
        for mark in self._objects[KeySignatureMark]:
            yield mark.bbox().left, [f"{_SIGNS[self._name(mark)]}{self._position(mark)}"]
        for mark in self._objects[AccidentalMark]:
            if mark.notehead is None:
                yield mark.bbox().left, [f"{_SIGNS[self._name(mark)]}{self._position(mark)}"]
        rows: dict[int, list[VisualObject]] = defaultdict(list)
        for mark in self._objects[TimeSignatureMark]:
            names = {"timeSigCommon": "time.C", "timeSigCutCommon": "time.C/"}
            if self._name(mark) in names:
                yield mark.bbox().left, [names[self._name(mark)]]
            else:
                rows[self._position(mark)].append(mark)
        # The digits of the two rows of one signature are at the same x; those of another signature are further right.
        upper = sorted(rows.get(2, []), key=lambda mark: mark.bbox().left)
        lower = sorted(rows.get(-2, []), key=lambda mark: mark.bbox().left)
        for top, bottom in zip(upper, lower, strict=True):
            yield (
                top.bbox().left,
                [f"time.{self._name(mark).removeprefix('timeSig')}" for mark in (top, bottom)],
            )

    def _barlines(self):
        groups: list[list[VisualObject]] = []
        parts = [*self._objects[BarlineMark], *self._objects[RepeatDotMark]]
        for mark in sorted(parts, key=lambda mark: mark.bbox().left):
            if not groups or mark.bbox().left - groups[-1][-1].bbox().right > 2 * self._step:
                groups.append([])
            groups[-1].append(mark)
        for group in groups:
            dotted = [isinstance(mark, RepeatDotMark) for mark in group]
            text = f"{':' if dotted[0] else ''}|{':' if dotted[-1] else ''}"
            left, right = group[0].bbox().left, max(mark.bbox().right for mark in group)
            ends, starts = self._loose_curves(left, right)
            yield left, [*ends, *self._above(left, right), text, *starts]

    def tuplets(self) -> list[str]:
        """The numbers of tuplets, from left to right."""
        marks = sorted(self._objects[TupletMark], key=lambda mark: mark.bbox().left)
        return [self._name(mark).removeprefix("tuplet") for mark in marks]
