"""Safe event-based parsing of MEI documents, which preserves the text around the score."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from smashcima.errors import MalformedSourceError, UnsafeSourceError

MEI_NAMESPACE = "http://www.music-encoding.org/ns/mei"
MAX_DEPTH = 120
"""Maximum nesting depth inside a score. (The maximum in 100 real scores is 14.)"""

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>\s*")
_ENCODING = re.compile(rb"""^\s*<\?xml\b[^>]*?encoding\s*=\s*["']([\w.\-]+)["']""")

StartElement = Callable[[str, dict[str, str]], None]
EndElement = Callable[[str], None]
Characters = Callable[[str], None]


class Document:
    """An MEI document, parsed in one pass; `prolog` and `epilog` are the text before and after the score."""

    prolog = ""
    epilog = ""
    movements = 0
    """Number of `<mdiv>` elements; the score of the first one with a score is read."""

    score_attributes: dict[str, str]

    def __init__(self, mei: str | bytes) -> None:
        text = mei if isinstance(mei, str) else _decoded(mei)
        text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
        if not text.strip():
            raise MalformedSourceError("The MEI is empty.")
        try:
            self._data = text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise MalformedSourceError(f"The MEI cannot be encoded in UTF-8: {error}.") from None
        self._parser: Any = expat.ParserCreate("utf-8")
        self._path: list[str] = []
        self._prefix = ""
        self._root = ""

    def parse(
        self,
        start: StartElement,
        end: EndElement,
        characters: Characters,
        comment: Characters,
        instruction: Callable[[str, str], None],
    ) -> None:
        """Calls the handlers for the content of the score, and collects the text around it."""
        self._handlers = (start, end, characters, comment, instruction)
        parser = self._parser
        parser.buffer_text = True
        parser.buffer_size = 65536
        parser.StartElementHandler = self._start_outside
        parser.EndElementHandler = self._end_outside
        parser.EntityDeclHandler = _refuse_entity
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise MalformedSourceError(f"The MEI is not well-formed XML: {error}.") from None
        if self._root not in ("mei", "meiCorpus", "music"):
            raise MalformedSourceError(f"The root element is <{self._root}>; expected <mei>.")
        if not self.prolog:
            what = "only <parts>" if b"<parts" in self._data else "none"
            raise MalformedSourceError(f"The MEI has no <score> inside <mdiv>: {what}.")

    def _start_outside(self, tag: str, attributes: dict[str, str]) -> None:
        path = self._path
        if not path:
            self._prefix = tag[: tag.index(":") + 1] if ":" in tag else ""
            self._root = tag[len(self._prefix) :]
        tag = tag.removeprefix(self._prefix)
        path.append(tag)
        if tag == "mdiv" and "meiHead" not in path:
            self.movements += 1
        elif tag == "score" and path[-2:-1] == ["mdiv"] and "meiHead" not in path and not self.prolog:
            self.prolog = self._data[: self._parser.CurrentByteIndex].decode("utf-8")
            self.score_attributes = attributes
            if self._prefix:
                attributes.setdefault("xmlns", MEI_NAMESPACE)
            self._enter()

    def _end_outside(self, tag: str) -> None:
        self._path.pop()

    def _enter(self) -> None:
        """Forwards events to the handlers until the score ends."""
        start, end, characters, comment, instruction = self._handlers
        parser = self._parser
        prefix = self._prefix
        depth = 0

        def start_inside(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise MalformedSourceError(
                    f"Elements inside the score are nested more than {MAX_DEPTH} levels deep."
                )
            start(tag.removeprefix(prefix) if prefix else tag, attributes)

        def end_inside(tag: str) -> None:
            nonlocal depth
            if depth == 0:
                self._leave()
                return
            depth -= 1
            end(tag.removeprefix(prefix) if prefix else tag)

        parser.StartElementHandler = start_inside
        parser.EndElementHandler = end_inside
        parser.CharacterDataHandler = characters
        parser.CommentHandler = comment
        parser.ProcessingInstructionHandler = instruction

    def _leave(self) -> None:
        parser = self._parser
        self._path.pop()
        place = self._data.index(b">", parser.CurrentByteIndex) + 1
        self.epilog = self._data[place:].decode("utf-8")
        parser.StartElementHandler = self._start_outside
        parser.EndElementHandler = self._end_outside
        parser.CharacterDataHandler = None
        parser.CommentHandler = None
        parser.ProcessingInstructionHandler = None


def _decoded(data: bytes) -> str:
    """The text of a document, decoded with the declared encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        found = _ENCODING.match(data[:200])
        encoding = found[1].decode("ascii") if found else "utf-8"
    try:
        return data.decode(encoding)
    except LookupError:
        raise MalformedSourceError(f"The MEI declares an unknown encoding, {encoding!r}.") from None
    except UnicodeDecodeError as error:
        raise MalformedSourceError(f"The MEI is not in its declared encoding, {encoding}: {error}.") from None


def _refuse_entity(name: str, *_: object) -> None:
    raise UnsafeSourceError(
        f"The MEI declares the entity {name!r}; entities are rejected. Remove the declaration."
    )
