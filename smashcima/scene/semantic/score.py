"""The score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from itertools import chain

from smashcima.errors import Issue
from smashcima.scene.semantic.accidentals import show_accidentals
from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.id_index import IdIndex
from smashcima.scene.semantic.ids import assign_ids
from smashcima.scene.semantic.known_music import known_music
from smashcima.scene.semantic.measure import Measure
from smashcima.scene.semantic.note import Note
from smashcima.scene.semantic.score_layout import ScoreLayout
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.slicing import (
    Excerpt,
    ScoreIndex,
    cut_slice,
    numbers_of,
    resolve_every,
    resolve_request,
)
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

    Scores can be edited: change fields, remove objects with `detach`, append to `children`. Then call `update()`, which
    sets all derived values; readers, models and writers also call it.
    """

    _transient = SemanticObject._transient | {"_id_index", "_slice_index", "_copies", "_known"}

    tag = "score"

    title: str = ""

    composer: str = ""

    lyricist: str = ""

    parts: list[Part] = field(default_factory=list)
    """The parts, from top to bottom. Derived."""

    prolog: str = field(default="", kw_only=True, repr=False)
    """The MEI before the score (header and so on), unchanged; empty for a score made in Python."""

    epilog: str = field(default="", kw_only=True, repr=False)
    """The MEI after the score, unchanged."""

    layout: ScoreLayout | None = field(default=None, kw_only=True, repr=False)
    """The pages and systems of the measures; `None` until the score has been laid out."""

    excerpt: Excerpt | None = field(default=None, kw_only=True, repr=False)
    """For a slice: its location in the whole score, and the marks that its borders cut; `None` otherwise."""

    @property
    def definition(self) -> ScoreDefinition | None:
        """The definition at its start: staves, clefs, key, time, page texts."""
        return self.child_of(ScoreDefinition)

    @property
    def measures(self) -> list[Measure]:
        """All measures in written order, without expanding repeats."""
        return self.children_of(Measure)

    @property
    def staves(self) -> list[Staff]:
        """The staves, from top to bottom."""
        definition = self.definition
        return list(definition.descendants(Staff)) if definition is not None else []

    def staff(self, n: str | int) -> Staff | None:
        """The staff with a number; `None` if there is none."""
        return next((staff for staff in self.staves if staff.n == str(n)), None)

    def notes(self) -> Iterator[Note]:
        """All notes, including those of chords, by measure, staff and voice."""
        return self.descendants(Note)

    def events(self) -> Iterator[Event]:
        """All events of the voices, in the same order as `notes`; a chord comes before its notes."""
        return self.descendants(Event)

    def marks(self) -> Iterator[ControlEvent]:
        """All slurs, dynamics, directions and other marks, by measure."""
        return self.descendants(ControlEvent)

    # -- ids -----------------------------------------------------------------------------------------------

    def by_id(self, id: str) -> SemanticObject | None:
        """The object with an id in this score, or `None`.

        Uses an index, which the first call builds, and the first call after a change of the tree rebuilds. Changes in
        other scores do not affect it.
        """
        values = self.__dict__
        index: IdIndex | None = values.get("_id_index")
        if index is None or index.state.is_stale:
            index = self._new_id_index()
        return index.get(id)

    def finder(self) -> Callable[[str], SemanticObject | None]:
        """A function that does the same as `by_id` as long as the tree does not change, for callers with many ids."""
        self.by_id("")  # makes an index, or a new one
        index: IdIndex = self.__dict__["_id_index"]
        return index.finder()

    def _new_id_index(self) -> IdIndex:
        index = self.__dict__["_id_index"] = IdIndex(chain([self], self.descendants(), self.parts))
        return index

    def assign_ids(self) -> list[Issue]:
        """Assigns ids to objects without one, or with that of an earlier object; returns an issue for each repeated id.

        New ids consist of the MEI name and a number, in the order of the score, so that they are the same in every run.
        """
        return assign_ids(self)

    def _has_changed(self, name: str) -> None:
        # No index, and nothing that copies share, depends on the layout.
        if name != "layout":
            super()._has_changed(name)

    # -- derived values ------------------------------------------------------------------------------------

    def update(self) -> list[Issue]:
        """Updates ids, onsets, durations, sounding pitches, positions and the events of marks.

        Returns issues about inconsistent music, such as an unknown staff, and does not raise an error for them.
        """
        self.__dict__.pop("_slice_index", None)
        return update_score(self)

    def update_if_edited(self) -> None:
        """Updates the score as `update`, unless nothing has changed since it was cut or copied from another one, or since its
        last slice.

        For readers of scores, which need no issues.
        """
        self._updated_index()

    def show_accidentals(self) -> None:
        """Adds the accidentals that the rules of notation require, and corrects those that contradict their note.

        Keeps redundant accidentals, which may be cautionary. Call it after changing pitches.
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
        """Returns a part of this score as a new score; without arguments all of it, with the breaks of its layout.

        A slice begins with the clefs, keys and times in force; those that are not drawn there have `visible="false"`.
        Its breaks are those of `layout`, if there is one. Elements keep their ids, so that `by_id` finds the originals.
        `excerpt` lists the marks that the borders cut.

        Args:
            page: index of a page, from 0; requires a `layout`.
            system: index of a system in the whole score, from 0; requires a `layout`.
            staff: one staff or several (those of a grand staff), by number from 1. By default all that are shown.
            measures: indices of consecutive measures, from 0: `range(4, 8)`.

        Raises:
            SettingsError: the score has no such part.
        """
        staves = None if staff is None else numbers_of(staff)

        def cut() -> Score:
            index = self._updated_index()
            return cut_slice(self, index, resolve_request(self, index, page, system, staves, measures))

        known = known_music(self)
        is_plain = all(type(each) in (int, range, type(None)) for each in (page, system, measures))
        if known is None or not is_plain:
            return cut()
        return known.slice(self, (page, system, staves, measures), cut)

    def slices(self, of: str) -> list[Score]:
        """All slices of a kind, in reading order: `page`, `system`, `staff` (of each system) or `grand staff`.

        Requires a `layout`.
        """
        index = self._updated_index()
        return [cut_slice(self, index, request) for request in resolve_every(self, index, of)]

    def _updated_index(self) -> ScoreIndex:
        """The index for slices. If anything has changed since the last slice, updates the score and makes a new one."""
        index: ScoreIndex | None = self.__dict__.get("_slice_index")
        if index is None or not index.is_valid:
            known = known_music(self)
            if known is None or not known.is_updated:
                self.update()
            index = self._new_slice_index()
        return index

    def _new_slice_index(self) -> ScoreIndex:
        """The index for slices of an updated score."""
        ids: IdIndex | None = self.__dict__.get("_id_index")
        if ids is None or ids.state.is_stale or ids.state.is_edited:
            ids = self._new_id_index()
        index = self.__dict__["_slice_index"] = ScoreIndex(self, ids.state)
        return index
