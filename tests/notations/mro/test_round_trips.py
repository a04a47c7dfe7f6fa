"""Parsing and writing are inverse to each other."""

from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smashcima.errors import ExportError, MalformedSourceError
from smashcima.notations.mro import (
    MroDocument,
    MroEncoding,
    MroPosition,
    MroScore,
    MroSlot,
    parse_mro,
    write_mro,
)
from smashcima.notations.mro.slots import Slot, schema_of
from smashcima.notations.mro.tokens import split_tokens
from tests.notations.mro.every_slot import EVERY_SLOT

WORDS = st.text("abcXYZ019_$.,/-", min_size=1, max_size=8)
TEXTS = st.text(
    st.characters(max_codepoint=0x2FFF, exclude_characters="\0", exclude_categories=["Cs"]), max_size=12
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


KEPT = st.recursive(
    st.builds(
        MroSlot, WORDS.map("q".__add__), WORDS.filter(lambda word: word[-1] != "$") | TEXTS.map(quoted)
    ),
    lambda slots: st.builds(MroSlot, WORDS.map("q".__add__), st.lists(slots, max_size=3).map(tuple)),
    max_leaves=4,
)


def values_of(slot: Slot) -> st.SearchStrategy:
    if slot.member is not None:
        inner = st.deferred(lambda: structures(slot.member))
        if slot.is_array:
            return st.lists(inner, max_size=2).map(tuple)
        return inner if slot.default is not None else st.none() | inner
    default = slot.default
    integers = st.integers(-999_999_999, 999_999_999)
    positions = st.builds(MroPosition, integers, integers)
    if default is None:  # the centre of a notehead
        return st.none() | positions
    if isinstance(default, bool):
        return st.booleans()
    if hasattr(type(default), "__members__"):
        return st.sampled_from(list(type(default)))
    if isinstance(default, tuple):
        return st.tuples(integers, integers).map(lambda pair: type(default)(*pair))
    if isinstance(default, int):
        return integers
    return TEXTS if slot.name.endswith("$") else WORDS.filter(lambda word: word[-1] != "$")


def structures(model: type) -> st.SearchStrategy:
    slots = {slot.attribute: values_of(slot) for slot in schema_of(model).slots}
    return st.builds(model, **slots, unknown=st.lists(KEPT, max_size=2).map(tuple))


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_file_with_every_slot_survives():
    document, _ = parse_mro(EVERY_SLOT)
    again, issues = parse_mro(write_mro(document))
    assert issues == []
    assert again == document


def test_writing_loses_no_token_of_a_file_with_every_slot():
    written = write_mro(parse_mro(EVERY_SLOT)[0]).decode("latin-1")
    assert sorted(split_tokens(written)) == sorted(split_tokens(EVERY_SLOT.decode("latin-1")))


@settings(SLOW, max_examples=25)
@given(structures(MroScore))
def test_any_document_survives(score):
    document = MroDocument("X", score=score)
    document = replace(document, header=replace(document.header, encoding=MroEncoding.UTF8))
    assert parse_mro(write_mro(document))[0] == document


def test_unreadable_and_unknown_slots_survive():
    text = (
        "X fileheader { version x characterencoding KOI8 odd 1 } extra { a 1 } score { title$ { a 1 } pages { nof 1 "
        'comment$ "in a list" page { systems 3 width wide } } comment "text" preedit { } }'
    )
    document, issues = parse_mro(text)
    again, issues_again = parse_mro(write_mro(document))
    assert again == document
    assert {(each.element, each.what) for each in issues_again} == {
        (each.element, each.what) for each in issues
    }


@pytest.mark.parametrize("encoding", list(MroEncoding))
def test_a_document_is_written_in_the_encoding_of_its_header(encoding):
    title = {"ASCII": "Trout", "ISO88591": "Müller", "UTF8": "Dvořák"}[encoding.value]
    document = MroDocument(score=MroScore(title=title))
    document = replace(document, header=replace(document.header, encoding=encoding))
    assert title.encode(encoding.codec) in write_mro(document)
    assert parse_mro(write_mro(document))[0] == document


def test_characters_that_the_encoding_lacks_are_an_error():
    with pytest.raises(
        ExportError, match=r"'ř', which ISO88591 lacks. Set `header.encoding` to MroEncoding.UTF8"
    ):
        write_mro(MroDocument(score=MroScore(title="Dvořák")))


@pytest.mark.parametrize(
    "slot", [MroSlot("a b", "1"), MroSlot("a", "1 2"), MroSlot("a", ""), MroSlot("a", '"x')]
)
def test_slots_that_cannot_be_read_again_are_not_written(slot):
    with pytest.raises(ExportError, match="neither a word without spaces nor a text"):
        write_mro(MroDocument(unknown=(slot,)))


def test_every_field_of_the_model_is_a_slot():
    def check(model: type) -> None:
        schema = schema_of(model)
        others = {field.name for field in fields(model)} - {slot.attribute for slot in schema.slots}
        assert others <= {"unknown", "identifier"}
        for slot in schema.slots:
            if slot.member is not None:
                check(slot.member)

    check(MroDocument)


# ---------------------------------------------------------------- damaged files


TOKENS = EVERY_SLOT.decode("latin-1").split()


@SLOW
@given(st.data())
def test_damaged_files_are_read_or_rejected(data):
    tokens = list(TOKENS)
    for _ in range(data.draw(st.integers(1, 6))):
        index = data.draw(st.integers(0, len(tokens) - 1))
        what = data.draw(st.sampled_from(["drop", "double", "swap", "bracket", "text"]))
        if what == "drop":
            del tokens[index]
        elif what == "double":
            tokens.insert(index, tokens[index])
        elif what == "swap":
            tokens[index], tokens[-1] = tokens[-1], tokens[index]
        else:
            tokens[index] = data.draw(
                st.sampled_from("{}")
                if what == "bracket"
                else st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
            )
    text = " ".join(tokens).replace("\0", "")
    try:
        document, _ = parse_mro(text.encode())
    except MalformedSourceError:
        return
    assert parse_mro(write_mro(document))[0] == document


@SLOW
@given(st.binary(max_size=60), st.integers(0, len(EVERY_SLOT)), st.integers(0, 60))
def test_damaged_bytes_are_read_or_rejected(noise, start, length):
    data = EVERY_SLOT[:start] + noise + EVERY_SLOT[start + length :]
    try:
        document, _ = parse_mro(data)
    except MalformedSourceError:
        return
    assert parse_mro(write_mro(document))[0] == document
