"""The head of the first page, for scores that have a title and people but no head of their own."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from smashcima.scene.semantic import PageHead, Score

_SCORE = re.compile(r"<score\b[^>]*>")
_DEFINITION = re.compile(r"<scoreDef\b[^>]*(?<!/)>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TITLE_SIZE = "x-large"


def with_page_head(mei: str, score: Score) -> str:
    """The MEI of a score with title, composer and lyricist set at its head, if it has no head already.

    (The engraver would print the title alone.)
    """
    definition = score.definition
    if definition is None or next(definition.descendants(PageHead), None) is not None:
        return mei
    # The title in the middle; below it, at the right, who made the music, and at the left, who made the words.
    parts = [
        f'<rend halign="{halign}" valign="{valign}"{size}>{escape(_NOT_XML.sub("", text))}</rend>'
        for text, halign, valign, size in (
            (score.title, "center", "top", f' fontsize="{_TITLE_SIZE}"'),
            (score.lyricist, "left", "bottom", ""),
            (score.composer, "right", "bottom", ""),
        )
        if text.strip()
    ]
    start = _SCORE.search(mei, max(mei.find("</meiHead>"), 0))
    place = _DEFINITION.search(mei, start.end()) if start is not None else None
    if not parts or place is None:
        return mei
    return f'{mei[: place.end()]}<pgHead func="first">{"".join(parts)}</pgHead>{mei[place.end() :]}'
