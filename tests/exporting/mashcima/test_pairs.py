"""Every token of the vocabulary after every other one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smashcima.exporting.mashcima import MashcimaExporter
from smashcima.loading.mashcima import score_of_annotation
from smashcima.notations.mashcima import VOCABULARY, get_pitch, is_clef, repair_annotation, to_generic

PITCHED = {token for token in VOCABULARY if get_pitch(token) is not None and not is_clef(token)}
PATTERNS = list(dict.fromkeys(to_generic(token) if token in PITCHED else token for token in VOCABULARY))

_EXTENDED = MashcimaExporter(extensions=True)


def pairs(first: str) -> Iterator[tuple[str, str]]:
    """The pattern before each pattern, with equal and with different pitches by turns."""
    for number, second in enumerate(PATTERNS):
        one = f"{first}0" if first not in VOCABULARY else first
        yield one, f"{second}{3 * (number % 2)}" if second not in VOCABULARY else second


def test_the_patterns_are_those_of_the_vocabulary() -> None:
    assert len(PATTERNS) == 67


@pytest.mark.parametrize("first", PATTERNS)
def test_pairs_of_tokens_are_read_or_reported(first: str) -> None:
    for one, other in pairs(first):
        text = f"q0 {one} {other} q0"
        score, issues = score_of_annotation(text)
        valid, warnings = repair_annotation(text)
        assert _EXTENDED.export(score) == valid
        assert valid == text or issues
        assert len(issues) >= len(warnings)


@pytest.mark.parametrize("pitch", range(-12, 13))
def test_every_pitch_of_every_pattern_is_kept(pitch: int) -> None:
    for pattern in sorted({to_generic(token) for token in PITCHED}):
        token = f"{pattern}{pitch}"
        text = {"=": f"e={pitch} {token}"}.get(token[0], token)
        text = f"{text} =e{pitch}" if "=" in token[1:] else text
        if pattern in ("#", "b", "N", "x", "bb"):
            text = f"{token} q{pitch}"
        score, issues = score_of_annotation(text)
        assert issues == []
        assert _EXTENDED.export(score) == text
