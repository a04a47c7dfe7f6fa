"""Measures of an annotation."""

from __future__ import annotations

from smashcima.notations.mashcima.vocabulary import is_barline


def get_measures(annotation: str) -> list[str]:
    """Splits an annotation at its barlines, and returns the measures without them.

    Barlines at the start and at the end separate nothing. Attachments of a barline stay where they are written.

    >>> get_measures("| q0 q1 | h2 :|: qr")
    ['q0 q1', 'h2', 'qr']
    """
    tokens = annotation.split()
    start, end = 0, len(tokens)
    if end and is_barline(tokens[0]):
        start = 1
    if end > start and is_barline(tokens[-1]):
        end -= 1
    if start == end:
        return []
    measures: list[list[str]] = [[]]
    for token in tokens[start:end]:
        if is_barline(token):
            measures.append([])
        else:
            measures[-1].append(token)
    return [" ".join(measure) for measure in measures]


def trim_non_repeat_barlines(annotation: str) -> str:
    """Removes the plain barlines at the start and at the end of an annotation; repeats stay.

    >>> trim_non_repeat_barlines("| | q0 | q1 |")
    'q0 | q1'
    """
    tokens = annotation.split()
    start, end = 0, len(tokens)
    while start < end and tokens[start] == "|":
        start += 1
    while end > start and tokens[end - 1] == "|":
        end -= 1
    return " ".join(tokens[start:end])
