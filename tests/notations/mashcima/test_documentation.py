"""The tables of the documentation list every token."""

from __future__ import annotations

import re
from pathlib import Path

import smashcima.notations.mashcima as m

PAGE = Path(__file__).resolve().parents[3] / "docs" / "mashcima-language.md"


def test_the_tables_list_every_pattern() -> None:
    text = PAGE.read_text(encoding="utf-8").replace("\\|", "|")
    listed = set(re.findall(r"`([^`\n]+)`", text))
    patterns = {
        token if m.is_clef(token) or m.get_pitch(token) is None else f"{m.to_generic(token)}p"
        for token in m.VOCABULARY
    }
    assert patterns - {f"time.{digit}" for digit in range(10)} - listed == set()
    for pattern in m.EXTENSIONS:
        # Tables name one value of grace notes and beams, and one shape of clefs with an octave.
        beginning = re.sub(r"(=?)[a-zA-Z](=?)\{pitch\}$", "", pattern).partition("{")[0]
        assert any(token.startswith(beginning) for token in listed), pattern
