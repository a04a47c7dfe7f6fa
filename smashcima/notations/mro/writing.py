"""Writing of documents as MRO files."""

from __future__ import annotations

from typing import Any

from smashcima.errors import ExportError
from smashcima.notations.mro.document import MroDocument
from smashcima.notations.mro.slots import Slot, schema_of
from smashcima.notations.mro.values import MroSlot, is_text, is_word

_INDENT = "  "


def write_mro(document: MroDocument) -> bytes:
    """Writes a document in the version and encoding of its header.

    Everything in the document is written, including slots that are newer than the version, which readers skip; use
    `with_version` to convert a document to another version. Reading the result gives an equal document.

    Raises:
        ExportError: a text has characters that the encoding lacks, or a word of an unknown slot is not a word.
    """
    writer = _Writer(document.header.version)
    lines = [_checked_word(document.identifier, "the identifier"), *writer.slots_of(document, 0)]
    text = "\n".join(lines) + "\n"
    encoding = document.header.encoding
    try:
        return text.encode(encoding.codec)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise ExportError(
            f"The document has the character {character!r}, which {encoding.value} lacks. "
            "Set `header.encoding` to MroEncoding.UTF8."
        ) from error


class _Writer:
    """Writes structures: short ones in one line, lists with one element per line."""

    def __init__(self, version: int) -> None:
        self._version = version

    def slots_of(self, structure: Any, depth: int) -> list[str]:
        """Lines of the slots of a structure; simple slots share the first line."""
        schema = schema_of(type(structure))
        replaced = {
            slot.name for slot in structure.unknown if not _is_joined(schema.by_name.get(slot.name), slot)
        }
        extra: dict[str, list[MroSlot]] = {}
        kept: list[str] = []
        for slot in structure.unknown:
            known = schema.by_name.get(slot.name)
            if _is_joined(known, slot):
                extra.setdefault(slot.name, []).extend(slot.value)
            else:
                kept.append(_kept(slot))
        simple: list[str] = []
        nested: list[str] = []
        for slot in schema.slots:
            value = getattr(structure, slot.attribute)
            if slot.name in replaced:
                continue
            if slot.codec is not None:
                if value != slot.default or self._is_always_written(slot):
                    simple.append(f"{slot.name} {_checked_word(slot.codec.encode(value), slot.name)}")
            elif slot.is_array:
                others = extra.get(slot.name, ())
                if value or others:
                    nested += self._array(slot, value, others, depth)
            elif value is not None:
                nested += self._block(slot.name, value, depth)
        first = [_INDENT * depth + " ".join(simple + kept)] if simple or kept else []
        return first + nested

    def _is_always_written(self, slot: Slot) -> bool:
        return not slot.is_sparse and slot.since <= self._version <= slot.until

    def _block(self, name: str, structure: Any, depth: int) -> list[str]:
        lines = self.slots_of(structure, depth + 1)
        return _bracketed(name, lines, depth)

    def _array(self, slot: Slot, elements: tuple[Any, ...], others: Any, depth: int) -> list[str]:
        lines = [_INDENT * (depth + 1) + " ".join([f"nof {len(elements)}", *map(_kept, others)])]
        for element in elements:
            lines += self._block(slot.element_names[0], element, depth + 1)
        return _bracketed(slot.name, lines, depth)


def _bracketed(name: str, lines: list[str], depth: int) -> list[str]:
    indent = _INDENT * depth
    if not lines:
        return [f"{indent}{name} {{ }}"]
    if len(lines) == 1:
        return [f"{indent}{name} {{ {lines[0].strip()} }}"]
    return [f"{indent}{name} {{", *lines, f"{indent}}}"]


def _is_joined(known: Slot | None, slot: MroSlot) -> bool:
    return known is not None and known.is_array and isinstance(slot.value, tuple)


def _kept(slot: MroSlot) -> str:
    """A kept slot in one line."""
    name = _checked_word(slot.name, "the name of an unknown slot")
    if isinstance(slot.value, str):
        return f"{name} {_checked_word(slot.value, name)}"
    return " ".join([name, "{", *map(_kept, slot.value), "}"])


def _checked_word(word: str, what: str) -> str:
    if is_word(word) or is_text(word):
        return word
    raise ExportError(
        f"{what} is {word!r}, which is neither a word without spaces nor a text in double quotes."
    )
