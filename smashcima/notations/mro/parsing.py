"""Parsing of MRO files into documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from smashcima.errors import Issue, MalformedSourceError, UnsafeSourceError
from smashcima.notations.mro.codecs import TEXT
from smashcima.notations.mro.document import DEFAULT_IDENTIFIER, MroDocument
from smashcima.notations.mro.flaws import Flaws
from smashcima.notations.mro.slots import Schema, Slot, schema_of
from smashcima.notations.mro.tokens import decode_mro, lines_of_tokens, split_tokens
from smashcima.notations.mro.values import MroSlot, is_text
from smashcima.notations.mro.vocabulary import MroEncoding, MroVersion
from smashcima.scene.graph import garbage_collection_paused

MAX_SIZE = 64 << 20
"""Limit of the length of a file, about 400 pages. Parsing needs up to 40 bytes of memory for each byte of a hostile file."""

_MAX_DEPTH = 100
"""Limit of nested brackets; the format itself needs 13."""

_SHOWN = 40
"""Length to which wrong values are shortened in messages."""

_DOCUMENT = schema_of(MroDocument)


def parse_mro(data: bytes | str) -> tuple[MroDocument, list[Issue]]:
    """Reads an MRO file.

    Bytes are decoded as their header says. Slots may be in any order, and those without a value have their default.
    Slots that are unknown or have an unreadable value are kept in the field `unknown` of their structure. Every flaw
    becomes an issue that names line and slot, and says what was expected; of a truncated file, what is there is read.

    Raises:
        MalformedSourceError: the file is not text or not MRO, or has more than 100 nested brackets.
        UnsafeSourceError: the file is larger than 64 MiB.
    """
    if len(data) > MAX_SIZE:
        raise UnsafeSourceError(
            f"The MRO file has {len(data) >> 20} MiB, more than the limit of {MAX_SIZE >> 20} MiB. Divide it by pages."
        )
    text, encoding, flaw = (
        (data.removeprefix("\ufeff"), None, None) if isinstance(data, str) else decode_mro(data)
    )
    parser = _Parser(text)
    with garbage_collection_paused():
        document = parser.read_document()
    if flaw is not None:
        parser.flaws.add(0, "fileheader.characterencoding", flaw)
    header = document.header
    if encoding is None:  # given as `str`: the declared encoding may not have the characters of the text
        smallest = MroEncoding.smallest_for(text)
        order = list(MroEncoding)
        encoding = max(header.encoding, smallest, key=order.index)
    if header.encoding is not encoding:
        document = replace(document, header=replace(header, encoding=encoding))
    return document, parser.flaws.issues(text)


class _Parser:
    """Reads structures as their schemas say, from a list of tokens.

    The methods that read a structure start after its opening bracket and stop after its closing bracket. They recurse
    only into structures that the schemas know, so not deeper than the format; everything else is read iteratively.
    """

    def __init__(self, text: str) -> None:
        self.flaws = Flaws()
        self._text = text
        self._tokens = [*split_tokens(text), "", "", ""]  # empty tokens stand for the end of the file
        self._index = 0
        self._open: list[str] = []  # names of the structures being read
        self._is_cut = False  # whether the end of the file was found inside a structure

    def read_document(self) -> MroDocument:
        """The document; the first token is its identifier."""
        identifier = self._tokens[0]
        names = _DOCUMENT.by_name
        if not any(
            token in names and self._tokens[i + 1] == "{" for i, token in enumerate(self._tokens[:-3])
        ):
            raise MalformedSourceError(
                "The file is not an MRO file: it has neither `fileheader {` nor `score {`. "
                "MRO files start with an identifier, `fileheader { version 3100 ... }` and `score { ... }`."
            )
        if identifier in names or identifier in "{}" or identifier[0] == '"':
            self.flaws.add(0, "identifier", f"missing: expected a word before {_shown(identifier)}")
            identifier = DEFAULT_IDENTIFIER
        else:
            self._index = 1
        values = self._read_slots(_DOCUMENT)
        for slot in _DOCUMENT.slots:
            if slot.attribute not in values:
                self.flaws.add(0, slot.name, f"missing: expected `{slot.name} {{ ... }}`; read with defaults")
        document: MroDocument = MroDocument(identifier, **values)
        version = document.header.version
        if version not in [int(known) for known in MroVersion]:
            known = ", ".join(str(int(each)) for each in MroVersion)
            self.flaws.add(0, "fileheader.version", f"unknown version {version}: expected one of {known}")
        return document

    def _read_slots(self, schema: Schema) -> dict[str, Any]:
        """Values of the slots of a structure, by attribute."""
        tokens, decoders = self._tokens, schema.decoders
        values: dict[str, Any] = {}
        unknown: list[MroSlot] = []
        index = self._index
        while True:
            name = tokens[index]
            simple = decoders.get(name)
            if simple is not None:
                attribute, decode = simple
                try:
                    value = decode(tokens[index + 1])
                except ValueError:
                    pass
                else:
                    if attribute in values:
                        self.flaws.add(
                            index, f"{schema.name}.{name}", "given more than once: the last one is used"
                        )
                    values[attribute] = value
                    index += 2
                    continue
            self._index = index
            if name == "" or (name == "}" and self._open):
                break
            self._read_other(schema, values, unknown)
            index = self._index
        if unknown:
            values["unknown"] = _arranged(schema, unknown, values)
        return values

    def _read_block(self, schema: Schema) -> Any:
        self._open.append(schema.name)
        values = self._read_slots(schema)
        self._close()
        self._open.pop()
        return schema.model(**values)

    def _read_other(self, schema: Schema, values: dict[str, Any], unknown: list[MroSlot]) -> None:
        """Reads a slot that is not a known simple slot with a valid value."""
        if not self._starts_slot(schema.name):
            return
        start = self._index
        name, value = self._tokens[start], self._tokens[start + 1]
        slot = schema.by_name.get(name)
        if slot is not None and slot.codec is TEXT and value[0] == '"':
            self._index += 2
            values[slot.attribute] = TEXT.decode(self._closed(value))
            return
        if slot is None or slot.member is None or value != "{":
            kept = self._read_unknown(schema.name)
            if slot is not None:
                expected = slot.codec.expected if slot.codec else "`{`"
                self.flaws.add(
                    start,
                    f"{schema.name}.{name}",
                    f"expected {expected}, not {_shown(value)}: not used",
                )
            elif not kept.is_comment:
                self.flaws.add_unknown(start, schema.name, name)
            unknown.append(kept)
            return
        is_repeated = slot.attribute in values
        self._index += 2
        if slot.is_array:
            if is_repeated:
                self.flaws.add(start, f"{schema.name}.{name}", "given more than once: joined")
            elements, others = self._read_array(slot)
            values[slot.attribute] = values.get(slot.attribute, ()) + elements
            if others:
                unknown.append(MroSlot(slot.name, others))
        else:
            if is_repeated:
                self.flaws.add(start, f"{schema.name}.{name}", "given more than once: the last one is used")
            values[slot.attribute] = self._read_block(schema_of(slot.member))

    def _read_array(self, slot: Slot) -> tuple[tuple[Any, ...], tuple[MroSlot, ...]]:
        """Elements of an array, and other slots in it."""
        assert slot.member is not None
        self._open.append(slot.name)
        elements: list[Any] = []
        loose: list[Any] = []
        others: list[MroSlot] = []
        start, stated = self._index - 2, ""
        while (name := self._tokens[self._index]) not in ("", "}"):
            if not self._starts_slot(slot.name):
                continue
            value = self._tokens[self._index + 1]
            if name == "nof" and value != "{":
                stated = value
                self._index += 2
            elif name in slot.element_names and value == "{":
                self._index += 2
                if slot.loose_member is not None and self._is_loose(slot):
                    loose.append(self._read_block(schema_of(slot.loose_member)))
                else:
                    elements.append(self._read_block(schema_of(slot.member)))
            else:
                index = self._index
                kept = self._read_unknown(slot.name)
                if not kept.is_comment:
                    self.flaws.add_unknown(index, slot.name, name)
                others.append(kept)
        self._close()
        self._open.pop()
        if stated != str(len(elements) + len(loose)):
            said = f"`nof` is {_shown(stated)}" if stated else "`nof` is missing"
            self.flaws.add(
                start, slot.name, f"{said}, but the number of elements is {len(elements) + len(loose)}"
            )
        if loose:
            elements.append(slot.member(elements=tuple(loose)))
        return tuple(elements), tuple(others)

    def _is_loose(self, slot: Slot) -> bool:
        """Whether the structure ahead is one that belongs into an element of the array."""
        assert slot.member is not None
        assert slot.loose_member is not None
        own, loose = schema_of(slot.member).by_name, schema_of(slot.loose_member).by_name
        index = self._index
        while (name := self._tokens[index]) not in ("", "{", "}"):
            if name in own or name in loose:
                return name not in own
            index += 2
        return False

    def _read_unknown(self, structure: str) -> MroSlot:
        """Slot with a name and a value of any kind, at any depth."""
        name, value = self._tokens[self._index], self._tokens[self._index + 1]
        self._index += 2
        if value != "{":
            if value[0] == '"' and not is_text(value):
                value = self._closed(value)
            return MroSlot(name, value)
        stack: list[tuple[str, list[MroSlot]]] = [(name, [])]
        while True:
            token = self._tokens[self._index]
            if token in ("", "}"):
                self._close()
                name, slots = stack.pop()
                done = MroSlot(name, tuple(slots))
                if not stack:
                    return done
                stack[-1][1].append(done)
            elif self._starts_slot(structure):
                value = self._tokens[self._index + 1]
                if value == "{":
                    if len(stack) + len(self._open) >= _MAX_DEPTH:
                        raise self._too_deep()
                    self._index += 2
                    stack.append((token, []))
                else:
                    stack[-1][1].append(self._read_unknown(structure))

    def _starts_slot(self, structure: str) -> bool:
        """Whether the next tokens are a name and a value; otherwise reports and skips what is there."""
        index = self._index
        name, value = self._tokens[index], self._tokens[index + 1]
        if name == "}":
            self.flaws.add(index, structure, "closing bracket without an opening one: skipped")
            self._index += 1
            return False
        if name == "{":
            self.flaws.add(index, structure, "bracket without a name: skipped with all that it holds")
            self._skip_block()
            return False
        if name[0] == '"':
            self.flaws.add(index, structure, f"text without a name: {_shown(name)} skipped")
            self._index += 1
            return False
        has_value = value not in ("", "}") and not (
            value[-1] == "$" and self._tokens[index + 2][:1] == '"' and name[-1] != "$"
        )
        if not has_value:
            found = "the end of the file" if value == "" else _shown(value)
            self.flaws.add(index, f"{structure}.{name}", f"expected a value, not {found}: skipped")
            self._index += 1
        return has_value

    def _closed(self, token: str) -> str:
        """A text whose closing quote is missing or misplaced, written correctly."""
        inner = token[1:-1] if len(token) > 1 and token[-1] == '"' else token[1:]
        self.flaws.add(self._index - 1, "text", f"closing quote missing or misplaced: {_shown(token)}")
        return '"' + inner.replace('""', '"').replace('"', '""') + '"'

    def _skip_block(self) -> None:
        depth = 0
        while (token := self._tokens[self._index]) != "":
            self._index += 1
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return
            if depth > _MAX_DEPTH:
                raise self._too_deep()

    def _close(self) -> None:
        """Skips the closing bracket of a structure; at the end of the file, reports that it is missing."""
        if self._tokens[self._index] != "":
            self._index += 1
        elif not self._is_cut:
            self._is_cut = True
            inside = " > ".join(self._open) or "a structure"
            self.flaws.add(
                self._index, self._open[-1] if self._open else "file", f"the file ends inside {inside}"
            )

    def _too_deep(self) -> MalformedSourceError:
        (line,) = lines_of_tokens(self._text, [self._index])
        return MalformedSourceError(
            f"Line {line} has more than {_MAX_DEPTH} nested brackets; MRO files need 13. "
            "Check that the file was written by SharpEye and is not damaged."
        )


def _arranged(schema: Schema, unknown: list[MroSlot], values: dict[str, Any]) -> tuple[MroSlot, ...]:
    """Kept slots, then what was found in lists, in the order in which they are written.

    A slot with an unreadable value is dropped if it is also given with a readable one.
    """
    parts: dict[str, tuple[MroSlot, ...]] = {}
    kept: list[MroSlot] = []
    for slot in unknown:
        known = schema.by_name.get(slot.name)
        if known is not None and known.is_array and not isinstance(slot.value, str):
            parts[slot.name] = parts.get(slot.name, ()) + slot.value
        elif known is None or known.attribute not in values:
            kept.append(slot)
    return (*kept, *(MroSlot(slot.name, parts[slot.name]) for slot in schema.slots if slot.name in parts))


def _shown(token: str) -> str:
    return f"`{token}`" if len(token) <= _SHOWN else f"`{token[:_SHOWN]}…`"
