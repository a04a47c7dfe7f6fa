"""Readers of the formats that Verovio and music21 import; they convert a source to MEI and issues."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from lxml import etree

from smashcima.engravers.verovio.importing import ImportedMei, import_to_mei
from smashcima.errors import Issue, MalformedSourceError
from smashcima.loading.completeness import (
    Tally,
    compare,
    tally_humdrum,
    tally_mei,
    unknown_elements_lost,
)
from smashcima.loading.formats import ReadMusic, SourceFormat, register_format
from smashcima.loading.humdrum_hidden import with_hidden_members
from smashcima.loading.humdrum_meters import with_visible_meters
from smashcima.loading.mei import drop_mixed, split_mei, wrap_staff_definitions
from smashcima.loading.mei_copies import resolve_copies
from smashcima.loading.mei_ids import repair_ids
from smashcima.loading.musicxml.reading import MUSICXML_ROOTS, read_musicxml
from smashcima.loading.musicxml.repairs import MusicXmlSource
from smashcima.loading.musicxml.validation import check_size_of_measures
from smashcima.loading.mxl import ZIP_SIGNATURES, open_mxl
from smashcima.loading.source import Source
from smashcima.loading.text import decode
from smashcima.loading.xml import local_name, parse_xml
from smashcima.loading.xml_cleaning import clean_xml

_MEI_ROOTS = ("mei", "meiCorpus", "music")

_END_OF_PAE_HEADER = re.compile(r"^(%[A-Za-z][-+]\d\S*)ü(?=\s)", re.MULTILINE)
"""Clef, key and time of an incipit in one line, with the `ü` that PrIMuS writes after them."""


def read_xml(source: Source) -> ReadMusic:
    """Reads MusicXML or MEI, depending on the root element."""
    text, issues = decode(source, may_have_nul=True)
    check_size_of_measures(text, source.name)
    text, flaws = clean_xml(text, source.name)
    issues += flaws
    root = parse_xml(text, source.name)
    if root.tag in MUSICXML_ROOTS:
        document = MusicXmlSource(root, text)
        del root, text  # which the document frees
        read = read_musicxml(document, source.name)
    elif local_name(root) in _MEI_ROOTS:
        read = _read_mei(root, text, source.name)
    else:
        raise MalformedSourceError(
            f"The root element of {source.name} is <{local_name(root)}>; "
            f"expected <score-partwise> or <score-timewise> (MusicXML), or <mei>."
        )
    return ReadMusic(read.scores, read.names, (*issues, *read.issues))


def read_mxl(source: Source) -> ReadMusic:
    """Reads compressed MusicXML."""
    member, issues = open_mxl(source)
    read = read_xml(member)
    return ReadMusic(read.scores, read.names, (*issues, *read.issues))


def read_humdrum(source: Source) -> ReadMusic:
    """Reads Humdrum `**kern`."""
    text, issues = decode(source)
    if not any(line.startswith("**") for line in text.split("\n")):
        raise MalformedSourceError(
            f"{source.name} is not Humdrum: it has no exclusive interpretation such as `**kern`."
        )
    tally = cache(lambda: tally_humdrum(text))
    imported = import_to_mei(text.encode(), "humdrum", source.name, meanwhile=tally)
    lost = _lost(tally(), imported.meis)
    meis = [with_visible_meters(mei) for mei in imported.meis]
    if len(meis) == 1:  # else the lines of the ids are those of segments
        meis = [with_hidden_members(meis[0], text)]
    return _read(replace(imported, meis=tuple(meis)), [*issues, *lost])


def read_pae(source: Source) -> ReadMusic:
    """Reads Plaine & Easie code."""
    text, issues = decode(source)
    return _read(import_to_mei(_END_OF_PAE_HEADER.sub(r"\1", text).encode(), "pae", source.name), issues)


def read_midi(source: Source) -> ReadMusic:
    """Reads a MIDI file, quantised by music21."""
    if not source.data.startswith(b"MThd"):
        raise MalformedSourceError(f"{source.name} is not a MIDI file: it does not begin with `MThd`.")
    return _read(import_to_mei(source.data, "midi", source.name), [])


def _read_mei(root: etree._Element, text: str, name: str) -> ReadMusic:
    issues = repair_ids(root)
    has_new_ids = bool(issues)
    has_copies, unresolved = resolve_copies(root, name)
    issues += unresolved
    documents = split_mei(root)
    scores: list[str] = []
    names: list[str] = []
    for document, label in documents:
        changes = wrap_staff_definitions(document)
        had_mixed = drop_mixed(document)
        is_changed = bool(changes) or had_mixed or has_copies or has_new_ids or document is not root
        own = etree.tostring(document, encoding="unicode") if is_changed else text
        imported = import_to_mei(own.encode(), "mei", name)
        result = parse_xml(imported.meis[0], name)
        scores += imported.meis
        names += [label] * len(imported.meis)
        issues += changes
        issues += imported.issues
        issues += compare(tally_mei(document), tally_mei(result))
        issues += unknown_elements_lost(document, result)
    return ReadMusic(tuple(scores), tuple(names), tuple(issues))


def _read(imported: ImportedMei, issues: list[Issue]) -> ReadMusic:
    return ReadMusic(imported.meis, imported.names, (*imported.issues, *issues))


def _lost(source: Tally, meis: tuple[str, ...]) -> list[Issue]:
    if len(meis) != 1:
        return []
    return compare(source, tally_mei(parse_xml(meis[0], "the imported MEI")))


_EXCLUSIVE_INTERPRETATIONS = re.compile(rb"^\*\*[^\s*]+(\t\*\*[^\s*]+)*\s*$", re.M)
"""The line that begins the spines of Humdrum, such as `**kern  **dynam`; Markdown begins lines with bold words."""


def _looks_like_humdrum(beginning: bytes) -> bool:
    return _EXCLUSIVE_INTERPRETATIONS.search(beginning) is not None


def _looks_like_pae(beginning: bytes) -> bool:
    lines = [line.strip() for line in beginning.split(b"\n")]
    return any(line.startswith((b"@start:", b"@data:", b"@clef:")) for line in lines) or lines[0].startswith(
        (b"%G-", b"%C-", b"%F-", b"%g-")
    )


def _looks_like_xml(beginning: bytes) -> bool:
    return beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


MUSICXML = SourceFormat("MusicXML", (".musicxml", ".xml"), read_xml, looks_like=_looks_like_xml)
MXL = SourceFormat(
    "compressed MusicXML",
    (".mxl",),
    read_mxl,
    looks_like=lambda beginning: beginning.startswith(ZIP_SIGNATURES),
    is_binary=True,
)
MEI = SourceFormat("MEI", (".mei",), read_xml)
HUMDRUM = SourceFormat(
    "Humdrum", (".krn", ".kern"), read_humdrum, aliases=("hum", "**kern"), looks_like=_looks_like_humdrum
)
PAE = SourceFormat(
    "Plaine & Easie", (".pae",), read_pae, aliases=("plaine and easie",), looks_like=_looks_like_pae
)
MIDI = SourceFormat(
    "MIDI",
    (".mid", ".midi"),
    read_midi,
    looks_like=lambda beginning: beginning.startswith(b"MThd"),
    is_binary=True,
)


def register_foreign_formats() -> None:
    """Registers the formats of this module."""
    for source_format in (MUSICXML, MXL, MEI, HUMDRUM, PAE, MIDI):
        register_format(source_format)
