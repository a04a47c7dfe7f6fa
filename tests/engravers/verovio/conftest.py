"""Scores of a measure or two, written as MEI."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smashcima.engravers.verovio import engrave_mei
from smashcima.engraving import Engraving, LayoutOptions, Primitive, PrimitiveKind

_FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc></meiHead><music><body><mdiv><score>{definition}<section xml:id="section">{measures}</section>
</score></mdiv></body></music></mei>"""

TREBLE_STAFF = (
    '<scoreDef xml:id="definition"><staffGrp>'
    '<staffDef xml:id="staffDef1" n="1" lines="5" clef.shape="G" clef.line="2"/>'
    "</staffGrp></scoreDef>"
)

FOUR_QUARTERS = "".join(
    f'<note xml:id="n{k}" pname="{step}" oct="5" dur="4"/>' for k, step in enumerate("cdef", start=1)
)


def document(measures: str, definition: str = TREBLE_STAFF) -> str:
    """A whole MEI document."""
    return _FRAME.format(definition=definition, measures=measures)


def measure(
    layer: str = FOUR_QUARTERS, marks: str = "", n: int = 1, attributes: str = "", staff: int = 1
) -> str:
    """A measure of one staff; its ids end in its number."""
    return (
        f'<measure xml:id="m{n}" n="{n}" {attributes}><staff xml:id="s{n}" n="{staff}">'
        f'<layer xml:id="l{n}" n="1">{layer}</layer></staff>{marks}</measure>'
    )


class Snippet:
    """An engraved scrap of music with short ways to ask for what is in it."""

    def __init__(self, engraving: Engraving) -> None:
        self.engraving = engraving

    def of_kind(self, kind: PrimitiveKind) -> list[Primitive]:
        return list(self.engraving.primitives(kind))

    def of_element(self, element: str) -> list[Primitive]:
        return [p for p in self.engraving.primitives() if p.element == element]


@pytest.fixture
def snippet() -> Callable[..., Snippet]:
    """Engraves one measure with the given layer and marks, or a whole `document=`."""

    def make(
        layer: str = FOUR_QUARTERS,
        marks: str = "",
        definition: str = TREBLE_STAFF,
        mei: str | None = None,
        **options: object,
    ) -> Snippet:
        text = document(measure(layer, marks), definition) if mei is None else mei
        return Snippet(engrave_mei(text, LayoutOptions(**options)))  # type: ignore[arg-type]

    return make


@pytest.fixture
def write_document() -> Callable[..., str]:
    """`document` for tests that need several measures."""
    return document


@pytest.fixture
def write_measure() -> Callable[..., str]:
    """`measure` for tests that need several measures."""
    return measure


@pytest.fixture
def mei_document() -> Callable[..., str]:
    """A document of measures, each given by its layer and marks, with a system break between them."""

    def make(*contents: tuple[str, str]) -> str:
        return document("<sb/>".join(measure(*content, n=n) for n, content in enumerate(contents, start=1)))

    return make
