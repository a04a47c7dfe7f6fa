"""The collector rests while scenes are made, and is as it was afterwards."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from smashcima.scene.graph import garbage, garbage_collection_paused, with_older_objects_set_aside
from smashcima.scene.graph.garbage import objects_set_aside


def test_the_collector_rests_and_wakes_even_after_an_error() -> None:
    def fail() -> None:
        with garbage_collection_paused():
            assert not gc.isenabled()
            raise ValueError("boom")

    assert gc.isenabled()
    with pytest.raises(ValueError, match="boom"):
        fail()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with garbage_collection_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


class Node:
    """An object that can be part of a cycle."""

    def __init__(self) -> None:
        self.other: Node | None = None


def cycle() -> weakref.ref[Node]:
    """A reference to an object that only the collector can remove."""
    one, two = Node(), Node()
    one.other, two.other = two, one
    return weakref.ref(one)


@pytest.fixture
def nothing_frozen() -> Iterator[None]:
    """Undoes the settings of the test suite: the collector ignores objects made before the tests, and runs rarely."""
    before = gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(50, 10, 10)
    yield
    gc.set_threshold(*before)
    gc.freeze()


@pytest.mark.usefixtures("nothing_frozen")
def test_garbage_of_many_pauses_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "_MOST_UNSEEN", 1000)
    monkeypatch.setattr(garbage._Unseen, "objects", 0)
    monkeypatch.setattr(garbage._Unseen, "alive", 0)
    found = []
    for _ in range(20):
        with garbage_collection_paused():
            found.append(cycle())
            kept = [[] for _ in range(100)]
    del kept
    assert sum(each() is not None for each in found) < 12


@pytest.mark.usefixtures("nothing_frozen")
def test_the_collector_looks_again_after_as_many_objects_as_are_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(garbage, "_MOST_UNSEEN", 1000)
    monkeypatch.setattr(garbage._Unseen, "objects", 1000)
    monkeypatch.setattr(garbage._Unseen, "alive", 0)
    looked: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            looked.append(made)

    made = 0
    gc.callbacks.append(note)
    try:
        while made < 3 * len(gc.get_objects()) and len(looked) < 2:
            with garbage_collection_paused():
                kept = [[] for _ in range(20_000)]
            made += 20_000
            del kept
    finally:
        gc.callbacks.remove(note)
    first, second = looked
    alive = garbage._Unseen.alive
    assert first == 0
    assert alive - 20_000 <= second <= alive + 40_000


@pytest.mark.usefixtures("nothing_frozen")
def test_objects_of_a_long_pause_are_not_young_any_more() -> None:
    with garbage_collection_paused():
        kept = [[] for _ in range(100)]
    young = {id(each) for each in gc.get_objects(0)}
    assert not any(id(each) in young for each in kept)
    assert gc.get_freeze_count() == 0


def test_objects_that_were_frozen_stay_frozen() -> None:
    assert gc.get_freeze_count()
    with garbage_collection_paused():
        kept = [[] for _ in range(200_000)]
    assert gc.get_freeze_count()
    assert len(kept) == 200_000


@pytest.mark.usefixtures("nothing_frozen")
def test_only_garbage_made_while_older_objects_are_set_aside_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(garbage, "_MOST_UNSEEN_PAGES", 1000)
    with objects_set_aside():
        older = gc.get_freeze_count()
        assert older > 1000
        found = []
        for _ in range(40):
            with garbage_collection_paused():
                found.append(cycle())
                kept = [[] for _ in range(100)]
        del kept
        assert gc.get_freeze_count() == older
        assert sum(each() is not None for each in found) < 12
        with objects_set_aside():  # as of another score
            assert gc.get_freeze_count() == older
        assert gc.get_freeze_count() == older
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("nothing_frozen")
def test_objects_that_the_program_has_frozen_stay_frozen() -> None:
    gc.freeze()
    before = gc.get_freeze_count()
    with objects_set_aside():
        pass
    assert gc.get_freeze_count() == before
    gc.unfreeze()


@pytest.mark.usefixtures("nothing_frozen")
def test_older_objects_are_set_aside_from_an_item_on_and_until_the_items_end() -> None:
    frozen = [gc.get_freeze_count() > 0 for _ in with_older_objects_set_aside(range(4), 2)]
    assert frozen == [False, False, True, True]
    assert gc.get_freeze_count() == 0
    items = with_older_objects_set_aside(range(4), 0)
    next(items)
    assert gc.get_freeze_count() > 0
    del items
    assert gc.get_freeze_count() == 0
