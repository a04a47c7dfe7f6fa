"""MEI → Score → MEI loses nothing, on real scores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from smashcima.mei import read_mei, write_mei

_ID = "{http://www.w3.org/XML/1998/namespace}id"

_DRAW = r"""
import re, sys, verovio
from smashcima.mei import read_mei, write_mei
verovio.enableLog(verovio.LOG_OFF)
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
source = sys.stdin.buffer.read().decode("utf-8")
score, _ = read_mei(source)
wanted = pages(source)
print(len(wanted), pages(write_mei(score)) == wanted, pages(write_mei(score, attributes_as_elements=False)) == wanted)
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


def assert_nothing_is_lost(mei: str) -> None:
    score, _ = read_mei(mei)
    source = lines_of(mei)
    written = lines_of(write_mei(score, attributes_as_elements=False))
    assert len(source) > 20
    assert [text for text, _ in written] == [text for text, _ in source]
    assert [id for (_, id), (_, had) in zip(written, source, strict=True) if had] == [
        had for _, had in source if had
    ]


def assert_same_drawing(mei: str, cwd: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _DRAW],
        input=mei.encode("utf-8"),
        capture_output=True,
        timeout=300,
        check=False,
        cwd=cwd,
    )
    count, *same = done.stdout.decode().split()
    assert int(count) > 0
    assert same == ["True", "True"], name


def test_the_tutorial_score_comes_back(tutorial_score: Path, mei_of: object, repository: Path) -> None:
    mei = mei_of(tutorial_score)  # type: ignore[operator]
    assert_nothing_is_lost(mei)
    assert_same_drawing(mei, repository, tutorial_score.name)


@pytest.mark.parametrize("name", ["Telemann_Suite.mei", "Figured_Bass.mei", "lhrh4.mei", "Mahler_Song.mei"])
def test_mei_by_other_hands_comes_back(shared_data: Path, name: str) -> None:
    path = shared_data / "formats" / "mei" / name
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    assert_nothing_is_lost(path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_all_scores_come_back(
    lieder_paths: list[Path], musicxml_paths: list[Path], format_paths: list[Path], mei_of: object
) -> None:
    checked = 0
    for path in [*lieder_paths, *musicxml_paths, *format_paths]:
        mei = mei_of(path)  # type: ignore[operator]
        if mei:  # the others are not read by Verovio
            assert_nothing_is_lost(mei)
            checked += 1
    assert checked >= 0.9 * (len(lieder_paths) + len(musicxml_paths) + len(format_paths))


@pytest.mark.slow
def test_all_scores_are_drawn_as_before(
    lieder_paths: list[Path],
    musicxml_paths: list[Path],
    format_paths: list[Path],
    mei_of: object,
    repository: Path,
) -> None:
    for path in [*lieder_paths, *musicxml_paths, *format_paths]:
        mei = mei_of(path)  # type: ignore[operator]
        if mei:
            assert_same_drawing(mei, repository, path.name)
