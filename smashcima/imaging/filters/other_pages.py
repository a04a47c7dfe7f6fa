"""The other pages of a scene: the back of a sheet, and the page on the other side of the spine."""

from __future__ import annotations

from smashcima.scene.visual import AffineSpace, Page


def page_of(space: AffineSpace | None) -> Page | None:
    """The page that a space belongs to; `None` if it is not that of a page."""
    pages = [] if space is None else Page.many_of(space, "space")
    return pages[0] if len(pages) == 1 else None


def other_side(page: Page | None) -> Page | None:
    """The page on the reverse side of the sheet, if the scene has it: pages 1 and 2 are one sheet."""
    return None if page is None else _page_at(page, page.index ^ 1)


def facing(page: Page | None) -> Page | None:
    """The page beside this one in an open book, if the scene has it: pages 2 and 3 are one opening."""
    return None if page is None else _page_at(page, page.index + 1 if is_left(page) else page.index - 1)


def is_left(page: Page) -> bool:
    """Whether the page lies on the left in an open book: the second one and every other after it."""
    return page.index % 2 == 1


def _page_at(page: Page, index: int) -> Page | None:
    for owner in page.sources("pages"):
        for other in getattr(owner, "pages", ()):
            if isinstance(other, Page) and other.index == index:
                return other
    return None
