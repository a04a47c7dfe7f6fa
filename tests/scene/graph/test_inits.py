"""The first objects of a class are initialised as all others, whose `__init__` is compiled."""

from __future__ import annotations

from dataclasses import field

import pytest

from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.scene_object import _PLAIN_OBJECTS


class Shelf(SceneObject):
    name: str = "shelf"


class Book(SceneObject):
    title: str
    shelf: Shelf | None = None
    notes: list[str] = field(default_factory=list)
    friends: list[Book] = field(default_factory=list)
    pages: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        self.length = len(self.title)


def made(number: int) -> list[Book]:
    shelf = Shelf()
    books = [Book("first", shelf)]
    books += [Book(f"book {index}", shelf, friends=books[:1], pages=index) for index in range(1, number)]
    return books


def test_plain_and_compiled_objects_are_alike() -> None:
    books = made(2 * _PLAIN_OBJECTS)
    for index, book in enumerate(books[1:], 1):
        assert list(book.__dict__)[:5] == ["title", "shelf", "notes", "friends", "pages"]
        assert (book.title, book.pages, book.notes, book.length) == (
            f"book {index}",
            index,
            [],
            len(book.title),
        )
        assert list(book.friends) == books[:1]
        assert type(book.notes) is list
    assert Book.many_of(books[0].shelf, "shelf") == books  # type: ignore[arg-type]
    assert Book.many_of(books[0], "friends") == books[1:]


def test_wrong_arguments_of_the_first_object_are_the_usual_errors() -> None:
    class Page(SceneObject):
        number: int
        side: str = "recto"

    for arguments, options in (
        ((), {}),
        ((1, "verso", 3), {}),
        ((1,), {"number": 2}),
        ((1,), {"colour": "red"}),
    ):
        with pytest.raises(TypeError, match=r"Page\.__init__\(\)"):
            Page(*arguments, **options)  # type: ignore[arg-type]
    assert Page(4).side == "recto"
