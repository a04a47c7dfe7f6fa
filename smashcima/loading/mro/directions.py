"""Dynamics, hairpins, directions and chord names, attached to events by their columns."""

from __future__ import annotations

from fractions import Fraction

from smashcima.loading.mro.anchors import Anchor, Anchors
from smashcima.loading.mro.findings import Findings, Indices, Located
from smashcima.notations.mro import MroDynamic, MroDynamicShape, MroFontStyle, MroStave, MroText
from smashcima.scene.semantic import (
    ControlEvent,
    Direction,
    Dynamic,
    Hairpin,
    HairpinForm,
    Harmony,
    Staff,
    TextSpan,
    TimePoint,
)

_SLACK = 12
"""Distance in units, 3/4 of a staff space, that an end of a hairpin or a text may be off the event it belongs to."""


class DirectionReader:
    """Reads the dynamics and texts of staves."""

    def __init__(self, anchors: Anchors, staves: list[Staff], version: int, findings: Findings) -> None:
        self._anchors = anchors
        self._staves = staves
        self._has_styles = version >= 2011
        self._findings = findings

    def read(self, stave: Located[MroStave], staff: int) -> None:
        """Reads the dynamics and texts of a stave."""
        for index, dynamic in enumerate(stave.value.dynamics):
            located = Located(dynamic, (*stave.indices, index))
            if dynamic.shape.is_hairpin:
                self._read_hairpin(located, stave, staff)
            else:
                self._read_dynamic(located, stave, staff)
        for index, text in enumerate(stave.value.texts):
            self._read_text(Located(text, (*stave.indices, index)), stave, staff)

    def _read_dynamic(self, dynamic: Located[MroDynamic], stave: Located[MroStave], staff: int) -> None:
        mark = Dynamic(
            place=_place(dynamic.value.row_units, stave.value), children=[dynamic.value.shape.text]
        )
        x = stave.value.left_units + dynamic.value.centre_units
        self._attach(
            mark, "dynamic", dynamic.indices, stave.indices, staff, self._anchors.nearest(stave.indices, x)
        )

    def _read_hairpin(self, hairpin: Located[MroDynamic], stave: Located[MroStave], staff: int) -> None:
        is_crescendo = hairpin.value.shape is MroDynamicShape.CRESCENDO
        form = HairpinForm.CRESCENDO if is_crescendo else HairpinForm.DIMINUENDO
        left = stave.value.left_units + min(hairpin.value.left_units, hairpin.value.right_units)
        right = stave.value.left_units + max(hairpin.value.left_units, hairpin.value.right_units)
        start = self._anchors.first_from(stave.indices, left - _SLACK)
        mark = Hairpin(form=form, place=_place(hairpin.value.row_units, stave.value))
        if start is not None:
            end = self._anchors.end_after(stave.indices, start, right + _SLACK)
            if end is not None:
                mark.end = end.event
            else:
                mark.end_point = TimePoint(0, _beat_after(start))
        self._attach(mark, "dynamic", hairpin.indices, stave.indices, staff, start)

    def _read_text(self, text: Located[MroText], stave: Located[MroStave], staff: int) -> None:
        value = text.value
        if not value.text.strip():
            self._findings.tell(text.indices[:3], "text", "empty: not read")
            return
        place = _place(value.baseline_units, stave.value)
        mark: ControlEvent
        if value.is_chord_name:
            mark = Harmony(place=place, children=[value.text])
        else:
            mark = Direction(place=place, children=[self._styled(value)])
        left = stave.value.left_units + value.left_units
        start = self._anchors.first_from(stave.indices, left - _SLACK)
        self._attach(mark, "text", text.indices, stave.indices, staff, start)

    def _styled(self, text: MroText) -> TextSpan | str:
        if not self._has_styles:
            return text.text
        style = MroFontStyle.of(text.style)
        span = TextSpan(children=[text.text])
        span.mei["fontstyle"] = "italic" if style.is_italic else "normal"
        span.mei["fontweight"] = "bold" if style.is_bold else "normal"
        return span

    def _attach(
        self,
        mark: ControlEvent,
        slot: str,
        indices: Indices,
        stave: Indices,
        staff: int,
        anchor: Anchor | None,
    ) -> None:
        measure = anchor.measure if anchor is not None else self._anchors.first_measure(stave)
        if measure is None:
            self._findings.tell(stave, slot, "on a stave without bars: not read")
            return
        mark.staves = [self._staves[staff]]
        if anchor is not None:
            mark.start = anchor.event
        else:
            mark.beat = Fraction(1)
        measure.children.append(mark)
        self._findings.keep(slot, indices, mark)


def _beat_after(anchor: Anchor) -> Fraction:
    """Beat of its measure at which an event ends, counted from 1."""
    event = anchor.event
    staff = anchor.measure.staff(str(anchor.staff + 1))
    time = staff.time_signature if staff is not None else None
    beat_length = time.beat_length if time is not None else Fraction(1)
    return 1 + (event.onset_in_measure + event.quarter_length) / beat_length


def _place(row_units: int, stave: MroStave) -> str:
    return "above" if row_units < stave.size_units / 2 else "below"
