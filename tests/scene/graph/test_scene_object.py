"""Edges go both ways, follow every change, and a misspelt one is an error."""

from __future__ import annotations

import gc
import sys
import weakref
from dataclasses import dataclass, field

import pytest

from smashcima.errors import NotExactlyOneError, SceneGraphError, UnknownEdgeError
from smashcima.scene.graph import Scene, SceneObject


class Note(SceneObject):
    step: str


class Head(SceneObject):
    note: Note
    size: float = 1.0


class Chord(SceneObject):
    notes: list[Note] = field(default_factory=list)
    top: Note | None = None


class Slur(SceneObject):
    ends: tuple[Note, ...]


def test_an_edge_is_found_from_its_target() -> None:
    note = Note("C")
    head = Head(note)
    assert Head.of(note, "note") is head
    assert Head.of(note, Head.edge("note")) is head
    assert Head.of(note, lambda h: h.note) is head


def test_of_demands_exactly_one() -> None:
    note = Note("C")
    with pytest.raises(NotExactlyOneError, match=r"No Head leads to Note\(step='C'\)"):
        Head.of(note, "note")
    assert Head.of_or_none(note, "note") is None
    first, second = Head(note), Head(note)
    with pytest.raises(NotExactlyOneError, match="2 Head objects"):
        Head.of_or_none(note, "note")
    assert Head.many_of(note, "note") == [first, second]


def test_a_misspelt_edge_is_an_error_that_names_the_right_ones() -> None:
    note = Note("C")
    with pytest.raises(UnknownEdgeError, match="Head declares no edge 'nots'; its edges: note"):
        Head.of(note, "nots")
    with pytest.raises(UnknownEdgeError, match="no edge 'size'"):
        Head.many_of(note, "size")
    with pytest.raises(UnknownEdgeError, match="no edge 'nots'"):
        Head(note).nots = note  # type: ignore[attr-defined]


def test_assigning_moves_the_link() -> None:
    old, new = Note("C"), Note("D")
    head = Head(old)
    head.note = new
    assert Head.many_of(old, "note") == []
    assert Head.of(new, "note") is head


def test_edges_of_different_classes_with_one_name_are_told_apart() -> None:
    class Stem(SceneObject):
        note: Note

    note = Note("C")
    head, stem = Head(note), Stem(note)
    assert Head.of(note, "note") is head
    assert Stem.of(note, "note") is stem
    assert note.sources("note") == (head, stem)
    assert note.sources("nothing") == ()


def test_lists_track_every_way_of_changing_them() -> None:
    a, b, c, d = (Note(step) for step in "CDEF")
    chord = Chord([a])
    chord.notes.append(b)
    chord.notes.extend([c])
    chord.notes.insert(0, d)
    assert [Chord.of(n, "notes") for n in (a, b, c, d)] == [chord] * 4
    assert chord.notes == [d, a, b, c]
    chord.notes.remove(a)
    assert chord.notes.pop() is c
    chord.notes[0] = a
    del chord.notes[1]
    assert chord.notes == [a]
    assert [Chord.many_of(n, "notes") for n in (a, b, c, d)] == [[chord], [], [], []]
    chord.notes += [b]
    chord.notes.clear()
    assert Chord.many_of(b, "notes") == Chord.many_of(a, "notes") == []


def test_a_note_that_is_twice_in_a_list_stays_linked_until_both_are_gone() -> None:
    note = Note("C")
    chord = Chord([note, note])
    chord.notes.pop()
    assert Chord.of(note, "notes") is chord
    chord.notes.pop()
    assert Chord.of_or_none(note, "notes") is None


def test_a_replaced_list_lets_go_of_its_notes() -> None:
    a, b = Note("C"), Note("D")
    chord = Chord([a])
    chord.notes = [b]
    assert Chord.many_of(a, "notes") == []
    assert Chord.of(b, "notes") is chord
    chord.notes.append(a)
    assert Chord.of(a, "notes") is chord


def test_tuples_are_edges_too() -> None:
    a, b = Note("C"), Note("D")
    slur = Slur((a, b))
    assert Slur.of(b, "ends") is slur


def test_a_dataclass_from_a_notebook_just_works() -> None:
    @dataclass
    class NoteColor(SceneObject):
        note: Note
        others: list[Note] = field(default_factory=list)
        color: str = "black"

    a, b = Note("C"), Note("D")
    red = NoteColor(a, color="red")
    assert NoteColor.of(a, "note") is red
    red.others.append(b)
    assert NoteColor.of(b, "others") is red
    assert NoteColor(a, [], "red") != red
    assert len({red, NoteColor(a)}) == 2
    assert "others" not in repr(red)
    assert "color='red'" in repr(red)


def test_a_dataclass_with_annotations_as_text_works_as_in_a_notebook() -> None:
    namespace: dict[str, object] = {"SceneObject": SceneObject, "Note": Note, "dataclass": dataclass}
    exec(  # noqa: S102 - as a notebook cell would be
        "from __future__ import annotations\n"
        "@dataclass\nclass Mark(SceneObject):\n    note: Note | None\n    amount: float = 1.0\n",
        namespace,
    )
    mark_type = namespace["Mark"]
    assert isinstance(mark_type, type)
    assert issubclass(mark_type, SceneObject)
    note = Note("C")
    mark = mark_type(note)  # type: ignore[call-arg]
    assert mark_type.of(note, "note") is mark
    with pytest.raises(UnknownEdgeError):
        mark_type.of(note, "nope")


def test_subclasses_inherit_edges() -> None:
    class CueHead(Head):
        cue: bool = True

    note = Note("C")
    head = CueHead(note)
    assert Head.of(note, "note") is head
    assert CueHead.edges() == ("note",)
    assert Head.of_or_none(Note("D"), "note") is None


def test_a_repr_of_ones_own_is_inherited_even_under_a_dataclass_decorator() -> None:
    class Named(SceneObject):
        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

    @dataclass
    class Child(Named):
        size: int = 0

    assert repr(Child("a")) == "<a>"


def test_post_init_runs_after_the_edges_are_there() -> None:
    seen = []

    class Marker(SceneObject):
        note: Note

        def __post_init__(self) -> None:
            seen.append(Marker.of(self.note, "note"))

    marker = Marker(Note("C"))
    assert seen == [marker]


def test_shallow_copies_are_refused() -> None:
    import copy

    with pytest.raises(SceneGraphError, match="deepcopy"):
        copy.copy(Head(Note("C")))


def test_detached_objects_are_freed() -> None:
    note = Note("C")
    head = Head(note)
    reference = weakref.ref(head)
    head.note = Note("D")
    del head
    gc.collect()
    assert reference() is None


def test_an_object_that_enters_an_index_still_shares_the_names_of_its_attributes() -> None:
    class Sound(SceneObject):
        pitch: int = 0

    sounds = [Sound(number) for number in range(100)]
    before = sys.getsizeof(sounds[-1].__dict__)
    Scene(contents=sounds).find(Sound)
    assert "_index_state" in sounds[-1].__dict__
    assert sys.getsizeof(sounds[-1].__dict__) <= before + 8 * len(sounds[-1].__dict__)
