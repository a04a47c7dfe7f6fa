"""Files of annotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.errors import MalformedSourceError
from smashcima.loading import load_score, load_scores
from smashcima.loading.mashcima.format import looks_like_mashcima


def test_each_line_is_a_score(tmp_path: Path) -> None:
    file = tmp_path / "staves.mashcima"
    file.write_text("clef.G-2 q0 |\n\n#0 #1 q2\r\nfoo bar\nq0 ?\n")
    loaded = load_scores(file)
    assert [len(list(score.notes())) for score in loaded.scores] == [1, 1, 1]
    assert loaded.names == ("line 1", "line 3", "line 5")
    assert [str(issue) for issue in loaded.issues] == [
        "line 4: annotation: not read: it has no Mashcima tokens",
        "line 5, measure 1: ?: an unknown symbol; left as a gap",
    ]
    first = load_score(file)
    assert first.issues[0].what.startswith("loaded the first of 3 scores")


@pytest.mark.parametrize("format_name", [None, "mashcima", ".mashcima", "Mashcima annotation"])
def test_text_is_recognised_by_its_tokens(format_name: str | None) -> None:
    assert len(list(load_score(data="clef.G-2 q0 q1 |", format=format_name).score.notes())) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clef.G-2 q0", True), ("#0 #1", True), ("q0 ( ) q1 |\nfoo", True), ("q0", False), ("clef.G-L2\tnote.quarter-L3", False),
        ("X:1\nK:C\nc", False), ("<mei>", False), ("**kern", False), ("", False), ("é q0", False),
    ],
)  # fmt: skip
def test_what_looks_like_an_annotation(text: str, expected: bool) -> None:
    assert looks_like_mashcima(text.encode()) is expected


@pytest.mark.parametrize("text", ["foo bar", "do re mi\nfa"])
def test_a_file_without_annotations_is_an_error(text: str) -> None:
    with pytest.raises(MalformedSourceError, match="contains no Mashcima annotation"):
        load_score(data=text, format="mashcima")
