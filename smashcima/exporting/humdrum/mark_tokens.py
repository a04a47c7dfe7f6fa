"""Dynamics, words, pedals and octave lines, by moment and staff."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.exporting.symbolic.partwise.vocabulary import BEAT_UNITS, DYNAMICS
from smashcima.exporting.symbolic.partwise.words import styled_texts
from smashcima.scene.semantic import (
    ControlEvent,
    Direction,
    Dynamic,
    Hairpin,
    HairpinForm,
    Measure,
    OctaveShift,
    Pedal,
    PedalAction,
    Score,
    Tempo,
)

_NOTE_VALUE = re.compile(f"([{''.join(BEAT_UNITS)}])\\s*([\uecb7\ue1e7]?)")


@dataclass
class MomentMarks:
    """Marks of one staff at one moment."""

    dynamics: list[str] = field(default_factory=list)
    """Tokens of the `**dynam` spine; ends of hairpins first."""

    before: list[str] = field(default_factory=list)
    """Interpretations before the notes: `*ped`, `*8va`."""

    after: list[str] = field(default_factory=list)
    """Interpretations after the notes: `*X8va`."""

    texts: list[str] = field(default_factory=list)
    """Layout comments with text: `!LO:TX:a:t=dolce`."""


class Marks:
    """Marks of a score."""

    def __init__(self, score: Score, measures: list[Measure]) -> None:
        self._measures = measures
        self._top = score.staves[0].n if score.staves else ""
        self._moments: dict[tuple[int, str], list[tuple[Fraction, str, str]]] = {}
        self.staves_with_dynamics: set[str] = set()
        for measure in measures:
            for mark in measure.children_of(ControlEvent):
                self._file(mark, measure)

    def at(self, measure: Measure, staff: str, onsets: list[Fraction]) -> dict[Fraction, MomentMarks]:
        """Returns the marks at each moment of a measure; marks between two moments are assigned to the
        earlier one.
        """
        found: dict[Fraction, MomentMarks] = {}
        for onset, kind, text in sorted(self._moments.get((measure.index, staff), ()), key=_order):
            earlier = [known for known in onsets if known <= onset]
            place = earlier[-1] if earlier else (onsets[0] if onsets else Fraction(0))
            moment = found.setdefault(place, MomentMarks())
            is_end = kind == "before" and text.startswith("*X") and onset > place
            if kind == "texts" and (moment.texts or "[" in text):
                text = text.replace(":B:", ":")  # Verovio splits bold text into tempos that share one id
            getattr(moment, "after" if is_end else kind).append(text)
        return found

    def _add(self, measure: Measure, staff: str, onset: Fraction, kind: str, text: str) -> None:
        self._moments.setdefault((measure.index, staff), []).append((onset, kind, text))
        if kind == "dynamics":
            self.staves_with_dynamics.add(staff)

    def _file(self, mark: ControlEvent, measure: Measure) -> None:
        if mark.is_hidden:
            return
        staff = mark.staff.n if mark.staff is not None else self._top
        at = mark.onset_in_measure
        text = " ".join(mark.text.split())
        if isinstance(mark, Hairpin):
            grows = mark.form is HairpinForm.CRESCENDO
            self._add(measure, staff, at, "dynamics", "<" if grows else ">")
            end, onset = self._end(mark, measure)
            self._add(end, staff, onset, "dynamics", "[" if grows else "]")
        elif isinstance(mark, Dynamic) and text in DYNAMICS:
            self._add(measure, staff, at, "dynamics", text)
        elif isinstance(mark, Pedal):
            self._add(measure, staff, at, "before", "*Xped" if mark.action is PedalAction.UP else "*ped")
        elif isinstance(mark, OctaveShift) and mark.octaves:
            name = {1: "8va", -1: "8ba", 2: "15ma", -2: "15ba"}.get(mark.octaves)
            if name is not None:
                self._add(measure, staff, at, "before", f"*{name}")
                end, onset = self._end(mark, measure)
                self._add(end, staff, onset, "after", f"*X{name}")
        elif isinstance(mark, (Dynamic, Direction, Tempo)) and text:
            place = "a" if mark.place in ("above", None) else "b"
            words = _named_notes(text).replace("&", "&amp;").replace(":", "&colon;")
            self._add(measure, staff, at, "texts", f"!LO:TX:{place}{_style(mark)}:t={words}")

    def _end(self, mark: ControlEvent, measure: Measure) -> tuple[Measure, Fraction]:
        """Measure and moment at which a line ends; lines that end at a barline end before it."""
        end = mark.onset + mark.quarter_length
        place = next(
            (m for m in self._measures[measure.index :] if end <= m.onset + m.quarter_length), measure
        )
        return place, end - place.onset


def _style(mark: ControlEvent) -> str:
    """Text style by its initial: `:i` for italic, `:B` for bold."""
    style = next((style for style, text in styled_texts(mark) if text.strip()), {})
    return (":i" if style.get("font_style") == "italic" else "") + (
        ":B" if style.get("font_weight") == "bold" else ""
    )


def _named_notes(text: str) -> str:
    """Replaces note values by their names, as in metronome marks of kern: `[quarter-dot] = 60`."""
    return _NOTE_VALUE.sub(
        lambda found: f"[{BEAT_UNITS[found[1]]}{'-dot' if found[2] else ''}] ", text
    ).replace("]  ", "] ")


def _order(entry: tuple[Fraction, str, str]) -> tuple[Fraction, int, str, str]:
    onset, kind, text = entry
    return onset, 0 if text in ("[", "]") else 1 if text in ("<", ">") else 2, kind, text


SAID: tuple[type[ControlEvent], ...] = (Hairpin, Dynamic, Pedal, OctaveShift, Direction, Tempo)
"""Types of marks that kern can express."""
