"""Writing of `Score` to MEI."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import smashcima.scene.semantic as s
from smashcima.mei import header, lexical
from smashcima.mei.attribute_forms import as_attributes
from smashcima.mei.schema import codec_of
from smashcima.mei.staff_lines import StaffLines
from smashcima.scene.semantic.known_music import known_music

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WITH_LINES = frozenset({"scoreDef", "staffDef", "staff"})
"""Elements that may change the number of staff lines, and thus the reference of `@loc`."""

_SPECIAL = re.compile(r'[&<>"\n\t\r]')
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def write_mei(score: s.Score, *, attributes_as_elements: bool = True) -> str:
    """Writes a score as MEI, with an XML declaration of UTF-8.

    Content read from MEI and not edited is written unchanged, in its original place. Marks that refer to events removed
    from the score are not written. Objects without an id get one (`Score.assign_ids`).

    Accidentals, articulations, clefs, key and time signatures that the source wrote as attributes of other elements are
    written as elements, because only elements have the ids by which their primitives are identified;
    `attributes_as_elements=False` keeps the form of the source.
    """

    def write() -> str:
        score.assign_ids()
        return _Writer(score, attributes_as_elements).write()

    known = known_music(score)
    return write() if known is None else known.text(score, ("mei", attributes_as_elements), write)


def write_mei_part(score: s.Score, children: Mapping[s.SemanticObject, Sequence[Any]]) -> str:
    """Writes a part of a score as MEI, in the form of `write_mei`.

    Args:
        score: the score, all objects of which have ids.
        children: what is written instead of the children of the score, and of its sections and other containers.
    """
    return _Writer(score, True, children).write()


def _escaped(text: str) -> str:
    if _SPECIAL.search(text) is not None:
        text = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    return _NOT_XML.sub("", text)


class _Writer:
    """State of writing one document."""

    def __init__(
        self,
        score: s.Score,
        attributes_as_elements: bool,
        chosen: Mapping[s.SemanticObject, Sequence[Any]] = MappingProxyType({}),
    ) -> None:
        self._score = score
        self._expands = attributes_as_elements
        self._chosen = chosen
        """What is written instead of the children of some objects."""
        self._out: list[str] = []
        self._values: dict[str, str] = {}
        self._altered: dict[s.MeasureStaff, set[s.Step]] = {}
        """Steps altered by the key signature or accidentals, by measure and staff."""
        self._lines = StaffLines()

    def write(self) -> str:
        score = self._score
        about = header.About(score.title, score.composer, score.lyricist)
        prolog = score.prolog
        if prolog:
            prolog = header.written(prolog, score.__dict__.get("_header", about), about)
        else:
            prolog = header.new_prolog(about)
        self._write(score, "\n")
        return f"{_DECLARATION}{prolog}{''.join(self._out).lstrip()}{score.epilog or header.NEW_EPILOG}"

    def _write(self, found: s.SemanticObject, indent: str | None) -> None:
        """Writes an object on a separate line, or inline in text if `indent` is `None`."""
        own = found.__dict__
        out = self._out
        tag = own.get("tag") or found.tag
        if tag in _WITH_LINES:
            self._lines.enter(tag, own.get("n") or "", own.get("lines"))
        attributes = self._attributes(found)
        children: Sequence[Any] = self._chosen.get(found, own["children"])
        if not self._expands and children:
            children, extra = self._without_attribute_forms(children)
            if extra:
                attributes = {**attributes, **extra}
        values = self._values
        parts = (
            [f'<{tag} xml:id="{own["id"]}"'] if indent is None else [f'{indent}<{tag} xml:id="{own["id"]}"']
        )
        for name, value in attributes.items():
            written = values.get(value)
            if written is None:
                written = values[value] = _escaped(value)
            parts.append(f' {name}="{written}"')
        if not children:
            parts.append("/>")
            out.append("".join(parts))
            return
        parts.append(">")
        out.append("".join(parts))
        inner = None if indent is None or _has_text(children) else indent + "  "
        for child in children:
            if isinstance(child, s.SemanticObject):
                if not isinstance(child, s.ControlEvent) or self._is_attached(child):
                    self._write(child, inner)
            elif isinstance(child, str):
                out.append(
                    _escaped(child).replace("&#10;", "\n").replace("&#9;", "\t").replace("&quot;", '"')
                )
            elif isinstance(child, s.Comment):
                out.append(f"{inner or ''}<!--{child.text}-->")
            else:
                out.append(f"{inner or ''}<?{child.target} {child.text}?>")
        out.append(f"{indent}</{tag}>" if inner is not None else f"</{tag}>")

    def _attributes(self, found: s.SemanticObject) -> dict[str, str]:
        codec = codec_of(found)
        if codec.is_plain:
            return found.mei
        own = found.__dict__
        before = own.get("_as_read")
        if before is not None and codec.state(found) == before:
            written: dict[str, str] = found.mei
        else:
            written = codec.written(found, before or ())
            if isinstance(found, s.Note) and found.pitch is not None:
                if "accid.ges" in written and self._is_alter_plain(found):
                    del written["accid.ges"]
                kinds = lexical.with_exact_alter(written.pop("type", ""), found.pitch.alter)
                if kinds:
                    written["type"] = kinds
        if own.get("staff_position") is not None and "loc" in written:
            location = str(own["staff_position"] + self._lines.middle(_other_staff(found)))
            if written["loc"] != location:  # also if the number of staff lines has changed
                written = {**written, "loc": location}
        if isinstance(found, s.ControlEvent) and "plist" in written:
            gone = {f"#{event.id}" for event in found.events if self._score.by_id(event.id) is not event}
            if gone:
                left = [name for name in written["plist"].split() if name not in gone]
                written = {**written, "plist": " ".join(left)}
        return written

    def _is_alter_plain(self, note: s.Note) -> bool:
        """Whether the alteration of a note is implied by its accidental, or nothing in the measure alters its step."""
        pitch = note.pitch
        accidental = note.accidental
        if pitch is None or accidental is not None:
            return pitch is None or accidental is None or accidental.alter == pitch.alter
        holder = note.ancestor(s.MeasureStaff)
        if pitch.alter or holder is None:
            return False
        if holder not in self._altered:
            altered = set(holder.key_signature.alters) if holder.key_signature is not None else set()
            for other in holder.descendants(s.Note):
                if other.pitch is not None and other.accidental is not None:
                    altered.add(other.pitch.step)
            self._altered[holder] = altered
        return pitch.step not in self._altered[holder]

    def _without_attribute_forms(self, children: Sequence[Any]) -> tuple[list[Any], dict[str, str]]:
        """The children except those that the source wrote as attributes, and these attributes."""
        kept: list[Any] = []
        extra: dict[str, str] = {}
        for child in children:
            if isinstance(child, s.SemanticObject) and child.__dict__.get("attribute_form") is not None:
                codec = codec_of(child)
                is_changed = codec.state(child) != child.__dict__.get("_as_read")
                extra.update(as_attributes(child, self._attributes(child), is_changed))
            else:
                kept.append(child)
        return kept, extra

    def _is_attached(self, mark: s.ControlEvent) -> bool:
        """Whether the events referenced by a mark are still in the score."""
        by_id = self._score.by_id
        own = mark.__dict__
        for name in ("start", "end"):
            event = own[name]
            if event is not None and by_id(event.id) is not event and event.id != own[f"{name}_id"]:
                return False
        return True


def _other_staff(found: s.SemanticObject) -> str | None:
    """Number of the staff to which a note or its chord crosses; `None` if it does not cross."""
    if not isinstance(found, s.Event):
        return None
    crossing = found.cross_staff
    if crossing is None and isinstance(found, s.Note) and found.chord is not None:
        crossing = found.chord.cross_staff
    return None if crossing is None else crossing.n


def _has_text(children: Sequence[Any]) -> bool:
    return any(isinstance(child, str) for child in children)
