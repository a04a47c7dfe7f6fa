"""Ties and slurs of a voice."""

from __future__ import annotations

from dataclasses import dataclass, field

from smashcima.loading.abc.drafts import BarDraft
from smashcima.scene.semantic import Alter, Chord, MeiAttributes, Note, Slur, Tie


@dataclass(slots=True)
class OpenTie:
    """A tie whose second note has not been read."""

    note: Note
    place: int
    """Diatonic number, or staff position of a note without a pitch."""

    bar: BarDraft
    is_dotted: bool
    event: Note | Chord


@dataclass(slots=True)
class OpenSlur:
    """A slur whose last note has not been read."""

    event: Note | Chord
    bar: BarDraft
    is_dotted: bool


def place_of(note: Note) -> int:
    """Diatonic number of a note, or its staff position if it has no pitch."""
    if note.pitch is not None:
        return note.pitch.diatonic
    return note.staff_position or 0


@dataclass(slots=True)
class Curves:
    """Matches the beginnings of ties and slurs with their ends."""

    _ties: dict[int, list[OpenTie]] = field(default_factory=dict)
    """Open ties by layer."""

    _slurs: list[OpenSlur] = field(default_factory=list)

    _starting: list[bool] = field(default_factory=list)
    """Slurs that begin at the next note: whether each is dotted."""

    flaws: list[tuple[str, str]] = field(default_factory=list)
    """Elements and descriptions of issues found since the last look."""

    # -- ties ----------------------------------------------------------------------------------------------

    def start_ties(
        self, event: Note | Chord, notes: list[Note], layer: int, bar: BarDraft, dotted: bool
    ) -> None:
        """Ties notes of an event to the next event of the layer."""
        waiting = self._ties.setdefault(layer, [])
        waiting += (OpenTie(note, place_of(note), bar, dotted, event) for note in notes)

    def open_ties(self, layer: int) -> dict[int, Alter]:
        """The alterations of the notes that are tied to the next event of a layer, by diatonic number."""
        waiting = self._ties.get(layer)
        if not waiting:
            return {}
        return {tie.place: tie.note.pitch.alter for tie in waiting if tie.note.pitch is not None}

    def end_ties(self, event: Note | Chord, notes: list[Note], layer: int) -> None:
        """Ends the open ties of a layer at an event."""
        for tie in self._ties.pop(layer, ()):
            found = next((note for note in notes if _is_same(note, tie)), None)
            attributes = _form(tie.is_dotted)
            if found is not None:
                tie.bar.marks.append(Tie(tie.note, found, mei=attributes))
            else:
                self.flaws.append(("tie", "it leads to another pitch; drawn as a slur"))
                tie.bar.marks.append(Slur(tie.event, event, mei=attributes))

    def drop_ties(self, layer: int) -> None:
        """Drops the open ties of a layer, after which no note comes."""
        if self._ties.pop(layer, None):
            self.flaws.append(("tie", "no note follows; not drawn"))

    # -- slurs ---------------------------------------------------------------------------------------------

    def open_slur(self, dotted: bool) -> None:
        """Begins a slur at the next note."""
        self._starting.append(dotted)

    def start_slurs(self, event: Note | Chord, bar: BarDraft) -> None:
        """Begins the waiting slurs at an event."""
        if self._starting:
            self._slurs += (OpenSlur(event, bar, dotted) for dotted in self._starting)
            self._starting = []

    def close_slur(self, event: Note | Chord | None) -> None:
        """Ends a slur at an event: the innermost one that did not begin there."""
        if self._starting:
            self._starting.pop()
            self.flaws.append(("slur", "it has no notes; not drawn"))
            return
        earlier = [slur for slur in self._slurs if slur.event is not event]
        if event is None or not earlier:
            self.flaws.append(("slur", "it has an end without a start; not drawn"))
            if event is not None and self._slurs:
                self._slurs.pop()
            return
        slur = earlier[-1]
        self._slurs.remove(slur)
        slur.bar.marks.append(Slur(slur.event, event, mei=_form(slur.is_dotted)))

    def finish(self) -> None:
        """Reports the curves that are still open."""
        for layer in list(self._ties):
            self.drop_ties(layer)
        if self._slurs or self._starting:
            count = len(self._slurs) + len(self._starting)
            self.flaws.append(("slur", f"{count} without an end; not drawn"))


def _is_same(note: Note, tie: OpenTie) -> bool:
    if place_of(note) != tie.place:
        return False
    return note.pitch is None or tie.note.pitch is None or note.pitch.alter == tie.note.pitch.alter


def _form(dotted: bool) -> MeiAttributes:
    return MeiAttributes(lform="dotted") if dotted else MeiAttributes()
