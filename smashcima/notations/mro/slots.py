"""Declaration of the slots of the document model, and tables of them for reading and writing.

Each class of the model declares its slots once, as dataclass fields; the reader and the writer use the same declaration.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from smashcima.notations.mro.codecs import Codec

_KEY = "mro"


@dataclass(frozen=True, slots=True)
class Slot:
    """Slot of a class of the document model."""

    name: str
    """Name in the file, in the spelling that is written."""

    default: Any

    codec: Codec[Any] | None = None
    """Of a simple value."""

    member: type[Any] | None = None
    """Class of the block, or of the elements of the array."""

    element_names: tuple[str, ...] = ()
    """Names of the elements of an array; the first one is written."""

    loose_member: type[Any] | None = None
    """Class of structures that may stand in the array instead of in an element of it."""

    aliases: tuple[str, ...] = ()
    """Further names that are read."""

    since: int = 1000
    """First version with this slot."""

    until: int = 9999
    """Last version with this slot."""

    is_sparse: bool = False
    """Whether the slot is written only if it differs from the default."""

    attribute: str = ""
    """Name of the dataclass field."""

    @property
    def is_array(self) -> bool:
        """Whether the value is a list of elements of one class."""
        return bool(self.element_names)


@dataclass(frozen=True, slots=True)
class Schema:
    """Slots of one class of the document model."""

    model: type[Any]
    name: str
    """Name of the structure in the file."""

    slots: tuple[Slot, ...]
    """In the order in which they are written."""

    by_name: Mapping[str, Slot]
    """By name and alias."""

    decoders: Mapping[str, tuple[str, Callable[[str], Any]]]
    """Attribute and decoder of each slot with a simple value, by name and alias."""


def simple(
    name: str,
    codec: Codec[Any],
    default: Any,
    *,
    aliases: tuple[str, ...] = (),
    since: int = 1000,
    until: int = 9999,
    is_sparse: bool = False,
) -> Any:
    """Field for a slot with a simple value."""
    slot = Slot(
        name, default, codec=codec, aliases=aliases, since=since, until=until, is_sparse=is_sparse
    )  # fmt: skip
    return dataclasses.field(default=default, metadata={_KEY: slot})


def block(name: str, member: type[Any], default: Any = None) -> Any:
    """Field for a slot that holds one structure."""
    return dataclasses.field(default=default, metadata={_KEY: Slot(name, default, member=member)})


def array(
    name: str,
    member: type[Any],
    *element_names: str,
    loose_member: type[Any] | None = None,
    since: int = 1000,
) -> Any:
    """Field for a slot that holds a list of structures."""
    slot = Slot(
        name, (), member=member, element_names=element_names, loose_member=loose_member, since=since
    )  # fmt: skip
    return dataclasses.field(default=(), metadata={_KEY: slot})


_schemas: dict[type[Any], Schema] = {}


def schema_of(model: type[Any]) -> Schema:
    """The slots of a class of the document model."""
    found = _schemas.get(model)
    if found is None:
        found = _schemas[model] = _make_schema(model)
    return found


def _make_schema(model: type[Any]) -> Schema:
    slots = tuple(
        dataclasses.replace(field.metadata[_KEY], attribute=field.name)
        for field in dataclasses.fields(model)
        if _KEY in field.metadata
    )
    by_name = {name: slot for slot in slots for name in (slot.name, *slot.aliases)}
    decoders = {
        name: (slot.attribute, slot.codec.decode) for name, slot in by_name.items() if slot.codec is not None
    }
    return Schema(model, model.SLOT_NAME, slots, by_name, decoders)
