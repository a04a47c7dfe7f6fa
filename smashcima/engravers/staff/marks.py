"""Marks above, below and between notes: articulations, ornaments, fermatas, dynamics, tuplet numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from smashcima.engravers.staff.drawn_event import DrawnEvent
from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import (
    StaffDraft,
    articulation_name,
    digit_names,
    draw_dynamic,
    draw_hairpin,
)
from smashcima.engraving.drafting.dynamics import HAIRPIN_SS
from smashcima.engraving.drafting.symbol_names import DYNAMICS
from smashcima.errors import Issue
from smashcima.scene.semantic import (
    ControlEvent,
    Dynamic,
    Event,
    Fermata,
    Hairpin,
    HairpinForm,
    Mordent,
    Note,
    OrnamentText,
    Trill,
    Tuplet,
    TupletSpan,
    Turn,
)

_K = PrimitiveKind

_GAP_SS = 0.5
"""Distance between a mark and the ink next to it, in staff spaces."""

_CLOSE = frozenset({"stacc", "ten", "stacciss"})
"""Articulations that may be inside the staff."""


class MarkDrawer:
    """Draws marks at notes and rests, each further from the notehead than those before it."""

    def __init__(self, draft: StaffDraft, drawn: Mapping[Event, DrawnEvent], issues: list[Issue]) -> None:
        """`drawn` is the geometry of notes and rests."""
        self._draft = draft
        self._drawn = drawn
        self._issues = issues

    def articulations(self, note: Note) -> None:
        """Draws the articulations of a note, at its head unless the score places them elsewhere."""
        drawn = self._drawn[note]
        for articulation in note.articulations:
            above = articulation.place == "above" if articulation.place else not drawn.up
            for kind in articulation.kinds:
                name = articulation_name(kind, above)
                if name is None:
                    self._issues.append(
                        Issue("staff", "artic", f"not drawn: there is no symbol for {kind!r}")
                    )
                    continue
                self._stack(drawn, _K.ARTICULATION, name, articulation.id, above, inside=kind in _CLOSE)

    def mark(self, mark: ControlEvent, drawn: DrawnEvent | None, end: DrawnEvent | None) -> bool:
        """Draws a fermata, ornament, dynamic or hairpin at a note, rest or barline.

        Returns False for other marks, and if an end is `None`.
        """
        if drawn is None:
            return False
        if isinstance(mark, Hairpin):
            return self._hairpin(mark, drawn, end)
        if isinstance(mark, Dynamic):
            return self._dynamic(mark, drawn)
        name = _symbol_of(mark)
        if name is None:
            return False
        above = mark.place != "below"
        if isinstance(mark, Fermata):
            name = f"{name}{'Above' if above else 'Below'}"
        kind = _K.FERMATA if isinstance(mark, Fermata) else _K.ORNAMENT
        self._stack(drawn, kind, name, mark.id, above, inside=False)
        return True

    def tuplet(self, tuplet: Tuplet | TupletSpan, events: Iterable[Event]) -> None:
        """Draws the number of a tuplet at the ends of its stems."""
        drawn = [self._drawn[event] for event in events if event in self._drawn]
        if not drawn:
            return
        draft = self._draft
        up = sum(each.up for each in drawn) * 2 >= len(drawn)
        names = digit_names(tuplet.count, "tuplet")
        center = (drawn[0].center_x + drawn[-1].center_x) / 2
        height = draft.extent(names[0])[3] - draft.extent(names[0])[1]
        gap = _GAP_SS * draft.staff_space
        if up:
            bottom = min(*(each.top for each in drawn), draft.y(4)) - gap
            self._number(names, center, bottom, tuplet.id)
            top = bottom - height
        else:
            top = max(*(each.bottom for each in drawn), draft.y(-4)) + gap
            bottom = top + height
            self._number(names, center, bottom, tuplet.id)
        middle = min(drawn, key=lambda each: abs(each.center_x - center))
        middle.include(top if up else middle.top, middle.bottom if up else bottom)

    def _number(self, names: tuple[str, ...], center: float, bottom: float, element: str) -> None:
        descent = self._draft.extent(names[0])[3]
        self._draft.row_of_symbols(_K.TUPLET_NUMBER, names, center, bottom - descent, element)

    # -- placing -------------------------------------------------------------------------------------------

    def _stack(
        self, drawn: DrawnEvent, kind: PrimitiveKind, name: str, element: str, above: bool, inside: bool
    ) -> None:
        """Draws a symbol centred over or under an event, beyond its ink and, unless `inside`, beyond the staff."""
        draft = self._draft
        left, top, right, bottom = draft.extent(name)
        gap = _GAP_SS * draft.staff_space
        edge = drawn.top - gap if above else drawn.bottom + gap
        if not inside:
            edge = min(edge, draft.y(4) - gap) if above else max(edge, draft.y(-4) + gap)
        y = edge - bottom if above else edge - top
        if inside:
            y = self._between_lines(y, (top + bottom) / 2, above)
        draft.symbol(kind, name, drawn.center_x - (left + right) / 2, y, element)
        drawn.include(y + top, y + bottom)

    def _between_lines(self, y: float, middle: float, above: bool) -> float:
        """The nearest y, away from the notehead, at which a symbol inside the staff lies between two lines."""
        draft = self._draft
        position = (draft.middle_y - (y + middle)) / (draft.staff_space / 2)
        if abs(position) > 4:
            return y
        odd = 2 * np.ceil((position - 1) / 2) + 1 if above else 2 * np.floor((position + 1) / 2) - 1
        return float(draft.y(odd)) - middle

    def _dynamic(self, dynamic: Dynamic, drawn: DrawnEvent) -> bool:
        name = DYNAMICS.get(dynamic.text.strip())
        if name is None:
            return False
        draft = self._draft
        _, top, _, bottom = draft.extent(name)
        if dynamic.place == "above":
            y = min(drawn.top - _GAP_SS * draft.staff_space, draft.y(5)) - bottom
        else:
            y = max(drawn.bottom + _GAP_SS * draft.staff_space - top, draft.y(-9))
        draw_dynamic(draft, dynamic.text.strip(), drawn.center_x, y, dynamic.id)
        drawn.include(y + top, y)
        return True

    def _hairpin(self, hairpin: Hairpin, start: DrawnEvent, end: DrawnEvent | None) -> bool:
        if end is None or start.left >= end.right:
            return False
        draft = self._draft
        half = HAIRPIN_SS * draft.staff_space
        between = [
            each
            for each in self._drawn.values()
            if start.left <= each.left <= end.left and each.right > start.left
        ]
        if hairpin.place == "above":
            y = min(*(each.top for each in between), draft.y(5)) - _GAP_SS * draft.staff_space - half
        else:
            y = max(*(each.bottom for each in between), draft.y(-7)) + _GAP_SS * draft.staff_space + half
        is_closing = hairpin.form is HairpinForm.DIMINUENDO
        draw_hairpin(draft, is_closing, start.left, end.right, y, hairpin.id)
        return True


def _symbol_of(mark: ControlEvent) -> str | None:
    """Symbol of an ornament or fermata; `None` for other marks."""
    if isinstance(mark, Fermata):
        return {"square": "fermataLong", "angular": "fermataShort"}.get(mark.shape or "", "fermata")
    if isinstance(mark, Trill):
        return "ornamentTrill"
    if isinstance(mark, Mordent):
        return "ornamentMordent" if mark.form == "lower" else "ornamentShortTrill"
    if isinstance(mark, Turn):
        return "ornamentTurnInverted" if mark.form == "lower" else "ornamentTurn"
    if isinstance(mark, OrnamentText):
        return {"+": "pluckedLeftHandPizzicato", "tr": "ornamentTrill"}.get(mark.text.strip())
    return None
