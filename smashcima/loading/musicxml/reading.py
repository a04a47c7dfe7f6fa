"""Reading of a MusicXML tree into MEI."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from smashcima.engravers.verovio.importing import import_to_mei
from smashcima.errors import Issue
from smashcima.loading.completeness import compare, staves_of, tally_mei, tally_musicxml
from smashcima.loading.formats import ReadMusic
from smashcima.loading.musicxml.missing_accidentals import missing_accidentals
from smashcima.loading.musicxml.parts import settle_parts
from smashcima.loading.musicxml.partwise import partwise
from smashcima.loading.musicxml.repairs import REPAIRS, ImportResult, MusicXmlSource
from smashcima.loading.musicxml.tree import parts_of
from smashcima.loading.musicxml.validation import validate_musicxml
from smashcima.loading.xml import parse_xml
from smashcima.memory import return_freed_memory

MUSICXML_ROOTS = ("score-partwise", "score-timewise")

_LARGE = 4_000_000
"""Characters of MusicXML, some 40 pages, from which freed memory is returned and the imported MEI is read without its indentation, which is a
third of the memory of its tree."""

_INDENTATION = re.compile(r">\n[ \t]*<")


def read_musicxml(source: MusicXmlSource, name: str) -> ReadMusic:
    """Reads a MusicXML document, which is modified, and freed on the way.

    What the source prints is counted before any repair, so that a repair cannot lose anything unnoticed either.

    Raises:
        MalformedSourceError: there are no parts or measures, or numbers are invalid.
        ImportFailedError: no importer reads the source.
    """
    if source.root.tag == "score-timewise":
        source.root = partwise(source.root)
        source.issues.append(Issue(name, "score-timewise", "converted to score-partwise"))
        source.change()
    settle_parts(source)
    validate_musicxml(source.root, name)
    is_large = len(source.text) > _LARGE
    title = _title(source.root)
    tally, missing = tally_musicxml(source.root), missing_accidentals(source.root)
    repairs = [kind() for kind in REPAIRS]
    for number in range(len(repairs)):
        repairs[number].prepare(source)
    staves = [staves_of(part) for part in parts_of(source.root)]
    data = _data_of(source)
    source.thin()
    imported = import_to_mei(data, "xml", name)
    del data
    names = tuple(each or title for each in imported.names)
    if len(imported.meis) != 1:
        return ReadMusic(imported.meis, names, (*imported.issues, *source.issues, *missing))
    written = imported.meis[0]
    if is_large:
        written = _INDENTATION.sub("><", written)
        imported = replace(imported, meis=(written,))
    result = ImportResult(parse_xml(written, "the imported MEI"))
    while repairs:  # which may refer to elements of the source
        repairs.pop(0).restore(source, result)
    source.free()
    result.free_index()
    if is_large:
        return_freed_memory()
    lost = compare(tally, tally_mei(result.root, staves))
    mei = etree.tostring(result.root, encoding="unicode") if result.is_changed else written
    return ReadMusic((mei,), names, (*imported.issues, *source.issues, *result.issues, *missing, *lost))


def _data_of(source: MusicXmlSource) -> bytes:
    return etree.tostring(source.root, encoding="utf-8") if source.is_changed else source.text.encode()


def _title(root: etree._Element) -> str:
    for path in ("movement-title", "work/work-title"):
        title = " ".join((root.findtext(path) or "").split())
        if title:
            return title
    return ""
