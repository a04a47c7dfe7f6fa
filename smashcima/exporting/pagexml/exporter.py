"""Exporter of images to PAGE XML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smashcima.errors import ExportError, Issue
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.pagexml.areas import Areas
from smashcima.exporting.pagexml.texts import Block, Line, Word, blocks_of, words_of
from smashcima.exporting.writing import write_text
from smashcima.imaging import ImageLayer, ImageSource, Region, image_of
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import System, SystemStaff
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA_PLACE = f"{NAMESPACE} {NAMESPACE}/pagecontent.xsd"

_TYPES = {"title": "heading", "page_foot": "footer"}
"""Types of text regions in PAGE. `custom` contains the more specific type."""


@dataclass(frozen=True, slots=True)
class PageXmlExporter(OmittedMethod, ShortRepr):
    """Exports the systems and texts of an image as PAGE XML (2019-07-15).

    A system is a music region that contains a music region for each staff. The lyrics of a staff are a text
    region with a line for each verse and a word for each syllable; each title, tempo, direction and so on is
    a text region. Lines have baselines. The reading order lists the systems in order. `custom` contains types
    that PAGE lacks: `structure {type:staff;}`. Ids are the same as in every format.
    """

    file_name: str = "page.png"
    created: str = "2000-01-01T00:00:00"
    """Time of creation, required by the format. Fixed by default, so that the same image gives the same
    bytes."""

    min_visible: float = 0.5
    """Minimum visible share of words; those below it are left out and listed by `omissions`."""

    def __post_init__(self) -> None:
        if not 0 <= self.min_visible <= 1:
            raise ExportError(f"min_visible must be between 0 and 1, not {self.min_visible!r}.")

    def export(self, x: ImageSource) -> _Element:
        """Returns the `PcGts` element."""
        x = image_of(x)
        from lxml import etree

        names: dict[str | None, str] = {None: NAMESPACE, "xsi": _INSTANCE}
        root = etree.Element(_name("PcGts"), nsmap=names)  # type: ignore[arg-type]  # None is the default namespace
        root.set(f"{{{_INSTANCE}}}schemaLocation", _SCHEMA_PLACE)
        metadata = etree.SubElement(root, _name("Metadata"))
        for field, text in (
            ("Creator", "Smashcima"),
            ("Created", self.created),
            ("LastChange", self.created),
        ):
            etree.SubElement(metadata, _name(field)).text = text
        page = etree.SubElement(
            root,
            _name("Page"),
            imageFilename=self.file_name,
            imageWidth=str(x.width),
            imageHeight=str(x.height),
        )
        writer = _Writer(x, page)
        blocks = [block for block in blocks_of(x, self.min_visible) if writer.fits(block)]
        systems = [region for region in x.regions if isinstance(region.scene_object, System)]
        systems = [region for region in systems if writer.areas.of_rings(region.rings) is not None]
        staves = {region.id: writer.staves_of(region.scene_object) for region in systems}
        if systems or blocks:
            writer.add_order(systems, staves, blocks)
        for system in systems:
            writer.add_system(system, staves[system.id])
        for block in blocks:
            writer.add_block(block)
        return root

    def export_string(self, x: ImageSource) -> str:
        """Returns the document as text."""
        from lxml import etree

        text: str = etree.tostring(self.export(x), encoding="unicode", pretty_print=True)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'

    def write(self, x: ImageSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: ImageSource) -> list[Issue]:
        """Lists words that are left out because their visible share is too small."""
        x = image_of(x)
        kept = {word.id for word in words_of(x, self.min_visible)}
        return [
            Issue("page", word.mark.label, f"{word.text!r} left out: it is cut by the edge of the picture")
            for word in words_of(x, 0.0)
            if word.id not in kept
        ]


class _Writer:
    """Adds elements to a page."""

    def __init__(self, image: ImageLayer, page: _Element) -> None:
        self.areas = Areas(image)
        self._image = image
        self._page = page

    def fits(self, block: Block) -> bool:
        """Whether all words of a block have an area in the image."""
        boxes = [block.box, *(line.box for line in block.lines)]
        return all(self.areas.of_box(box) is not None for box in boxes)

    def staves_of(self, system: SceneObject) -> list[Region]:
        """Visible staves of a system, from top to bottom."""
        return [
            region
            for region in self._image.regions
            if isinstance(region.scene_object, SystemStaff)
            and region.scene_object.system is system
            and self.areas.of_rings(region.rings) is not None
        ]

    def add_order(self, systems: list[Region], staves: dict[str, list[Region]], blocks: list[Block]) -> None:
        """Adds the reading order: texts above the music, then each system with its texts, then the rest."""
        top = _add(_add(self._page, "ReadingOrder"), "OrderedGroup", id="ro")
        known = {region.scene_object for region in systems}
        first = min((region.bbox[1] for region in systems), default=float("inf"))
        loose = [block for block in blocks if block.system not in known]
        above = [block for block in loose if self._top_px(block) < first]
        for block in above:
            _refer(top, block.id)
        for region in systems:
            group = _add(top, "OrderedGroupIndexed", id=f"ro-{region.id}-all", index=_next(top))
            if staves[region.id]:
                inner = _add(
                    group,
                    "OrderedGroupIndexed",
                    id=f"ro-{region.id}",
                    index=_next(group),
                    regionRef=region.id,
                )
                for staff in staves[region.id]:
                    _refer(inner, staff.id)
            else:
                _refer(group, region.id)
            for block in blocks:
                if block.system is region.scene_object:
                    _refer(group, block.id)
        for block in loose:
            if block not in above:
                _refer(top, block.id)

    def add_system(self, region: Region, staves: list[Region]) -> None:
        """Adds a music region with the regions of its staves."""
        system = self._music(self._page, region, "system")
        for staff in staves:
            self._music(system, staff, "staff")

    def _music(self, parent: _Element, region: Region, kind: str) -> _Element:
        added = _add(parent, "MusicRegion", id=region.id, custom=_custom(kind))
        _add(added, "Coords", points=self.areas.of_rings(region.rings) or "")
        return added

    def add_block(self, block: Block) -> None:
        """Adds a text region with its lines."""
        kind = "lyrics" if block.kind == "lyric" else block.kind
        region = _add(
            self._page, "TextRegion", id=block.id, custom=_custom(kind), type=_TYPES.get(block.kind, "other")
        )
        _add(region, "Coords", points=self.areas.of_box(block.box) or "")
        for line in block.lines:
            self._add_line(region, line)
        _add_text(region, "\n".join(line.text for line in block.lines))

    def _add_line(self, region: _Element, line: Line) -> None:
        added = _add(region, "TextLine", id=line.id)
        _add(added, "Coords", points=self.areas.of_box(line.box) or "")
        baseline = self.areas.of_line(_baseline(line.words))
        if baseline is not None:
            _add(added, "Baseline", points=baseline)
        # The positions of single words are unknown if a piece has several.
        if not any(" " in word.text for word in line.words):
            for word in line.words:
                points = self.areas.of_box(word.box)
                if points is not None:
                    part = _add(added, "Word", id=word.id)
                    _add(part, "Coords", points=points)
                    _add_text(part, word.text)
        _add_text(added, line.text)

    def _top_px(self, block: Block) -> float:
        box = block.box
        return float(self._image.locate(np.array([(box.left, box.top)]))[0, 1])


def _baseline(words: tuple[Word, ...]) -> list[tuple[float, float]]:
    """Baseline of a line, through the baselines of its words."""
    points: list[tuple[float, float]] = []
    for word in words:
        if word.baseline is not None:
            points += [(word.box.left, word.baseline), (word.box.right, word.baseline)]
    return points


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _custom(kind: str) -> str:
    return f"structure {{type:{kind};}}"


def _add(parent: _Element, tag: str, **attributes: str) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, _name(tag), attributes)


def _add_text(parent: _Element, text: str) -> None:
    _add(_add(parent, "TextEquiv"), "Unicode").text = text


def _next(group: _Element) -> str:
    return str(len(group))


def _refer(group: _Element, id: str) -> None:
    _add(group, "RegionRefIndexed", index=_next(group), regionRef=id)
