"""Time signatures of Humdrum that Verovio hides."""

from __future__ import annotations

from lxml import etree

from smashcima.loading.xml import local_name, parse_xml


def with_visible_meters(mei: str) -> str:
    """Returns MEI imported from Humdrum with its signs of common and cut time visible.

    Verovio 6.4.1 imports `*met(c)` and `*met(c|)` as time signatures that are not drawn.
    """
    if 'visible="false"' not in mei:
        return mei
    root = parse_xml(mei, "the imported MEI")
    hidden = [
        element
        for element in root.iter()
        if local_name(element) == "meterSig" and element.get("sym") and element.get("visible") == "false"
    ]
    for element in hidden:
        del element.attrib["visible"]
    return etree.tostring(root, encoding="unicode") if hidden else mei
