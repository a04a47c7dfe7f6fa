"""Whatever is done to a file, the answer is music or a `SmashcimaError`, and the next file is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from smashcima.errors import SmashcimaError
from smashcima.loading import load_mei_text

SCORE = (Path(__file__).parents[2] / "assets" / "example" / "example.musicxml").read_bytes()

VALUES = st.sampled_from(
    ["0", "-1", "", "abc", "99999999999", "1e9", "NaN", "2.5", "1000000", "start", "stop", "yes"]
)

relaxed = settings(
    deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def is_read_or_refused(data: bytes) -> bool:
    """Whether it was read; anything but an answer or one of our errors fails the test."""
    try:
        return "<measure" in load_mei_text(data=data, format="musicxml").meis[0]
    except SmashcimaError:
        return False


@relaxed
@given(st.lists(st.tuples(st.integers(0, len(SCORE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_broken_bytes(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SCORE)
    for position, value in changes:
        data[position] = value
    is_read_or_refused(bytes(data))


@relaxed
@given(st.integers(0, len(SCORE)))
def test_truncation(length: int) -> None:
    assert is_read_or_refused(SCORE[:length]) == (b"</score-partwise>" in SCORE[:length])


@pytest.mark.slow
@relaxed
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000), st.sampled_from(["text", "attribute", "remove", "double", "move"]), VALUES
        ),
        min_size=1,
        max_size=6,
    )
)
def test_broken_elements(changes: list[tuple[int, str, str]]) -> None:
    root = etree.fromstring(SCORE)
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
        elif change == "move":
            root[-1].append(element)
    is_read_or_refused(etree.tostring(root))


def test_after_all_that_an_unbroken_score_is_read() -> None:
    assert is_read_or_refused(SCORE)
