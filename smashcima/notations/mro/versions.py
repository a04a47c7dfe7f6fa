"""Conversion of documents between the versions of the format."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from smashcima.errors import ExportError, Issue
from smashcima.notations.mro.bar import MroBar, MroClef
from smashcima.notations.mro.chord import MroChord, MroNote
from smashcima.notations.mro.document import MroDocument
from smashcima.notations.mro.slots import schema_of
from smashcima.notations.mro.stave import MroDynamic
from smashcima.notations.mro.vocabulary import (
    DYNAMICS_OF_VERSION_3100,
    MroClefShape,
    MroEncoding,
    MroNoteShape,
    MroVersion,
)
from smashcima.notations.mro.writing import write_mro

_NEW_SHAPES: dict[type[Any], dict[Any, int]] = {
    MroNote: {MroNoteShape.GRACE: 2000, MroNoteShape.MULTI_BAR_REST: 3100},
    MroDynamic: dict.fromkeys(DYNAMICS_OF_VERSION_3100, 3100),
}
"""Shapes that a version does not have; what has such a shape is left out."""

_DERIVED = ("tupletcount", "tupletID")
"""Slots that say the same in different versions."""

_PLAIN_CLEFS = {
    MroClefShape.TREBLE_UP_8: MroClefShape.TREBLE,
    MroClefShape.TREBLE_DOWN_8: MroClefShape.TREBLE,
}


def with_version(document: MroDocument, version: int) -> tuple[MroDocument, list[Issue]]:
    """A document that has only what a version of the format has, and what was left out or changed, as issues.

    Tuplets are counted in version 1000 and have ids in later versions; each is derived from the other. Version 1000 is
    in ASCII; the encoding of a document with other characters stays.

    Raises:
        ExportError: there is no such version.
    """
    if version not in [int(known) for known in MroVersion]:
        known = ", ".join(str(int(each)) for each in MroVersion)
        raise ExportError(f"There is no version {version!r} of the MRO format. Choose one of {known}.")
    converter = _Converter(version)
    score = converter.convert(document.score)
    header = replace(document.header, version=version, encoding=_encoding_in(document, version))
    issues = [
        Issue(f"version {version}", element, what + (f" ({count} times)" if count > 1 else ""))
        for (element, what), count in converter.lost.items()
    ]
    return replace(document, header=header, score=score), issues


def _encoding_in(document: MroDocument, version: int) -> MroEncoding:
    encoding = document.header.encoding
    if version >= MroVersion.V2000:
        return MroEncoding.ISO88591 if encoding is MroEncoding.ASCII else encoding
    header = replace(document.header, encoding=MroEncoding.ASCII)
    try:
        write_mro(replace(document, header=header))
    except ExportError:
        return encoding
    return MroEncoding.ASCII


class _Converter:
    """Converts structures to a version, and counts what is lost."""

    def __init__(self, version: int) -> None:
        self._version = version
        self.lost: Counter[tuple[str, str]] = Counter()

    def convert(self, structure: Any) -> Any:
        """A structure with everything in it, without what the version lacks."""
        changes: dict[str, Any] = {}
        if isinstance(structure, MroBar):
            structure = replace(structure, chords=_with_tuplets(structure.chords))
        elif (
            isinstance(structure, MroClef)
            and self._version < MroVersion.V2000
            and structure.shape in _PLAIN_CLEFS
        ):
            self.lost["clef.shape", f"{structure.shape.value} written as Treble: new in version 2000"] += 1
            changes["shape"] = _PLAIN_CLEFS[structure.shape]
        for slot in schema_of(type(structure)).slots:
            value = getattr(structure, slot.attribute)
            if value == slot.default:
                continue
            if not slot.since <= self._version <= slot.until:
                changes[slot.attribute] = slot.default
                if slot.name not in _DERIVED:
                    what = f"left out: new in version {slot.since}"
                    self.lost[f"{structure.SLOT_NAME}.{slot.name}", what] += 1
            elif slot.is_array:
                changes[slot.attribute] = self._elements(value)
            elif slot.member is not None:
                changes[slot.attribute] = self.convert(value)
        return replace(structure, **changes) if changes else structure

    def _elements(self, elements: tuple[Any, ...]) -> tuple[Any, ...]:
        kept = []
        for element in elements:
            since = _NEW_SHAPES.get(type(element), {}).get(getattr(element, "shape", None), 0)
            if since > self._version:
                self.lost[element.SLOT_NAME, f"{element.shape.value} left out: new in version {since}"] += 1
                continue
            converted = self.convert(element)
            if isinstance(element, MroChord) and element.notes and not converted.notes:
                continue  # a chord of grace notes, or a multi-bar rest
            kept.append(converted)
        return tuple(kept)


def _with_tuplets(chords: tuple[MroChord, ...]) -> tuple[MroChord, ...]:
    """Chords of a bar whose tuplets have both ids and counts, each derived from the other where it is missing."""
    if all(chord.tuplet_id < 0 and chord.tuplet_count == 0 for chord in chords):
        return chords
    ids: dict[int, int] = {}
    counts: dict[int, int] = {}
    lengths: Counter[int] = Counter()
    latest = max(chord.tuplet_id for chord in chords)
    for index in sorted(range(len(chords)), key=lambda index: chords[index].flag_units.column):
        chord = chords[index]
        if chord.tuplet_id < 0 and chord.tuplet_count == 0:
            continue
        if chord.tuplet_id >= 0:
            ids[index] = chord.tuplet_id
        else:
            latest += chord.tuplet_count == 1 or latest < 0
            ids[index] = latest
        lengths[ids[index]] += 1
        counts[index] = chord.tuplet_count or lengths[ids[index]]
    return tuple(
        replace(chord, tuplet_id=ids[index], tuplet_count=counts[index]) if index in ids else chord
        for index, chord in enumerate(chords)
    )
