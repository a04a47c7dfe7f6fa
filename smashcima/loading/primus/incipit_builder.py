"""Construction of a score of one staff with one voice, symbol by symbol."""

from __future__ import annotations

from smashcima.scene.semantic import (
    BarlineForm,
    Beam,
    Clef,
    ControlEvent,
    Event,
    Fermata,
    KeySignature,
    Measure,
    MeasureStaff,
    Note,
    Score,
    ScoreDefinition,
    Section,
    SemanticObject,
    Staff,
    StaffGroup,
    TimeSignature,
    Voice,
)


class IncipitBuilder:
    """Builds the score of an incipit from left to right.

    A clef, a key and a time at the start, in this order, define the staff. A key and a time at the start of a later
    measure become a new definition; all others are written into the voice, where they stand.
    """

    def __init__(self) -> None:
        self._group = StaffGroup()
        self._staff = Staff("1")
        self._section = Section()
        self._definition = ScoreDefinition(children=[self._group])
        self._score = Score(children=[self._definition, self._section])
        self._group.children.append(self._staff)
        self._measures = 0
        self._voice: list[SemanticObject] = []
        self._beam: list[SemanticObject] | None = None
        self._change: ScoreDefinition | None = self._definition
        """Definition at the start of the current measure; `None` if it has none so far."""
        self._marks: list[ControlEvent] = []

    @property
    def is_at_measure_start(self) -> bool:
        """Whether no event stands in the current measure so far."""
        return not any(isinstance(item, (Event, Beam)) for item in self._voice) and not self._beam

    @property
    def is_measure_empty(self) -> bool:
        """Whether the voice holds nothing in the current measure so far.

        A rest of the whole measure is drawn in its middle, so nothing may precede it in the voice.
        """
        return not self._voice and self._beam is None

    @property
    def is_in_beam(self) -> bool:
        """Whether a beam is open."""
        return self._beam is not None

    def add_clef(self, clef: Clef) -> None:
        """Adds a clef."""
        is_at_start = not self._measures and self.is_measure_empty
        if is_at_start and not self._staff.children and not self._signatures():
            self._staff.children.append(clef)
        else:
            self.add(clef)

    def add_key(self, key: KeySignature) -> None:
        """Adds a key signature."""
        # In the definition of a score, a key without accidentals is the default, which is not written.
        is_default = key.fifths == 0 and not self._measures
        if self.is_measure_empty and not self._signatures() and not is_default:
            self._define(key)
        else:
            self.add(key)

    def add_time(self, time: TimeSignature) -> None:
        """Adds a time signature."""
        has_time = any(isinstance(found, TimeSignature) for found in self._signatures())
        if self.is_measure_empty and not has_time:
            self._define(time)
        else:
            self.add(time)

    def add(self, item: SemanticObject) -> None:
        """Adds an event, or something between events, to the voice; into the beam, if one is open."""
        (self._voice if self._beam is None else self._beam).append(item)

    def begin_beam(self) -> None:
        """Begins a beam; the previous one must have ended."""
        assert self._beam is None
        self._beam = []

    def end_beam(self) -> bool:
        """Ends the beam; returns whether it holds at least two notes. Otherwise they are added without a beam."""
        items = self._beam or []
        self._beam = None
        is_beam = sum(isinstance(item, Note) for item in items) > 1
        self._voice += [Beam(children=list(items))] if is_beam else items
        return is_beam

    def add_barline(self) -> None:
        """Ends the measure."""
        self._end_measure(None)

    def mark(self, mark: ControlEvent) -> None:
        """Adds a tie, slur or fermata."""
        self._marks.append(mark)

    def add_fermata(self, event: Event) -> None:
        """Adds a fermata above an event."""
        self.mark(Fermata(event, place="above"))

    def build(self) -> Score:
        """Returns the score, without ids and derived values. A last measure without a barline has an invisible one."""
        if self._voice or self._beam or self._change is not None:
            self._end_measure(BarlineForm.INVISIBLE)
        for mark in self._marks:
            measure = mark.start.measure if mark.start is not None else None
            assert measure is not None
            measure.children.append(mark)
        return self._score

    def _signatures(self) -> list[SemanticObject]:
        """Key and time of the definition at the start of the current measure."""
        if self._change is None:
            return []
        return [found for found in self._change.objects() if isinstance(found, (KeySignature, TimeSignature))]

    def _define(self, signature: KeySignature | TimeSignature) -> None:
        if self._change is None:
            self._change = ScoreDefinition()
            self._section.children.append(self._change)
        place = len(self._signatures())
        self._change.children.insert(place, signature)

    def _end_measure(self, right: BarlineForm | None) -> None:
        if self._beam is not None:
            self.end_beam()
        self._measures += 1
        voice = Voice("1", children=list(self._voice))
        holder = MeasureStaff("1", self._staff, children=[voice])
        self._section.children.append(Measure(str(self._measures), None, right, children=[holder]))
        self._voice = []
        self._change = None
