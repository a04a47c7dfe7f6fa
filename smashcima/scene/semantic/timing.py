"""The pass that computes all derived values: onsets, durations, sounding pitches, positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from smashcima.errors import Issue
from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.groups import FingeredTremolo, Tuplet
from smashcima.scene.semantic.ids import assign_ids
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.mark_timing import set_mark_times
from smashcima.scene.semantic.measure import ZERO, Measure, MeasureStaff
from smashcima.scene.semantic.note import (
    BeatRepeat,
    Chord,
    HalfMeasureRepeat,
    MultiMeasureRepeat,
    MultiMeasureRest,
    Note,
    StemmedEvent,
    TabChord,
    TwoMeasureRepeat,
    WholeMeasureEvent,
)
from smashcima.scene.semantic.parts import find_parts
from smashcima.scene.semantic.pitch import Pitch
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.spanners import OctaveShift, TupletSpan
from smashcima.scene.semantic.staff_state import StaffState, StaffStates, sequence
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score

ONE = Fraction(1)

UNKNOWN_LENGTH = Fraction(1)
"""Length of events without a duration: a quarter, as Verovio draws them."""

_AT_END = Fraction(10**9)
"""Offset of a clef behind a rest for the whole measure, whose length is not known yet."""


def update_score(score: Score) -> list[Issue]:
    """See `Score.update`."""
    return update_all(score)[0]


def update_all(score: Score) -> tuple[list[Issue], list[SemanticObject]]:
    """Updates all derived values; returns issues, and all objects below the score."""
    below = score.all_below()
    issues = assign_ids(score, below)
    find_parts(score, below)
    timing = _Timing(issues, _factors_of_spans(below))
    for found in sequence(score):
        if isinstance(found, Measure):
            timing.time_measure(found)
        else:
            timing.states.define(found)
    set_mark_times(timing.measures, timing.events, timing.beat_lengths)
    _sound_octave_lines([each for each in below if isinstance(each, OctaveShift)], timing)
    return issues, below


class _Sums:
    """Sums of fractions, which are the same objects in measure after measure: adding them anew would take most of the time."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Fraction, Fraction, Fraction]] = {}
        """By the identities of the summands, which stay in memory."""

    def add(self, first: Fraction, second: Fraction) -> Fraction:
        """The sum of two fractions."""
        key = (id(first), id(second))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = (first + second, first, second)
        return found[0]


class _Timing:
    """The state of one pass. Derived values are stored without `__setattr__`, which would double the time; none of
    them is an edge that needs linking.
    """

    def __init__(self, issues: list[Issue], span_factors: Mapping[Event, Fraction]) -> None:
        self.issues = issues
        self.states = StaffStates()
        self.onset = ZERO
        self.measures: list[Measure] = []
        self.events: list[list[tuple[str, Event]]] = []
        """The events of each measure, with the staff number of their voice."""
        self.beat_lengths: list[dict[str, Fraction]] = []
        self._span_factors = span_factors
        self._measure_onset = ZERO
        self._sums = _Sums()
        self._current: list[tuple[str, Event]] = []
        self._whole: list[Event] = []
        self._notes: list[tuple[Note, str, int, int]] = []
        """The notes of the measure: with the staff on which each is drawn, its voice if that is the voice's own staff (else
        -1), and the number of clefs before it in that voice."""
        self._voice = 0
        self._clefs_seen = 0
        """Number of clefs of the current voice in this measure."""
        self._is_whole = False
        """Whether the current voice has rested for the whole measure."""
        self._n = ""

    # -- measures ------------------------------------------------------------------------------------------

    def time_measure(self, measure: Measure) -> None:
        """Computes the values of one measure and advances to its end."""
        self._current = []
        self._whole = []
        self._notes = []
        self._measure_onset = self.onset
        measure.__dict__["index"] = len(self.measures)
        longest = ZERO
        for staff in measure.staves:
            self._n = staff.n
            self._tell_what_is_in_force(staff)
            for voice in staff.voices:
                self._voice += 1
                self._clefs_seen = 0
                self._is_whole = False
                length = self._time(voice, ZERO, ONE, None)
                voice.__dict__["quarter_length"] = length
                longest = max(longest, length)
        expected = self._expected_length(measure)
        if expected is not None and longest > expected and measure.mei.get("metcon") != "false":
            self._report_long_voices(measure, expected)
        length = longest or expected or (self.measures[-1].quarter_length if self.measures else Fraction(4))
        self._fill(length)
        self._settle_pitches()
        values = measure.__dict__
        values["onset"] = self.onset
        values["quarter_length"] = length * self._measures_in()
        self.onset += values["quarter_length"]
        self.measures.append(measure)
        self.events.append(self._current)
        self.beat_lengths.append({n: state.beat_length for n, state in self.states.items()})

    def _tell_what_is_in_force(self, staff: MeasureStaff) -> None:
        state = self.states[staff.n]
        if staff.clef is not state.clef:
            staff.clef = state.clef
        if staff.key_signature is not state.key:
            staff.key_signature = state.key
        if staff.time_signature is not state.time:
            staff.time_signature = state.time
        staff.__dict__["lines"] = state.lines

    def _expected_length(self, measure: Measure) -> Fraction | None:
        for staff in measure.staves:
            length = self.states[staff.n].measure_length
            if length is not None:
                return length
        return None

    def _measures_in(self) -> int:
        """Number of measures that the current one represents: several if it contains only a multi-measure rest."""
        if len(self._whole) < len(self._current):
            return 1
        return max(
            [max(1, event.count or 1) for event in self._whole if isinstance(event, MultiMeasureRest)],
            default=1,
        )

    def _report_long_voices(self, measure: Measure, expected: Fraction) -> None:
        for staff in measure.staves:
            for voice in staff.voices:
                if voice.quarter_length > expected:
                    what = (
                        f"voice {voice.n} of staff {staff.n} lasts {voice.quarter_length} quarters; the time signature "
                        f"requires {expected}"
                    )
                    self.issues.append(Issue(measure.place, "layer", what))

    def _fill(self, length: Fraction) -> None:
        """Sets the length of measure rests and similar events to that of the measure."""
        for event in self._whole:
            factor = 1
            if isinstance(event, (MultiMeasureRest, MultiMeasureRepeat)):
                factor = max(1, event.count or 1)
            elif isinstance(event, TwoMeasureRepeat):
                factor = 2
            event.__dict__["quarter_length"] = length * factor

    # -- voices --------------------------------------------------------------------------------------------

    def _time(self, container: SemanticObject, at: Fraction, factor: Fraction, grace: Any) -> Fraction:
        """Sets onset and length of the content of a container, and returns the offset at its end."""
        for child in container.chosen_children:
            if not isinstance(child, SemanticObject):
                continue
            if child.is_event:
                assert isinstance(child, Event)
                at = self._sums.add(at, self._time_event(child, at, factor, grace))
            elif child.children:
                if isinstance(child, Tuplet):
                    at = self._time(child, at, self._tuplet_factor(child, factor), grace)
                elif isinstance(child, FingeredTremolo):
                    at = self._time(child, at, factor / 2, grace)
                else:
                    at = self._time(child, at, factor, grace or child.tag == "graceGrp")
                    self._change(child, at)
            else:
                self._change(child, at)
        return at

    def _change(self, child: SemanticObject, at: Fraction) -> None:
        """Records a clef, key or time that changes within a voice."""
        if isinstance(child, Clef):
            self._clefs_seen += 1
            self.states[self._n].clef_changes.append((_AT_END if self._is_whole else at, child, self._voice))
        elif isinstance(child, KeySignature):
            self.states[self._n].key = child
        elif isinstance(child, (TimeSignature, TimeSignatureGroup)):
            self.states[self._n].time = child

    def _time_event(self, event: Event, at: Fraction, factor: Fraction, grace: Any) -> Fraction:
        values = event.__dict__
        length = ZERO
        if isinstance(event, WholeMeasureEvent):
            self._whole.append(event)
            self._is_whole = True
        elif not (grace or (isinstance(event, StemmedEvent) and values["grace"] is not None)):
            duration = values["duration"]
            if duration is not None:
                length = duration.quarter_length
            else:
                length = self._length_without_duration(event)
            if "numbase" in values["mei"]:
                length = length * event.ratio
            if factor is not ONE:
                length = length * factor
            if self._span_factors and event in self._span_factors:
                length = length * self._span_factors[event]
        onset = self._sums.add(self._measure_onset, at) if at is not ZERO else self._measure_onset
        values["onset"] = onset
        values["onset_in_measure"] = at
        values["quarter_length"] = length
        self._current.append((self._n, event))
        if isinstance(event, Note):
            self._add_note(event, self._staff_of(event))
        elif isinstance(event, (Chord, TabChord)):
            crossing = self._staff_of(event)
            for note in event.notes:
                own = note.__dict__
                own["onset"] = onset
                own["onset_in_measure"] = at
                own["quarter_length"] = length
                self._add_note(note, self._staff_of(note) if own["cross_staff"] is not None else crossing)
        return length

    def _add_note(self, note: Note, n: str) -> None:
        self._notes.append((note, n, self._voice if n == self._n else -1, self._clefs_seen))

    def _staff_of(self, event: Event) -> str:
        crossing = event.__dict__["cross_staff"]
        return self._n if crossing is None else crossing.n

    def _length_without_duration(self, event: Event) -> Fraction:
        if isinstance(event, (Chord, TabChord)):
            lengths = [note.duration.quarter_length for note in event.notes if note.duration is not None]
            return max(lengths, default=UNKNOWN_LENGTH)
        if isinstance(event, BeatRepeat):
            return event.beat_length or self.states[self._n].beat_length
        if isinstance(event, HalfMeasureRepeat):
            return (self.states[self._n].measure_length or Fraction(4)) / 2
        return UNKNOWN_LENGTH

    def _tuplet_factor(self, tuplet: Tuplet, outer: Fraction) -> Fraction:
        """The total factor of durations inside a tuplet.

        Verovio's MusicXML importer nests consecutive tuplets, and drops the note type in ratios such as 5 sixteenths in
        the time of 2 eighths. If it also provides exact durations (`dur.ppq`), these determine the interpretation.
        """
        factor = outer * tuplet.factor
        ppq = self.states[self._n].ppq
        events = (
            [event for event in tuplet.events if event.tuplet is tuplet and not event.is_grace] if ppq else []
        )
        written = sum((event.duration.quarter_length for event in events if event.duration is not None), ZERO)
        if not written or any("dur.ppq" not in event.mei for event in events):
            return factor
        try:
            played = Fraction(sum(int(event.mei["dur.ppq"]) for event in events), ppq)
        except ValueError:
            return factor
        readings = (factor, tuplet.factor, tuplet.factor * 2, tuplet.factor / 2, tuplet.factor * 4)
        return next((reading for reading in readings if written * reading == played), factor)

    # -- pitches -------------------------------------------------------------------------------------------

    def _settle_pitches(self) -> None:
        """Sets the pitch positions and sounding pitches of the notes of a measure, and clears its clef changes."""
        last: tuple[str, Clef | None] | None = None
        middle = 0
        for note, n, voice, seen in self._notes:
            state = self.states[n]
            values = note.__dict__
            clef = state.clef
            if state.clef_changes:
                clef = _clef_at(state, values["onset_in_measure"], voice, seen)
            pitch = values["pitch"]
            if pitch is None:
                values["pitch_position"] = None
            else:
                if last is None or last[0] != n or last[1] is not clef:
                    last, middle = (n, clef), state.middle(clef)
                values["pitch_position"] = pitch.diatonic - middle
            if pitch is not None and state.transposition != (0, 0):
                pitch = pitch.transposed(*state.transposition)
            values["sounding_pitch"] = pitch
            if "oct.ges" in values["mei"]:
                _raise(note, _octaves_by_source(note))
        for state in self.states.values():
            if state.clef_changes:
                state.clef = max(reversed(state.clef_changes), key=_onset_of_change)[1]
                state.clef_changes = []


def _clef_at(state: StaffState, at: Fraction, voice: int, seen: int) -> Clef | None:
    """The clef at an offset: after the first `seen` clefs of its voice, and those of other voices up to the offset.

    Clefs of other voices that the voice itself repeats (`same_as`) apply where it repeats them.
    """
    clef, latest = state.clef, Fraction(-1)
    repeated = {change.effective for _, change, its_voice in state.clef_changes if its_voice == voice}
    for onset, change, its_voice in state.clef_changes:
        if its_voice == voice:
            seen -= 1
            applies = seen >= 0
        else:
            applies = onset <= at and change.effective not in repeated
        if applies and onset >= latest:
            clef, latest = change, onset
    return clef


def _onset_of_change(change: tuple[Fraction, Clef, int]) -> Fraction:
    return change[0]


def _factors_of_spans(below: Iterable[SemanticObject]) -> dict[Event, Fraction]:
    factors: dict[Event, Fraction] = {}
    for span in [each for each in below if isinstance(each, TupletSpan)]:
        for event in span.events:
            factors[event] = factors.get(event, ONE) * span.factor
    return factors


def _sound_octave_lines(lines: Iterable[OctaveShift], timing: _Timing) -> None:
    """Transposes the sounding pitches of the notes under octave lines: from `start` to `end`, on the staff of the line.

    Skips lines for which the source gives the sounding octave of any note (`oct.ges`).
    """
    for line in lines:
        notes = _notes_under(line, timing) if line.octaves else []
        if any("oct.ges" in note.mei for note in notes):
            continue
        for note in notes:
            _raise(note, line.octaves)


def _notes_under(line: OctaveShift, timing: _Timing) -> list[Note]:
    staff = line.staff
    measure = line.measure
    notes: list[Note] = []
    if staff is None or measure is None:
        return notes
    first, last = line.onset, line.onset + line.quarter_length
    for place in range(measure.index, len(timing.measures)):
        if timing.measures[place].onset > last:
            break
        for n, event in timing.events[place]:
            if first <= event.onset <= last and (n == staff.n or event.cross_staff is not None):
                found = [event] if isinstance(event, Note) else list(event.descendants(Note))
                notes.extend(note for note in found if note.staff is staff)
    return notes


def _raise(note: Note, octaves: int) -> None:
    sounding = note.sounding_pitch
    if sounding is not None:
        note.__dict__["sounding_pitch"] = Pitch(sounding.step, sounding.octave + octaves, sounding.alter)


def _octaves_by_source(note: Note) -> int:
    """Octaves from written to sounding pitch that the source gives for the note itself."""
    try:
        return int(note.mei["oct.ges"]) - int(note.mei["oct"])
    except (KeyError, ValueError):
        return 0
