"""The start of a run inside a document: the measures before it are on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Collection

from smashcima.engravers.verovio.verovio_setup import whole_note_ss
from smashcima.engraving.layout_options import LayoutOptions

_BREAK = re.compile(r"\s*<(?:sb|pb)\b[^>]*/>")
_CLOSING = re.compile(r"(?:\s*</\w+>)*")

_LINE_SS = 2.0
"""Least height of a line of text, in staff spaces."""

_SMALLEST = 0.3
"""Scale of the staves down to which the measure fills a page."""


def with_page_start(
    mei: str, measure: str, mode: str, staves: Collection[str], options: LayoutOptions
) -> str:
    """MEI in which a page starts with a measure (an id), whatever is before it.

    Where Verovio fills lines and pages, it does not use breaks of the source. So the last measure before is made wider
    than a line, with spaces in a voice of its own, and higher than a page, with a text of many lines.

    Args:
        mei: a document as `ScorePart` writes it.
        measure: the measure, which is not the first.
        mode: Verovio's value of `breaks`.
        staves: numbers of visible staves.
        options: layout options.
    """
    start = mei.index(f'<measure xml:id="{measure}"')
    end = mei.rindex("</measure>", 0, start)
    if mode == "auto":
        before = mei.rindex("<measure ", 0, end)
        return f"{mei[:before]}{_filling_a_page(mei[before:end], staves, options)}{mei[end:]}"
    closed = _CLOSING.match(mei, end)
    after = end if closed is None else closed.end()
    rest = _BREAK.sub("", mei[after:start])
    if mode == "encoded":
        return f"{mei[:after]}<pb/>{rest}{mei[start:]}"
    text = _high_text(min(staves, key=int), options)
    return f"{mei[:end]}{text}{mei[end:after]}<sb/>{rest}{mei[start:]}"


def _filling_a_page(measure: str, staves: Collection[str], options: LayoutOptions) -> str:
    """A measure (without its end) with spaces and text."""
    width = options.content_size[0] / (options.staff_space * _SMALLEST)
    count = int(2 * width / whole_note_ss(options)) + 2
    spaces = '<space dur="1"/>' * count
    voice = f'<layer n="99">{spaces}</layer>'
    for n in sorted(staves, key=int):
        staff = re.search(rf'<staff\b[^>]*\bn="{n}"[^>]*>', measure)
        if staff is not None and not staff[0].endswith("/>"):
            inside = staff.end()
            return f"{measure[:inside]}{voice}{measure[inside:]}{_high_text(n, options)}"
    n = min(staves, key=int)
    return f'{measure}<staff n="{n}">{voice}</staff>{_high_text(n, options)}'


def _high_text(staff: str, options: LayoutOptions) -> str:
    """A direction that is higher than a page."""
    count = int(options.content_size[1] / (options.staff_space * _SMALLEST * _LINE_SS)) + 10
    lines = "<lb/>".join(["."] * count)
    return f'<dir place="below" staff="{staff}" tstamp="1">{lines}</dir>'
