"""Conversion of time-wise MusicXML, measures of parts, to the part-wise form that importers read."""

from __future__ import annotations

from lxml import etree


def partwise(timewise: etree._Element) -> etree._Element:
    """The `<score-partwise>` of a `<score-timewise>`, whose elements move into it."""
    root = etree.Element("score-partwise", _attributes(timewise))
    parts: dict[str, etree._Element] = {}
    for child in timewise:
        if child.tag == "measure":
            continue
        root.append(child)
    for measure in timewise.iterfind("measure"):
        for content in measure.iterfind("part"):
            identity = content.get("id", "")
            if identity not in parts:
                parts[identity] = etree.SubElement(root, "part", {"id": identity})
            target = etree.SubElement(parts[identity], "measure", _attributes(measure))
            target.extend(list(content))
    return root


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}
