"""Reading of MEI to `Score`."""

from __future__ import annotations

from typing import Any

import smashcima.scene.semantic as s
from smashcima.errors import Issue
from smashcima.mei import header, lexical
from smashcima.mei.attribute_forms import objects_of_definition, objects_of_note
from smashcima.mei.codec import Codec, Reference
from smashcima.mei.document import Document
from smashcima.mei.references import connect
from smashcima.mei.schema import CODEC_OF_TAG, CODECS, EDITORIAL_TAGS, MARK_TAGS, codec_of
from smashcima.mei.staff_lines import StaffLines
from smashcima.scene.semantic.accidentals import fill_alters
from smashcima.scene.semantic.clef_in_force import position_of_pitch
from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS

_TEXT_KINDS = (
    s.TextMark,
    s.Label,
    s.AbbreviatedLabel,
    s.Syllable,
    s.Figure,
    s.TextSpan,
    s.OtherElement,
    s.OtherMark,
)
_BLANKS = " \t\r\n"
"""White space characters of XML, without the no-break space."""

_WITH_LINES = frozenset({"scoreDef", "staffDef", "staff"})
"""Elements that may change the number of staff lines, and thus the reference of `@loc`."""

_NO_TEXT = frozenset(tag for tag, codec in CODEC_OF_TAG.items() if not issubclass(codec.kind, _TEXT_KINDS))
"""Elements in which white space between children is not significant."""


def read_mei(mei: str | bytes) -> tuple[s.Score, list[Issue]]:
    """Reads a score from MEI; returns it with issues for invalid content.

    All content is preserved: elements and attributes unknown to the model are kept and written back by `write_mei`. All
    times, pitches and references are computed (`Score.update`). Only the first of several movements is read.

    Raises:
        MalformedSourceError: the document is not well-formed XML, or has no score.
        UnsafeSourceError: the document declares entities.
    """
    return _Reader().read(mei)


class _Reader:
    """State of reading one document."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, dict[str, str], list[Any]]] = []
        self._objects: dict[str, s.SemanticObject] = {}
        self._references: list[tuple[s.SemanticObject, Reference, str]] = []
        self._staves: dict[str, s.Staff] = {}
        self._unmarked: list[s.Note] = []
        self._coded: list[tuple[s.SemanticObject, Codec]] = []
        self._issues: list[Issue] = []
        self._has_music = False
        self._has_gestural = False
        self._lines = StaffLines()
        self._named_positions: list[tuple[s.SemanticObject, s.Pitch]] = []
        """Objects positioned at the staff position of a pitch (`@ploc`, `@oloc`), with that pitch."""
        self._measure: str | None = None

    def read(self, mei: str | bytes) -> tuple[s.Score, list[Issue]]:
        document = Document(mei)
        children: list[Any] = []
        self._stack.append(("score", {}, children))
        document.parse(self._start, self._end, self._characters, self._comment, self._instruction)
        attributes = document.score_attributes
        about = header.read(document.prolog)
        score = s.Score(
            about.title,
            about.composer,
            about.lyricist,
            id=attributes.pop("xml:id", ""),
            children=children,
            mei=s.MeiAttributes(attributes),
            prolog=document.prolog,
            epilog=document.epilog,
        )
        score.__dict__["_header"] = about
        self._issues += score.assign_ids()
        if document.movements > 1:
            self._issue(
                "mdiv",
                f"only the first of {document.movements} movements is read; the others are kept unchanged",
            )
        connect(self._references, self._objects, self._staves, self._issues)
        self._issues += score.update()
        for placed, pitch in self._named_positions:
            placed.__dict__["staff_position"] = position_of_pitch(placed, pitch)
        if self._unmarked and not self._has_gestural:
            # A document with any performed accidentals has them wherever they are needed.
            fill_alters(score, self._unmarked)
            score.update()
        for found, codec in self._coded:
            found.__dict__["_as_read"] = s.ReadState(codec.state(found))
        return score, self._issues

    # -- events of the parser ------------------------------------------------------------------------------

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "measure":
            self._has_music = True
            self._measure = attributes.get("n")
        elif tag in _WITH_LINES:
            lines = attributes.get("lines", "")
            self._lines.enter(tag, attributes.get("n", ""), int(lines) if lines.isdecimal() else None)
        self._stack.append((tag, attributes, []))

    def _characters(self, text: str) -> None:
        if not text.strip(_BLANKS) and ("\n" in text or self._stack[-1][0] in _NO_TEXT):
            return
        self._stack[-1][2].append(text)

    def _comment(self, text: str) -> None:
        self._stack[-1][2].append(s.Comment(text))

    def _instruction(self, target: str, text: str) -> None:
        self._stack[-1][2].append(s.ProcessingInstruction(target, text))

    def _end(self, _: str) -> None:
        tag, attributes, children = self._stack.pop()
        codec = CODEC_OF_TAG.get(tag)
        id = attributes.pop("xml:id", "")
        if codec is None:
            made = self._other(tag, attributes, id, children)
            codec = codec_of(made)
        else:
            if tag == "staffDef" and (self._has_music or attributes.get("n") in self._staves):
                codec = CODECS[s.StaffChange]
            if tag in ("note", "chord"):
                if "accid" in attributes or "artic" in attributes:
                    children[:0] = self._unnamed(objects_of_note(attributes))
            elif tag == "staffDef":
                children.extend(self._unnamed(objects_of_definition(attributes)))
            elif tag == "scoreDef":
                children[:0] = self._unnamed(objects_of_definition(attributes))
            if codec.is_plain:
                made = codec.kind(id=id, children=children, mei=s.MeiAttributes(attributes))
            else:
                fields, failed = codec.fields_of(attributes)
                for name in failed:
                    self._issue(tag, f"{name}={attributes[name]!r} is not a valid value")
                if "staff_position" in fields:
                    fields["staff_position"] -= self._lines.middle(self._other_staff(attributes))
                if (
                    tag == "keySig"
                    and "sig" not in attributes
                    and any(c.tag == "keyAccid" for c in children if isinstance(c, s.SemanticObject))
                ):
                    fields["fifths"] = None
                made = codec.kind(id=id, children=children, mei=s.MeiAttributes(attributes), **fields)
        self._register(made, codec, tag, attributes)
        self._stack[-1][2].append(made)

    def _register(self, made: s.SemanticObject, codec: Codec, tag: str, attributes: dict[str, str]) -> None:
        if made.id:
            self._objects.setdefault(made.id, made)
        if not codec.is_plain:
            self._coded.append((made, codec))
            for reference in codec.references:
                value = attributes.get(reference.name)
                if value is not None:
                    self._references.append((made, reference, value))
        if "ploc" in attributes and "loc" not in attributes:
            self._read_named_position(made, attributes)
        if tag == "note":
            self._read_alter(made, attributes)
        elif tag in ("staff", "staffDef"):
            n = attributes.get("n", "")
            if isinstance(made, s.Staff):
                self._staves.setdefault(n, made)
            elif n in self._staves:
                made.staff = self._staves[n]
            else:
                self._issue(tag, f"there is no staff {n!r}")

    def _other(self, tag: str, attributes: dict[str, str], id: str, children: list[Any]) -> s.SemanticObject:
        """An object for an element without a class in the model."""
        kind: type[Any] = s.Editorial if tag in EDITORIAL_TAGS else s.OtherElement
        if self._stack[-1][0] == "measure" and (
            tag in MARK_TAGS
            or (kind is s.OtherElement and ("tstamp" in attributes or "startid" in attributes))
        ):
            fields, _ = CODECS[s.OtherMark].fields_of(attributes)
            return s.OtherMark(tag=tag, id=id, children=children, mei=s.MeiAttributes(attributes), **fields)
        made: s.SemanticObject = kind(tag, id=id, children=children, mei=s.MeiAttributes(attributes))
        return made

    def _unnamed(self, made: list[s.SemanticObject]) -> list[s.SemanticObject]:
        self._coded.extend((child, codec_of(child)) for child in made)
        return made

    def _other_staff(self, attributes: dict[str, str]) -> str | None:
        """Number of the staff to which a note or its chord crosses; `None` if it does not cross."""
        crossing = attributes.get("staff")
        if crossing is None and self._stack[-1][0] == "chord":
            crossing = self._stack[-1][1].get("staff")
        return crossing

    def _read_named_position(self, made: s.SemanticObject, attributes: dict[str, str]) -> None:
        if isinstance(made, s.Note | s.Rest | s.MeasureRest | s.Accidental):
            try:
                pitch = lexical.pitch(attributes["ploc"], attributes["oloc"], 0)
            except (KeyError, ValueError):
                self._issue(
                    made.tag,
                    f"ploc={attributes['ploc']!r}, oloc={attributes.get('oloc')!r} is not a valid position",
                )
            else:
                self._named_positions.append((made, pitch))

    def _read_alter(self, note: s.SemanticObject, attributes: dict[str, str]) -> None:
        """Sets the alteration from the note's own attributes and accidentals; `Score.update` derives all others."""
        assert isinstance(note, s.Note)
        pitch = note.pitch
        if pitch is None:
            return
        gestural = attributes.get("accid.ges")
        visible = None
        if note.children:
            for child in note.children_of(s.Accidental):
                gestural = gestural or child.mei.get("accid.ges")
                visible = visible or child.kind
        alter = ACCIDENTAL_ALTERS.get(gestural or visible or "")
        exact = lexical.exact_alter(attributes["type"]) if "type" in attributes else None
        if exact is not None:
            alter = exact
        if gestural or exact is not None:
            self._has_gestural = True
        if alter is None:
            self._unmarked.append(note)
        elif alter:
            # The pitch is a value, not an edge, so it can be set without the scene graph.
            note.__dict__["pitch"] = lexical.pitch(pitch.step.value, str(pitch.octave), alter)

    def _issue(self, element: str, what: str) -> None:
        where = f"measure {self._measure}" if self._measure is not None else "score"
        self._issues.append(Issue(where, element, what))
