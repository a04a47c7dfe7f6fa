"""The `barline` elements with repeats and endings, and the `print` elements with breaks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.exporting.symbolic.partwise.vocabulary import BAR_STYLES, INEXACT_BARLINES
from smashcima.scene.semantic import (
    BarlineForm,
    Ending,
    Fermata,
    Measure,
    PageBreak,
    Score,
    SemanticObject,
    SystemBreak,
)

_NUMBERS = re.compile(r"[1-9][0-9]*(, ?[1-9][0-9]*)*\Z")
_REPEATS = {
    BarlineForm.REPEAT_START: "forward",
    BarlineForm.REPEAT_END: "backward",
    BarlineForm.REPEAT_BOTH: "backward",
}


class Barlines:
    """Writes the barlines and breaks of measures."""

    def __init__(
        self, score: Score, below: Sequence[SemanticObject], measures: list[Measure], shared: Shared
    ) -> None:
        """`below` are all objects below the score."""
        self._shared = shared
        self._measures = measures
        self._first: dict[Measure, Ending] = {}
        self._last: dict[Measure, Ending] = {}
        excerpt = score.excerpt
        self._open = (
            (excerpt.coming_in, excerpt.going_on) if excerpt is not None else (frozenset(), frozenset())
        )
        for ending in below:
            if not isinstance(ending, Ending):
                continue
            inside = ending.children_of(Measure)
            if inside:
                self._first[inside[0]] = ending
                self._last[inside[-1]] = ending
        self._breaks = _breaks(below)

    def write_print(self, parent: ET.Element, measure: Measure) -> None:
        """Adds a `print` element if a system or page begins."""
        kind = self._breaks.get(measure)
        if kind is PageBreak:
            add(parent, "print", new_page="yes")
        elif kind is SystemBreak:
            add(parent, "print", new_system="yes")

    def write_left(self, parent: ET.Element, measure: Measure, is_first_part: bool) -> None:
        """Adds the barline at the left edge, if it is not regular."""
        form = measure.left
        before = self._measures[measure.index - 1] if measure.index else None
        if form is None and before is not None and before.right is BarlineForm.REPEAT_BOTH:
            form = BarlineForm.REPEAT_START
        ending = self._first.get(measure)
        if form in (None, BarlineForm.SINGLE) and ending is None:
            return
        barline = add(parent, "barline", location="left")
        self._style(barline, form, measure, is_first_part)
        if ending is not None and ending.id not in self._open[0]:
            self._ending(barline, ending, "start")
        if form in _REPEATS:
            add(barline, "repeat", direction="forward")
        if not len(barline):
            parent.remove(barline)

    def write_right(
        self, parent: ET.Element, measure: Measure, fermatas: list[Fermata], is_first_part: bool
    ) -> None:
        """Adds the barline at the right edge, if it is not regular."""
        form, ending = measure.right, self._last.get(measure)
        if form in (None, BarlineForm.SINGLE) and ending is None and not fermatas:
            return
        barline = add(parent, "barline", location="right")
        self._style(barline, form, measure, is_first_part)
        for fermata in fermatas[:2]:
            made = add(barline, "fermata", type="inverted" if fermata.form == "inv" else "upright")
            self._shared.name(made, fermata)
        if ending is not None and ending.id not in self._open[1]:
            is_open = ending.mei.get("lendsym") == "none"
            self._ending(barline, ending, "discontinue" if is_open else "stop")
        if form is BarlineForm.REPEAT_START:
            barline.remove(barline[0])  # it is written at the left edge of the next measure
            self._shared.lose(measure, "a repeat that starts at its right barline is not written")
        elif form in _REPEATS and form is not None:
            add(barline, "repeat", direction=_REPEATS[form])
        if not len(barline):
            parent.remove(barline)

    def _style(
        self, barline: ET.Element, form: BarlineForm | None, measure: Measure, is_first_part: bool
    ) -> None:
        if form in BAR_STYLES and form is not None:
            add(barline, "bar-style", BAR_STYLES[form])
        if form in INEXACT_BARLINES and form is not None and is_first_part:
            self._shared.lose(measure, f"its barline {form.value!r} is written as {BAR_STYLES[form]!r}")

    def _ending(self, barline: ET.Element, ending: Ending, kind: str) -> ET.Element:
        n = (ending.n or "").strip().rstrip(".")
        is_plain = _NUMBERS.match(n) is not None
        text = n if kind == "start" and not is_plain else None
        return add(barline, "ending", text, number=n if is_plain else " ", type=kind)


def _breaks(below: Sequence[SemanticObject]) -> dict[Measure, type[SemanticObject]]:
    """The break immediately before each measure that has one."""
    found: dict[Measure, type[SemanticObject]] = {}
    pending: type[SemanticObject] | None = None
    for element in below:
        if isinstance(element, (PageBreak, SystemBreak)):
            if element.ancestor(Measure) is None and pending is not PageBreak:
                pending = type(element)
        elif isinstance(element, Measure):
            if pending is not None and element.index:
                found[element] = pending
            pending = None
    return found
