"""Reading of `.mashcima` files: one annotation in each line."""

from __future__ import annotations

from smashcima.errors import Issue, MalformedSourceError
from smashcima.loading.formats import ReadMusic
from smashcima.loading.mashcima.scores import score_of_annotation
from smashcima.loading.source import Source
from smashcima.loading.text import decode
from smashcima.notations.mashcima import is_token
from smashcima.scene.semantic import Score

_LOOKED_AT = 20
"""Number of tokens by which an annotation is recognised."""


def read_mashcima(source: Source) -> ReadMusic:
    """Reads a file with one annotation per line; empty lines are skipped.

    There are no comments: `#` is a sharp. A line without any token of the language is not an annotation.
    """
    text, issues = decode(source)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    scores: list[str | Score] = []
    names: list[str] = []
    for number, line in lines:
        if not any(map(is_token, line.split())):
            issues.append(Issue(f"line {number}", "annotation", "not read: it has no Mashcima tokens"))
            continue
        score, found = score_of_annotation(line)
        scores.append(score)
        names.append(f"line {number}")
        issues += (Issue(f"line {number}, {each.where}", each.element, each.what) for each in found)
    if not scores:
        raise MalformedSourceError(
            f"{source.name} contains no Mashcima annotation, such as `clef.G-2 time.C q0 q1 h2 |`."
        )
    return ReadMusic(tuple(scores), tuple(names), tuple(issues))


def looks_like_mashcima(beginning: bytes) -> bool:
    """Whether the first line consists of at least two tokens of the language, and of nothing else."""
    line = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    try:
        tokens = line.decode("ascii").split()
    except UnicodeDecodeError:
        return False
    return len(tokens) > 1 and all(map(is_token, tokens[: min(_LOOKED_AT, len(tokens) - 1)]))
