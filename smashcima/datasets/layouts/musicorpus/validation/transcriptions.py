"""Checks of transcriptions: MusicXML and MuNG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from smashcima.datasets.layouts.musicorpus.validation.findings import Findings, box_of, jpeg_size


def check_musicxml(findings: Findings, path: Path, systems: int | None) -> None:
    """Checks a MusicXML file: its version, and that it has one page and as many systems as the image (if known)."""
    root = _parsed(findings, path)
    if root is None:
        return
    if root.tag != "score-partwise":
        findings.add(path, "file", f"must be score-partwise, not {root.tag}")
        return
    version = root.get("version", "1.0")
    if not version.replace(".", "", 1).isdecimal() or float(version) < 4.0:
        findings.add(path, "version", f"must be at least 4.0, not {version}")
    for name in ("new-system", "new-page"):
        supports = root.find(f"identification/encoding/supports[@element='print'][@attribute='{name}']")
        if supports is None or supports.get("type") != "yes":
            findings.add(path, "supports", f"the file does not say that {name} is explicit")
    breaks = [_breaks(part) for part in root.findall("part")]
    if not breaks:
        findings.add(path, "part", "there is none")
        return
    if any(each != breaks[0] for each in breaks):
        findings.add(path, "part", "the parts differ in their measures, systems or pages")
    _, starts, pages = breaks[0]
    if pages:
        findings.add(path, "print", "the file has several pages; it must be that of one")
    if systems is not None and len(starts) + 1 != systems:
        findings.add(path, "print", f"the file has {len(starts) + 1} systems; the image has {systems}")


def _breaks(part: ET.Element) -> tuple[int, list[int], list[int]]:
    """The number of measures, and the indices of those that begin a system or page after the first one."""
    measures = part.findall("measure")
    prints = [(index, each) for index, measure in enumerate(measures) for each in measure.findall("print")]
    pages = [index for index, each in prints if index and each.get("new-page") == "yes"]
    systems = [index for index, each in prints if index and each.get("new-system") == "yes"]
    return len(measures), sorted({*systems, *pages}), pages


def check_mung(findings: Findings, path: Path) -> set[int]:
    """Checks a MuNG file, and returns the ids of its nodes."""
    root = _parsed(findings, path)
    if root is None:
        return set()
    image = path.parent / "image.jpg"
    size = jpeg_size(image) if image.is_file() else None
    ids: set[int] = set()
    links: list[tuple[int, int]] = []
    for node in root.findall("Node"):
        try:
            number = int(node.findtext("Id", ""))
            box = [int(node.findtext(name, "")) for name in ("Left", "Top", "Width", "Height")]
            for name in ("Inlinks", "Outlinks"):
                links += [(number, int(other)) for other in node.findtext(name, "").split()]
        except ValueError:
            findings.add(path, "Node", "has an Id, box or link that is not an integer")
            continue
        if number in ids:
            findings.add(path, f"node {number}", "the id occurs more than once")
        ids.add(number)
        if not node.findtext("ClassName"):
            findings.add(path, f"node {number}", "has no ClassName")
        found = box_of(box)
        if size is not None and found is not None:
            left, top, width, height = found
            if left < 0 or top < 0 or left + width > size[0] or top + height > size[1]:
                findings.add(path, f"node {number}", f"is not inside the image of {size[0]} x {size[1]} px")
    for number, other in links:
        if other not in ids:
            findings.add(path, f"node {number}", f"is linked to {other}, which does not exist")
    return ids


def _parsed(findings: Findings, path: Path) -> ET.Element | None:
    try:
        return ET.parse(path).getroot()
    except (ET.ParseError, OSError) as error:
        findings.add(path, "file", f"cannot be read as XML: {error}")
        return None
