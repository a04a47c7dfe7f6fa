"""All scores of the test data: everything that Verovio draws is a primitive, and stays on its sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from smashcima.engravers.verovio import engrave_mei
from smashcima.engravers.verovio.svg_reader import PageContent, SvgReader
from smashcima.engraving import PrimitiveKind

SVG = "{http://www.w3.org/2000/svg}"
LEAVES = {
    SVG + name
    for name in ("use", "path", "polygon", "polyline", "ellipse", "circle", "rect", "line", "image")
}
SUFFIXES = {".mxl", ".xml", ".musicxml", ".mei", ".krn", ".abc"}


def drawn_leaves(svg: str) -> int:
    """Count what an SVG draws, independently of the reader."""
    count = 0
    waiting = [etree.fromstring(svg.encode())]
    while waiting:
        element = waiting.pop()
        if element.tag in LEAVES:
            count += 1
        elif element.tag == SVG + "text":
            sized = [t for t in element.iter(SVG + "tspan") if t.get("font-size")]
            count += any("".join(t.itertext()).strip() for t in sized)
        elif element.tag == SVG + "defs" or "placeholder" in element.get("class", "").split():
            continue
        waiting.extend(element.iterchildren(etree.Element))
    return count


def scores_of(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.suffix in SUFFIXES)


def check(path: Path, mei: str) -> list[str]:
    """What is wrong with the layout of a score."""
    problems = []
    generic: set[str] = set()
    read_page = SvgReader.read_page

    def read_and_compare(reader: SvgReader, svg: str, number: int) -> PageContent:
        content = read_page(reader, svg, number)
        leaves, kept = drawn_leaves(svg), len(content.primitives)
        if kept != leaves:
            problems.append(f"{path.name}, page {number + 1}: {leaves} leaves, {kept} primitives")
        generic.update(
            source.split(" ")[0]
            for primitive, source in zip(content.primitives, reader.sources, strict=True)
            if primitive.kind is PrimitiveKind.GENERIC
        )
        return content

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SvgReader, "read_page", read_and_compare)
        engraving = engrave_mei(mei)
    assert len(engraving.pages) > 0
    unexplained = generic - {issue.element for issue in engraving.issues}
    if unexplained:
        problems.append(f"{path.name}: generic {unexplained} without an issue")
    for page in engraving.pages:
        for primitive in page.primitives:
            box = primitive.bounds()
            if (
                min(box.left, box.top) < -0.01
                or box.right > page.width + 0.01
                or box.bottom > page.height + 0.01
            ):
                problems.append(
                    f"{path.name}, page {page.index + 1}: {primitive.kind.value} lies beyond the sheet"
                )
    if any(system.bounds is None or not system.measures for system in engraving.systems):
        problems.append(f"{path.name}: a system without staves or measures")
    return problems


@pytest.mark.slow
@pytest.mark.parametrize(
    "directory", ["tutorial", "lieder", "musicxml", "formats/mei", "formats/kern", "formats/abc"]
)
def test_all_that_is_drawn_is_kept_and_on_the_sheet(shared_data, load_mei_once, directory):
    paths = scores_of(shared_data / directory)
    assert paths
    assert [problem for path in paths for problem in check(path, load_mei_once(path).meis[0])] == []
