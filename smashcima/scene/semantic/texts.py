"""Breaks and the texts of a page, with their mark-up."""

from __future__ import annotations

from smashcima.scene.semantic.semantic_object import SemanticObject


class SystemBreak(SemanticObject):
    """Here the source begins a new system."""

    tag = "sb"


class PageBreak(SemanticObject):
    """Here the source begins a new page."""

    tag = "pb"


class ColumnBreak(SemanticObject):
    """Here the source begins a new column."""

    tag = "cb"


class TextSpan(SemanticObject):
    """Text of one style, or set in one place: font, slant, weight, alignment are among its MEI attributes."""

    tag = "rend"


class LineBreak(SemanticObject):
    """A line break inside a text."""

    tag = "lb"


class TextSymbol(SemanticObject):
    """A musical symbol inside a text."""

    tag = "symbol"

    glyph_name: str | None = None
    """SMuFL name of the glyph."""


class PageText(SemanticObject):
    """Base of what stands at the head and foot of pages."""


class PageHead(PageText):
    """What stands at the head of a page: title, composer, poet."""

    tag = "pgHead"

    function: str | None = None
    """`first` for the first page, `all`, ..."""


class PageFoot(PageText):
    """What stands at the foot of a page."""

    tag = "pgFoot"

    function: str | None = None
    """`first` for the first page, `all`, ..."""


class Division(PageText):
    """A block of text between the music."""

    tag = "div"
