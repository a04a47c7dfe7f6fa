"""Text in XML. Importing `xml.sax.saxutils` instead loads everything that downloads need."""

from __future__ import annotations


def escape(text: str) -> str:
    """The text with `&`, `<` and `>` replaced by entities, for the content of elements."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
