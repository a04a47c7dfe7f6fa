"""The schema of MusicXML 4.0, as the PyPI package `musicxml` ships it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

# What the schema takes from other namespaces; its copies of these files are found on the web only.
_XLINK = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">
<xs:attribute name="href" type="xs:anyURI"/><xs:attribute name="type" fixed="simple"/>
<xs:attribute name="role" type="xs:token"/><xs:attribute name="title" type="xs:token"/>
<xs:attribute name="show" type="xs:token"/><xs:attribute name="actuate" type="xs:token"/></xs:schema>"""
_XML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/></xs:schema>"""


@pytest.fixture(scope="session")
def musicxml_schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Validates: `musicxml_schema.assertValid(etree.fromstring(...))`."""
    from importlib.util import find_spec

    from lxml import etree

    spec = find_spec("musicxml")
    if spec is None or spec.origin is None:
        pytest.skip("the package musicxml, which has the schema, is not installed")
    source = Path(spec.origin).parent / "generate_classes" / "musicxml_4_0.xsd"
    directory = tmp_path_factory.mktemp("schema")
    text = source.read_text(encoding="utf-8").replace("http://www.musicxml.org/xsd/", "")
    (directory / "musicxml.xsd").write_text(text, encoding="utf-8")
    (directory / "xlink.xsd").write_text(_XLINK, encoding="utf-8")
    (directory / "xml.xsd").write_text(_XML, encoding="utf-8")
    return etree.XMLSchema(etree.parse(str(directory / "musicxml.xsd")))
