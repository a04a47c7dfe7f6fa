"""Lyrics: verses and their syllables."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, cast

from smashcima.scene.semantic.semantic_object import SemanticObject

if TYPE_CHECKING:
    from smashcima.scene.semantic.note import StemmedEvent


class SyllablePosition(Enum):
    """The position of a syllable in its word; the values are those of MEI."""

    INITIAL = "i"
    MIDDLE = "m"
    TERMINAL = "t"
    SINGLE = "s"


class SyllableConnector(Enum):
    """The connection of a syllable to the next; the values are those of MEI."""

    SPACE = "s"
    HYPHEN = "d"
    EXTENDER = "u"
    TILDE = "t"
    CIRCUMFLEX = "c"
    CARON = "v"
    INVERTED_BREVE = "i"
    BREVE = "b"


class Verse(SemanticObject):
    """The syllables of one verse on one note."""

    tag = "verse"

    n: str | None = None
    """Number of the verse."""

    @property
    def syllables(self) -> list[Syllable]:
        """Its syllables: one, or several if the vowels of two words are sung on one note."""
        return self.children_of(Syllable)

    @property
    def event(self) -> StemmedEvent | None:
        """The note or chord on which it is sung."""
        return cast("StemmedEvent | None", self.tagged_ancestor("note", "chord"))


class Syllable(SemanticObject):
    """A syllable of the lyrics; `text` contains its letters."""

    tag = "syl"

    word_position: SyllablePosition | None = None

    connector: SyllableConnector | None = None
    """The connection to the next syllable: a hyphen, an extender line, ..."""

    @property
    def verse(self) -> Verse | None:
        """The verse that contains it."""
        return self.ancestor(Verse)

    @property
    def event(self) -> StemmedEvent | None:
        """The note or chord on which it is sung."""
        return cast("StemmedEvent | None", self.tagged_ancestor("note", "chord"))
