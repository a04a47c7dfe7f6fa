"""Sources of edges keep their order, whether there is one or there are many."""

from __future__ import annotations

import copy
import pickle

from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.incoming import add_source, by_name, many_sources, remove_source


class Tune(SceneObject):
    name: str = ""


class Player(SceneObject):
    tune: Tune | None = None


def test_one_source_is_held_in_a_pair_and_several_in_order() -> None:
    tune, players = Tune(), [Player() for _ in range(4)]
    add_source(tune, "tune", players[0])
    add_source(tune, "tune", players[0])
    assert tune._incoming == ("tune", players[0])
    for number in (2, 1, 0):
        add_source(tune, "tune", players[number])
    assert tune.sources("tune") == (players[0], players[2], players[1])


def test_sources_by_several_names_keep_their_order() -> None:
    tune, players = Tune(), [Player() for _ in range(3)]
    many_sources(tune, "place")[players[2]] = None
    add_source(tune, "tune", players[0])
    many_sources(tune, "tune")[players[1]] = None
    found = [(name, list(sources)) for name, sources in by_name(tune._incoming)]
    assert found == [("place", [players[2]]), ("tune", players[:2])]


def test_no_source_is_found_by_another_name() -> None:
    tune = Tune()
    assert tune.sources("tune") == ()
    player = Player(tune)
    assert tune.sources("place") == ()
    assert tune.incoming_edges() == ("tune",)
    assert tune.is_target_of(player, "tune")
    assert not tune.is_target_of(player, "place")


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
