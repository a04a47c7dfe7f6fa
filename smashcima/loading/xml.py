"""Safe parsing of untrusted XML.

XML entities can expand without bound and read files. Music does not need them, so a document that declares entities is
rejected before parsing. Document type declarations that only name a DTD, as in MusicXML, are accepted; the DTD is not
loaded.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from smashcima.errors import MalformedSourceError, UnsafeSourceError

_PROLOG_ITEM = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.S)

_DECLARES_ENTITIES = re.compile(r"<!ENTITY\b|%[\w.\-]+;")


_REPEATED_ID = "already defined"
"""Words of the parser about an id that occurs before."""


def parse_xml(text: str, name: str) -> etree._Element:
    """Parses a document; `name` is its name in messages.

    Raises:
        UnsafeSourceError: the document declares entities.
        MalformedSourceError: the document is not well-formed, or nested too deeply.
    """
    check_document_type(text, name)
    try:
        root = _parsed(text)
    except etree.XMLSyntaxError as error:
        if error.msg is not None and _REPEATED_ID in error.msg:
            return parse_xml(_without_document_type(text), name)
        raise MalformedSourceError(f"{name} is not well-formed XML: {error.msg}.") from error
    except (ValueError, UnicodeEncodeError) as error:
        raise MalformedSourceError(f"{name} is not XML: {error}.") from error
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise _unsafe(name)
    return root


_LONG = 4_000_000
"""Characters from which the indentation of MusicXML, two fifths of the memory of its tree, is left out: some 40 pages."""


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        # White space between elements means nothing in MusicXML; in MEI, it separates words.
        remove_blank_text=len(text) >= _LONG and "<score-partwise" in text[:5000],
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        # Repeated ids, as in Verovio's import of Humdrum with two tempos at one place, are no error. With a document
        # type, libxml2 would load it in order not to collect ids.
        collect_ids="<!DOCTYPE" in text,
    )
    return etree.fromstring(text.encode(), parser)


def _without_document_type(text: str) -> str:
    """The text without its document type, for documents with repeated ids; the numbers of its lines stay the same."""
    start = _start_of_document_type(text)
    end = _end_of_document_type(text, start)
    return text[:start] + "\n" * text.count("\n", start, end) + text[end:]


def check_document_type(text: str, name: str) -> None:
    """Raises `UnsafeSourceError` if the document type of `text` declares entities."""
    position = _start_of_document_type(text)
    if not text.startswith("<!DOCTYPE", position):
        return
    if _DECLARES_ENTITIES.search(text, position, _end_of_document_type(text, position)):
        raise _unsafe(name)


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text inside an element, with white space collapsed."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _start_of_document_type(text: str) -> int:
    """Position after the prolog, where a document type is if there is one."""
    position = 0
    while (item := _PROLOG_ITEM.match(text, position)) is not None:
        position = item.end()
    return position


def _end_of_document_type(text: str, start: int) -> int:
    """Position after the `>` that closes the document type, or the end of the text."""
    depth = 0
    quote = ""
    for found in re.compile(r"""["'<>\[\]]""").finditer(text, start):
        character = found[0]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "<[":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return found.end()
    return len(text)


def _unsafe(name: str) -> UnsafeSourceError:
    return UnsafeSourceError(
        f"{name} declares XML entities, which are rejected because they can read files and expand without bound. "
        "Remove the declarations from its DOCTYPE."
    )
