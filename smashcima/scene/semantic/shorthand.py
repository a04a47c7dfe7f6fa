"""Short functions that make notes, chords and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from smashcima.errors import SettingsError
from smashcima.scene.semantic.clef import Clef, ClefShape
from smashcima.scene.semantic.duration import Duration
from smashcima.scene.semantic.groups import Beam, Tuplet
from smashcima.scene.semantic.key_signature import KeyAccidental, KeySignature
from smashcima.scene.semantic.lyrics import Syllable, SyllableConnector, SyllablePosition, Verse
from smashcima.scene.semantic.note import Chord, MeasureRest, Note, Rest
from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS
from smashcima.scene.semantic.pitch import Pitch
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSymbol

CLEFS: Mapping[str, tuple[ClefShape, int | None, int]] = {
    "treble": (ClefShape.G, 2, 0),
    "bass": (ClefShape.F, 4, 0),
    "alto": (ClefShape.C, 3, 0),
    "tenor": (ClefShape.C, 4, 0),
    "soprano": (ClefShape.C, 1, 0),
    "treble 8 below": (ClefShape.G, 2, -1),
    "bass 8 below": (ClefShape.F, 4, -1),
    "percussion": (ClefShape.PERCUSSION, None, 0),
}
"""Clefs by name: shape, line, octave shift."""


def clef(name: str) -> Clef:
    """Makes a clef from its name in `CLEFS`."""
    if name not in CLEFS:
        raise SettingsError(f"{name!r} is not a clef; choose from {', '.join(CLEFS)}.")
    shape, line, octaves = CLEFS[name]
    return Clef(shape, line, octaves)


def time_signature(text: str) -> TimeSignature:
    """Makes a time signature from `3/4`, `3+2/8`, `3`, `common` or `cut`. Any numbers are allowed, such as `9/0`."""
    if text == "common":
        return TimeSignature("4", 4, TimeSymbol.COMMON)
    if text == "cut":
        return TimeSignature("2", 2, TimeSymbol.CUT)
    count, slash, unit = text.partition("/")
    if not re.fullmatch(r"\d+(\+\d+)*", count) or bool(slash) is not unit.isdecimal():
        raise SettingsError(
            f"{text!r} is not a time signature; write one such as '3/4', '3+2/8', '3', 'common' or 'cut'."
        )
    return TimeSignature(count, int(unit) if slash else None)


def key_signature(*signs: tuple[str, int]) -> KeySignature:
    """Makes a key signature of explicit accidentals, from left to right.

    Each is a pair of an accidental (`s`, `f`, `n`, `x`, ...) and a staff position: `key_signature(("f", 0), ("s", 1))`
    has a flat on the middle line and a sharp in the space above it.
    """
    for accidental, _ in signs:
        if accidental not in ACCIDENTAL_ALTERS:
            names = ", ".join(ACCIDENTAL_ALTERS)
            raise SettingsError(f"{accidental!r} is not an accidental; choose from {names}.")
    return KeySignature(
        None,
        children=[KeyAccidental(kind=accidental, staff_position=position) for accidental, position in signs],
    )


def note(
    pitch: str | Pitch | None,
    duration: str | Duration,
    lyric: str | None = None,
    *,
    staff_position: int | None = None,
) -> Note:
    """Makes a note: `note("Bb4", "quarter.")`; a lyric that ends in `-` continues in the next syllable.

    `note(None, "quarter", staff_position=-2)` has no pitch, and is one line below the middle line.
    """
    if pitch is None and staff_position is None:
        raise SettingsError("A note requires a pitch or a staff position.")
    made = Note(
        None if pitch is None else _pitch(pitch), staff_position=staff_position, duration=_duration(duration)
    )
    if lyric is not None:
        add_lyrics([made], lyric)
    return made


def chord(notes: Iterable[str | Pitch | int], duration: str | Duration) -> Chord:
    """Makes a chord of several pitches; a number is the staff position of a note without a pitch."""
    made = [Note(staff_position=given) if isinstance(given, int) else Note(_pitch(given)) for given in notes]
    return Chord(children=list(made), duration=_duration(duration))


def rest(duration: str | Duration | None = None) -> Rest | MeasureRest:
    """Makes a rest; without a duration, one that fills its measure."""
    return MeasureRest() if duration is None else Rest(duration=_duration(duration))


def beam(*events: SemanticObject) -> Beam:
    """Groups events under one beam."""
    return Beam(children=list(events))


def tuplet(*events: SemanticObject, count: int = 3, base: int = 2) -> Tuplet:
    """Makes a tuplet with the ratio `count` (actual) to `base` (normal)."""
    return Tuplet(count, base, children=list(events))


def add_lyrics(events: Sequence[Note | Chord], text: str, verse: int = 1) -> None:
    """Adds lyrics, one syllable per note: `add_lyrics(notes, "Lied- chen klin- gen")`; `_` skips a note."""
    syllables = text.split()
    if len(syllables) > len(events):
        raise SettingsError(
            f"There are more syllables ({len(syllables)} in {text!r}) than notes ({len(events)})."
        )
    in_word = False
    for event, syllable in zip(events, syllables, strict=False):
        if syllable == "_":
            continue
        goes_on = syllable.endswith("-") and len(syllable) > 1
        if in_word:
            position = SyllablePosition.MIDDLE if goes_on else SyllablePosition.TERMINAL
        else:
            position = SyllablePosition.INITIAL if goes_on else SyllablePosition.SINGLE
        connector = SyllableConnector.HYPHEN if goes_on else SyllableConnector.SPACE
        made = Syllable(position, connector, children=[syllable.removesuffix("-") if goes_on else syllable])
        event.children.append(Verse(str(verse), children=[made]))
        in_word = goes_on


def _pitch(pitch: str | Pitch) -> Pitch:
    return pitch if isinstance(pitch, Pitch) else Pitch.parse(pitch)


def _duration(duration: str | Duration) -> Duration:
    return duration if isinstance(duration, Duration) else Duration.parse(duration)
