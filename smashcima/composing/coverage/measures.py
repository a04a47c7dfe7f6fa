"""Measures that are filled with wanted signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smashcima.composing.coverage.needs import Needs
from smashcima.composing.coverage.signs import POSITIONS, SIGNS, Sign
from smashcima.composing.draws import Draws
from smashcima.composing.theory import Key, Metre
from smashcima.scene.semantic import (
    Accidental,
    Alter,
    Articulation,
    BowedTremolo,
    Breath,
    Caesura,
    Clef,
    ClefShape,
    Duration,
    Event,
    Fermata,
    Mordent,
    Note,
    Pedal,
    PedalAction,
    Pitch,
    RepeatMark,
    Rest,
    ScoreBuilder,
    SemanticObject,
    StemDirection,
    Trill,
    Turn,
)
from smashcima.scene.semantic.control_event import ControlEvent

_TICKS = {
    "breve": 7680,
    "1": 3840,
    "2": 1920,
    "4": 960,
    "8": 480,
    "16": 240,
    "32": 120,
    "64": 60,
    "128": 30,
    "256": 15,
}
_FEWEST = 15

_MARKS: Mapping[str, Callable[[Event], ControlEvent]] = {
    "fermata": lambda event: Fermata(event, place="above"),
    "inverted fermata": lambda event: Fermata(event, place="below", form="inv"),
    "breath": lambda event: Breath(event, place="above"),
    "caesura": lambda event: Caesura(event, place="above"),
    "segno": lambda event: RepeatMark(event, function="segno", place="above"),
    "coda": lambda event: RepeatMark(event, function="coda", place="above"),
    "pedal": lambda event: Pedal(event, action=PedalAction.DOWN, place="below"),
    "pedal up": lambda event: Pedal(event, action=PedalAction.UP, place="below"),
    "trill": lambda event: Trill(event, place="above"),
    "mordent lower": lambda event: Mordent(event, place="above", form="lower"),
    "mordent upper": lambda event: Mordent(event, place="above", form="upper"),
    "turn upper": lambda event: Turn(event, place="above", form="upper"),
    "turn lower": lambda event: Turn(event, place="above", form="lower"),
}


class CoverageMeasure:
    """Writes measures one after the other, and knows the clef in force."""

    def __init__(self, builder: ScoreBuilder, needs: Needs, key: Key, draws: Draws) -> None:
        self._builder = builder
        self._needs = needs
        self._key = key
        self._draws = draws
        self._clef = Clef(ClefShape.G, 2)
        self._altered: dict[int, Alter] = {}
        """Alterations in this measure, by diatonic step."""

    def write(self, metre: Metre) -> None:
        """Adds a full measure."""
        measure = self._builder.add_measure()
        self._altered = {}
        elements: list[SemanticObject] = []
        marks: list[ControlEvent] = []
        texts: list[tuple[str, Event]] = []
        left = metre.ticks
        clef = self._needs.most_wanted(self._needs.of_kind("clef"))
        if clef is None and self._clef.octave_shift:
            clef = SIGNS["gClefChange"]  # rare clefs would be repeated at the start of each system
        while left > 0:
            if clef is not None and elements and left < metre.ticks:
                elements.append(self._change_clef(clef))
                clef = None
            sign = self._next_event(left)
            event, ticks = self._event(sign, left)
            left -= ticks
            holder: SemanticObject = event
            if isinstance(event, Note):
                holder = self._attach(event, sign, marks, texts)
            elements.append(holder)
        self._builder.add_voice(measure, 1, *elements)
        for mark in marks:
            self._builder.mark(mark)
        for text, event in texts:
            self._builder.dynamic(text, event)

    def _change_clef(self, sign: Sign) -> Clef:
        shape, line, octaves = sign.value.split()
        self._needs.use(sign.name)
        self._clef = Clef(ClefShape(shape), int(line), int(octaves))
        return self._clef

    # -- events --------------------------------------------------------------------------------------------

    def _next_event(self, left: int) -> Sign:
        """The wanted note or rest that fits; else a note value that fills the rest of the measure."""
        fitting = [sign for sign in self._needs.of_kind("note", "rest") if _TICKS[sign.value] <= left]
        # A value that divides what is left does not require shorter ones after it.
        long = [sign for sign in fitting if _TICKS[sign.value] == left]
        even = [sign for sign in fitting if left % _TICKS[sign.value] == 0]
        found = (
            self._needs.most_wanted(long) or self._needs.most_wanted(even) or self._needs.most_wanted(fitting)
        )
        if found is not None:
            return found
        values = [value for value, ticks in _TICKS.items() if ticks <= min(left, 960)]
        return Sign("", "note", values[0])

    def _event(self, sign: Sign, left: int) -> tuple[Event, int]:
        ticks = _TICKS[sign.value]
        dots = 0
        can_dot = ticks > _FEWEST and ticks * 3 // 2 <= left and ticks < 7680
        if can_dot and self._needs.left("augmentationDot") > 0 and self._draws.chance(0.3):
            self._needs.use("augmentationDot")
            ticks, dots = ticks * 3 // 2, 1
        duration = Duration(Duration.parse(sign.value).type, dots)
        if sign.name:
            self._needs.use(sign.name)
        if sign.kind == "rest":
            return Rest(duration=duration), ticks
        note = Note(None, duration=duration)
        if sign.option in ("up", "down"):
            note.stem_direction = StemDirection(sign.option)
        elif sign.option:
            note.notehead = sign.option
        return note, ticks

    def _attach(
        self, note: Note, sign: Sign, marks: list[ControlEvent], texts: list[tuple[str, Event]]
    ) -> SemanticObject:
        """Gives a note its pitch and wanted signs; returns it, or the tremolo around it."""
        needs = self._needs
        self._give_pitch(note)
        self._articulate(note, sign)
        ornament = needs.most_wanted(needs.of_kind("ornament"), sign.name)
        if ornament is not None:
            needs.use(ornament.name)
            needs.use_pair(sign.name, ornament.name)
            marks.append(_MARKS[ornament.value](note))
        else:
            mark = needs.most_wanted(needs.of_kind("mark"))
            if mark is not None:
                needs.use(mark.name)
                marks.append(_MARKS[mark.value](note))
        dynamic = needs.most_wanted(needs.of_kind("dynamic")) if self._draws.chance(0.5) else None
        if dynamic is not None:
            needs.use(dynamic.name)
            texts.append((dynamic.value, note))
        is_long = note.duration is not None and note.duration.type.flags == 0
        tremolo = needs.most_wanted(needs.of_kind("tremolo")) if is_long else None
        if tremolo is not None and not note.notehead:
            needs.use(tremolo.name)
            note.mei["stem.mod"] = f"{tremolo.value}slash"
            return BowedTremolo(children=[note])
        return note

    def _articulate(self, note: Note, sign: Sign) -> None:
        needs = self._needs
        found = needs.most_wanted(needs.of_kind("articulation"), sign.name)
        if found is not None:
            needs.use(found.name)
            needs.use_pair(sign.name, found.name)
            note.children.append(Articulation((found.value,), found.option))

    def _give_pitch(self, note: Note) -> None:
        """A pitch, with the wanted accidental at the position at which it is wanted."""
        needs, draws = self._needs, self._draws
        accidental = needs.most_wanted(needs.of_kind("accidental")) if draws.chance(0.7) else None
        if accidental is None:
            accidental = self._with_wanted_position()
        position = draws.integer(POSITIONS[0], POSITIONS[-1])
        if accidental is not None:
            wanted = [each for each in POSITIONS if needs.pair_left(accidental.name, str(each)) > 0]
            position = draws.pick(wanted) if wanted else position
            needs.use(accidental.name)
            needs.use_pair(accidental.name, str(position))
        diatonic = self._clef.middle_diatonic() + position
        alter: Alter = self._altered.get(diatonic, self._key.alters[diatonic % 7])
        if accidental is not None:
            sign = Accidental(accidental.value)
            assert sign.alter is not None
            alter = self._altered[diatonic] = sign.alter
            note.children.append(sign)
        note.pitch = Pitch.of_diatonic(diatonic, alter)

    def _with_wanted_position(self) -> Sign | None:
        """An accidental that is wanted at some position."""
        for sign in self._draws.shuffled(self._needs.of_kind("accidental")):
            if any(self._needs.pair_left(sign.name, str(position)) > 0 for position in POSITIONS):
                return sign
        return None
