"""Ids of MEI documents: repair of repeated ones, and new ones for copies."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.xml import local_name

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_REFERENCES = (
    "startid",
    "endid",
    "plist",
    "next",
    "prev",
    "sameas",
    "copyof",
    "corresp",
    "synch",
    "stem.sameas",
)


class FreshIds:
    """Ids that a document does not have."""

    def __init__(self, taken: Container[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}

    def fresh(self, old: str) -> str:
        """An id with a number, made from another one."""
        while True:
            number = self._numbers[old] = self._numbers.get(old, 1) + 1
            new = f"{old}-{number}"
            if new not in self._taken:
                return new


def redirect(elements: Iterable[etree._Element], renamed: Mapping[str, str]) -> None:
    """Changes the references of elements from old ids to new ones."""
    for element in elements:
        for name in _REFERENCES:
            value = element.get(name)
            if value is not None:
                parts = [part.removeprefix("#") for part in value.split()]
                if not renamed.keys().isdisjoint(parts):
                    element.set(name, " ".join(f"#{renamed.get(part, part)}" for part in parts))


def repair_ids(root: etree._Element) -> list[Issue]:
    """Gives new ids to elements whose id occurs before, with an issue for each.

    References in the measure of such an element lead to it, unless the first element with the id is in the same measure:
    repeated ids come from measures that were copied as a whole. The tree is modified in place.
    """
    repeated: list[tuple[etree._Element, str]] = []
    first: dict[str, etree._Element] = {}
    for element in root.iter("*"):
        own = element.get(XML_ID)
        if own is not None and first.setdefault(own, element) is not element:
            repeated.append((element, own))
    ids = FreshIds(first)
    issues: list[Issue] = []
    moved: dict[etree._Element, dict[str, str]] = {}
    for element, old in repeated:
        new = ids.fresh(old)
        element.set(XML_ID, new)
        measure = _measure_of(element)
        if measure is not None and _measure_of(first[old]) is not measure:
            moved.setdefault(measure, {}).setdefault(old, new)
        what = f"the id {old!r} occurs before; this element gets the id {new!r}"
        issues.append(Issue(place_in_mei(element), local_name(element), what))
    for measure, renamed in moved.items():
        redirect(measure.iter("*"), renamed)
    return issues


def place_in_mei(element: etree._Element) -> str:
    """Place of an element in readable form, such as `measure 12`."""
    measure = _measure_of(element)
    return "score" if measure is None else f"measure {measure.get('n', '?')}"


def _measure_of(element: etree._Element) -> etree._Element | None:
    around = (element, *element.iterancestors())
    return next((found for found in around if local_name(found) == "measure"), None)
