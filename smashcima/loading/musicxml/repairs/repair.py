"""What a repair works on, and the class that repairs extend."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.musicxml.rhythm import PartRhythm, TimedNote, read_rhythm
from smashcima.loading.musicxml.tree import place_of

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_READ_BEFORE_THE_IMPORT = ("pitch", "type", "stem", "beam")
"""Elements that are in most notes, and that repairs read in `prepare` only."""

_READ_IF_HIDDEN = ("notations", "lyric")
"""Elements of which repairs also read those in `restore` that are hidden."""


@dataclass
class MusicXmlSource:
    """A part-wise MusicXML score on its way to the importer, with what repairs did to it."""

    root: etree._Element
    """The `<score-partwise>`; repairs modify it in place, and call `change`."""

    text: str = ""
    """The text from which it was parsed; empty after `thin`."""

    issues: list[Issue] = field(default_factory=list)
    """What repairs report to the user."""

    is_changed: bool = False
    """Whether the tree differs from the text that was given."""

    mended: set[etree._Element] = field(default_factory=set)
    """Measures in which repairs changed notes or voices; `CheckOnsets` compares what the importer made of them."""

    unmarked: set[etree._Element] = field(default_factory=set)
    """Notes of tuplets that the source only implies by durations, so that the tuplet must be drawn to be understood."""

    _rhythms: dict[etree._Element, PartRhythm] = field(default_factory=dict)
    _used_ids: set[str] = field(default_factory=set)
    _next_id: int = 1

    def change(self) -> None:
        """Tells that the tree was modified."""
        self.is_changed = True
        self._rhythms.clear()

    def rhythm_of(self, part: etree._Element) -> list[list[TimedNote]]:
        """The notes of each measure of a part, with their times; as they are now, until the next `change`."""
        return self._rhythm(part).measures

    def long_backups_of(self, part: etree._Element) -> list[tuple[etree._Element, Fraction]]:
        """Each `<backup>` of a part that leads before the start of its measure, and by how many quarters."""
        return self._rhythm(part).long_backups

    def _rhythm(self, part: etree._Element) -> PartRhythm:
        found = self._rhythms.get(part)
        if found is None:
            found = self._rhythms[part] = read_rhythm(part)
        return found

    def thin(self) -> None:
        """Frees what no `restore` reads, most of the memory of the tree, before there is also a tree of the imported MEI."""
        self._rhythms.clear()
        etree.strip_elements(self.root, *_READ_BEFORE_THE_IMPORT)
        if not self.mentions('print-object="no"'):
            etree.strip_elements(self.root, *_READ_IF_HIDDEN)
        self.text = ""

    def free(self) -> None:
        """Frees the tree, when all repairs are made."""
        self._rhythms.clear()
        self.mended.clear()
        self.unmarked.clear()
        self.root.clear()

    def mend(self, note: TimedNote) -> None:
        """Tells that the rhythm around a note was modified."""
        measure = note.element.getparent()
        if measure is not None:
            self.mended.add(measure)
        self.change()

    def mentions(self, words: str) -> bool:
        """Whether the source contains some text, which is quicker than a search of the tree; for `prepare`."""
        return words in self.text or words.replace('"', "'") in self.text

    def report(self, element: etree._Element, what: str, name: str = "") -> None:
        """Adds an issue at the part and measure of an element; `name` is by default the name of the element."""
        self.issues.append(Issue(place_of(element) or "score", name or str(element.tag), what))

    def report_part(self, part: etree._Element, what: str, name: str) -> None:
        """Adds an issue about a whole part."""
        self.issues.append(Issue(part.get("id") or "part", name, what))

    def id_of(self, element: etree._Element) -> str:
        """Id of an element, which the importer keeps for notes, rests, accidentals, slurs, ties and hairpins.

        An element without an id is given one. So `restore` finds what the importer made of the element. Verovio 6.4.1
        makes up ids for `<clef>`, `<key>`, `<time>`, `<chord/>` and dynamics.
        """
        own = element.get("id")
        if own is not None:
            return own
        if not self._used_ids:
            self._used_ids.update(each.get("id", "") for each in self.root.iter() if each.get("id"))
        while (found := f"source-{self._next_id}") in self._used_ids:
            self._next_id += 1
        self._next_id += 1
        element.set("id", found)
        self.is_changed = True
        return found


@dataclass
class ImportResult:
    """The MEI that the importer made of a source, and whether repairs changed it."""

    root: etree._Element
    """The `<mei>`; repairs modify it in place, and call `change`."""

    issues: list[Issue] = field(default_factory=list)
    """What repairs report to the user."""

    is_changed: bool = False

    def change(self) -> None:
        """Tells that the tree was modified."""
        self.is_changed = True

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        """The elements by `xml:id`, as the importer wrote them; elements that repairs add are not included."""
        return {
            identity: element
            for element in self.root.iter(etree.Element)
            if (identity := element.get(XML_ID)) is not None
        }

    def free_index(self) -> None:
        """Frees the elements by id, when all repairs are made."""
        self.__dict__.pop("by_id", None)


class Repair:
    """One mistake of the importer, mended in what it is given, in what it gives back, or in both.

    The docstring of each subclass says what Verovio does wrong. An instance serves one import, and may keep what it
    learns in `prepare` for `restore`. A source without the mistake must not be changed: then the text that the user gave
    is imported as it is.
    """

    def prepare(self, source: MusicXmlSource) -> None:
        """May modify the MusicXML before the import, and report issues. May override."""

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        """May modify the imported MEI; `source` is as it was imported. May override."""
