"""Groups, warnings, repair and validation."""

from __future__ import annotations

import pytest
from hypothesis import given

import smashcima.notations.mashcima as m
from smashcima.errors import MalformedSourceError, SmashcimaError

from .strategies import texts


def groups(annotation: str) -> list[tuple[list[str], str, list[str]]]:
    found, _ = m.parse_annotation_into_token_groups(annotation)
    return [(group.before_attachments, group.token, group.after_attachments) for group in found]


def test_attachments_stick_to_items() -> None:
    annotation = "clef.G-2 ) fermata #0 q0 . * ( |"
    assert groups(annotation) == [
        ([], "clef.G-2", []), ([")", "fermata", "#0"], "q0", [".", "*", "("]), ([], "|", []),
    ]  # fmt: skip


def test_two_numbers_are_a_time_signature() -> None:
    found, warnings = m.parse_annotation_into_token_groups("time.3 ~time.16 time.C")
    assert not warnings
    time = found[0]
    assert isinstance(time, m.TimeSignatureTokenGroup)
    assert (time.token, time.first_token, time.second_token) == ("TIME_SIGNATURE", "time.3", "~time.16")
    assert found[1].token == "time.C"


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("#0 q0", [(["#0"], "q0", [])]),
        ("#1 q0", [(["#1"], "KEY_SIGNATURE", []), ([], "q0", [])]),
        ("#0 #1 q0", [(["#0", "#1"], "KEY_SIGNATURE", []), ([], "q0", [])]),
        ("b0 qr", [(["b0"], "KEY_SIGNATURE", []), ([], "qr", [])]),
        ("b0", [(["b0"], "KEY_SIGNATURE", [])]),
        ("#1 ~key #0 q0", [(["#1"], "KEY_SIGNATURE", ["~key"]), (["#0"], "q0", [])]),
    ],
)
def test_accidentals_are_a_key_signature_unless_one_fits_its_note(annotation: str, expected: object) -> None:
    assert groups(annotation) == expected
    assert m.repair_annotation(annotation) == (annotation, [])


@pytest.mark.parametrize(
    ("annotation", "repaired", "warnings"),
    [
        ("time.3 q0", "q0", ["Unpaired numeric time signature: time.3"]),
        ("time.3 time.4 time.5", "time.3 time.4", ["Unpaired numeric time signature: time.5"]),
        (
            ") time.3 b9 b8 ~key #0 q0", "b9 b8 ~key ) #0 q0",
            ["Unpaired numeric time signature: time.3", "Attachments are not ordered properly: [')', 'b9', 'b8']"],
        ),
        ("#1 time.3 q0", "#1 q0", ["Unpaired numeric time signature: time.3"]),
        ("q0 ) fermata", "q0", ["Unattached before attachments: [')', 'fermata']"]),
        ("( . q0", "q0", ["Unattached after attachments: ['(', '.']"]),
        ("q0 * .", "q0 . *", ["Attachments are not ordered properly: ['*', '.']"]),
        ("fermata ) q0", ") fermata q0", ["Attachments are not ordered properly: ['fermata', ')']"]),
        (") #1 q0", "#1 ) q0", ["Attachments are not ordered properly: [')', '#1']"]),
        ("q0 . .", "q0 .", ["Repeated attachments: ['.']"]),
        ("q0 * *", "q0 **", ["Repeated attachments: ['*']"]),
        ("| .", "|", ["Attachments that do not fit '|': ['.']"]),
        ("clef.G-2 (", "clef.G-2", ["Attachments that do not fit 'clef.G-2': ['(']"]),
        ("e=0 | =e1", "e0 | e1", ["Unexpected token inside a beamed group: '|'", "Non-started beam: 'x =x' at: '=e1'"]),
        ("e=0 =e=1 | q0", "e=0 =e1 | q0", ["Unexpected token inside a beamed group: '|'"]),
        ("e=0 s=1 =e2", "e=0 =s=1 =e2", ["Non-finished beam: 'x= x' at: 's=1'"]),
        ("=e=0 =e1", "e=0 =e1", ["Non-started beam: 'x =x' at: '=e=0'"]),
        ("e=0 =e=1", "e=0 =e1", ["Non-finished beam: 'x= EOS' at the last token."]),
        ("e=0 er", "e0 er", ["Non-finished beam: 'x= EOS' at the last token."]),
        ("q13", "?", ["Unknown token: 'q13' has no pitch from -12 to 12"]),
        ("q", "?", ["Unknown token: 'q' has no pitch; write it with one from -12 to 12, such as 'q0'"]),
        ("~tuplet.3 q0", "? q0", ["Unknown token: '~tuplet.3' has a value that is not allowed after '~tuplet.'"]),
        ("do re", "? ?", ["Unknown token: 'do'", "Unknown token: 're'"]),
        ("~grace.e=0 q0", "~grace.e0 q0", ["Unexpected token inside a beamed group: 'q0'"]),
    ],
)  # fmt: skip
def test_flaws_are_repaired_with_a_warning(annotation: str, repaired: str, warnings: list[str]) -> None:
    assert m.repair_annotation(annotation) == (repaired, warnings)
    with pytest.raises(MalformedSourceError, match="Invalid annotation"):
        m.validate_annotation(annotation)
    m.validate_annotation(repaired)


@pytest.mark.parametrize(
    "annotation",
    [
        "", "e=0 er clef.F2 #1 #2 ? =e0", "q0 ( q1 (", ") q0", "| |", "b0 #1 q0", "fermata | fermata qr **",
        "q0 ( |", "e=0 ~grace.s=0 ~grace.=s1 =e2", "tuplet.3 er", "q0 . _ > ^ ** ( (",
    ],
)  # fmt: skip
def test_valid_annotations_stay_as_they_are(annotation: str) -> None:
    m.validate_annotation(annotation)
    assert m.repair_annotation(annotation) == (annotation, [])


def test_an_invalid_annotation_raises_an_error_with_its_first_flaws() -> None:
    with pytest.raises(SmashcimaError, match=r"Unknown token: 'a'; .*'i'; and 2 more\. `repair_annotation`"):
        m.validate_annotation("a c d f i g h")


@given(texts)
def test_repair_is_idempotent_and_gives_valid_annotations(text: str) -> None:
    repaired, warnings = m.repair_annotation(text)
    assert m.repair_annotation(repaired) == (repaired, [])
    if not warnings:
        assert repaired == text


@given(texts)
def test_parsing_reads_what_was_written(text: str) -> None:
    first, _ = m.parse_annotation_into_token_groups(text)
    written = m.stringify_token_groups_to_annotation(first)
    second, _ = m.parse_annotation_into_token_groups(written)
    assert [(type(group), group.tokens()) for group in first] == [
        (type(group), group.tokens()) for group in second
    ]


@given(texts)
def test_without_extensions_only_the_vocabulary_is_left(text: str) -> None:
    plain, changes = m.without_extensions(text)
    assert all(map(m.is_in_vocabulary, plain.split()))
    assert m.repair_annotation(plain) == (plain, [])
    if m.repair_annotation(text)[0] == plain:
        assert not changes


def test_extensions_go_with_a_reason() -> None:
    text, issues = m.without_extensions(
        "#1 ~key #0 q0 ~time.12 time.8 ~grace.e1 ( ) q2 ~dyn.f q3 e=0 ~=u=1 =e2 ~||"
    )
    assert text == "#1 q0 ) q2 q3 e=0 =e2 |"
    assert [str(issue) for issue in issues] == [
        "token 2: ~key: left out: not in the vocabulary of Mashcima 1.0",
        "token 3: #0: left out: it would be read as a part of the key signature",
        "token 5: ~time.12 time.8: left out, with what is attached to this signature",
        "token 7: ~grace.e1: left out, with what is attached to this item",
        "token 11: ~dyn.f: left out: not in the vocabulary of Mashcima 1.0",
        "token 14: ~=u=1: left out, with what is attached to this item",
        "token 16: ~||: written as a plain barline",
    ]


def test_ten_thousand_tokens_are_repaired() -> None:
    text = " ".join(["(", "e=0", "time.3", "#1"] * 2500)
    repaired, warnings = m.repair_annotation(text)
    assert len(warnings) > 2500
    assert m.repair_annotation(repaired) == (repaired, [])


@pytest.mark.parametrize(
    ("annotation", "repaired"),
    [("#1 ~key q0", "#1 q0"), ("#1 ~key", "#1"), ("#1 #2 ~key q1 q2", "#1 #2 q1 q2"), ("#1 ~key |", "#1 |")],
)
def test_the_end_of_a_key_signature_is_marked_only_where_necessary(annotation: str, repaired: str) -> None:
    assert m.repair_annotation(annotation) == (repaired, ["Unneeded end of a key signature: '~key'"])


@pytest.mark.parametrize("annotation", ["#1 ~key q1", "#1 #2 ~key #0 q0", "#1 ~key #2 q0", "#1 ~key #2 ~key b0 ~grace.e0"])  # fmt: skip
def test_the_end_of_a_key_signature_is_marked_before_what_would_join_it(annotation: str) -> None:
    assert m.repair_annotation(annotation) == (annotation, [])
