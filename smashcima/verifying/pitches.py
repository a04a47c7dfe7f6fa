"""Pitches, read from the page as a musician reads them: staff by staff, from left to right.

The height of a notehead, the clef, the key signature, accidentals up to the barline, and ties across it give a pitch,
which is compared with that of the note.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from smashcima.scene.semantic import Accidental, Note
from smashcima.scene.visual import (
    AccidentalMark,
    ClefMark,
    KeySignatureMark,
    Notehead,
    SystemMeasure,
    SystemStaff,
    TieCurve,
)
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.hidden_heads import height_of_sign
from smashcima.verifying.score_survey import ScoreSurvey
from smashcima.verifying.signatures import (
    DrawnClef,
    DrawnKey,
    check_clef,
    check_key,
    is_by_hand,
    key_groups,
    reference_heights,
)
from smashcima.verifying.staff_heights import StaffHeights
from smashcima.verifying.symbols import ALTERS, is_off_staff
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import accidental_words, pitch_words, place_words, position_words

Alter = int | Fraction


class _Event(NamedTuple):
    """Something on a staff that a reader meets at an x."""

    x: float
    order: int
    """0 for clefs, 1 for key signatures, 2 for accidentals, 3 for noteheads."""
    row: int


@dataclass(slots=True)
class _StaffMemory:
    """What a reader remembers of a staff from one system to the next."""

    clef: DrawnClef | None = None
    key: DrawnKey | None = None
    heard: dict[int, Alter | None] = field(default_factory=dict)
    """The last alteration at each height, which a tie from the previous system continues."""


class PitchReader:
    """Reads the pitches of all pages of a score, in order."""

    def __init__(self, findings: Findings, survey: ScoreSurvey) -> None:
        self._findings = findings
        self._survey = survey
        self._memory: dict[int, _StaffMemory] = defaultdict(_StaffMemory)

    def read_page(self, drawn: DrawnPage, heights: dict[SystemStaff, StaffHeights]) -> None:
        """Reads a page, and reports pitches, clefs and keys that differ from the score."""
        events: dict[SystemStaff, list[_Event]] = {staff: [] for staff in heights}
        left = drawn.boxes[:, 0].tolist()
        self._drawn = drawn
        self._signs: dict[int, list[int]] = defaultdict(list)
        """Rows of the accidentals of each notehead."""
        for row in drawn.of(Notehead):
            self._enter(events, row, left[row], 3)
        for row in drawn.of(AccidentalMark):
            values = drawn.things[row].__dict__
            if is_off_staff(values["semantic"]):
                continue
            own = drawn.row_of.get(values["notehead"])
            if own is not None:
                self._signs[own].append(row)
                self._enter(events, row, min(left[row], left[own]), 2)
            elif not isinstance(values["semantic"], Accidental) or values["semantic"].note is not None:
                self._enter(events, row, left[row], 2)  # its head is hidden, such as that of a unison
        for row in drawn.of(ClefMark):
            self._enter(events, row, left[row], 0)
        for row in drawn.of(KeySignatureMark):
            self._enter(events, row, left[row], 1)
        self._tied_from = self._ties()
        self._alter_of: dict[int, Alter | None] = {}
        height_of = self._heights_of_heads(heights)
        # Clefs are asked for only on pages without noteheads.
        self._is_rough = is_by_hand(
            list(height_of.values()), [] if height_of else self._heights_of_clefs(heights)
        )
        for staff, found in events.items():
            found.sort()
            self._read_staff(staff, heights[staff], found, height_of)

    def _heights_of_clefs(self, heights: dict[SystemStaff, StaffHeights]) -> list[float]:
        """The staff positions (not rounded) of all clefs of the page."""
        result: list[float] = []
        for row in self._drawn.of(ClefMark):
            staff = self._drawn.staves[row]
            if staff in heights:
                result += reference_heights(self._drawn, [row], heights[staff])
        return result

    def _heights_of_heads(self, heights: dict[SystemStaff, StaffHeights]) -> dict[int, float]:
        """The staff positions (not rounded) of all noteheads of the page, by row."""
        drawn = self._drawn
        rows: dict[SystemStaff, list[int]] = defaultdict(list)
        for row in drawn.of(Notehead):
            staff = drawn.staves[row]
            if staff in heights:
                rows[staff].append(row)
        result: dict[int, float] = {}
        for staff, heads in rows.items():
            boxes = drawn.boxes[heads]
            read = heights[staff].read(
                heads, (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
            )
            result.update(zip(heads, read.tolist(), strict=True))
        return result

    def _enter(self, events: dict[SystemStaff, list[_Event]], row: int, x: float, order: int) -> None:
        staff = self._drawn.staves[row]
        if staff in events and x == x:
            events[staff].append(_Event(x, order, row))

    def _ties(self) -> dict[int, int | None]:
        """For each notehead at which a tie ends, that at which it starts; `None` for one in another system."""
        drawn = self._drawn
        result: dict[int, int | None] = {}
        for row in drawn.of(TieCurve):
            values = drawn.things[row].__dict__
            ends = [drawn.row_of[head] for head in values["end_noteheads"] if head in drawn.row_of]
            starts = [drawn.row_of[head] for head in values["start_noteheads"] if head in drawn.row_of]
            for end in ends:
                result[end] = starts[0] if starts else None
        return result

    def _read_staff(
        self, staff: SystemStaff, heights: StaffHeights, events: list[_Event], height_of: dict[int, float]
    ) -> None:
        drawn, memory = self._drawn, self._memory[staff.number]
        groups = key_groups(drawn, [event.row for event in events if event.order == 1], heights.space)
        reading = _Reading(staff, memory, self, heights, height_of)
        for event in events:
            if event.order == 3:
                reading.head(event.row)
            elif event.order == 2:
                reading.accidental(event.row)
            elif event.order == 0:
                reading.clef(event.row)
            elif event.row in groups:
                reading.key(groups[event.row])
        if events:
            reading.finish()


class _Reading:
    """The state while one staff of one system is read."""

    def __init__(
        self,
        staff: SystemStaff,
        memory: _StaffMemory,
        reader: PitchReader,
        heights: StaffHeights,
        height_of: dict[int, float],
    ) -> None:
        self._staff = staff
        self._memory = memory
        self._reader = reader
        self._drawn = reader._drawn
        self._findings = reader._findings
        self._heights = heights
        self._height_of = height_of
        self._clef: DrawnClef | None = None
        self._key: DrawnKey | None = None
        self._measure: SystemMeasure | None = None
        self._in_bar: dict[int, Alter | None] = {}
        self._is_begun = False
        """Whether the signatures at the start of the system have been read."""
        self._clefs: list[DrawnClef] = []

    # -- signatures ----------------------------------------------------------------------------------------

    def clef(self, row: int) -> None:
        read = check_clef(self._drawn, row, self._heights, self._reader._is_rough, self._findings)
        for other in self._clefs:
            if read.semantic is not None and other.semantic is read.semantic:
                self._report("surplus", row, "clef", "drawn twice on this staff, the score has it once")
        self._clefs.append(read)
        self._clef = read
        self._in_bar = {}

    def key(self, rows: list[int]) -> None:
        clef = self._clef or self._memory.clef
        read = check_key(self._drawn, rows, self._heights, clef, self._reader._is_rough, self._findings)
        if not self._is_begun and self._key is None:
            self._check_repeated(read, rows[0])
        self._key = read

    def _check_repeated(self, read: DrawnKey, row: int) -> None:
        """Checks that the key at the start of a system is that at the end of the previous one."""
        before = self._memory.key
        if (
            before is not None
            and before.semantic is read.semantic
            and before.alters != read.alters
            and not before.has_naturals
        ):
            self._report(
                "key signature", row, "keySig",
                f"drawn with {read.words} at the start of the system, and with {before.words} before",
            )  # fmt: skip

    def _begin(self, row: int) -> None:
        """Called at the first note of a system."""
        self._is_begun = True
        self._begin_clef(row)
        self._begin_key(row)

    def _begin_clef(self, row: int) -> None:
        if self._clef is None:
            before = self._memory.clef
            if before is not None:
                what = f"no clef is drawn at the start of the system; the staff has a {before.words}"
                self._report("clef", row, "clef", what)
            elif self._is_start_of_score(row) and self._reader._survey.has_clef(str(self._staff.number)):
                self._report("clef", row, "clef", "no clef is drawn at the start, the score has one")
            self._clef = before

    def _begin_key(self, row: int) -> None:
        if self._key is not None:
            return
        before, measure = self._memory.key, self._drawn.measures[row]
        if self._is_start_of_score(row) and self._reader._survey.has_key(str(self._staff.number)):
            self._report(
                "key signature", row, "keySig", "no key signature is drawn at the start, the score has one"
            )
        elif (
            before is not None and before.alters and measure is not None and not self._has_key_change(measure)
        ):
            what = f"no key signature is drawn at the start of the system; before, it has {before.words}"
            self._report("key signature", row, "keySig", what)
            self._key = before

    def _is_start_of_score(self, row: int) -> bool:
        measure, measures = self._drawn.measures[row], self._reader._survey.measures
        return measure is not None and bool(measures) and measure.semantic is measures[0]

    def _has_key_change(self, measure: SystemMeasure) -> bool:
        """Whether the score has a key signature at a measure, which may be one without accidentals."""
        at, keys = measure.semantic, self._reader._survey.keys_at
        return (at, str(self._staff.number)) in keys or (at, None) in keys

    def finish(self) -> None:
        """Keeps what the next system continues."""
        self._memory.clef = self._clef or self._memory.clef
        self._memory.key = self._key

    # -- notes ---------------------------------------------------------------------------------------------

    def _in_measure(self, row: int) -> None:
        if not self._is_begun:
            self._begin(row)
        measure = self._drawn.measures[row]
        if measure is not self._measure:
            self._measure = measure
            self._in_bar = {}

    def accidental(self, row: int) -> None:
        """An accidental applies at the height of its notehead, up to the barline."""
        self._in_measure(row)
        own = self._drawn.row_of.get(self._drawn.things[row].__dict__["notehead"])
        if own is None:
            position = height_of_sign(
                self._drawn, row, self._staff, self._heights, self._height_of, self._reader._is_rough
            )
        elif own in self._height_of:
            position = self._height_of[own]
        else:
            return  # of a note on another staff
        if position == position:
            self._in_bar[round(position)] = ALTERS.get(self._drawn.names[row])

    def head(self, row: int) -> None:
        self._in_measure(row)
        findings = self._findings
        note = self._drawn.things[row].__dict__["note"]
        if not isinstance(note, Note):
            return  # reported by `links`
        raw = self._height_of[row]
        if raw != raw:
            findings.unproven["staff without lines"] += 1
            return
        position = round(raw)
        given = note.staff_position
        if given is not None:
            self._check_position(row, note, position, given)
            return
        pitch = note.pitch
        if pitch is None:
            findings.unproven["note without pitch and position"] += 1
            return
        clef = self._clef
        if clef is None:
            findings.unproven["no clef drawn"] += 1
            return
        if clef.middle is None:
            findings.unproven["percussion or tablature clef"] += 1
            return
        alter, reason = self._alter(row, position, clef.middle)
        self._reader._alter_of[row] = alter
        self._memory.heard[position] = alter
        if clef.middle + position != pitch.diatonic or (alter is not None and alter != pitch.alter):
            self._report(
                "pitch", row, "note",
                f"drawn as {pitch_words(clef.middle + position, alter)} ({position_words(position, self._heights)}, "
                f"{clef.words}, {reason}), the score says {pitch_words(pitch.diatonic, pitch.alter)}",
            )  # fmt: skip
        elif alter is None:
            findings.unproven[reason] += 1
        else:
            findings.checked["pitches"] += 1

    def _check_position(self, row: int, note: Note, position: int, given: int) -> None:
        findings = self._findings
        if position != given:
            self._report(
                "pitch", row, "note",
                f"drawn at {position_words(position, self._heights)}, the score says "
                f"{position_words(given, self._heights)}",
            )  # fmt: skip
        else:
            findings.checked["positions"] += 1
            if note.pitch is not None:
                findings.unproven["pitch given apart from the position"] += 1

    def _alter(self, row: int, position: int, middle: int) -> tuple[Alter | None, str]:
        """The alteration that a reader gives a note, and why."""
        reader, names = self._reader, self._drawn.names
        signs = reader._signs.get(row)
        if signs:
            # Of several signs, such as a natural before a sharp, the last one counts.
            last = max(signs, key=lambda sign: float(self._drawn.boxes[sign, 2]))
            alter = ALTERS.get(names[last])
            return alter, accidental_words(
                names[last]
            ) if alter is not None else "accidental of no number of semitones"
        if row in reader._tied_from:
            start = reader._tied_from[row]
            if start is None:
                if position in self._memory.heard:
                    return self._memory.heard[position], "tied from the previous system"
                return None, "tie from a page that was not made"
            if start is not None and start in reader._alter_of:
                return reader._alter_of[start], "tied"
        if position in self._in_bar:
            alter = self._in_bar[position]
            if alter is None:
                return None, "accidental of no number of semitones"
            return alter, "by an earlier accidental in the measure"
        if self._key is not None:
            step = (middle + position) % 7
            if step in self._key.alters:
                return self._key.alters[step], f"by the key signature of {self._key.words}"
        return 0, "no accidental"

    def _report(self, kind: str, row: int, element: str, what: str) -> None:
        self._findings.report(kind, place_words(self._drawn, row), element, what)
