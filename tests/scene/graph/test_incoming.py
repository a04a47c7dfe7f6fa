"""Sources of edges keep their order, whether there is one or there are many."""

from __future__ import annotations

import copy
import pickle

from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.incoming import Incoming, add_source, many_sources, remove_source, sources_of


class Tune(SceneObject):
    name: str = ""


class Player(SceneObject):
    tune: Tune | None = None


def test_one_source_is_held_in_a_tuple_and_several_in_order() -> None:
    incoming: Incoming = {}
    add_source(incoming, "tune", "a")
    assert incoming == {"tune": ("a",)}
    add_source(incoming, "tune", "a")
    assert incoming == {"tune": ("a",)}
    for source in ("c", "b", "a"):
        add_source(incoming, "tune", source)
    assert list(incoming["tune"]) == ["a", "c", "b"]


def test_more_sources_can_be_added_to_those_there_are() -> None:
    incoming: Incoming = {"tune": ("a",)}
    many_sources(incoming, "tune")["b"] = None
    many_sources(incoming, "place")["c"] = None
    assert {name: list(sources) for name, sources in incoming.items()} == {"tune": ["a", "b"], "place": ["c"]}
    assert sources_of(["a"]) == ("a",)
    assert list(sources_of(["b", "a", "b"])) == ["b", "a"]


def test_the_only_source_can_be_removed_and_added_again() -> None:
    tune = Tune()
    player = Player(tune)
    remove_source(tune, "tune", Player())
    assert tune.sources("tune") == (player,)
    player.tune = None
    assert tune.sources("tune") == ()
    assert tune.incoming_edges() == ()
    player.tune = tune
    other = Player(tune)
    assert tune.sources("tune") == (player, other)
    player.tune = None
    assert Player.of(tune, "tune") is other


def test_copies_and_pickles_keep_single_and_several_sources() -> None:
    for count in (1, 3):
        tune = Tune("gigue")
        players = [Player(tune) for _ in range(count)]
        for made in (copy.deepcopy(tune), pickle.loads(pickle.dumps(tune))):
            assert made.name == "gigue"
            assert [player.tune for player in Player.many_of(made, "tune")] == [made] * count
        assert Player.many_of(tune, "tune") == players
