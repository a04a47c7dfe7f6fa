"""Damaged and absurd documents: layouts of what can be read, in bounded time and memory."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smashcima.errors import MalformedSourceError
from smashcima.loading.mro import lay_out_reading, read_document
from smashcima.notations.mro import parse_mro
from tests.loading.mro.mro_text import file, first_bar, one_stave, page, quarter, stave, system
from tests.notations.mro.every_slot import EVERY_SLOT

_number = re.compile(rb"(?<=[ ,/])-?[0-9]+(?=[ ,/}])")

HUGE = 999_999_999


def test_the_file_with_every_slot_is_laid_out() -> None:
    reading = read_document(parse_mro(EVERY_SLOT)[0])
    engraving = lay_out_reading(reading)
    if engraving is not None:
        known = {p.element for p in engraving.primitives() if p.element is not None}
        assert all(reading.score.by_id(element) is not None for element in known)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_number_may_be_absurd(data: st.DataObject) -> None:
    numbers = list(_number.finditer(TWO_STAVES))
    chosen = data.draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=6, unique=True))
    text = bytearray(TWO_STAVES)
    for match in sorted(chosen, key=lambda match: -match.start()):
        if TWO_STAVES[: match.start()].endswith(b"nof "):
            continue
        value = data.draw(st.sampled_from([-HUGE, -1, 0, 1, 7, 40, HUGE]))
        text[match.start() : match.end()] = str(value).encode()
    document, _ = parse_mro(bytes(text))
    try:
        reading = read_document(document)
    except MalformedSourceError:
        return
    engraving = lay_out_reading(reading)
    if engraving is None:
        return
    primitives = list(engraving.primitives())
    assert len(primitives) < 2000
    for primitive in primitives:
        assert all(abs(number) < 20_000 for number in primitive.coordinates())
        assert primitive.element is None or reading.score.by_id(primitive.element) is not None
    assert all(0 < page.width <= 1500 and 0 < page.height <= 1500 for page in engraving.pages)


BARS = first_bar(
    quarter(100, 1, extra="nflags 1 naugdots 2"),
    quarter(150, 9, extra="staccato True"),
    quarter(200, -1),
    end=300,
)
TWO_STAVES = file(
    page(system(stave(BARS, joined=True, dynamics=("type Hairpincres c0 100 c1 200 r 80",)), stave(BARS, top=236),
                slurs=("leftpt -10,100 rightpt -10,200 radius -90",)))
).encode()  # fmt: skip


@pytest.mark.parametrize("slot", ["width", "left", "top", "size", "flagposn 0,", "leftlinex"])
def test_huge_coordinates_are_limited(slot: str) -> None:
    text = re.sub(rf"({slot} ?)-?[0-9]+", rf"\g<1>{HUGE}", one_stave(BARS))
    engraving = lay_out_reading(read_document(parse_mro(text.encode())[0]))
    if engraving is not None:
        assert max(page.width for page in engraving.pages) <= 1500
