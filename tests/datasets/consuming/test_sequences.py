"""Vocabularies, and batches of images with tokens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from smashcima.datasets.consuming import CollateSequences, Vocabulary
from smashcima.errors import SettingsError


def test_a_vocabulary_numbers_tokens_in_alphabetical_order_after_the_reserved_ids():
    vocabulary = Vocabulary.of(["q1 | h2", "| q0\tq1"])
    assert vocabulary.tokens == ("h2", "q0", "q1", "|")
    assert len(vocabulary) == 8
    assert vocabulary.encode("q0 x |").tolist() == [5, 1, 7]
    assert vocabulary.encode("q0", ends=True).tolist() == [2, 5, 3]


def test_decoding_stops_at_the_end_and_omits_reserved_ids():
    vocabulary = Vocabulary(("a", "b"))
    assert vocabulary.decode([2, 4, 0, 5, 1, 3, 4]) == "a b <unknown>"
    with pytest.raises(SettingsError, match="no token 6"):
        vocabulary.decode([6])


def test_a_vocabulary_survives_its_file(tmp_path: Path):
    vocabulary = Vocabulary(("ä", "b"))
    vocabulary.write(tmp_path / "tokens.json")
    assert Vocabulary.load(tmp_path / "tokens.json") == vocabulary
    (tmp_path / "tokens.json").write_text("{}")
    with pytest.raises(SettingsError, match="not a JSON list"):
        Vocabulary.load(tmp_path / "tokens.json")


def test_tokens_may_not_repeat():
    with pytest.raises(SettingsError, match="twice"):
        Vocabulary(("a", "a"))


def test_batches_are_padded_and_give_sizes(make_record):
    records = [make_record(6, 1, agnostic=b"a\tb\ta"), make_record(9, 2, agnostic=b"b")]
    batch = CollateSequences(Vocabulary(("a", "b")))(records)
    assert batch["images"].shape == (2, 3, 4, 9)
    assert batch["widths"].tolist() == [6, 9]
    assert batch["tokens"].tolist() == [[4, 5, 4], [5, 0, 0]]
    assert batch["lengths"].tolist() == [3, 1]
    assert batch["samples"].tolist() == [1, 2]


def test_a_label_that_could_not_be_written_says_why(make_record):
    record = replace(make_record(), metadata={"labels_not_written": {"agnostic": "The score has 3 staves."}})
    with pytest.raises(SettingsError, match=r"could not be written: The score has 3 staves\."):
        CollateSequences(Vocabulary(("a",)))([record])
    with pytest.raises(SettingsError, match="'coco' is no text of tokens; choose from agnostic"):
        CollateSequences(Vocabulary(("a",)), "coco")([record])
