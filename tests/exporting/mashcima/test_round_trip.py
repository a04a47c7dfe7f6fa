"""Annotations that become scores and annotations again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.exporting.mashcima import MashcimaExporter
from smashcima.loading.mashcima import score_of_annotation
from smashcima.notations.mashcima import VOCABULARY, repair_annotation, without_extensions

_EXTENDED = MashcimaExporter(extensions=True)

_SPECIAL = (
    "| |: :| :|: ~|| ~|] ( ) ( ) fermata trill + . _ > ^ * ** ~*** tuplet.3 ~tuplet.5 ~dyn.mf ~artic.upbow ~key ? e=0 =e=1 =e2 s=3 "
    "=s4 #0 b0 q0 q0 h1 time.3 ~time.12 ~meter.3 time.C clef.G-2 clef.F3 ~clef.8vb.G-2 ~clef.perc ~grace.e3 ~grace/.s=1 ~grace.=s2 "
    "~l0 ~b1 ~u=2 ~=v=2 ~=q3 ~ur ~multirest.3 ~fermata.below ~mordent.upper ~turn.lower"
).split()

annotations = st.lists(st.one_of(st.sampled_from(_SPECIAL), st.sampled_from(VOCABULARY)), max_size=30).map(
    lambda tokens: repair_annotation(" ".join(tokens))[0]
)


@given(annotations)
def test_a_valid_annotation_is_the_same_after_a_score(annotation: str) -> None:
    score, _ = score_of_annotation(annotation)
    assert _EXTENDED.export(score) == annotation


@given(annotations)
def test_without_extensions_the_vocabulary_suffices(annotation: str) -> None:
    score, _ = score_of_annotation(annotation)
    assert MashcimaExporter().export(score) == without_extensions(annotation)[0]


@pytest.mark.parametrize(
    "annotation",
    [
        "clef.G-2 |: q0 :|: q1 :|", "|: clef.G-2 q0 |", "| | q0 | |", "fermata |: q0 fermata | ( q1 )  |",
        "clef.G-2 b0 time.C clef.F3 #3 time.9 time.0 q0 ( | clef.C0 time.C/ ) q1", "q0 |: clef.F2 #0 #1 q1 |:",
    ],
)  # fmt: skip
def test_barlines_and_signatures_stay_in_their_order(annotation: str) -> None:
    valid, _ = repair_annotation(annotation)
    assert _EXTENDED.export(score_of_annotation(valid)[0]) == valid
