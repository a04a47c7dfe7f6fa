"""Copies in MEI: elements with `@copyof`, or empty ones with `@sameas`, get the content that they refer to.

Verovio does not follow these references between events, layers, staves and measures: a copied note has no pitch, a
copied layer is empty.
"""

from __future__ import annotations

import copy

from lxml import etree

from smashcima.errors import Issue, UnsafeSourceError
from smashcima.loading.mei_ids import XML_ID as _XML_ID
from smashcima.loading.mei_ids import FreshIds, place_in_mei, redirect
from smashcima.loading.xml import local_name

_NOT_CONTENT = frozenset({"copyof", "sameas", "n", "corresp", "facs", "synch", "type", "class", "label"})
"""Attributes that say nothing about the music of an element, so that it may still be a copy of another."""

_OF_THE_COPY = frozenset({_XML_ID, "copyof", "sameas"})
"""Attributes of an original that its copies do not take over."""

_MOST_COPIED = 200_000
"""Copies of copies can grow without bound."""


def resolve_copies(root: etree._Element, name: str) -> tuple[bool, list[Issue]]:
    """Fills in copies; returns whether there were any, and an issue for each that refers to nothing like it.

    Content that an element has of its own is kept. Copied elements get new ids, and references inside the copied content
    lead to the copies. The tree is modified in place.

    Raises:
        UnsafeSourceError: copies of copies have too many elements.
    """
    if not any(_is_copy(element) for element in root.iter("*")):
        return False, []
    resolver = _Resolver(root, name)
    for element in list(root.iter("*")):
        if _is_copy(element):
            resolver.resolve(element)
    return True, resolver.issues


def _is_copy(element: etree._Element) -> bool:
    if "copyof" in element.attrib:
        return True
    return (
        "sameas" in element.attrib
        and len(element) == 0
        and not (element.text or "").strip()
        and _NOT_CONTENT.union({_XML_ID}).issuperset(map(str, element.attrib))
    )


class _Resolver:
    def __init__(self, root: etree._Element, name: str) -> None:
        self._name = name
        self._by_id: dict[str, etree._Element] = {}
        for element in root.iter("*"):
            self._by_id.setdefault(element.get(_XML_ID, ""), element)
        self._by_id.pop("", None)
        self._under_way: list[etree._Element] = []
        self._copied = 0
        self._ids = FreshIds(self._by_id)
        self.issues: list[Issue] = []

    def resolve(self, element: etree._Element) -> None:
        """Replaces the reference of an element by what it refers to; copies inside that are resolved first."""
        if not _is_copy(element):
            return  # resolved with another copy of it
        attribute = "copyof" if "copyof" in element.attrib else "sameas"
        reference = element.get(attribute, "")
        original = self._by_id.get(reference.strip().removeprefix("#"))
        problem = self._problem(element, original)
        if problem or original is None:
            self._report(
                element, f"{attribute}={reference!r} {problem}; kept without the content of another element"
            )
            element.attrib.pop("copyof", "")
            return
        self._under_way.append(element)
        for inner in [original, *original.iterdescendants("*")]:
            if inner is not element:
                self.resolve(inner)
        self._under_way.pop()
        self._fill(element, original)
        del element.attrib[attribute]

    def _problem(self, element: etree._Element, original: etree._Element | None) -> str:
        if original is None:
            return "refers to no element of this file"
        if element in self._under_way or original is element:
            return "refers to itself"
        if original in self._under_way or any(original is above for above in element.iterancestors()):
            return "refers to an element that contains it"
        if local_name(original) != local_name(element):
            return f"refers to a <{local_name(original)}>"
        return ""

    def _fill(self, element: etree._Element, original: etree._Element) -> None:
        for key, value in original.attrib.items():
            if key not in _OF_THE_COPY and key not in element.attrib:
                element.set(key, value)
        if len(element) or (element.text or "").strip():
            return
        element.text = original.text
        content = [copy.deepcopy(child) for child in original]
        renamed: dict[str, str] = {}
        own, other = element.get(_XML_ID), original.get(_XML_ID)
        if own is not None and other is not None:
            renamed[other] = own
        copied = [inner for child in content for inner in child.iter("*")]
        self._copied += len(copied)
        if self._copied > _MOST_COPIED:
            raise UnsafeSourceError(
                f"{self._name}: copies of copies have more than {_MOST_COPIED} elements, which cannot be read."
            )
        for inner in copied:
            old = inner.get(_XML_ID)
            if old is not None:
                new = renamed[old] = self._ids.fresh(old)
                inner.set(_XML_ID, new)
                self._by_id[new] = inner
        redirect(copied, renamed)
        element.extend(content)

    def _report(self, element: etree._Element, what: str) -> None:
        self.issues.append(Issue(place_in_mei(element), local_name(element), what))
