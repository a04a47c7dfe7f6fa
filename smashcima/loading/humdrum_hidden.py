"""Hidden notes of Humdrum chords, which Verovio drops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from smashcima.loading.xml import local_name, parse_xml

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_HIDDEN = "yy"

_PITCH = re.compile(r"([a-g]+|[A-G]+)(#+|-+|n)?")
_ALTERS = {"#": "s", "##": "ss", "-": "f", "--": "ff"}


def with_hidden_members(mei: str, text: str) -> str:
    """Returns MEI imported from Humdrum with the hidden notes of chords, which are not drawn.

    Verovio 6.4.1 keeps a hidden note and a hidden chord, but of a chord with hidden and visible notes only the visible
    ones. It also hides the beam of such a chord, which is made visible.
    """
    tokens = list(_tokens(text))
    if not tokens:
        return mei
    root = parse_xml(mei, "the imported MEI")
    by_id = {element.get(_XML_ID): element for element in root.iter("*") if _XML_ID in element.attrib}
    is_changed = False
    for place, members in tokens:
        chord = by_id.get(f"chord-{place}")
        if chord is None:
            continue
        for number, member in enumerate(members, 1):
            own = f"note-{place}S{number}"
            if _HIDDEN in member and own not in by_id:
                made = _note(member, own, chord.tag)
                if made is not None:
                    chord.insert(_position(chord, place, number), made)
                    is_changed = True
        for beam in chord.iterancestors():
            if local_name(beam) == "beam" and beam.get("color") == "transparent":
                del beam.attrib["color"]
                beam.attrib.pop("type", "")
                is_changed = True
    return etree.tostring(root, encoding="unicode") if is_changed else mei


def _tokens(text: str) -> Iterator[tuple[str, list[str]]]:
    """Chords with hidden and visible notes: their place as in the ids of the importer, and the parts of the token."""
    if _HIDDEN not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if _HIDDEN in line and not line.startswith(("!", "*", "=")):
            for column, token in enumerate(line.rstrip("\r").split("\t"), 1):
                members = token.split(" ")
                hidden = sum(_HIDDEN in member for member in members)
                if 0 < hidden < len(members):
                    yield f"L{number}F{column}", members


def _position(chord: etree._Element, place: str, number: int) -> int:
    """Where a note belongs among those of its chord, which are in the order of the token."""
    before = {f"note-{place}S{other}" for other in range(1, number)}
    return max((index + 1 for index, note in enumerate(chord) if note.get(_XML_ID) in before), default=0)


def _note(member: str, identity: str, chord_tag: str) -> etree._Element | None:
    """A hidden note of the pitch of a token; `None` if it names none."""
    found = _PITCH.search(member)
    if found is None:
        return None
    letters, sign = found[1], found[2] or ""
    octave = 3 + len(letters) if letters.islower() else 4 - len(letters)
    note = etree.Element(chord_tag.replace("chord", "note"))
    note.set(_XML_ID, identity)
    note.set("oct", str(octave))
    note.set("pname", letters[0].lower())
    note.set("accid.ges", _ALTERS.get(sign, "n"))
    note.set("visible", "false")
    return note
