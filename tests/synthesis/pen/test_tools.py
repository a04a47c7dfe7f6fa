"""Hands of historical and modern tools."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from smashcima.errors import SettingsError
from smashcima.randomness import Stream
from smashcima.synthesis.pen import TOOL_HANDS, PenWriter, PenWriterDomain, Scribe, resolve_writer, tool_hand

HISTORICAL = ("quill", "copyist", "engrosser", "steel-nib")


@pytest.mark.parametrize("hand", list(TOOL_HANDS))
def test_a_seed_is_a_writer_of_each_hand(hand: str) -> None:
    writer = PenWriter.from_seed(7, hand)
    assert writer == PenWriter.from_seed(7, hand) != PenWriter.from_seed(8, hand)
    assert writer.name == f"{hand} seed 7"
    assert PenWriter.from_json(writer.to_json()) == writer
    assert writer.scribe is not None
    assert writer.scribe.name == hand


def test_all_hands_are_those_that_are_promised() -> None:
    assert list(TOOL_HANDS) == [*HISTORICAL, "pencil", "ballpoint", "felt-tip"]


@pytest.mark.parametrize("hand", HISTORICAL)
def test_historical_hands_have_thin_stems_thick_beams_and_words_of_their_time(hand: str) -> None:
    writers = [PenWriter.from_seed(seed, hand) for seed in range(40)]
    modern = [PenWriter.from_seed(seed) for seed in range(40)]

    def mean(values: list[float]) -> float:
        return sum(values) / len(values)

    def contrast(writer: PenWriter) -> float:
        return writer.beam_width / (writer.pen_width * writer.stem_width)

    assert mean([contrast(each) for each in writers]) > 1.5 * mean([contrast(each) for each in modern])
    scribes = [each.scribe for each in writers if each.scribe is not None]
    assert len({each.text_hand for each in scribes}) >= 2
    assert all(each.text_hand and each.period for each in scribes)
    assert {each.long_s for each in scribes} == {0.0, 1.0}


def test_hands_of_one_seed_share_forms_but_not_numbers() -> None:
    quill, copyist = PenWriter.from_seed(5, "quill"), PenWriter.from_seed(5, "copyist")
    assert quill.seed == copyist.seed == 5
    assert quill.pen_width != copyist.pen_width


def test_a_plain_writer_has_no_scribe_in_json() -> None:
    assert "scribe" not in json.loads(PenWriter.from_seed(1).to_json())


def test_a_scribe_is_read_from_its_fields() -> None:
    writer = PenWriter.from_json('{"scribe": {"name": "mine", "flexibility": 0.5, "period": "baroque"}}')
    assert writer.scribe == Scribe("mine", flexibility=0.5, period="baroque")
    assert writer.nib.flexibility == 0.5


def test_frequencies_can_be_changed() -> None:
    writer = PenWriter.from_seed(1, "copyist")
    assert writer.scribe is not None
    without = replace(writer, scribe=replace(writer.scribe, blots=9.0))
    assert without != writer
    assert hash(without) != hash(writer)


def test_between_two_hands_the_scribe_is_that_of_the_nearer_one() -> None:
    plain, quill = PenWriter.from_seed(1), PenWriter.from_seed(2, "quill")
    assert plain.interpolate(quill, 0.4).scribe is None
    assert plain.interpolate(quill, 0.6).scribe == quill.scribe


@pytest.mark.parametrize(
    "fields, message",
    [
        ({"period": "gothic"}, "period must be one of"),
        ({"text_hand": "uncial"}, "text hand must be one of"),
        ({"custodes": 1.5}, "custodes of a scribe must be from 0 to 1"),
        ({"blots": "many"}, "blots of a scribe must be a number"),
        ({"name": 3}, "name of a scribe must be text"),
    ],
)
def test_a_scribe_checks_its_fields(fields: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Scribe(**fields)  # type: ignore[arg-type]


def test_unknown_hands_and_fields_are_refused() -> None:
    with pytest.raises(SettingsError, match="no hand 'crayon'.*'?quill"):
        tool_hand("crayon")
    with pytest.raises(SettingsError, match="no parameter nibs"):
        Scribe.of({"nibs": 2})
    with pytest.raises(SettingsError, match="must be a seed or a PenWriter"):
        resolve_writer("neat", "quill")


def test_a_domain_of_a_hand_draws_writers_of_this_hand() -> None:
    domain = PenWriterDomain(Stream(3).generator(), "copyist")
    domain.pick_style()
    assert domain.writer.scribe is not None
    assert domain.writer.scribe.name == "copyist"
    domain.choice = 4
    assert domain.writer == PenWriter.from_seed(4, "copyist")
