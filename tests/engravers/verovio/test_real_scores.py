"""All scores of the test data: everything that Verovio draws is a primitive, and stays on its sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from smashcima.engravers.verovio import engrave_mei
from smashcima.engravers.verovio.mei_index import index_mei
from smashcima.engravers.verovio.rendering import render_svgs
from smashcima.engravers.verovio.svg_reader import SvgReader
from smashcima.engravers.verovio.verovio_setup import set_up
from smashcima.engraving import LayoutOptions, PrimitiveKind
from smashcima.errors import ImportFailedError

SVG = "{http://www.w3.org/2000/svg}"
LEAVES = {
    SVG + name
    for name in ("use", "path", "polygon", "polyline", "ellipse", "circle", "rect", "line", "image")
}
SUFFIXES = {".mxl", ".xml", ".musicxml", ".mei", ".krn", ".abc"}


def drawn_leaves(svg: str) -> int:
    """Count what an SVG draws, independently of the reader."""
    count = 0
    for element in etree.fromstring(svg.encode()).iter(*LEAVES, SVG + "text"):
        around = list(element.iterancestors())
        if any(a.tag == SVG + "defs" or "placeholder" in a.get("class", "").split() for a in around):
            continue
        if element.tag == SVG + "text":
            sized = [
                t for t in element.iter(SVG + "tspan") if t.get("font-size") and "".join(t.itertext()).strip()
            ]
            count += bool(sized)
        else:
            count += 1
    return count


def scores_of(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.suffix in SUFFIXES)


def check(path: Path, mei: str) -> list[str]:
    """What is wrong with the layout of a score."""
    problems = []
    setup = set_up(LayoutOptions(), "auto", 1.0)
    svgs, _ = render_svgs(mei, setup)
    index = index_mei(mei)
    reader = SvgReader(index, index.ids, "Leipzig", setup.scale)
    generic: set[str] = set()
    for number, svg in enumerate(svgs):
        primitives = reader.read_page(svg, number).primitives
        generic |= {
            source.split(" ")[0]
            for primitive, source in zip(primitives, reader.sources, strict=True)
            if primitive.kind is PrimitiveKind.GENERIC
        }
        kept = len(primitives)
        if kept != drawn_leaves(svg):
            problems.append(f"{path.name}, page {number + 1}: {drawn_leaves(svg)} leaves, {kept} primitives")
    engraving = engrave_mei(mei)
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
def test_all_that_is_drawn_is_kept_and_on_the_sheet(shared_data, import_file, directory):
    problems, laid_out = [], 0
    for path in scores_of(shared_data / directory):
        try:
            mei = import_file(path)
        except ImportFailedError:
            continue  # a matter of the tests of the import
        problems.extend(check(path, mei))
        laid_out += 1
    assert laid_out
    assert problems == []
