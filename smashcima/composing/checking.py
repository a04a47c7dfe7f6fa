"""Which conditions a score meets, found by reading the score."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from smashcima.composing.conditions import Conditions
from smashcima.composing.elements import ELEMENTS, element_numbers
from smashcima.composing.ensembles import Ensemble
from smashcima.composing.theory import Key, Metre
from smashcima.errors import Issue
from smashcima.scene.semantic import Definition, Measure, Note, Pitch, Score, Syllable, Tempo, TimeSignature

T = TypeVar("T")

TOLERANCE = 0.1
"""Relative difference from a wanted share that is allowed."""


def unmet_conditions(score: Score, conditions: Conditions) -> Iterator[Issue]:
    """Issues that name the conditions (without distributions) that a score does not meet.

    Texture, density, style, genre and form are not found in the score; composers follow them.
    """
    for name, said in _SAID.items():
        wanted = getattr(conditions, name)
        if wanted is not None:
            what = said(score, wanted, conditions)
            if what is not None:
                yield Issue("conditions", name, what)
    if conditions.shares:
        yield from _unmet_shares(score, conditions)


def _unmet_shares(score: Score, conditions: Conditions) -> Iterator[Issue]:
    numbers = element_numbers(score)
    for element, share in conditions.shares.items():
        assert isinstance(share, int | float)
        count, base = numbers[element]
        wanted = share * base
        more = ELEMENTS[element].group - 1
        least = min(math.floor(wanted) - more, (1 - TOLERANCE) * wanted)
        most = max(math.ceil(wanted) + more, (1 + TOLERANCE) * wanted)
        if not least <= count <= most:
            per = ELEMENTS[element].per
            yield Issue(
                "conditions",
                f"shares: {element}",
                f"{share:g} per {per} wanted, {count / base if base else 0:.3g} written ({count} of {wanted:.0f})",
            )


def _key(score: Score, wanted: str, conditions: Conditions) -> str | None:
    key = Key.parse(wanted)
    found = _at_start(score, lambda definition: definition.key_signature)
    mode = "minor" if key.is_minor else "major"
    if found is None or found.fifths != key.fifths or found.mode != mode:
        return f"{key.name} wanted, written with {found.fifths if found else None} sharps"
    return None


def _at_start(score: Score, signature: Callable[[Definition], T | None]) -> T | None:
    """A signature of the score, or of its first staff that sounds as it is written."""
    staves = (staff for staff in score.staves if not (staff.transposition_semitones or 0) % 12)
    for definition in (score.definition, *staves):
        found = signature(definition) if definition is not None else None
        if found is not None:
            return found
    return None


def _metre(score: Score, wanted: str, conditions: Conditions) -> str | None:
    metre = Metre.parse(wanted)
    found = _at_start(score, lambda definition: definition.time_signature)
    numbers = found.numbers if isinstance(found, TimeSignature) else None
    return None if numbers == (str(metre.count), metre.unit) else f"{wanted} wanted, {numbers} written"


def _tempo(score: Score, wanted: str, conditions: Conditions) -> str | None:
    found = [mark.text for mark in score.marks() if isinstance(mark, Tempo) and mark.text]
    if wanted and wanted not in found:
        return f"{wanted!r} wanted, {found} written"
    return f"no tempo wanted, {found} written" if not wanted and found else None


def _bpm(score: Score, wanted: int, conditions: Conditions) -> str | None:
    found = [mark.bpm for mark in score.marks() if isinstance(mark, Tempo)]
    return None if wanted in found else f"{wanted} wanted, {found} written"


def _ensemble(score: Score, wanted: str | tuple[str, ...], conditions: Conditions) -> str | None:
    labels = list(Ensemble.of(wanted).labels)
    found = [part.name for part in score.parts]
    return None if found == labels else f"{labels} wanted, {found} written"


def _staves(score: Score, wanted: int, conditions: Conditions) -> str | None:
    found = len(score.staves)
    return None if found == wanted else f"{wanted} wanted, {found} written"


def _measures(score: Score, wanted: int, conditions: Conditions) -> str | None:
    found = sum(not is_pickup(measure) for measure in score.measures)
    return None if found == wanted else f"{wanted} wanted, {found} written"


def is_pickup(measure: Measure) -> bool:
    """Whether a measure is a pickup, which has the number 0."""
    return measure.n == "0"


def _pickup(score: Score, wanted: bool, conditions: Conditions) -> str | None:
    found = any(is_pickup(measure) for measure in score.measures)
    return None if found == wanted else f"{wanted} wanted, {found} written"


def _range(score: Score, wanted: tuple[str, str], conditions: Conditions) -> str | None:
    low, high = (Pitch.parse(text).midi for text in wanted)
    given = conditions.ensemble
    ensemble = Ensemble.of(given) if isinstance(given, str | tuple) else None
    staff = ensemble.first_staff(ensemble.leader) if ensemble is not None else 0
    found = [
        note.sounding_pitch.midi
        for measure in score.measures
        for holder in measure.staves[staff : staff + 1]
        for voice in holder.voices[:1]
        for note in voice.descendants(Note)
        if note.sounding_pitch is not None
    ]
    outside = sum(not low <= each <= high for each in found)
    return f"{outside} notes of the melody are outside of {' to '.join(wanted)}" if outside else None


def _voices(score: Score, wanted: int, conditions: Conditions) -> str | None:
    given = conditions.ensemble
    ensemble = Ensemble.of(given) if isinstance(given, str | tuple) else None
    staff = ensemble.first_staff(ensemble.leader) if ensemble is not None else 0
    found = max(
        (len(holder.voices) for measure in score.measures for holder in measure.staves[staff : staff + 1]),
        default=0,
    )
    return None if found == wanted else f"{wanted} wanted, {found} written"


def _title(score: Score, wanted: str, conditions: Conditions) -> str | None:
    if "{" in wanted or score.title == wanted:
        return None
    return f"{wanted!r} wanted, {score.title!r} written"


def _composer(score: Score, wanted: str, conditions: Conditions) -> str | None:
    if "{" in wanted or score.composer == wanted:
        return None
    return f"{wanted!r} wanted, {score.composer!r} written"


def _lyrics(score: Score, wanted: str, conditions: Conditions) -> str | None:
    found = any(True for _ in score.descendants(Syllable))
    if found == (wanted != "none"):
        return None
    return "there are lyrics" if found else "there are no lyrics"


_SAID: Mapping[str, Callable[..., str | None]] = {
    "key": _key,
    "metre": _metre,
    "tempo": _tempo,
    "bpm": _bpm,
    "ensemble": _ensemble,
    "staves": _staves,
    "measures": _measures,
    "pickup": _pickup,
    "range": _range,
    "voices": _voices,
    "title": _title,
    "composer": _composer,
    "lyrics": _lyrics,
}
"""What is to be said about a condition that is not met."""
