"""Lyrics: verses and their syllables."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, cast

from smashcima.scene.semantic.semantic_object import SemanticObject

if TYPE_CHECKING:
    from smashcima.scene.semantic.note import StemmedEvent


class SyllablePosition(Enum):
    """Where in its word a syllable stands; the value is MEI's."""

    INITIAL = "i"
    MIDDLE = "m"
    TERMINAL = "t"
    SINGLE = "s"


class SyllableConnector(Enum):
    """What leads from a syllable to the next; the value is MEI's."""

    SPACE = "s"
    HYPHEN = "d"
    EXTENDER = "u"
    TILDE = "t"
    CIRCUMFLEX = "c"
    CARON = "v"
    INVERTED_BREVE = "i"
    BREVE = "b"


class Verse(SemanticObject):
    """What one verse sings on a note."""

    tag = "verse"

    n: str | None = None
    """Number of the verse."""

    @property
    def syllables(self) -> list[Syllable]:
        """Its syllables: one, or more where vowels of two words are sung on one note."""
        return self.children_of(Syllable)

    @property
    def event(self) -> StemmedEvent | None:
        """The note or chord that is sung."""
        return cast("StemmedEvent | None", self.tagged_ancestor("note", "chord"))


class Syllable(SemanticObject):
    """A syllable of the lyrics; `text` has its letters."""

    tag = "syl"

    word_position: SyllablePosition | None = None

    connector: SyllableConnector | None = None
    """What leads on from it: a hyphen, a line held over further notes, ..."""

    @property
    def verse(self) -> Verse | None:
        """The verse around it."""
        return self.ancestor(Verse)

    @property
    def event(self) -> StemmedEvent | None:
        """The note or chord that it is sung on."""
        return cast("StemmedEvent | None", self.tagged_ancestor("note", "chord"))
