"""Preparation of MEI for the importer: splits movements, and moves definitions to where Verovio reads them."""

from __future__ import annotations

import copy

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.xml import local_name, text_of

_NS = "{http://www.music-encoding.org/ns/mei}"

_CLEF = ("shape", "line", "dis", "dis.place")


def split_mei(root: etree._Element) -> list[tuple[etree._Element, str]]:
    """A separate document for each movement of each document, with its name."""
    if local_name(root) == "meiCorpus":
        inner = [child for child in root if local_name(child) == "mei"]
        if inner:
            return [document for child in inner for document in split_mei(child)]
    movements = _movements(root)
    if len(movements) < 2:
        return [(root, _title(root))]
    documents = []
    for index, movement in enumerate(movements):
        alone = copy.deepcopy(root)
        for position, other in enumerate(_movements(alone)):
            parent = other.getparent()
            if position != index and parent is not None:
                parent.remove(other)
        documents.append((alone, movement.get("label") or f"movement {movement.get('n') or index + 1}"))
    return documents


def wrap_staff_definitions(root: etree._Element) -> list[Issue]:
    """Wraps each `<staffDef>` between measures in a `<scoreDef>`, because Verovio 6.4.1 ignores it elsewhere.

    A clef that the staff already has, such as one repeated from the end of the previous measure, would be printed twice
    and is omitted. The tree is modified in place.
    """
    wrapped = 0
    clefs: dict[str, tuple[str | None, ...]] = {}
    for element in list(root.iter(f"{_NS}staffDef", f"{_NS}clef")):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == f"{_NS}clef":
            staff = next(element.iterancestors(f"{_NS}staff", f"{_NS}staffDef"), None)
            if staff is not None:
                clefs[staff.get("n", "1")] = tuple(element.get(name) for name in _CLEF)
            continue
        number = element.get("n", "1")
        clef = tuple(element.get(f"clef.{name}") for name in _CLEF)
        if local_name(parent) in ("section", "ending"):
            if clef == clefs.get(number):
                for name in _CLEF:
                    element.attrib.pop(f"clef.{name}", "")
            place = parent.index(element)
            group = etree.Element(f"{_NS}staffGrp")
            group.append(element)
            definition = etree.Element(f"{_NS}scoreDef")
            definition.append(group)
            parent.insert(place, definition)
            wrapped += 1
        if clef[0] is not None:
            clefs[number] = clef
    if not wrapped:
        return []
    return [
        Issue("score", "staffDef", f"{wrapped} between measures wrapped in a <scoreDef>, as Verovio requires")
    ]


def drop_mixed(root: etree._Element) -> bool:
    """Removes `sig="mixed"` from keys with explicit signs, which Verovio reports as a contradiction.

    Returns whether any key had it.
    """
    mixed = [key for key in root.iter(f"{_NS}keySig") if key.get("sig") == "mixed" and len(key)]
    for key in mixed:
        del key.attrib["sig"]
    return bool(mixed)


def _movements(root: etree._Element) -> list[etree._Element]:
    return [mdiv for mdiv in root.iter("{*}mdiv") if any(local_name(child) == "score" for child in mdiv)]


def _title(root: etree._Element) -> str:
    for title in root.iter("{*}title"):
        text = text_of(title)
        if text:
            return text
    return ""
