"""The container builds services once, by annotation, and says clearly what is missing."""

from __future__ import annotations

from abc import ABC

import punq
import pytest

from smashcima.errors import ServiceError
from smashcima.orchestration.container import (
    Container,
    MissingInterfaceBindingTargetError,
    MissingServiceError,
)


class Paper(ABC):
    pass


class WhitePaper(Paper):
    built = 0

    def __init__(self) -> None:
        WhitePaper.built += 1


class YellowPaper(Paper):
    pass


class Printer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper


@pytest.fixture
def container() -> Container:
    made = Container()
    made.type(WhitePaper)
    made.interface(Paper, WhitePaper)
    made.type(Printer)
    return made


def test_services_are_built_once_when_first_asked_for(container: Container) -> None:
    before = WhitePaper.built
    printer = container.resolve(Printer)
    assert container.resolve(Printer) is printer
    assert printer.paper is container.resolve(Paper) is container.resolve(WhitePaper)
    assert WhitePaper.built == before + 1


def test_a_later_registration_replaces_an_earlier_one(container: Container) -> None:
    container.interface(Paper, YellowPaper, register_impl=True)
    assert isinstance(container.resolve(Printer).paper, YellowPaper)
    mine = YellowPaper()
    container.instance(YellowPaper, mine)
    assert container.resolve(Paper) is mine


def test_factories_run_once(container: Container) -> None:
    calls: list[int] = []

    def make() -> YellowPaper:
        calls.append(1)
        return YellowPaper()

    container.factory(YellowPaper, make)
    assert calls == []
    assert container.resolve(YellowPaper) is container.resolve(YellowPaper)
    assert calls == [1]


def test_something_unregistered_is_named_with_what_there_is(container: Container) -> None:
    with pytest.raises(
        MissingServiceError, match="Cannot resolve YellowPaper.*Registered services: .*WhitePaper"
    ):
        container.resolve(YellowPaper)
    assert issubclass(MissingServiceError, punq.MissingDependencyError)


def test_a_missing_dependency_of_a_service_is_named() -> None:
    container = Container()
    container.type(Printer)
    with pytest.raises(MissingServiceError, match="Paper"):
        container.resolve(Printer)


def test_binding_to_something_unregistered_is_an_error() -> None:
    container = Container()
    with pytest.raises(MissingInterfaceBindingTargetError, match="Cannot bind Paper to YellowPaper"):
        container.interface(Paper, YellowPaper)
    assert not container.has(Paper)


class Ink:
    """A service of which each one that asks gets its own."""

    def __init__(self, owner: str) -> None:
        self.owner = owner


class Pen:
    def __init__(self, ink: Ink, width: float = 1.0) -> None:
        self.ink = ink
        self.width = width


class Brush:
    def __init__(self, ink: Ink, pen: Pen) -> None:
        self.ink = ink
        self.pen = pen


@pytest.fixture
def inked() -> Container:
    made = Container()
    made.per_service(Ink, Ink)
    made.type(Pen)
    made.type(Brush)
    return made


def test_each_service_gets_one_of_its_own_named_after_its_class(inked: Container) -> None:
    brush = inked.resolve(Brush)
    assert (brush.ink.owner, brush.pen.ink.owner) == ("Brush", "Pen")
    assert inked.resolve(Ink).owner == ""
    assert inked.resolve(Ink) is not inked.resolve(Ink)


def test_a_factory_gets_that_of_the_service_that_it_makes(inked: Container) -> None:
    inked.factory(Brush, lambda: Brush(inked.resolve(Ink), inked.build(Pen, width=2.0)))
    brush = inked.resolve(Brush)
    assert (brush.ink.owner, brush.pen.ink.owner, brush.pen.width) == ("Brush", "Pen", 2.0)
    assert brush.pen is not inked.resolve(Pen)


def test_one_for_all_replaces_one_for_each(inked: Container) -> None:
    mine = Ink("everybody")
    inked.instance(Ink, mine)
    assert inked.resolve(Brush).ink is inked.resolve(Pen).ink is mine


def test_what_cannot_be_built_says_what_is_missing() -> None:
    with pytest.raises(MissingServiceError, match="Cannot build Printer.*Paper"):
        Container().build(Printer)


def test_a_service_that_needs_itself_is_an_error(inked: Container) -> None:
    inked.factory(Pen, lambda: inked.resolve(Brush).pen)
    with pytest.raises(ServiceError, match="Brush, which depends on itself: Brush needs Pen needs Brush"):
        inked.resolve(Brush)
