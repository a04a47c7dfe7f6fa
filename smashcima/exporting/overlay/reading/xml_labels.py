"""XML labels: MuNG (both versions) and PAGE."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from smashcima.exporting.overlay.overlay_marks import Marks
from smashcima.exporting.overlay.reading.mark_list import MarkList, ring_of
from smashcima.exporting.overlay.reading.run_lengths import rings_of_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

Found = tuple[Marks, tuple[int, int] | None]

_KIND = re.compile(r"structure\s*\{[^}]*\btype\s*:\s*([^;}]+)")
"""Pattern of the region type in the attribute `custom` of PAGE, as used by Transkribus and others."""


def xml_reader(root: _Element) -> tuple[str, Callable[[_Element, bool], Found]] | None:
    """Detects the format of an XML document; returns its name and reader, or `None`."""
    name = _name(root)
    if name in ("Nodes", "CropObjectList"):
        return "MuNG", read_mung
    return ("PAGE", read_page) if name == "PcGts" else None


def read_mung(root: _Element, outlines: bool) -> Found:
    """Reads all nodes (formerly `CropObject` elements); the format does not contain the image size."""
    found = MarkList()
    for node in root.iter():
        if _name(node) not in ("Node", "CropObject"):
            continue
        fields = {_name(child): child.text or "" for child in node}
        name = fields.get("ClassName") or fields.get("MLClassName") or fields.get("MLClassId", "")
        left, top, width, height = (int(fields[side]) for side in ("Left", "Top", "Width", "Height"))
        mask = fields.get("Mask", "").strip()
        rings = rings_of_rows(mask, width, height, left, top) if outlines and mask else ()
        found.add(name, (left, top, left + width, top + height), rings)
    return found.marks(), None


def read_page(root: _Element, outlines: bool) -> Found:
    """Reads regions, lines, words and baselines, by their type, or else by the name of their element."""
    found = MarkList()
    size = None
    for element in root.iter():
        name = _name(element)
        if name == "Page":
            size = int(element.get("imageWidth", "0")), int(element.get("imageHeight", "0"))
        if name == "Baseline":
            points = _points(element)
            # A line, not an area: its ring runs forwards and back.
            found.add("Baseline", None, (np.concatenate([points, points[::-1]]),) if len(points) else ())
        for child in element:
            if _name(child) == "Coords":
                kind = _KIND.search(element.get("custom", ""))
                said = kind[1].strip() if kind else element.get("type")
                ring = _points(child)
                found.add(f"{name} {said}" if said else name, None, (ring,) if len(ring) else ())
    return found.marks(), size


def _points(element: _Element) -> np.ndarray:
    """Points of PAGE: `10,20 30,40`; before 2013, elements `Point`."""
    text = element.get("points")
    if text is None:
        numbers = [float(child.get(axis, "nan")) for child in element for axis in ("x", "y")]
        return ring_of(numbers)
    return ring_of([float(number) for number in re.split(r"[\s,]+", text.strip())])


def _name(element: _Element) -> str:
    """Local name of an element; comments have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
