"""A scene holds what was added and all that is connected, and finds it by class."""

from __future__ import annotations

from smashcima.scene.graph import Scene, SceneObject


class Note(SceneObject):
    name: str


class Head(SceneObject):
    note: Note


def test_objects_join_by_being_connected() -> None:
    scene = Scene()
    note = Note("a")
    scene.add(note)
    assert scene.find(Head) == []
    head = Head(note)
    assert scene.find(Head) == [head]
    assert scene.has(head)
    assert not scene.has(Note("elsewhere"))


def test_objects_leave_by_being_detached() -> None:
    scene = Scene()
    note = Note("a")
    scene.add(note)
    head = Head(note)
    assert scene.has(head)
    head.note = Note("b")
    assert not scene.has(head)
    assert scene.find(Note) == [note]


def test_adding_twice_does_nothing() -> None:
    scene = Scene()
    note = Note("a")
    scene.add(note, note)
    scene.add(note)
    assert scene.contents == [note]


def test_find_returns_subclasses_in_a_stable_order_and_a_list_of_ones_own() -> None:
    class CueHead(Head):
        pass

    scene = Scene()
    notes = [Note(name) for name in "abc"]
    scene.add(*notes)
    heads = [Head(notes[0]), CueHead(notes[1]), Head(notes[2])]
    assert scene.find(Head) == heads
    assert scene.find(CueHead) == [heads[1]]
    scene.find(Head).clear()
    assert scene.find(Head) == heads
