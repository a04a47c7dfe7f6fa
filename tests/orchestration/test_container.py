"""The container builds services once, by annotation, and says clearly what is missing."""

from __future__ import annotations

from abc import ABC

import punq
import pytest

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
    with pytest.raises(MissingServiceError, match="Cannot resolve YellowPaper.*Registered are: .*WhitePaper"):
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
