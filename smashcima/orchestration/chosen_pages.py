"""The choice of pages that a model makes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection

from smashcima.engraving import Engraving
from smashcima.errors import SettingsError

PageChoice = int | Collection[int] | Callable[[int], Collection[int]]
"""Index of a page, indices of several, or a function that returns them for the number of pages."""


def only_pages(engraving: Engraving, choice: PageChoice) -> Engraving:
    """The engraving with some of its pages, in reading order."""
    existing = {page.index: page for page in engraving.pages}
    pages = choice(len(existing)) if callable(choice) else choice
    if isinstance(pages, int):
        pages = (pages,)
    if not isinstance(pages, Collection) or not set(pages) <= existing.keys():
        raise SettingsError(
            f"pages must be a collection of page indices from 0 to {len(existing) - 1}, not {pages!r}; the score has "
            f"{len(existing)} pages."
        )
    return dataclasses.replace(engraving, pages=tuple(existing[index] for index in sorted(set(pages))))
