"""MEI → Score → MEI loses nothing, on real scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from smashcima.loading import LoadedMei
from smashcima.mei import read_mei, write_mei
from smashcima.scene.semantic import Score
from tests.mei.conftest import Helper

_ID = "{http://www.w3.org/XML/1998/namespace}id"

_DRAW = r"""
import functools, re, verovio
verovio.enableLog(verovio.LOG_OFF)
@functools.lru_cache(maxsize=4)
def pages(mei):
    toolkit = verovio.toolkit()
    toolkit.setOptions({"xmlIdChecksum": True, "breaks": "auto"})
    assert toolkit.loadData(mei)
    found = []
    for page in range(toolkit.getPageCount()):
        svg = re.sub(r"<style.*?</style>", "", toolkit.renderToSVG(page + 1), flags=re.S)
        svg = re.sub(r'-[a-z0-9]+(?=["\)])', "", svg)
        svg = re.sub(r'<g [^>]*ilestone[^>]*/>', "", svg)
        found.append(re.sub(r' (id|class)="[^"]*"', "", svg))
    return found
def answer(one, other):
    return pages(one) == pages(other) != []
"""


Line = tuple[str, str | None]


def lines_of(mei: str) -> list[Line]:
    """The document, a line for each tag and text, with the id of the element.

    Blanks between elements and the order of attributes do not count.
    """
    lines: list[Line] = []

    def add_text(text: str | None) -> None:
        if text and text.strip():
            lines.append((f"text {text!r}", None))

    for event, element in etree.iterwalk(
        etree.fromstring(mei.encode("utf-8")), events=("start", "end", "comment", "pi")
    ):
        if event in ("comment", "pi"):
            lines.append((f"{event} {element.text}", None))
            add_text(element.tail)
        elif event == "start":
            attributes = sorted((name, value) for name, value in element.attrib.items() if name != _ID)
            lines.append((f"<{element.tag} {attributes}", element.get(_ID)))
            add_text(element.text)
        else:
            lines.append((f"</{element.tag}", None))
            add_text(element.tail)
    return lines


def assert_nothing_is_lost(mei: str, score: Score) -> None:
    """Compares line by line, unless the documents have one canonical form anyway."""
    text = write_mei(score, attributes_as_elements=False)
    assert mei.count("<") > 20
    if canonical(text) == canonical(mei):
        return
    source, written = lines_of(mei), lines_of(text)
    assert [text for text, _ in written] == [text for text, _ in source]
    assert [id for (_, id), (_, had) in zip(written, source, strict=True) if had] == [
        had for _, had in source if had
    ]


def canonical(mei: str) -> bytes:
    """The canonical form, without whitespace-only text nodes, which Verovio ignores."""
    parser = etree.XMLParser(remove_blank_text=True)
    return etree.tostring(etree.fromstring(mei.encode("utf-8"), parser), method="c14n")


def is_drawn_alike(one: str, other: str, helper: Callable[[str], Any]) -> bool:
    """Whether two documents have the same drawing.

    Verovio keeps state from one document to the next, which now and then shows in a later one. So where the shared
    process says no, one that has drawn nothing yet decides.
    """
    if helper(_DRAW).ask(one, other):
        return True
    fresh = Helper(_DRAW)
    try:
        return bool(fresh.ask(one, other))
    finally:
        fresh.close()


def assert_same_drawing(mei: str, score: Score, helper: Callable[[str], Any], name: str) -> None:
    """Compares the documents, and their drawings if the documents differ."""
    source = canonical(mei)
    for written in (write_mei(score), write_mei(score, attributes_as_elements=False)):
        assert canonical(written) == source or is_drawn_alike(mei, written, helper), name


def test_the_tutorial_score_comes_back(
    tutorial_score: Path, load_mei_once: Callable[[Path], LoadedMei], helper: Callable[[str], Any]
) -> None:
    mei = load_mei_once(tutorial_score).meis[0]
    score, _ = read_mei(mei)
    assert_nothing_is_lost(mei, score)
    assert_same_drawing(mei, score, helper, tutorial_score.name)


def test_a_drawing_is_told_from_another(
    tutorial_score: Path, load_mei_once: Callable[[Path], LoadedMei], helper: Callable[[str], Any]
) -> None:
    mei = load_mei_once(tutorial_score).meis[0]
    assert helper(_DRAW).ask(mei, mei)
    assert not helper(_DRAW).ask(mei, mei.replace('pname="c"', 'pname="d"', 1))


@pytest.mark.parametrize("name", ["Telemann_Suite.mei", "Figured_Bass.mei", "lhrh4.mei", "Mahler_Song.mei"])
def test_mei_by_other_hands_comes_back(shared_data: Path, name: str) -> None:
    path = shared_data / "formats" / "mei" / name
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    mei = path.read_text(encoding="utf-8")
    assert_nothing_is_lost(mei, read_mei(mei)[0])


@pytest.mark.slow
def test_all_scores_come_back_and_are_drawn_as_before(
    lieder_paths: list[Path],
    musicxml_paths: list[Path],
    format_paths: list[Path],
    load_mei_once: Callable[[Path], LoadedMei],
    helper: Callable[[str], Any],
) -> None:
    for path in [*lieder_paths, *musicxml_paths, *format_paths]:
        mei = load_mei_once(path).meis[0]
        score, _ = read_mei(mei)
        assert_nothing_is_lost(mei, score)
        assert_same_drawing(mei, score, helper, path.name)
