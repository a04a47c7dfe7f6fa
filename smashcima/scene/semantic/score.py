"""The score: the single truth about the music."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import chain

from smashcima.errors import Issue
from smashcima.scene.semantic.accidentals import show_accidentals
from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.id_index import IdIndex
from smashcima.scene.semantic.ids import assign_ids
from smashcima.scene.semantic.measure import Measure
from smashcima.scene.semantic.note import Note
from smashcima.scene.semantic.score_layout import ScoreLayout
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.slicing import Excerpt, cut_slice, resolve_every, resolve_request
from smashcima.scene.semantic.staves import Part, ScoreDefinition, Staff
from smashcima.scene.semantic.timing import update_score


class Score(SemanticObject):
    """A piece of music, as a tree of semantic objects with ids.

    ```
    Score
    ├── ScoreDefinition ─ StaffGroup ─ Staff ─ Clef, KeySignature, TimeSignature, Label
    └── Section, Ending
        ├── SystemBreak, PageBreak, ScoreDefinition, StaffChange
        └── Measure
            ├── MeasureStaff ─ Voice ─ Note, Chord, Rest, Beam, Tuplet, Clef, ...
            └── Slur, Tie, Dynamic, Tempo, ...                       (each refers to the events it is about)
    ```

    Edit it freely: change a field, take an object out with `detach`, append to `children`. Then `update()`
    brings everything derived up to date; it is called by reading, and wherever a score is turned into something else.
    """

    _transient = SemanticObject._transient | {"_id_index"}

    tag = "score"

    title: str = ""

    composer: str = ""

    lyricist: str = ""

    parts: list[Part] = field(default_factory=list)
    """The parts, from the top down. Derived."""

    prolog: str = field(default="", kw_only=True, repr=False)
    """The MEI before the score (header and so on), kept as it was; empty for a score made in Python."""

    epilog: str = field(default="", kw_only=True, repr=False)
    """The MEI after the score."""

    layout: ScoreLayout | None = field(default=None, kw_only=True, repr=False)
    """Which measure stands on which page in which system, once the score has been laid out."""

    excerpt: Excerpt | None = field(default=None, kw_only=True, repr=False)
    """For a slice of another score: what it was cut from, and what its borders cut through."""

    @property
    def definition(self) -> ScoreDefinition | None:
        """What it starts with: staves, clefs, key, time, page texts."""
        return self.child_of(ScoreDefinition)

    @property
    def measures(self) -> list[Measure]:
        """All measures in order, each once, whatever repeats say."""
        return self.children_of(Measure)

    @property
    def staves(self) -> list[Staff]:
        """The staves, from the top down."""
        definition = self.definition
        return list(definition.descendants(Staff)) if definition is not None else []

    def staff(self, n: str | int) -> Staff | None:
        """The staff of that number."""
        return next((staff for staff in self.staves if staff.n == str(n)), None)

    def notes(self) -> Iterator[Note]:
        """All notes, measure by measure, staff by staff, voice by voice; those of chords one by one."""
        return self.descendants(Note)

    def events(self) -> Iterator[Event]:
        """All that takes its turn in a voice, in the same order; a chord comes before its notes."""
        return self.descendants(Event)

    def marks(self) -> Iterator[ControlEvent]:
        """All slurs, dynamics, directions and so on, measure by measure."""
        return self.descendants(ControlEvent)

    # -- ids -----------------------------------------------------------------------------------------------

    def by_id(self, id: str) -> SemanticObject | None:
        """The object of that id in this score, or `None`.

        An index answers. It is made by the first call, and again by the first one after the tree of this score has
        changed; what happens in other scores does not matter to it.
        """
        values = self.__dict__
        index: IdIndex | None = values.get("_id_index")
        if index is None or index.state.is_stale:
            index = values["_id_index"] = IdIndex(chain([self], self.descendants(), self.parts))
        return index.get(id)

    def assign_ids(self) -> list[Issue]:
        """Gives an id to all that has none, or one that an earlier object has; returns an issue for each repeated one.

        New ids are made of the MEI name and a number, in the order of the score, so that they never differ
        between two runs.
        """
        return assign_ids(self)

    # -- derived values ------------------------------------------------------------------------------------

    def update(self) -> list[Issue]:
        """Brings ids, onsets, durations, sounding pitches, positions and the events of marks up to date.

        Returns what makes no sense in the music, such as an unknown staff. Never fails on it.
        """
        return update_score(self)

    def show_accidentals(self) -> None:
        """Draws accidentals as the rules of notation demand, and corrects those that no longer fit their note.

        Accidentals that are not needed stay, since they may be reminders. Call it after changing pitches.
        """
        show_accidentals(self)

    # -- slices --------------------------------------------------------------------------------------------

    def slice(
        self,
        *,
        page: int | None = None,
        system: int | None = None,
        staff: Staff | str | int | Iterable[Staff | str | int] | None = None,
        measures: range | None = None,
    ) -> Score:
        """A part of this score as a score of its own; without arguments all of it, with the breaks of its layout.

        It begins with the clefs, keys and times in force; those that are not drawn there have `visible="false"`.
        Its breaks are those of `layout`, if there is one. Ids are those of this score, so that every element is found
        again with `by_id`. Marks that the borders cut are in `excerpt`.

        Args:
            page: index of a page, from 0; takes a `layout`.
            system: index of a system on the whole score, from 0; takes a `layout`.
            staff: one staff or several (those of a grand staff), by number from 1. By default those that are shown.
            measures: indices of measures that follow each other, from 0: `range(4, 8)`.

        Raises:
            SettingsError: there is no such part.
        """
        self.update()
        return cut_slice(self, resolve_request(self, page, system, staff, measures))

    def slices(self, of: str) -> list[Score]:
        """All slices of a kind, in reading order: `page`, `system`, `staff` (of each system) or `grand staff`.

        Takes a `layout`. Faster than as many calls of `slice`.
        """
        self.update()
        return [cut_slice(self, request) for request in resolve_every(self, of)]
