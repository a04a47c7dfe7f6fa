"""The vocabulary, and questions about single tokens."""

from __future__ import annotations

import pytest

import smashcima.notations.mashcima as m

from .strategies import EXTENDED, JUNK


def test_the_vocabulary_has_the_547_tokens_of_67_patterns_in_their_order() -> None:
    assert len(m.VOCABULARY) == len(set(m.VOCABULARY)) == 547
    patterns = list(dict.fromkeys(m.to_generic(t) if m.get_pitch(t) is not None and not m.is_clef(t) else t for t in m.VOCABULARY))  # fmt: skip
    assert patterns == [
        "?", "|", "|:", ":|", ":|:",
        "clef.C4", "clef.C2", "clef.C0", "clef.C-2", "clef.C-4", "clef.F0", "clef.F2", "clef.F3", "clef.G-2", "clef.G-4",
        "time.C", "time.C/", *(f"time.{digit}" for digit in range(10)),
        "#", "b", "N", "x", "bb", "(", ")", "tuplet.3", "fermata", "trill", "+", ".", "_", ">", "^", "*", "**",
        "lr", "br", "wr", "hr", "qr", "er", "sr", "tr", "w", "h", "q", "e", "s", "t",
        "=e", "=e=", "e=", "=s", "=s=", "s=", "=t", "=t=", "t=",
    ]  # fmt: skip
    assert len(patterns) == 67


def test_pitches_go_from_the_fourth_ledger_line_above_to_that_below() -> None:
    assert (len(m.PITCHES), m.PITCHES[0], m.PITCHES[12], m.PITCHES[-1]) == (25, "12", "0", "-12")
    assert (m.HIGHEST_PITCH, m.LOWEST_PITCH) == (12, -12)


@pytest.mark.parametrize(
    ("token", "generic", "pitch"),
    [
        ("q-3", "q", -3), ("=s=10", "=s=", 10), ("bb-12", "bb", -12), ("clef.G-2", "clef.G", -2), ("q", "q", None), ("e=-1", "e=", -1),
        ("time.4", "time.4", None), ("tuplet.3", "tuplet.3", None), ("|", "|", None), ("+", "+", None), ("~grace/.s=-4", "~grace/.s=", -4),
        ("~multirest.16", "~multirest.16", None), ("~time.12", "~time.12", None), ("~clef.8vb.G-2", "~clef.8vb.G", -2),
    ],
)  # fmt: skip
def test_generic_tokens_have_no_pitch(token: str, generic: str, pitch: int | None) -> None:
    assert (m.to_generic(token), m.get_pitch(token)) == (generic, pitch)


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        (m.is_note, "q0 q =e=3 =e= ~l3 ~grace.e0", "qr | #0 foo"),
        (m.is_grace_note, "~grace.e0 ~grace/.=s=", "q0 ~l3"),
        (m.is_beamed_note, "e=0 =t= =s3 ~u=1 ~grace.e=2", "q0 e3 er"),
        (m.is_rest, "lr tr ~ur ~multirest.2", "q0 ?"),
        (m.is_clef, "clef.G-2 clef.G0 ~clef.perc", "time.C"),
        (m.is_accidental, "#3 bb b N0", "q0 ~b3"),
        (m.is_barline, "| |: :| :|: ~||", "( ?"),
        (m.is_numeric_time_signature, "time.3 ~time.12", "time.C ~meter.3"),
        (m.is_duration_dot, "* ** ~***", "."),
        (m.is_before_attachment, ") fermata tuplet.3 #0 ~dyn.mf", "( . q0"),
        (m.is_after_attachment, "( . _ > ^ * ~artic.upbow", ") q0"),
        (m.is_attachment, ") ( N", "q0 | ?"),
        (m.is_extension, "~l3 ~||", "clef.G0 q0"),
        (m.is_in_vocabulary, "q0 clef.F3", "clef.G0 ~l3 q q13"),
        (m.is_token, " ".join(m.VOCABULARY + EXTENDED), " ".join(JUNK)),
    ],
)  # fmt: skip
def test_questions_about_tokens(question: object, yes: str, no: str) -> None:
    assert callable(question)
    assert [token for token in yes.split() if not question(token)] == []
    assert [token for token in no.split() if question(token)] == []


def test_every_extension_begins_with_a_tilde_and_is_listed() -> None:
    assert all(pattern.startswith("~") for pattern in m.EXTENSIONS)
    listed = {pattern.partition("{")[0] for pattern in m.EXTENSIONS}
    extensions = [token for token in EXTENDED if m.is_extension(token)]
    assert [t for t in extensions if not any(t.startswith(prefix) for prefix in listed)] == []


def test_tokens_are_read_with_their_meaning() -> None:
    token = m.read_token("~grace/.=s=-4")
    assert token is not None
    assert (token.kind, token.name, token.pitch) == (m.Kind.GRACE_NOTE, "s", -4)
    assert (token.pattern.is_slashed, token.pattern.is_beamed_left, token.pattern.is_beamed_right) == (
        True,
    ) * 3
    clef = m.read_token("clef.F3")
    assert clef is not None
    assert (clef.kind, clef.name, clef.pitch) == (m.Kind.CLEF, "F", 3)
