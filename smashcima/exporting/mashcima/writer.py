"""Token groups of the items of a staff."""

from __future__ import annotations

from smashcima.exporting.mashcima.attachments import (
    SIGNS,
    Tell,
    accidental_token,
    articulation_tokens,
    is_attached_mark,
    mark_token,
    marks_at,
    tuplet_numbers,
)
from smashcima.exporting.mashcima.curves import Brackets
from smashcima.exporting.symbolic.one_voice import Item, rest_count
from smashcima.notations.mashcima import (
    KeySignatureTokenGroup,
    TimeSignatureTokenGroup,
    TokenGroup,
    is_note,
    is_token,
)
from smashcima.notations.mashcima.meanings import BARLINE_FORMS, CLEF_SHAPES, DURATION_TYPES, UNKNOWN_TYPE
from smashcima.scene.semantic import (
    Accidental,
    BarlineForm,
    Beam,
    BeamSpan,
    Clef,
    ControlEvent,
    Event,
    KeySignature,
    Measure,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    Score,
    SemanticObject,
    Space,
    StemmedEvent,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
    key_signs,
)

_LETTERS = {kind: letter for letter, kind in DURATION_TYPES.items()}
_SHAPES = {shape: name for name, shape in CLEF_SHAPES.items()}
_OCTAVES = {0: "clef", 1: "~clef.8va", -1: "~clef.8vb", 2: "~clef.15ma", -2: "~clef.15mb"}
_BARLINES = {form: token for token, form in BARLINE_FORMS.items()}
_TREMOLOS = ("bTrem", "fTrem")


class AnnotationWriter:
    """Makes token groups from the items of a staff."""

    def __init__(self, score: Score, tell: Tell) -> None:
        self.groups: list[TokenGroup] = []
        self._tell = tell
        self._measures = score.measures
        self._brackets = Brackets(score, tell)
        self._numbers = tuplet_numbers(score, tell)
        self._beams = _beams(score)
        self._at_barlines = _marks_at_barlines(score)
        self._clef: Clef | None = None
        self._is_opened = not (self._measures and self._measures[0].left is BarlineForm.REPEAT_START)
        """Whether the left barline of the first measure has been written, if there is one."""

    def write(self, item: Item) -> None:
        """Adds the groups of an item."""
        element = item.element
        if not self._is_opened and not item.is_opening:
            self._add("|:")
            self._is_opened = True
        if isinstance(element, Measure):
            self._barline(element)
        elif isinstance(element, Clef):
            self._write_clef(element)
        elif isinstance(element, KeySignature):
            self._key([(sign, position) for sign, position in key_signs(element, self._clef)], element)
        elif isinstance(element, (TimeSignature, TimeSignatureGroup)):
            for time in element.signatures if isinstance(element, TimeSignatureGroup) else [element]:
                self._time(time)
        elif isinstance(element, Accidental):
            self._key([(element.kind or "", element.staff_position)], element)
        elif isinstance(element, Event):
            self._event(element, item.note)

    def _add(self, token: str, before: list[str] | None = None, after: list[str] | None = None) -> None:
        self.groups.append(TokenGroup(token, before, after))

    # -- barlines and signatures ---------------------------------------------------------------------------

    def _barline(self, measure: Measure) -> None:
        following = measure.index + 1
        left = self._measures[following].left if following < len(self._measures) else None
        right = measure.right or BarlineForm.SINGLE
        ends, starts = self._brackets.at([measure])
        before = [")"] * ends
        for mark in self._at_barlines.get(measure, ()):
            token = mark_token(mark, self._tell)
            if token is not None:
                before.append(token)
        after = ["("] * starts
        if left is BarlineForm.REPEAT_START:
            both = right in (BarlineForm.REPEAT_END, BarlineForm.REPEAT_BOTH)
            self._add(":|:" if both else "|:", before, after)
            if right not in (BarlineForm.SINGLE, BarlineForm.INVISIBLE) and not both:
                self._tell(measure, f"its right barline ({right.value}) is not written before the repeat")
            return
        if right is BarlineForm.INVISIBLE:
            if before or after:
                self._tell(measure, "marks at its invisible barline are not written")
            return
        if right not in _BARLINES:
            self._tell(measure, f"its barline ({right.value}) is written as a plain one")
        self._add(_BARLINES.get(right, "|"), before, after)
        if left not in (None, BarlineForm.SINGLE, BarlineForm.INVISIBLE):
            assert following < len(self._measures)
            self._tell(self._measures[following], "its left barline is not written")

    def _write_clef(self, clef: Clef) -> None:
        self._clef = clef.effective
        name = _SHAPES.get(clef.shape) if clef.shape is not None else None
        prefix = _OCTAVES.get(clef.octave_shift)
        token = "~clef.perc" if name == "perc" else f"{prefix}.{name}{clef.position()}"
        if name is None or prefix is None or not is_token(token):
            self._tell(clef, "left out: the language has no such clef")
        else:
            self._add(token)

    def _key(self, signs: list[tuple[str, int | None]], element: SemanticObject) -> None:
        tokens: list[str] = []
        for kind, position in signs:
            token = f"{SIGNS.get(kind, '?')}{position}"
            if is_token(token):
                tokens.append(token)
            else:
                self._tell(element, f"its accidental {kind!r} is left out: the language has no token for it")
        if tokens:
            self.groups.append(KeySignatureTokenGroup(TokenGroup("", tokens)))

    def _time(self, time: TimeSignature) -> None:
        if time.symbol in (TimeSymbol.COMMON, TimeSymbol.CUT):
            self._add("time.C" if time.symbol is TimeSymbol.COMMON else "time.C/")
            return
        if time.unit is None:
            meter = f"~meter.{time.count}"
            if is_token(meter):
                self._add(meter)
            elif time.count is not None or time.symbol is not None:
                self._tell(time, "left out: the language has no such time signature")
            return
        count, unit = _number(time.count or ""), _number(str(time.unit))
        if is_token(count) and is_token(unit):
            self.groups.append(TimeSignatureTokenGroup(TokenGroup(count), TokenGroup(unit)))
        else:
            self._tell(time, "left out: the language has no such time signature")

    # -- events --------------------------------------------------------------------------------------------

    def _event(self, event: Event, note: Note | None) -> None:
        targets: list[Event] = [event] if note is None or note is event else [note, event]
        ends, starts = self._brackets.at(targets)
        token = self._item(event, note)
        if token is None:
            return
        before = [")"] * ends + list(marks_at(targets, self._tell))
        number = self._numbers.get(event)
        if number is not None:
            before.append(number)
        after: list[str] = []
        if note is not None:
            assert isinstance(event, StemmedEvent)
            accidental = accidental_token(note, note.position or 0, self._tell)
            before += [] if accidental is None else [accidental]
            holders = [note] if note is event else [note, event]
            for holder in holders:
                after += articulation_tokens(holder.articulations, self._tell)
        duration = event.duration if note is None else note.written_duration
        if duration is not None and duration.dots:
            after.append("*" * duration.dots if duration.dots < 3 else "~***")
            if duration.dots > 3:
                self._tell(event, f"written with 3 of its {duration.dots} dots")
        self._add(token, before, after + ["("] * starts)

    def _item(self, event: Event, note: Note | None) -> str | None:
        """The token of a note or rest without what is attached; `None` if nothing is written."""
        if isinstance(event, Space):
            is_unknown = UNKNOWN_TYPE in event.mei.get("type", "").split()
            return "?" if is_unknown else None
        if note is not None:
            return self._note(event, note)
        if isinstance(event, MultiMeasureRest):
            token = f"~multirest.{rest_count(event)}"
        elif isinstance(event, MeasureRest):
            token = "wr"
        elif isinstance(event, Rest):
            letter = _LETTERS.get(event.duration.type, "") if event.duration is not None else "q"
            token = f"{letter}r" if is_token(f"{letter}r") else f"~{letter}r"
        else:
            token = ""
        if not is_token(token):
            self._tell(event, "left out: the language has no token for it")
            return None
        if isinstance(event, (Rest, MeasureRest)) and event.staff_position is not None:
            self._tell(event, "written without its position on the staff")
        return token

    def _note(self, event: Event, note: Note) -> str | None:
        duration = note.written_duration
        letter = _LETTERS.get(duration.type) if duration is not None else "q"
        left, right = self._beams.get(event, (False, False))
        prefix = ""
        if event.is_grace or note.is_grace:
            is_slashed = "1slash" in (event.mei.get("stem.mod"), note.mei.get("stem.mod"))
            prefix = "~grace/." if is_slashed else "~grace."
        elif event.tagged_ancestor(*_TREMOLOS) is not None or "slash" in event.mei.get("stem.mod", ""):
            self._tell(event, "its tremolo is not written")
        for beams in ((left, right), (False, False)):
            token = f"{'=' * beams[0]}{letter}{'=' * beams[1]}{note.position}"
            for found in (prefix + token,) if prefix else (token, f"~{token}"):
                if is_token(found) and is_note(found):
                    if beams != (left, right):
                        self._tell(event, "written without its beam")
                    if note.notehead is not None:
                        self._tell(note, f"its notehead {note.notehead!r} is not written")
                    return found
        self._tell(note, f"left out: the language has no such note (position {note.position}, {duration})")
        return None


def _number(text: str) -> str:
    return f"time.{text}" if len(text) == 1 else f"~time.{text}"


def _beams(score: Score) -> dict[Event, tuple[bool, bool]]:
    """Whether a beam leads to each note from the left and to the right.

    Grace notes inside a beam of other notes are not under it; they can have a beam of their own.
    """
    found: dict[Event, tuple[bool, bool]] = {}
    for beam in score.descendants():
        if not isinstance(beam, (Beam, BeamSpan)):
            continue
        notes = [event for event in beam.events if isinstance(event, StemmedEvent)]
        whole = [note for note in notes if not note.is_grace]
        under = whole or notes
        for note in under:
            found[note] = (note is not under[0], note is not under[-1])
    return found


def _marks_at_barlines(score: Score) -> dict[Measure, list[ControlEvent]]:
    """Fermatas and other marks at the right barlines of measures."""
    found: dict[Measure, list[ControlEvent]] = {}
    for mark in score.marks():
        measure = mark.measure
        if (
            mark.start is None
            and mark.beat is not None
            and measure is not None
            and is_attached_mark(mark)
            and mark.onset_in_measure == measure.quarter_length
        ):
            found.setdefault(measure, []).append(mark)
    return found
