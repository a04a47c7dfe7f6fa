"""Facts about pieces that data sets state: key and instrumentation."""

from __future__ import annotations

import re

from smashcima.scene.semantic import Instrument, KeySignature, Note, Part, Score, SemanticObject

_FIFTHS = (
    *("C-flat", "G-flat", "D-flat", "A-flat", "E-flat", "B-flat", "F", "C", "G", "D", "A", "E", "B"),
    *("F-sharp", "C-sharp", "G-sharp", "D-sharp", "A-sharp"),
)
_MAJOR, _MINOR = _FIFTHS[:-3], _FIFTHS[3:]
"""Tonics of the keys from seven flats to seven sharps; that of a minor key is three fifths above that of its major key."""

_MOST_FIFTHS = 7
_SIGNS = {"-sharp": 1, "-flat": -1}

_PIANO = re.compile(
    r"\b(piano|pianoforte|forte-?piano|klavier|hammerklavier|pno|pf|pfte|klav)\b", re.IGNORECASE
)
_PIANO_PROGRAMS = range(8)
"""Programs of General MIDI, from 0."""


def key_name(score: Score) -> str | None:
    """The key at the start of a score, as IMSLP writes it: `B-flat major`; `None` if it is unknown.

    The mode is that of the source. Without one, the last bass note decides: it is the tonic of a major or a minor key with
    this signature, or the key is unknown.
    """
    signature = _first_signature(score)
    # Many formats write no signature for C major and A minor.
    fifths, mode = (signature.fifths, signature.mode) if signature is not None else (0, None)
    if fifths is None or abs(fifths) > _MOST_FIFTHS or (signature is not None and signature.is_free):
        return None
    major, minor = _MAJOR[fifths + _MOST_FIFTHS], _MINOR[fifths + _MOST_FIFTHS]
    if mode is not None:
        return {"major": f"{major} major", "minor": f"{minor} minor"}.get(mode)
    last = _last_bass(score)
    return f"{major} major" if last == major else f"{minor} minor" if last == minor else None


def instrumentation(score: Score) -> str | None:
    """The instruments of a score: names of the parts, each once, in lower case; `None` if no part has a name.

    A nameless part is a piano if `is_piano` says so.
    """
    names = []
    for part in score.parts:
        name = " ".join(part.name.split()).lower()
        if _PIANO.search(name) or (not name and is_piano(part)):
            name = "piano"
        if name and name not in names:
            names.append(name)
    return ", ".join(names) or None


def is_piano(part: Part) -> bool:
    """Whether a part is for piano: by its name, or else by its MIDI instrument; two nameless staves are."""
    if part.name:
        return _PIANO.search(part.name) is not None
    program = _program(part)
    return len(part.staves) == 2 if program is None else program in _PIANO_PROGRAMS


def objection_to_two_hands(music: Score) -> str | None:
    """Why music is not for two hands at a piano: one part of two staves; `None` if it is."""
    if len(music.parts) != 1:
        return f"{len(music.parts)} parts"
    (part,) = music.parts
    if not is_piano(part):
        return "not a piano"
    return None if len(part.staves) == 2 else f"{len(part.staves)} staves"


def _first_signature(score: Score) -> KeySignature | None:
    """The key signature of the first staff that sounds as written, or of the whole score."""
    definition = score.definition
    own = [staff.key_signature for staff in score.staves if not staff.transposition_semitones]
    found = next((signature for signature in own if signature is not None), None)
    return found or (definition.key_signature if definition is not None else None)


def _last_bass(score: Score) -> str | None:
    """Name of the lowest sounding note of the last measure with notes, the latest of several."""
    for measure in reversed(score.measures):
        pitches = [
            note.sounding_pitch for note in measure.descendants(Note) if note.sounding_pitch is not None
        ]
        if pitches:
            lowest = min(pitches, key=lambda pitch: pitch.midi)
            sign = next((name for name, alter in _SIGNS.items() if alter == lowest.alter), "")
            return f"{lowest.step.name}{sign}"
    return None


def _program(part: Part) -> int | None:
    holder: SemanticObject | None = part.staves[0] if part.staves else None
    while holder is not None:
        for instrument in holder.children_of(Instrument):
            number = instrument.mei.get("midi.instrnum", "")
            if number.isdigit():
                return int(number)
        parent = holder.parent
        holder = parent if isinstance(parent, SemanticObject) else None
    return None
