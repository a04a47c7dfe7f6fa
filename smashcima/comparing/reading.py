"""Reading of scores as sequences of symbols, one for each staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.comparing.attached import AttachedSymbols
from smashcima.comparing.event_symbols import accidental_symbol, head_symbols, height, notes_of, stem_symbols
from smashcima.comparing.measure_marks import mark_symbol
from smashcima.comparing.signatures import SIGNATURES, SignaturesInForce, is_drawn, signature_symbol
from smashcima.comparing.symbols import KINDS, StaffSymbols, Symbol, SymbolGroup
from smashcima.scene.semantic import (
    Accidental,
    Barline,
    BarlineForm,
    Ending,
    Event,
    Measure,
    MeasureSpace,
    MeasureStaff,
    Note,
    Score,
    SemanticObject,
    Space,
    Voice,
)

_BARLINES = {
    None: "single",
    BarlineForm.DOUBLE: "double",
    BarlineForm.END: "final",
    BarlineForm.REPEAT_START: "start of repeat",
    BarlineForm.REPEAT_END: "end of repeat",
    BarlineForm.REPEAT_BOTH: "end of repeat",  # the start is a symbol of its own
}

_STARTS = (BarlineForm.REPEAT_START, BarlineForm.REPEAT_BOTH)

_EMPTY = (Space, MeasureSpace)

Key = tuple[Fraction, int, int, tuple[int, float]]
"""Place of an element in its measure: onset, rank, place among grace notes, height."""

_CHANGE, _GRACE, _REST, _NOTE = range(4)


@dataclass
class _Entries:
    """Groups of symbols of one staff in one measure, with their places."""

    measure: int
    entries: list[tuple[Key, tuple[SymbolGroup, ...]]] = field(default_factory=list)

    def add(self, key: Key, *groups: tuple[Symbol, ...]) -> None:
        """Adds groups that stay together."""
        made = tuple(SymbolGroup.of(self.measure, *symbols) for symbols in groups if symbols)
        self.entries.append((key, made))

    def in_order(self) -> Iterator[SymbolGroup]:
        """The groups in order of time; at the same time from the lowest up, and independent of voices."""
        ordered = sorted(self.entries, key=lambda entry: (entry[0], [group.symbols for group in entry[1]]))
        for _, groups in ordered:
            yield from groups


def read_staves(score: Score, kinds: Collection[str] = KINDS) -> list[StaffSymbols]:
    """Returns the symbols of the given kinds on each staff of a score, from the top staff down."""
    score.update()
    reader = _Reader(score)
    for measure in score.measures:
        reader.read(measure)
    numbers = tuple(measure.n or str(measure.index + 1) for measure in score.measures)
    return [StaffSymbols(tuple(_chosen(reader.groups[staff.n], kinds)), numbers) for staff in score.staves]


def _chosen(groups: list[SymbolGroup], kinds: Collection[str]) -> Iterator[SymbolGroup]:
    for group in groups:
        kept = tuple(symbol for symbol in group.symbols if symbol.kind in kinds)
        if kept:
            yield SymbolGroup(kept, group.measure)


class _Reader:
    """The state of a pass over the measures of a score."""

    def __init__(self, score: Score) -> None:
        self.groups: dict[str, list[SymbolGroup]] = defaultdict(list)
        """The groups of each staff, by its number."""
        self._measures = score.measures
        self._attached = AttachedSymbols(score)
        self._in_force: dict[str, SignaturesInForce] = defaultdict(SignaturesInForce)
        self._marks: dict[tuple[Measure | None, str], list[Symbol]] = defaultdict(list)
        self._top = score.staves[0].n if score.staves else ""
        for ending in score.descendants(Ending):
            for first in ending.children_of(Measure)[:1]:
                self._marks[first, self._top].append(Symbol("ending", (ending.n or "").strip(" .")))
        for mark in sorted(self._attached.elsewhere, key=lambda mark: (mark.onset, mark.text)):
            symbol = mark_symbol(mark)
            if symbol is not None:
                staff = mark.staff.n if mark.staff is not None else self._top
                self._marks[mark.measure, staff].append(symbol)

    def read(self, measure: Measure) -> None:
        """Adds the symbols of a measure to those of the staves."""
        found: dict[str, _Entries] = defaultdict(lambda: _Entries(measure.index))
        for holder in measure.staves:
            for symbol in self._in_force[holder.n].at_start(holder):
                self.groups[holder.n].append(SymbolGroup.of(measure.index, symbol))
            for voice in holder.voices:
                self._read_voice(voice, holder, measure, found)
        for holder in measure.staves:
            groups = self.groups[holder.n]
            if measure.left in _STARTS or self._follows_repeat(measure):
                groups.append(SymbolGroup.of(measure.index, Symbol("barline", "start of repeat")))
            # The order of marks of different kinds does not count.
            for symbol in sorted(self._marks[measure, holder.n], key=lambda symbol: symbol.kind):
                groups.append(SymbolGroup.of(measure.index, symbol))
            groups.extend(found[holder.n].in_order())
            if measure.right is not BarlineForm.INVISIBLE:
                groups.append(SymbolGroup.of(measure.index, Symbol("barline", self._right(measure))))

    def _read_voice(
        self, voice: Voice, holder: MeasureStaff, measure: Measure, found: dict[str, _Entries]
    ) -> None:
        events = [event for event in voice.events if not isinstance(event, _EMPTY) and not event.is_hidden]
        last_onset = self._last_onset(holder, measure)
        graces = 0
        for onset, element in _walk(voice):
            entries = found[holder.n]
            if isinstance(element, Event):
                graces = graces + 1 if element.is_grace else 0
                if not element.is_hidden and not isinstance(element, _EMPTY):
                    self._read_event(element, len(events) == 1, graces, holder.n, found)
            elif isinstance(element, Accidental):
                if element.is_visible:
                    place = (element.staff_position or 0, 0.0)
                    entries.add((onset, _CHANGE, 0, place), (accidental_symbol(element),))
            elif isinstance(element, Barline):
                form = _barline(element.form)
                entries.add((onset, _CHANGE, 0, (0, 0.0)), (Symbol("barline", form),))
            elif onset <= last_onset:
                # Changes at the end of a measure are those that the next measure begins with.
                symbol = signature_symbol(element)
                if symbol is not None:
                    self._in_force[holder.n].set(symbol)
                    if is_drawn(element):
                        entries.add((onset, _CHANGE, 0, (0, 0.0)), (symbol,))

    def _read_event(
        self, event: Event, is_alone: bool, graces: int, voice_staff: str, found: dict[str, _Entries]
    ) -> None:
        notes = [note for note in notes_of(event) if not note.is_hidden]
        home = event.cross_staff.n if event.cross_staff is not None else voice_staff
        rank = _GRACE if graces else _NOTE if notes else _REST
        heads: dict[str, list[Note]] = defaultdict(list)
        for note in notes:
            heads[note.cross_staff.n if note.cross_staff is not None else home].append(note)
        heads.setdefault(home, [])
        for staff, held in heads.items():
            key = (event.onset_in_measure, rank, graces, height(held[0]) if held else (0, 0.0))
            stem = tuple(stem_symbols(event, is_alone, self._attached)) if staff == home else ()
            found[staff].add(key, stem, *(tuple(head_symbols(note, self._attached)) for note in held))

    def _last_onset(self, holder: MeasureStaff, measure: Measure) -> Fraction:
        """The onset of the last event of a staff in a measure; in the last measure, the end of the measure."""
        if measure.index == len(self._measures) - 1:
            return measure.quarter_length
        events = (event for voice in holder.voices for event in voice.events)
        return max(
            (event.onset_in_measure for event in events if not isinstance(event, _EMPTY)),
            default=Fraction(-1),
        )

    def _follows_repeat(self, measure: Measure) -> bool:
        before = self._measures[measure.index - 1] if measure.index else None
        return before is not None and before.right in _STARTS

    def _right(self, measure: Measure) -> str:
        """The form of the right barline, which some formats write as the left one of the next measure."""
        form = measure.right
        after = self._measures[measure.index + 1 : measure.index + 2]
        if form in (None, BarlineForm.SINGLE) and after and after[0].left not in _STARTS:
            form = after[0].left
        return "single" if form is BarlineForm.REPEAT_START else _barline(form)


def _barline(form: BarlineForm | None) -> str:
    if form is BarlineForm.SINGLE:
        form = None
    return _BARLINES.get(form) or (form.value if form is not None else "")


def _walk(container: SemanticObject) -> Iterator[tuple[Fraction, SemanticObject]]:
    """Events, signatures, barlines and lone accidentals of a voice, each with its onset in the measure."""
    at = Fraction(0)
    stack = [iter(container.chosen_children)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, Event) and child.is_event:
                yield child.onset_in_measure, child
                at = child.onset_in_measure + child.quarter_length
            elif isinstance(child, (*SIGNATURES, Barline, Accidental)):
                yield at, child
            elif isinstance(child, SemanticObject):
                stack.append(iter(child.chosen_children))
                break
        else:
            stack.pop()
