"""Breaks, and the texts of a page with their mark-up."""

from __future__ import annotations

from smashcima.scene.semantic.semantic_object import SemanticObject


class SystemBreak(SemanticObject):
    """A system break in the source."""

    tag = "sb"


class PageBreak(SemanticObject):
    """A page break in the source."""

    tag = "pb"


class ColumnBreak(SemanticObject):
    """A column break in the source."""

    tag = "cb"


class TextSpan(SemanticObject):
    """Text with one style or position; font, slant, weight and alignment are MEI attributes."""

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
    """Base of the texts at the head and foot of pages."""


class PageHead(PageText):
    """The head of a page: title, composer, poet."""

    tag = "pgHead"

    function: str | None = None
    """`first` for the first page, `all`, ..."""


class PageFoot(PageText):
    """The foot of a page."""

    tag = "pgFoot"

    function: str | None = None
    """`first` for the first page, `all`, ..."""


class Division(PageText):
    """A block of text within the music."""

    tag = "div"
