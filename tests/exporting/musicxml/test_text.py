"""The text of XML elements is that of the standard library."""

import copy
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.exporting.musicxml.text import indented_text

_TEXTS = st.text(st.sampled_from("ab &<>\"'\n\r\té𝄞"), max_size=4)


def elements(children):
    return st.builds(
        _element,
        st.sampled_from(["note", "xml:a"]),
        _TEXTS,
        _TEXTS,
        st.dictionaries(st.sampled_from("kl"), _TEXTS),
        children,
    )


def _element(tag, text, tail, attributes, children):
    element = ET.Element(tag, attributes)
    element.text, element.tail = text or None, tail or None
    element.extend(children)
    return element


TREES = st.recursive(elements(st.just([])), lambda inner: elements(st.lists(inner, max_size=3)), max_leaves=8)


@given(TREES)
def test_the_text_is_that_of_the_standard_library(root):
    root.tail = None
    expected = copy.deepcopy(root)
    ET.indent(expected, " ")
    assert indented_text(root) == ET.tostring(expected, encoding="unicode")


@pytest.mark.parametrize(
    "text", ["<a />", '<a b="&quot;&amp;">x &lt; y</a>', "<a>\n <b />\n <c>\n  <d />\n </c>\n</a>"]
)
def test_text_that_is_indented_already_stays_as_it_is(text):
    assert indented_text(ET.fromstring(text)) == text
