"""Whatever is done to a file, the answer is music or a `SmashcimaError`, and the next file is read.

The files are small ones of several kinds, so that some hundred mutations take seconds. `SMASHCIMA_FUZZING` multiplies the
number of mutations; 1 by default.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from smashcima.errors import SmashcimaError
from smashcima.loading import load_mei_text, load_score
from tests.loading.musicxml.small_scores import backup, forward, note, score, tuplet

TIMES = int(os.environ.get("SMASHCIMA_FUZZING", "1"))

EXAMPLE = (Path(__file__).parents[2] / "assets" / "example" / "example.musicxml").read_bytes()

TRIPLET = (3, 2)
SMALL = {
    "voices": score(
        note("C5", 16, "whole", staff=1)
        + backup(16)
        + note("E4", 8, "half", voice="2", staff=1)
        + forward(8)
        + backup(16)
        + note("C4", 16, "whole", voice="5", staff=2),
        staves=2,
    ),
    "tuplets": score(
        note("C5", 2, "eighth", ratio=TRIPLET, after=tuplet(("start", 1)))
        + note("D5", 2, "eighth", ratio=TRIPLET)
        + note("E5", 2, "eighth", ratio=TRIPLET, after=tuplet(("stop", 1)))
        + note("F5", 2, "eighth", ratio=TRIPLET) * 3
        + note("G5", 2) * 3
        + note("A5", 6, "quarter"),
        divisions=6,
    ),
    "chords": score(
        note("C4", 16, "whole")
        + note("E4", 8, "half", before="<chord/>")
        + note("G4", 4, "quarter", before="<chord/>")
        + backup(8)
        + note("B4", None, "eighth", voice="2", before="<grace/>")
        + note("A4", 8, "half", voice="2"),
        '<note><rest measure="yes"/><duration>16</duration><voice>1</voice></note>',
    ),
    "hidden": score(
        note("C5", 8, "half", after="<lyric><syllabic>single</syllabic><text>la</text></lyric>")
        + note("D5", 8, "half", attributes='print-object="no"')
        + backup(16)
        + note("C4", 2, "eighth", voice="2", attributes='print-object="no"') * 8
    ),
}

VALUES = st.sampled_from(
    [
        "0",
        "-1",
        "",
        "abc",
        "99999999999",
        "1e9",
        "NaN",
        "2.5",
        "1000000",
        "start",
        "stop",
        "yes",
        "no",
        "1",
        "2",
        "7",
    ]
)

CHANGES = st.sampled_from(["text", "attribute", "remove", "double", "move", "rename", "hide"])


def relaxed(examples: int) -> settings:
    return settings(
        deadline=None,
        max_examples=examples * TIMES,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def is_read_or_refused(data: bytes) -> bool:
    """Whether it was read; anything but an answer or one of our errors fails the test."""
    try:
        return "<measure" in load_mei_text(data=data, format="musicxml").meis[0]
    except SmashcimaError:
        return False


def is_scored_or_refused(data: bytes) -> None:
    """Also converts what was read to a score, which computes all times."""
    try:
        load_score(data=data, format="musicxml")
    except SmashcimaError:
        pass


def mutated(text: bytes, changes: list[tuple[int, str, str]]) -> bytes:
    root = etree.fromstring(text)
    for number, change, value in changes:
        elements = list(root.iter("*"))
        element = elements[number % len(elements)]
        parent = element.getparent()
        if parent is None:
            continue
        if change == "text":
            element.text = value
        elif change == "attribute" and element.attrib:
            element.set(list(element.attrib)[number % len(element.attrib)], value)
        elif change == "remove":
            parent.remove(element)
        elif change == "double":
            parent.append(etree.fromstring(etree.tostring(element)))
        elif change == "move" and element not in (root[-1], *root[-1].iterancestors()):
            root[-1].append(element)
        elif change == "rename":
            element.tag = elements[(number // 7) % len(elements)].tag
        elif change == "hide":
            element.set("print-object", "no")
    return etree.tostring(root)


@relaxed(60)
@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_broken_bytes(changes: list[tuple[int, int]]) -> None:
    data = bytearray(EXAMPLE)
    for position, value in changes:
        data[position] = value
    is_read_or_refused(bytes(data))


@relaxed(60)
@given(st.integers(0, len(EXAMPLE)))
def test_truncation(length: int) -> None:
    assert is_read_or_refused(EXAMPLE[:length]) == (b"</score-partwise>" in EXAMPLE[:length])


@pytest.mark.slow
@relaxed(60)
@given(st.lists(st.tuples(st.integers(0, 10_000), CHANGES, VALUES), min_size=1, max_size=6))
def test_broken_elements(changes: list[tuple[int, str, str]]) -> None:
    is_read_or_refused(mutated(EXAMPLE, changes))


@pytest.mark.slow
@relaxed(400)
@given(
    st.sampled_from(list(SMALL)),
    st.lists(st.tuples(st.integers(0, 10_000), CHANGES, VALUES), min_size=1, max_size=6),
)
def test_broken_elements_of_small_files(name: str, changes: list[tuple[int, str, str]]) -> None:
    is_scored_or_refused(mutated(SMALL[name].encode(), changes))


@relaxed(100)
@given(
    st.sampled_from(list(SMALL)),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]),
)
def test_broken_bytes_of_small_files_in_all_encodings(
    name: str, changes: list[tuple[int, int]], encoding: str
) -> None:
    data = bytearray(SMALL[name].encode(encoding))
    for position, value in changes:
        data[position % len(data)] = value
    is_scored_or_refused(bytes(data))


@pytest.mark.slow
@pytest.mark.parametrize("order", range(min(3 * TIMES, 60)))
def test_files_are_read_the_same_in_any_order(shared_data: Path, order: int) -> None:
    """Native state of the worker must not reach from one file into the next, even if some of them are broken."""
    files = sorted((shared_data / "cases").glob("*.musicxml"))[:: 4 if TIMES == 1 else 1]
    alone = {path: _answer(path.read_bytes()) for path in files}
    shuffler = random.Random(order)
    shuffled = files * 2
    shuffler.shuffle(shuffled)
    for path in shuffled:
        if shuffler.random() < 0.3:
            data = path.read_bytes()
            _answer(data[: shuffler.randrange(len(data))])
        assert _answer(path.read_bytes()) == alone[path], path.name


def _answer(data: bytes) -> tuple[str, ...]:
    try:
        loaded = load_mei_text(data=data, format="musicxml")
    except SmashcimaError as error:
        return (type(error).__name__,)
    return (*loaded.meis, *map(str, loaded.issues))


def test_after_all_that_an_unbroken_score_is_read() -> None:
    assert is_read_or_refused(EXAMPLE)
