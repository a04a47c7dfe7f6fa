"""Codecs that read objects of a class from MEI attributes, and write them as attributes."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from smashcima.mei import lexical
from smashcima.scene.semantic import ControlEvent, SemanticObject, Staff

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Attribute:
    """An attribute that corresponds to one field."""

    name: str
    field: str
    read: Callable[[str], Any] = lexical.text
    write: Callable[[Any], str] = str


@dataclass(frozen=True)
class Group:
    """Several attributes that together correspond to one field."""

    field: str
    names: tuple[str, ...]
    """Names of the attributes. The field is read only if the first one is present; all of them are rewritten if it has
    changed."""

    read: Callable[[Attributes], Any]
    write: Callable[[Any], dict[str, str]]


@dataclass(frozen=True)
class Reference:
    """An attribute that is an edge to other objects, by id, or by number for staves."""

    name: str
    field: str
    to_staves: bool = False
    is_many: bool = False


def choice(name: str, field: str, kind: type[Enum]) -> Attribute:
    """An attribute with the values of an enumeration."""
    return Attribute(name, field, lexical.reader_of(kind), lexical.written_enum)


def number(name: str, field: str) -> Attribute:
    """An attribute with an integer value."""
    return Attribute(name, field, lexical.integer)


class Codec:
    """Reads and writes objects of one class."""

    def __init__(self, kind: type[SemanticObject], *parts: Attribute | Group | Reference) -> None:
        self.kind = kind
        self.attributes = {part.name: part for part in parts if isinstance(part, Attribute)}
        self.groups = tuple(part for part in parts if isinstance(part, Group))
        self.references = tuple(part for part in parts if isinstance(part, Reference))
        self._fields = (*(a.field for a in self.attributes.values()), *(g.field for g in self.groups))
        self._names = (*((a.name,) for a in self.attributes.values()), *(g.names for g in self.groups))
        self._values = _getter(self._fields)
        self.is_plain = not self._fields and not self.references
        """Whether the class has no fields or references, so that attributes are copied unchanged."""

    def fields_of(self, attributes: Attributes) -> tuple[dict[str, Any], list[str]]:
        """The fields for constructing an object, and the names of attributes that could not be read."""
        found: dict[str, Any] = {}
        failed: list[str] = []
        for name, value in attributes.items():
            attribute = self.attributes.get(name)
            if attribute is not None:
                try:
                    found[attribute.field] = attribute.read(value)
                except (KeyError, ValueError, ArithmeticError):
                    failed.append(name)
        for group in self.groups:
            if group.names[0] in attributes:
                try:
                    found[group.field] = group.read(attributes)
                except (KeyError, ValueError, ArithmeticError):
                    failed.append(group.names[0])
        return found, failed

    def state(self, scene_object: SemanticObject) -> tuple[Any, ...]:
        """Values of all modelled fields, with ids in place of edges; equal as long as the object was not edited."""
        values: tuple[Any, ...] = self._values(scene_object.__dict__)
        if self.references:
            return values + tuple([self._target(scene_object, reference) for reference in self.references])
        return values

    def written(self, scene_object: SemanticObject, before: tuple[Any, ...]) -> dict[str, str]:
        """The attributes of an object that has changed since the state `before` (empty for a new object)."""
        now = self.state(scene_object)
        attributes = dict(scene_object.mei)
        count = len(self._fields)
        writers: list[Attribute | Group] = [*self.attributes.values(), *self.groups]
        fresh: dict[str, str] = {}
        for index, value in enumerate(now):
            if before and value == before[index]:
                continue
            if index >= count:
                reference = self.references[index - count]
                attributes.pop(reference.name, None)
                if value:
                    fresh[reference.name] = value
                continue
            for name in self._names[index]:
                attributes.pop(name, None)
            if value is not None:
                writer = writers[index]
                fresh.update(
                    {writer.name: writer.write(value)}
                    if isinstance(writer, Attribute)
                    else writer.write(value)
                )
        attributes.update({name: value for name, value in fresh.items() if value != ""})
        return attributes

    @staticmethod
    def _target(scene_object: SemanticObject, reference: Reference) -> str | None:
        """Attribute value of a reference; `None` if the position is given by a beat."""
        value = scene_object.__dict__[reference.field]
        if value is None:
            return None
        if reference.is_many:
            if reference.to_staves:
                return " ".join([staff.n for staff in value]) or None
            return " ".join([f"#{found.id}" for found in value]) or None
        if isinstance(value, Staff):
            return value.n
        if isinstance(scene_object, ControlEvent) and value.id == scene_object.__dict__.get(
            f"{reference.field}_id"
        ):
            return None
        return f"#{value.id}"


def _getter(fields: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if not fields:
        return lambda values: ()
    if len(fields) == 1:
        name = fields[0]
        return lambda values: (values[name],)
    return operator.itemgetter(*fields)
