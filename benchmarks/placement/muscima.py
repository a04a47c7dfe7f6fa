"""Reads the annotations of MUSCIMA++ 2.0: objects with masks, and their relations."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from lxml import etree
from notation_graph import GraphPage, Staff, Thing
from numpy.typing import NDArray

ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "data" / "muscima" / "MUSCIMA-pp_v2.0_dev.zip"


def page_names(archive: Path = ARCHIVE) -> list[str]:
    """Names of the annotated pages in the archive."""
    with zipfile.ZipFile(archive) as opened:
        return sorted(name for name in opened.namelist() if name.endswith(".xml") and "/annotations/" in name)


def read_pages(names: list[str], archive: Path = ARCHIVE) -> Iterator[GraphPage]:
    """Reads the pages with the given names."""
    with zipfile.ZipFile(archive) as opened:
        for name in names:
            yield _page(Path(name).stem, opened.read(name))


def _page(name: str, xml: bytes) -> GraphPage:  # noqa: C901 - steps in a row
    things: dict[int, Thing] = {}
    links: list[tuple[int, int]] = []
    for _, node in etree.iterparse(io.BytesIO(xml), tag="Node"):
        number = int(node.findtext("Id"))
        shape = int(node.findtext("Height")), int(node.findtext("Width"))
        mask = _mask(node.findtext("Mask"), shape)
        if mask.any():
            left, top = int(node.findtext("Left")), int(node.findtext("Top"))
            things[number] = Thing(node.findtext("ClassName"), left, top, mask)
        links += [(number, int(other)) for other in (node.findtext("Outlinks") or "").split()]
        node.clear()
    for source, target in links:
        if source in things and target in things:
            things[source].relate(things[target])
    for thing in things.values():
        if thing.name == "stem":
            thing.hide_behind(thing.owners("noteheadFull", "noteheadHalf"))
    staves = {}
    for thing in things.values():
        if thing.name == "staff":
            staff = _staff(thing)
            if staff is not None:
                staves[thing] = staff
    for thing in things.values():
        for found in thing.of("staff"):
            thing.staff = staves.get(found)
        if thing.name.startswith("notehead"):
            thing.step = _step(thing, staves)
    ordered = sorted(staves.values(), key=lambda staff: staff.line_ys[0, 0])
    _number_systems(ordered, list(things.values()))
    for thing in things.values():
        if thing.staff is not None:
            thing.staff.things.append(thing)
    writer = name.split("_W-")[1][:2]
    return GraphPage(writer, name, ordered, list(things.values()))


def _mask(text: str | None, shape: tuple[int, int]) -> NDArray[np.uint8]:
    if not text:
        return np.ones(shape, np.uint8)
    runs = [run.split(":") for run in text.split()]
    values = np.repeat([int(v) for v, _ in runs], [int(n) for _, n in runs]).astype(np.uint8)
    full = np.zeros(shape[0] * shape[1], np.uint8)
    full[: len(values)] = values[: len(full)]
    return full.reshape(shape)


def _staff(thing: Thing) -> Staff | None:
    lines = sorted(thing.of("staffLine"), key=lambda line: line.y)
    if len(lines) != 5:
        return None
    left = max(line.left for line in lines)
    right = min(line.right for line in lines)
    xs = np.linspace(left + 5, right - 5, 40)
    ys = []
    for line in lines:
        columns = line.mask.sum(axis=0)
        known = np.nonzero(columns)[0]
        heights = (np.arange(line.mask.shape[0])[:, None] * line.mask).sum(axis=0)[known] / columns[known]
        known, heights = known[columns[known] < 8], heights[columns[known] < 8]
        fit = np.polynomial.Polynomial.fit(known + line.left, heights + line.top + 0.5, 3)
        ys.append(fit(xs))
    return Staff(xs, np.stack(ys, axis=1), float(left), float(right))


def _step(head: Thing, staves: dict[Thing, Staff]) -> int | None:
    """Line or space of a notehead, from its relations; `None` outside the staff."""
    staff_things = head.of("staff")
    if not staff_things or head.of("legerLine"):
        return None
    for kind, offset in (("staffLine", 4), ("staffSpace", 5)):
        found = head.of(kind)
        if found:
            siblings = sorted(staff_things[0].of(kind), key=lambda thing: thing.y)
            if found[0] in siblings and len(siblings) == (5 if kind == "staffLine" else 6):
                return offset - 2 * siblings.index(found[0])
    return None


def _number_systems(staves: list[Staff], things: list[Thing]) -> None:
    """Numbers the systems: staves joined by a barline or brace belong to one system."""
    for number, staff in enumerate(staves):
        staff.system = number
    by_thing: dict[int, Staff] = {}
    for thing in things:
        if thing.name == "staff" and thing.staff is None:
            for staff in staves:
                if abs(staff.line_ys[0, 0] - thing.top) < staff.space * 1.5:
                    by_thing[id(thing)] = staff
    for thing in things:
        if thing.name in ("staffGrouping", "measureSeparator"):
            joined = [by_thing[id(s)] for s in thing.of("staff") if id(s) in by_thing]
            lowest = min((staff.system for staff in joined), default=0)
            for staff in joined:
                old = staff.system
                for other in staves:
                    if other.system == old:
                        other.system = lowest
