"""What can be checked of the layout of any score: everything that Verovio draws is a primitive, and stays on its sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from lxml import etree

from smashcima.engravers.verovio.svg_reader import PageContent, SvgReader
from smashcima.engraving import Engraving, Primitive, PrimitiveKind

SVG = "{http://www.w3.org/2000/svg}"
LEAVES = {
    SVG + name
    for name in ("use", "path", "polygon", "polyline", "ellipse", "circle", "rect", "line", "image")
}


def drawn_leaves(svg: str) -> int:
    """Counts what an SVG draws, independently of the reader."""
    count = 0
    waiting = [etree.fromstring(svg.encode())]
    while waiting:
        element = waiting.pop()
        if element.get("visibility") == "hidden":
            continue
        if element.tag in LEAVES:
            count += 1
        elif element.tag == SVG + "text":
            sized = [t for t in element.iter(SVG + "tspan") if t.get("font-size")]
            count += any("".join(t.itertext()).strip() for t in sized)
        elif element.tag == SVG + "defs" or "placeholder" in element.get("class", "").split():
            continue
        waiting.extend(element.iterchildren(etree.Element))
    return count


def leaves_of(primitive: Primitive) -> int:
    """Number of elements of the SVG that a primitive is read from."""
    if primitive.kind is PrimitiveKind.BRACE:
        return 2  # the half above the tip and the one below it
    # A hairpin that is drawn as two lines is one primitive of two strokes.
    return 1 + len(getattr(primitive, "lifted", ()))


class LayoutCheck:
    """Compares the pages of a layout with the SVG of the engraver while it is read.

    For example::

        check = LayoutCheck("song.mxl")
        with check.watching():
            engraving = engrave(score)
        assert check.problems_of(engraving) == []
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[str] = []
        self._generic: set[str] = set()
        """Elements of which something was read as a primitive of no particular kind."""

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Compares each page that is read in the block with its SVG."""
        read_page = SvgReader.read_page

        def read_and_compare(reader: SvgReader, svg: str, number: int) -> PageContent:
            content = read_page(reader, svg, number)
            kept = sum(map(leaves_of, content.primitives))
            leaves = drawn_leaves(svg)
            if kept != leaves:
                self._problems.append(f"{self._name}, page {number + 1}: {leaves} leaves, {kept} primitives")
            self._generic.update(
                source.split(" ")[0]
                for primitive, source in zip(content.primitives, reader.sources, strict=True)
                if primitive.kind is PrimitiveKind.GENERIC
            )
            return content

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SvgReader, "read_page", read_and_compare)
            yield

    def problems_of(self, engraving: Engraving) -> list[str]:
        """What is wrong with the layout that was read."""
        problems = list(self._problems)
        if not engraving.pages:
            problems.append(f"{self._name}: no pages")
        unexplained = self._generic - {issue.element for issue in engraving.issues}
        if unexplained:
            problems.append(f"{self._name}: generic {unexplained} without an issue")
        for page in engraving.pages:
            for primitive in page.primitives:
                box = primitive.bounds()
                if (
                    min(box.left, box.top) < -0.01
                    or box.right > page.width + 0.01
                    or box.bottom > page.height + 0.01
                ):
                    problems.append(
                        f"{self._name}, page {page.index + 1}: {primitive.kind.value} lies beyond the sheet"
                    )
        if any(system.bounds is None or not system.measures for system in engraving.systems):
            problems.append(f"{self._name}: a system without staves or measures")
        return problems
