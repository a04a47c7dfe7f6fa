"""Objects whose attributes are made when one of them is read."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import field

import pytest

from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.late_copies import late, unread


class Leaf(SceneObject):
    name: str


class Tree(SceneObject):
    title: str = "untitled"
    leaves: list[Leaf] = field(default_factory=list)


def filled(tree: Tree) -> None:
    tree.title = "oak"
    tree.leaves = [Leaf("a"), Leaf("b")]


def late_tree() -> Tree:
    return late(Tree, filled)


READINGS: dict[str, Callable[[Tree], object]] = {
    "a field": lambda tree: tree.title,
    "an edge": lambda tree: tree.leaves[0],
    "its values": lambda tree: vars(tree)["title"],
    "a method": lambda tree: tree.connected(),
    "a setting": lambda tree: setattr(tree, "title", "oak"),
    "a deletion": lambda tree: setattr(tree, "new", 1) or delattr(tree, "new"),
    "its description": repr,
    "a copy": deepcopy,
    "a pickle": pickle.dumps,
    "all attributes": dir,
}


@pytest.mark.parametrize("reading", READINGS)
def test_the_first_reading_makes_all(reading: str) -> None:
    tree = late_tree()
    assert unread(tree) is filled
    READINGS[reading](tree)
    assert unread(tree) is None
    assert type(tree) is Tree
    assert (tree.title, [leaf.name for leaf in tree.leaves]) == ("oak", ["a", "b"])
    assert Tree.of(tree.leaves[1], "leaves") is tree


def test_its_class_is_known_without_reading() -> None:
    tree = late_tree()
    assert isinstance(tree, Tree)
    assert not isinstance(tree, Leaf)
    assert {tree: 1}[tree] == 1
    assert unread(tree) is filled


def test_a_copy_and_a_pickle_are_of_the_class_itself() -> None:
    for made in (deepcopy(late_tree()), pickle.loads(pickle.dumps(late_tree()))):
        assert type(made) is Tree
        assert made.title == "oak"


def test_what_is_set_before_the_first_reading_is_kept() -> None:
    tree = late_tree()
    tree.title = "elm"
    assert (tree.title, len(tree.leaves)) == ("elm", 2)


def test_an_error_while_it_is_made_can_be_tried_again() -> None:
    tries = []

    def fail_once(tree: Tree) -> None:
        tries.append(1)
        tree.title = "half"
        if len(tries) == 1:
            raise MemoryError
        filled(tree)

    tree = late(Tree, fail_once)
    with pytest.raises(MemoryError):
        tree.title  # noqa: B018
    assert tree.title == "oak"


def test_many_threads_read_one_object() -> None:
    trees = [late_tree() for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        for tree in trees:
            found = list(pool.map(lambda _: tree.leaves, range(8)))  # noqa: B023
            assert all(leaves is found[0] for leaves in found)
