"""Construction of scores in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from smashcima.errors import SettingsError
from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.measure import BarlineForm, Measure, MeasureStaff, Section, Voice
from smashcima.scene.semantic.note import MeasureRest, Note
from smashcima.scene.semantic.point_marks import Direction, Dynamic, Fermata, Tempo, TextMark
from smashcima.scene.semantic.score import Score
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.shorthand import clef, time_signature
from smashcima.scene.semantic.spanners import Hairpin, HairpinForm, Slur, Tie
from smashcima.scene.semantic.staves import (
    GroupSymbol,
    Label,
    ScoreDefinition,
    Staff,
    StaffGroup,
)
from smashcima.scene.semantic.texts import PageBreak, SystemBreak
from smashcima.scene.semantic.time_signature import TimeSignature
from smashcima.short_repr import ShortRepr

M = TypeVar("M", bound=ControlEvent)
T = TypeVar("T", bound=TextMark)


class ScoreBuilder(ShortRepr):
    """Builds a score measure by measure.

    ```python
    song = ScoreBuilder(title="A song", key=-2, time="2/4")
    song.add_part("Voice", "treble")
    song.add_part("Piano", "treble", "bass")
    first, second = note("D5", "quarter", "Sing-"), note("C5", "quarter", "ing")
    measure = song.add_measure()
    song.add_voice(measure, 1, first, second)
    song.add_voice(measure, 3, chord(["G2", "D3"], "half"))
    song.slur(first, second)
    song.dynamic("mf", first)
    score = song.build()
    ```

    Staves are numbered from 1 at the top. Staves without a voice get a measure rest. `build` adds the accidentals
    that notation requires, and sets all derived values.
    """

    def __init__(
        self,
        title: str = "",
        composer: str = "",
        lyricist: str = "",
        key: int | KeySignature = 0,
        time: str | TimeSignature | None = "common",
    ) -> None:
        """Begins a score.

        `key` is the number of sharps (negative: flats) or a key signature. `time` is a time signature, or text as for
        `time_signature`.
        """
        self._definition = ScoreDefinition(children=[_key(key)])
        if time is not None:
            self._definition.children.append(_time(time))
        self._group = StaffGroup()
        self._definition.children.append(self._group)
        self._section = Section()
        self._score = Score(title, composer, lyricist, children=[self._definition, self._section])
        self._staves: list[Staff] = []

    def add_part(
        self, name: str, *clefs: str, transposition: tuple[int, int] = (0, 0), lines: int = 5
    ) -> list[Staff]:
        """Adds a part and returns its staves, one for each clef (`none` for a staff without a clef).

        `transposition` is the interval (steps, semitones) from written to sounding pitch.
        """
        if not clefs:
            raise SettingsError(f"The part {name!r} has no clef; give one for each staff, such as 'treble'.")
        first = len(self._staves)
        for clef_name in clefs:
            staff = Staff(str(len(self._staves) + 1), lines, *transposition)
            if clef_name != "none":
                staff.children.append(clef(clef_name))
            self._staves.append(staff)
        staves = self._staves[first:]
        label = Label(children=[name])
        if len(staves) == 1:
            staves[0].children.insert(0, label)
            self._group.children.append(staves[0])
        else:
            inner = StaffGroup(children=[GroupSymbol("brace"), label, *staves])
            inner.mei["bar.thru"] = "true"
            self._group.children.append(inner)
        return staves

    def add_measure(
        self, n: str | int | None = None, right: BarlineForm | None = None, left: BarlineForm | None = None
    ) -> Measure:
        """Adds a measure; its number `n` follows that of the previous one by default."""
        number = str(len(self._score.measures) + 1 if n is None else n)
        measure = Measure(number, left, right)
        for staff in self._staves:
            measure.children.append(MeasureStaff(staff.n, staff))
        self._section.children.append(measure)
        return measure

    def add_voice(self, measure: Measure, staff: int, *events: SemanticObject) -> Voice:
        """Adds a voice to a staff in a measure; voices are numbered from 1."""
        holder = measure.staff(staff)
        if holder is None:
            raise SettingsError(f"There is no staff {staff}; the score has {len(self._staves)}.")
        voice = Voice(str(len(holder.voices) + 1), children=list(events))
        holder.children.append(voice)
        return voice

    def change(
        self,
        key: int | KeySignature | None = None,
        time: str | TimeSignature | None = None,
        clefs: Mapping[int, str] | None = None,
    ) -> None:
        """Sets a new key, time, or clefs by staff for the following measures."""
        common: list[SemanticObject] = []
        if key is not None:
            common.append(_key(key))
        if time is not None:
            common.append(_time(time))
        if common:
            self._section.children.append(ScoreDefinition(children=list(common)))
        for number, name in (clefs or {}).items():
            self._change_clef(number, name)

    def _change_clef(self, number: int, name: str) -> None:
        """Adds a clef at the end of the previous measure; before the first measure, replaces the clef of the staff."""
        if not 1 <= number <= len(self._staves):
            raise SettingsError(f"There is no staff {number}; the score has {len(self._staves)}.")
        staff = self._staves[number - 1]
        made = clef(name)
        measures = self._score.measures
        holder = measures[-1].staff(staff) if measures else None
        if holder is None:
            if staff.clef is not None:
                staff.clef.replace_with(made)
            return
        if not holder.voices:
            self.add_voice(measures[-1], number, MeasureRest())
        for voice in holder.voices:
            voice.children.append(made if made.parent is None else Clef(None, same_as=made))

    def break_system(self) -> None:
        """Begins a new system with the next measure."""
        self._section.children.append(SystemBreak())

    def break_page(self) -> None:
        """Begins a new page with the next measure."""
        self._section.children.append(PageBreak())

    # -- marks ---------------------------------------------------------------------------------------------

    def mark(self, made: M) -> M:
        """Adds a mark to the measure of the event at which it starts."""
        measure = made.start.measure if made.start is not None else None
        if measure is None:
            raise SettingsError(f"{made!r} does not start at an event of a measure; add its voice first.")
        measure.children.append(made)
        return made

    def slur(self, start: Event, end: Event) -> Slur:
        """A slur between two notes or chords."""
        return self.mark(Slur(start, end))

    def tie(self, start: Note, end: Note) -> Tie:
        """A tie between two notes."""
        return self.mark(Tie(start, end))

    def hairpin(self, form: HairpinForm, start: Event, end: Event) -> Hairpin:
        """A crescendo or diminuendo from one event to another."""
        return self.mark(Hairpin(start, end, form=form))

    def dynamic(self, text: str, start: Event, place: str = "below") -> Dynamic:
        """A dynamic such as `mf`."""
        return self._text(Dynamic(start, place=place), text)

    def direction(self, text: str, start: Event, place: str = "above") -> Direction:
        """Words such as `dolce`."""
        return self._text(Direction(start, place=place), text)

    def tempo(self, text: str, start: Event) -> Tempo:
        """A tempo such as `Langsam`."""
        return self._text(Tempo(start, place="above"), text)

    def fermata(self, start: Event) -> Fermata:
        """A fermata."""
        return self.mark(Fermata(start, place="above"))

    def _text(self, made: T, text: str) -> T:
        made.children.append(text)
        return self.mark(made)

    def build(self) -> Score:
        """Returns the score with rests, accidentals, ids and derived values. The builder can be used further."""
        if not self._staves:
            raise SettingsError("The score has no part; add one with add_part.")
        for measure in self._score.measures:
            for holder in measure.staves:
                if not holder.voices:
                    holder.children.append(Voice("1", children=[MeasureRest()]))
        self._score.show_accidentals()  # updates the score before and the ids after; accidentals change nothing else
        return self._score


def _key(key: int | KeySignature) -> KeySignature:
    return key if isinstance(key, KeySignature) else KeySignature(key)


def _time(time: str | TimeSignature) -> TimeSignature:
    return time if isinstance(time, TimeSignature) else time_signature(time)
