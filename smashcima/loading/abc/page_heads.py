"""Texts above tunes."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.scene.semantic import MeiAttributes, PageHead, SemanticObject, TextSpan

_MOST_TITLES = 6


@dataclass(frozen=True, slots=True)
class Page:
    """Texts above a tune."""

    titles: tuple[str, ...]
    composer: str


def page_head(page: Page) -> PageHead | None:
    """A page head with further titles below the first one; `None` if there are none.

    (The engraver itself adds a page head with a single title and the composer.)
    """
    shown = [" ".join(title.split()) for title in page.titles if title.strip()]
    if len(shown) < 2:
        return None
    spans: list[SemanticObject] = [
        _span(title, "center", "middle", "x-large" if index == 0 else "small")
        for index, title in enumerate(shown[:_MOST_TITLES])
    ]
    if page.composer:
        spans.append(_span(page.composer, "right", "bottom", None))
    return PageHead("first", children=list(spans))


def _span(text: str, halign: str, valign: str, size: str | None) -> TextSpan:
    attributes = MeiAttributes(halign=halign, valign=valign)
    if size is not None:
        attributes["fontsize"] = size
    return TextSpan(mei=attributes, children=[text])
