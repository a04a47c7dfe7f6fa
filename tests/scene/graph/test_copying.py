"""Copies and pickles take along everything connected, whole, in order, and at any depth."""

from __future__ import annotations

import copy
import pickle
from dataclasses import field
from fractions import Fraction

from smashcima.scene.graph import Scene, SceneObject


class Link(SceneObject):
    previous: Link | None
    number: int = 0
    onset: Fraction = Fraction(0)


class Group(SceneObject):
    links: list[Link] = field(default_factory=list)
    ends: tuple[Link, ...] = ()


def chain(length: int) -> Link:
    link = None
    for number in range(length):
        link = Link(link, number, Fraction(number, 3))
    assert link is not None
    return link


def numbers_from(last: Link) -> list[int]:
    numbers, link = [], last
    while link is not None:
        numbers.append(link.number)
        link = link.previous  # type: ignore[assignment]
    return numbers


def test_a_chain_longer_than_the_recursion_limit_survives_both() -> None:
    last = chain(5_000)
    for twin in (copy.deepcopy(last), pickle.loads(pickle.dumps(last))):
        assert twin is not last
        assert numbers_from(twin) == list(range(4_999, -1, -1))
        assert twin.onset == Fraction(4999, 3)


def test_a_copy_works_in_both_directions_and_leaves_the_original_alone() -> None:
    a, b = Link(None, 1), Link(None, 2)
    group = Group([a, b], ends=(b,))
    twin = copy.deepcopy(group)
    assert [link.number for link in twin.links] == [1, 2]
    assert Group.of(twin.links[0], "links") is twin
    assert twin.ends[0] is twin.links[1]
    twin.links.append(Link(None, 3))
    assert len(group.links) == 2
    assert Group.of(twin.links[2], "links") is twin


def test_order_of_reverse_queries_survives() -> None:
    root = Link(None)
    children = [Link(root, number) for number in (3, 1, 2)]
    twin = pickle.loads(pickle.dumps(root))
    assert [link.number for link in Link.many_of(twin, "previous")] == [3, 1, 2]
    assert [link.number for link in Link.many_of(copy.deepcopy(root), "previous")] == [3, 1, 2]
    assert len(children) == 3


def test_two_objects_pickled_together_stay_connected() -> None:
    root = Link(None)
    child = Link(root, 1)
    root_twin, child_twin = pickle.loads(pickle.dumps([root, child]))
    assert child_twin.previous is root_twin
    assert Link.of(root_twin, "previous") is child_twin


def test_a_pickle_shows_what_changed_since_the_last_one() -> None:
    root = Link(None)
    first = pickle.dumps(root)
    Link(root, 7)
    assert Link.many_of(pickle.loads(first), "previous") == []
    assert Link.of(pickle.loads(pickle.dumps(root)), "previous").number == 7


def test_scenes_are_saved_and_loaded(tmp_path) -> None:  # type: ignore[no-untyped-def]
    scene = Scene()
    scene.add(chain(3))
    scene.save(tmp_path / "a.scene")
    loaded = Scene.load(tmp_path / "a.scene")
    assert sorted(link.number for link in loaded.find(Link)) == [0, 1, 2]
