"""Exporter of scores to MEI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import Issue
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.mei.facsimile import MEI, XML_ID, Facsimile, FacsimileImage
from smashcima.exporting.symbolic import ScoreSource, cut_issues, prepared, score_layout, score_of
from smashcima.exporting.writing import write_text
from smashcima.mei import write_mei
from smashcima.scene.semantic import Curve, Score
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from lxml.etree import _Element

_VALID_ID = re.compile(r"[A-Za-z_][\w.\-]*\Z", re.A)
_REFERENCES = ("startid", "endid", "plist", "sameas", "next", "prev", "corresp", "copyof", "synch", "facs")


@dataclass(frozen=True, slots=True)
class MeiExporter(DistractorsMethod, ShortRepr):
    """Exports a score, or a slice of one, as MEI, which keeps all content of the score.

    With images, each element refers to its zones (`facs`), and each page and system break to that of its page
    or system. Breaks are those of the layout of the score, or of the images, or else those of the source.
    """

    images: tuple[FacsimileImage, ...] = ()
    """Images of the pages (`FacsimileImage(scene.compose_page(page), "page_0.png")`)."""

    def export(self, score: ScoreSource) -> _Element:
        """Returns the `mei` element."""
        return self._export(score)[0]

    def export_string(self, score: ScoreSource) -> str:
        """Returns the document as text."""
        from lxml import etree

        text: str = etree.tostring(self.export(score), encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(score), path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn objects without an element: braces, title texts of the page, and so on."""
        return self._export(score)[1]

    def _export(self, score: ScoreSource) -> tuple[_Element, list[Issue]]:
        from lxml import etree

        score = score_of(score)
        pages = [page for image in self.images if (page := image.page) is not None]
        ready = prepared(score, score_layout(pages) if pages and score.layout is None else None)
        # Ids that are invalid in XML are renamed below; until then, the parser has to tolerate them.
        root = etree.fromstring(write_mei(ready).encode("utf-8"), etree.XMLParser(recover=True))
        by_id = {element.get(XML_ID, ""): element for element in root.iter(f"{MEI}*")}
        _open_curves(ready, by_id)
        issues = cut_issues(ready)
        facsimile = Facsimile(ready, self.images)
        if self.images:
            element = facsimile.element()
            music = next(root.iter(f"{MEI}music"))
            music.insert(0, element)
            element.tail = "\n"
            for id, zones in facsimile.zones.items():
                if id in by_id:
                    by_id[id].set("facs", " ".join(f"#{zone}" for zone in zones))
        if ready.layout is not None:
            _number_breaks(ready, by_id, facsimile)
        _make_ids_valid(root)
        return root, [*issues, *facsimile.issues]


def _open_curves(score: Score, by_id: dict[str, _Element]) -> None:
    """Extends slurs and ties cut by a border to the border, by a beat, since MEI requires both ends."""
    excerpt = score.excerpt
    if excerpt is None:
        return
    last = score.measures[-1]
    for mark in score.marks():
        element = by_id.get(mark.id)
        if not isinstance(mark, Curve) or element is None:
            continue
        if mark.id in excerpt.coming_in:
            element.attrib.pop("startid", "")
            element.set("tstamp", "0")
        if mark.id in excerpt.going_on:
            measure = mark.measure
            element.attrib.pop("endid", "")
            lengths = [s.time_signature.beat_length for s in last.staves if s.time_signature is not None]
            beats = last.quarter_length / (lengths[0] if lengths else 1) + 1
            ahead = last.index - (measure.index if measure is not None else 0)
            element.set("tstamp2", f"{ahead}m+{float(beats):g}")


def _number_breaks(score: Score, by_id: dict[str, _Element], facsimile: Facsimile) -> None:
    """Sets the page number and zone of each break; inserts a break at the start of the first page."""
    from lxml import etree

    layout = score.layout
    assert layout is not None
    for measure in score.measures:
        element = _place_before(by_id[measure.id])
        if measure.id not in layout.system_starts:
            continue
        page = layout.page_of(measure.id)
        before = element.getprevious()
        is_first = measure is score.measures[0]
        if is_first:
            before = etree.Element(f"{MEI}pb")
            before.set(XML_ID, _free_id("pb-first", by_id))
            before.tail = element.tail
            element.addprevious(before)
        if before is None or page is None:
            continue
        zone = facsimile.systems.get(measure.id)
        if before.tag == f"{MEI}pb":
            before.set("n", str(page + 1))
            if page in facsimile.surfaces:
                before.set("facs", f"#{facsimile.surfaces[page]}")
            if zone is not None:
                system = etree.Element(f"{MEI}sb")
                system.set(XML_ID, _free_id(f"sb-of-{measure.id}", by_id))
                system.set("facs", f"#{zone}")
                before.addnext(system)
        elif before.tag == f"{MEI}sb" and zone is not None:
            before.set("facs", f"#{zone}")


def _place_before(measure: _Element) -> _Element:
    """Position of a break before a measure: before the ending if the measure is its first one."""
    place = measure
    while (parent := place.getparent()) is not None and parent.tag == f"{MEI}ending":
        if next(parent.iter(f"{MEI}measure")) is not measure:
            break
        place = parent
    return place


def _free_id(wanted: str, by_id: dict[str, _Element]) -> str:
    while wanted in by_id:
        wanted += "-"
    return wanted


def _make_ids_valid(root: _Element) -> None:
    """Replaces ids that are invalid in XML, including all references."""
    renamed: dict[str, str] = {}
    taken = {element.get(XML_ID, "") for element in root.iter(f"{MEI}*")}
    for element in root.iter(f"{MEI}*"):
        id = element.get(XML_ID)
        if id is None or _VALID_ID.match(id):
            continue
        new = "id-" + re.sub(r"[^\w.\-]", "_", id, flags=re.A)
        while new in taken:
            new += "_"
        taken.add(new)
        renamed[id] = new
        element.set(XML_ID, new)
    if not renamed:
        return
    for element in root.iter(f"{MEI}*"):
        for name in _REFERENCES:
            value = element.get(name)
            if value is not None and value.removeprefix("#") in renamed:
                element.set(name, f"#{renamed[value.removeprefix('#')]}")
            elif value is not None:
                names = (found.removeprefix("#") for found in value.split())
                element.set(name, " ".join(f"#{renamed.get(found, found)}" for found in names))
