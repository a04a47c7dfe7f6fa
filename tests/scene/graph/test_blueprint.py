"""Objects made by a blueprint are like those made by the constructor."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.graph import EdgeList, SceneObject
from smashcima.scene.graph.blueprint import blueprint_of, set_new_edge, set_new_edges


class Shelf(SceneObject):
    room: str = "hall"


class Book(SceneObject):
    title: str
    shelf: Shelf | None = None
    sequels: list[Book] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pages: int = 100


class Counted(SceneObject):
    number: int = 1

    def __post_init__(self) -> None:
        self.number += 1


def test_an_object_has_the_fields_of_its_class_in_order_with_their_defaults() -> None:
    made = blueprint_of(Book).make()
    assert vars(made) == {"title": None, "shelf": None, "sequels": [], "notes": [], "pages": 100}
    assert list(vars(made)) == list(vars(Book("x")))
    assert type(made) is Book


def test_objects_do_not_share_lists() -> None:
    first, second = blueprint_of(Book).make(), blueprint_of(Book).make()
    assert isinstance(first.sequels, EdgeList)
    assert first.sequels is not second.sequels
    assert first.notes is not second.notes


def test_lists_of_a_made_object_are_tracked() -> None:
    made, sequel = blueprint_of(Book).make(), Book("II")
    made.sequels.append(sequel)
    assert Book.of(sequel, "sequels") is made
    made.sequels.remove(sequel)
    assert Book.many_of(sequel, "sequels") == []


def test_new_edges_lead_in_both_directions() -> None:
    made, shelf, sequels = blueprint_of(Book).make(), Shelf(), [Book("II"), Book("III")]
    set_new_edge(made, "shelf", shelf)
    set_new_edges(made, "sequels", sequels)
    assert made.shelf is shelf
    assert made.sequels == sequels
    assert Book.of(shelf, "shelf") is made
    assert [Book.of(sequel, "sequels") for sequel in sequels] == [made, made]
    made.shelf = None
    assert Book.many_of(shelf, "shelf") == []


def test_no_target_is_no_edge() -> None:
    made = blueprint_of(Book).make()
    set_new_edge(made, "shelf", None)
    set_new_edges(made, "sequels", [])
    assert made.connected() == [made]


def test_what_a_class_does_after_its_constructor_is_known() -> None:
    blueprint = blueprint_of(Counted)
    made = blueprint.make()
    assert made.number == 1
    assert blueprint.finish is not None
    blueprint.finish(made)
    assert made.number == 2
    assert blueprint_of(Book).finish is None
