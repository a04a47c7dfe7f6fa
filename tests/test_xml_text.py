"""Text in XML is read back by a parser as it was."""

from __future__ import annotations

from lxml import etree

from smashcima.xml_text import escape


def test_escaped_text_is_read_back() -> None:
    assert escape("a & b < c > d &amp;") == "a &amp; b &lt; c &gt; d &amp;amp;"
    text = "Sturm & Drang <1> ]]> \"'"
    assert etree.fromstring(f"<title>{escape(text)}</title>").text == text
