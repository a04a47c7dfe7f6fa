"""Chord symbols and figured bass."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.scene.semantic import FiguredBass, Harmony

_CHORD = re.compile(
    r"(?P<root>[A-G])(?P<alter>[#♯b♭]{0,2})(?P<kind>[^/]*)(?:/(?P<bass>[A-G])(?P<bassalter>[#♯b♭]{0,2}))?\Z"
)
_FIGURE = re.compile(r"(?P<prefix>[#♯b♭n♮+]*)(?P<number>\d*)(?P<suffix>[#♯b♭n♮+\\/\u0338\u20e5]*)\Z")

_KINDS = {
    "": "major", "maj": "major", "M": "major", "m": "minor", "min": "minor", "-": "minor", "+": "augmented",
    "aug": "augmented", "dim": "diminished", "°": "diminished", "o": "diminished", "7": "dominant", "maj7": "major-seventh",
    "M7": "major-seventh", "ma7": "major-seventh", "Δ": "major-seventh", "Δ7": "major-seventh", "m7": "minor-seventh",
    "min7": "minor-seventh", "-7": "minor-seventh", "dim7": "diminished-seventh", "°7": "diminished-seventh",
    "o7": "diminished-seventh", "+7": "augmented-seventh", "aug7": "augmented-seventh", "7+": "augmented-seventh",
    "m7b5": "half-diminished", "m7♭5": "half-diminished", "ø": "half-diminished", "ø7": "half-diminished",
    "mM7": "major-minor", "m(maj7)": "major-minor", "6": "major-sixth", "m6": "minor-sixth", "min6": "minor-sixth",
    "9": "dominant-ninth", "maj9": "major-ninth", "M9": "major-ninth", "m9": "minor-ninth", "11": "dominant-11th",
    "maj11": "major-11th", "m11": "minor-11th", "13": "dominant-13th", "maj13": "major-13th", "m13": "minor-13th",
    "sus2": "suspended-second", "sus4": "suspended-fourth", "sus": "suspended-fourth", "5": "power",
}  # fmt: skip
"""Suffixes of chord symbols and their kinds in MusicXML."""

_ALTERS = {"#": 1, "♯": 1, "b": -1, "♭": -1}
_SIGNS = {"#": "sharp", "♯": "sharp", "b": "flat", "♭": "flat", "n": "natural", "♮": "natural", "+": "plus",
          "/": "slash", "\\": "backslash", "\u0338": "slash", "\u20e5": "backslash"}  # fmt: skip


def write_harmony(parent: ET.Element, mark: Harmony, staff: int | None, offset: int, shared: Shared) -> bool:
    """Adds a chord symbol or figures; returns whether MusicXML can express the text."""
    bass = mark.figured_bass
    if bass is not None:
        return _figures(parent, mark, bass, shared)
    text = "".join(mark.text.split())
    found = _CHORD.match(text)
    if found is None and text.upper().replace(".", "") not in ("NC",):
        return False
    harmony = shared.name(add(parent, "harmony", placement="below" if mark.place == "below" else None), mark)
    if found is None:
        add(add(harmony, "root"), "root-step", "C", text_="")
        add(harmony, "kind", "none", text_=text)
    else:
        _pitch(add(harmony, "root"), "root", found["root"], found["alter"])
        kind = found["kind"]
        add(
            harmony,
            "kind",
            _KINDS.get(kind.strip("()") if kind not in _KINDS else kind, "other"),
            text_=kind or None,
        )
        if found["bass"]:
            _pitch(add(harmony, "bass"), "bass", found["bass"], found["bassalter"])
    if offset:
        add(harmony, "offset", offset)
    if staff is not None:
        add(harmony, "staff", staff)
    return True


def _pitch(parent: ET.Element, name: str, step: str, alter: str) -> None:
    add(parent, f"{name}-step", step)
    if alter:
        add(parent, f"{name}-alter", sum(_ALTERS[sign] for sign in alter))


def _figures(parent: ET.Element, mark: Harmony, bass: FiguredBass, shared: Shared) -> bool:
    texts = ["".join(figure.text.split()) for figure in bass.figures]
    in_parentheses = bool(texts) and all(text.startswith("(") and text.endswith(")") for text in texts)
    found = [_FIGURE.match(text.strip("()")) for text in texts]
    if not found or not all(found):
        return False
    made = add(parent, "figured-bass", parentheses="yes" if in_parentheses else None)
    shared.name(made, mark)
    for parts in found:
        assert parts is not None
        figure = add(made, "figure")
        number, prefix, suffix = parts["number"], parts["prefix"], parts["suffix"]
        if prefix:
            add(figure, "prefix", _SIGNS[prefix[0]])
        if number:
            add(figure, "figure-number", number)
        if suffix:
            add(figure, "suffix", _SIGNS[suffix[0]])
    return True
