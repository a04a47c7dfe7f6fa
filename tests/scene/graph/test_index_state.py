"""An index answers as a fresh walk would, and an edit of one scene leaves the indices of others alone."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.scene.graph import Scene, SceneObject


class Node(SceneObject):
    next: Node | None = None
    hub: SceneObject | None = None
    many: list[Node] = field(default_factory=list)
    pair: tuple[Node, ...] = ()


def _walk(scene: Scene, kind: type[SceneObject]) -> list[SceneObject]:
    return [found for found in scene.connected()[1:] if isinstance(found, kind)]


class _World:
    """Some scenes and nodes, to be edited at random."""

    def __init__(self) -> None:
        self.scenes = [Scene(), Scene(), Scene()]
        self.nodes = [Node() for _ in range(8)]

    def edit(self, what: int, a: int, b: int) -> None:
        node, other = self.nodes[a % len(self.nodes)], self.nodes[b % len(self.nodes)]
        made = _EDITS[what](node, other, self.scenes[b % len(self.scenes)])
        if isinstance(made, Node):
            self.nodes.append(made)
        elif isinstance(made, Scene):
            self.scenes.append(made)


_EDITS: list[Callable[[Node, Node, Scene], Any]] = [
    lambda node, other, scene: setattr(node, "next", other),
    lambda node, other, scene: setattr(node, "next", None),
    lambda node, other, scene: setattr(node, "pair", (other, node, other)),
    lambda node, other, scene: setattr(node, "hub", None),
    lambda node, other, scene: setattr(node, "hub", scene),  # which may connect two scenes
    lambda node, other, scene: scene.add(node),
    lambda node, other, scene: scene.contents.remove(node) if node in scene.contents else None,
    lambda node, other, scene: Node(next=node, many=[other]),
    lambda node, other, scene: Node(hub=scene, pair=(node,)),
    lambda node, other, scene: copy.deepcopy(node),
    lambda node, other, scene: pickle.loads(pickle.dumps(node)),
    lambda node, other, scene: copy.deepcopy(scene),
    lambda node, other, scene: setattr(node, "many", [other, node]),
    lambda node, other, scene: node.many.append(other),
    lambda node, other, scene: node.many.extend([other, other]),
    lambda node, other, scene: node.many.insert(0, other),
    lambda node, other, scene: node.many.clear(),
    lambda node, other, scene: node.many.remove(node.many[0]) if node.many else None,
    lambda node, other, scene: node.many.reverse(),
    lambda node, other, scene: node.many.sort(key=id),
    lambda node, other, scene: node.many.__setitem__(slice(0, 1), [other]),
    lambda node, other, scene: node.many.__delitem__(slice(0, 1)),
    lambda node, other, scene: node.many.__imul__(2) if len(node.many) < 4 else None,
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(_EDITS) - 1), st.integers(0, 20), st.integers(0, 20)), max_size=30)
)
def test_find_always_equals_a_fresh_walk(edits: list[tuple[int, int, int]]) -> None:
    world = _World()
    for edit in edits:
        world.edit(*edit)
        for scene in world.scenes:
            assert scene.find(SceneObject) == _walk(scene, SceneObject)
            assert scene.find(Node) == _walk(scene, Node)


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[SceneObject]:
    """The scenes whose index is built while the test runs."""
    built: list[SceneObject] = []
    new_index = Scene._new_index

    def counting(self: Scene) -> Any:
        built.append(self)
        return new_index(self)

    monkeypatch.setattr(Scene, "_new_index", counting)
    return built


def test_edits_elsewhere_leave_an_index_alone(walks: list[SceneObject]) -> None:
    here, there = Scene(), Scene()
    here.add(Node())
    there.add(last := Node())
    here.find(Node)
    for _ in range(5):
        last = Node(next=last)  # joins the other scene by an edge
        last.many.append(Node())
        last.next = last.next
        Node(next=Node())  # is in no scene
        assert len(here.find(Node)) == 1
    assert walks == [here]
    assert len(there.find(Node)) == 11


def test_reading_again_builds_nothing(walks: list[SceneObject]) -> None:
    scene = Scene()
    scene.add(Node(many=[Node(), Node()]))
    for kind in (Node, SceneObject, Node):
        scene.find(kind)
    assert scene.has(scene.contents[0])
    assert walks == [scene]


def test_scenes_that_are_connected_share_the_state_of_their_indices(walks: list[SceneObject]) -> None:
    one, other = Scene(), Scene()
    node = Node()
    one.add(node)
    other.add(node)
    for _ in range(3):
        assert one.find(Node) == other.find(Node) == [node]
    assert walks == [one, other]
    added = Node(next=node)
    assert one.find(Node) == other.find(Node) == [node, added]


def test_a_scene_that_was_split_off_is_on_its_own(walks: list[SceneObject]) -> None:
    one, other = Scene(), Scene()
    node = Node()
    one.add(node)
    other.add(bridge := Node(next=node))
    one.find(Node)
    bridge.next = None
    assert one.find(Node) == [node]
    assert other.find(Node) == [bridge]
    walks.clear()
    bridge.many.append(Node())
    assert one.find(Node) == [node]
    assert walks == []


def test_threads_that_read_one_scene_agree() -> None:
    scene = Scene()
    scene.add(Node(many=[Node() for _ in range(300)]))
    with ThreadPoolExecutor(4) as threads:
        for count in range(302, 322):
            scene.contents[0].many.append(Node())  # type: ignore[attr-defined]
            assert [len(found) for found in threads.map(scene.find, [Node] * 4)] == [count] * 4
