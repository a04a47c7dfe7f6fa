"""The start of a run inside a document: the measures before it are on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Collection

from smashcima.engraving.layout_options import LayoutOptions

_BREAK = re.compile(r"\s*<(?:sb|pb)\b[^>]*/>")
_CLOSING = re.compile(r"(?:\s*</\w+>)*")

_LINE_SS = 2.0
"""Least height of a line of text, in staff spaces."""

_SMALLEST = 0.3
"""Scale of the staves down to which the text fills a page."""


def with_page_start(
    mei: str, measure: str, mode: str, staves: Collection[str], options: LayoutOptions
) -> tuple[str, str]:
    """MEI in which a page starts with a measure (an id), and the value of Verovio's `breaks` for it.

    Verovio fills lines and pages automatically or breaks them as encoded, but not both. Its mode `smart` also uses line
    breaks where it fills lines, and a system that is higher than a page has a page of its own. So the last measure before
    gets a high text.

    Args:
        mei: a document as `ScorePart` writes it.
        measure: the measure, which is not the first.
        mode: Verovio's value of `breaks` for the whole score.
        staves: numbers of visible staves.
        options: layout options.
    """
    if mode == "auto":
        mei = _BREAK.sub("", mei)
        mode = "smart"
    start = mei.index(f'<measure xml:id="{measure}"')
    inside = mei.rindex("</measure>", 0, start)
    between = _CLOSING.match(mei, inside)
    after = inside if between is None else between.end()
    text = "" if mode == "encoded" else _high_text(staves, options)
    new = "<pb/>" if mode == "encoded" else "<sb/>"
    rest = _BREAK.sub("", mei[after:start])
    return f"{mei[:inside]}{text}{mei[inside:after]}{new}{rest}{mei[start:]}", mode


def _high_text(staves: Collection[str], options: LayoutOptions) -> str:
    """A direction that is higher than a page."""
    count = int(options.content_size[1] / (options.staff_space * _SMALLEST * _LINE_SS)) + 10
    lines = "<lb/>".join(["."] * count)
    return f'<dir place="below" staff="{min(staves, key=int)}" tstamp="1">{lines}</dir>'
