"""Page head of the first page, for scores with a title or contributors but without a page head."""

from __future__ import annotations

import re

from smashcima.engraving import TextRun
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.scene.semantic import PageHead, Score
from smashcima.xml_text import escape

_SCORE = re.compile(r"<score\b[^>]*>")
_DEFINITION = re.compile(r"<scoreDef\b[^>]*(?<!/)>")
_EMPTY_HEAD = re.compile(r"<pgHead\b[^>]*/>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_WORDS_SS = 2.25
"""Default font size of words, in staff spaces."""

_LARGEST, _LARGE = ("x-large", 1.5), ("large", 1.2)
"""Font sizes of the title: names in MEI, and multiples of the default size."""

_FILLED = 0.95
"""Fraction of the page width that a title may take."""


def with_page_head(mei: str, score: Score, options: LayoutOptions) -> str:
    """The MEI of a score with title, composer and lyricist in a page head, unless it already has a page head with text.

    (The engraver would print only the title.)
    """
    definition = score.definition
    if definition is None or any(head.text.strip() for head in definition.descendants(PageHead)):
        return mei
    # The title is centred; below it, the composer is at the right and the lyricist at the left.
    parts = [_title(score.title, options)] if score.title.strip() else []
    for text, halign in ((score.lyricist, "left"), (score.composer, "right")):
        if text.strip():
            parts.append(f'<rend halign="{halign}" valign="bottom">{_escaped(text)}</rend>')
    start = _SCORE.search(mei, max(mei.find("</meiHead>"), 0))
    place = _DEFINITION.search(mei, start.end()) if start is not None else None
    if not parts or place is None:
        return mei
    after = _EMPTY_HEAD.sub("", mei[place.end() :])
    return f'{mei[: place.end()]}<pgHead func="first">{"".join(parts)}</pgHead>{after}'


def _title(text: str, options: LayoutOptions) -> str:
    """The title in one line, or in a smaller font in several lines if it is too long."""
    words = text.split()
    name, size = _LARGEST
    lines = _lines(words, size, options)
    if len(lines) > 1:
        name, size = _LARGE
        lines = _lines(words, size, options)
    content = "<lb/>".join(map(_escaped, lines))
    return f'<rend halign="center" valign="top" fontsize="{name}">{content}</rend>'


def _lines(words: list[str], size: float, options: LayoutOptions) -> list[str]:
    room = _FILLED * options.content_size[0]
    lines = words[:1]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        run = TextRun(longer, size * _WORDS_SS * options.staff_space, "serif", italic=False, bold=False)
        if run.width <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("", text.strip()))
