"""Conversion of printed objects that MEI allows as attributes of other elements to separate objects.

`<staffDef clef.shape="G" clef.line="2">` contains a clef, and `<note accid="s" artic="stacc">` an accidental and an
articulation. As separate elements they have ids, by which their primitives are identified.
"""

from __future__ import annotations

from typing import Any

import smashcima.scene.semantic as s
from smashcima.mei.schema import CODECS

_CLEF = {"clef.shape", "clef.line", "clef.dis", "clef.dis.place", "clef.color", "clef.visible"}
_KEY = {
    "keysig": "sig", "key.sig": "sig", "key.mode": "mode", "key.pname": "pname", "key.accid": "accid",
    "keysig.visible": "visible", "keysig.cancelaccid": "cancelaccid",
}  # fmt: skip
_METER = {
    "meter.count": "count",
    "meter.unit": "unit",
    "meter.sym": "sym",
    "meter.form": "form",
    "meter.visible": "visible",
}

Attributes = dict[str, str]


def _taken(attributes: Attributes, names: dict[str, str]) -> tuple[Attributes, s.MeiAttributes]:
    """Removes attributes; returns them under their names as attributes of an element, and under the original names."""
    source = s.MeiAttributes({name: attributes.pop(name) for name in list(attributes) if name in names})
    return {names[name]: value for name, value in source.items()}, source


def _made(kind: Any, names: dict[str, str], attributes: Attributes) -> s.SemanticObject:
    own, source = _taken(attributes, names)
    fields, _ = CODECS[kind].fields_of(own)
    made: s.SemanticObject = kind(mei=s.MeiAttributes(own), attribute_form=source, **fields)
    return made


_CLEF_NAMES = {name: name[5:] for name in _CLEF}


def objects_of_definition(attributes: Attributes) -> list[s.SemanticObject]:
    """Clef, key and time signature from the attributes of a score or staff definition; removes these attributes."""
    found: list[s.SemanticObject] = []
    if "clef.shape" in attributes:
        found.append(_made(s.Clef, _CLEF_NAMES, attributes))
    if "keysig" in attributes or "key.sig" in attributes:
        found.append(_made(s.KeySignature, _KEY, attributes))
    if "meter.count" in attributes or "meter.sym" in attributes:
        found.append(_made(s.TimeSignature, _METER, attributes))
    return found


def objects_of_note(attributes: Attributes) -> list[s.SemanticObject]:
    """Accidental and articulations from the attributes of a note or chord; removes these attributes."""
    found: list[s.SemanticObject] = []
    if "accid" in attributes:
        found.append(_made(s.Accidental, {"accid": "accid"}, attributes))
    if "artic" in attributes:
        found.append(_made(s.Articulation, {"artic": "artic", "artic.place": "place"}, attributes))
    return found


_PREFIX: dict[type, dict[str, str]] = {
    s.Clef: {short: long for long, short in _CLEF_NAMES.items()},
    s.KeySignature: {short: long for long, short in reversed(_KEY.items())},
    s.TimeSignature: {short: long for long, short in _METER.items()},
    s.Accidental: {"accid": "accid"},
    s.Articulation: {"artic": "artic", "place": "artic.place"},
}


def as_attributes(child: s.SemanticObject, attributes: Attributes, is_changed: bool) -> Attributes:
    """The attributes of the parent that represent a child, for a child that the source wrote as attributes."""
    if not is_changed:
        form: Attributes = child.__dict__["attribute_form"]
        return form
    names = _PREFIX[type(child)]
    return {names[name]: value for name, value in attributes.items() if name in names}
