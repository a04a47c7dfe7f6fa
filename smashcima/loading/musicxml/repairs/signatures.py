"""Restoration of MusicXML key and time signatures that Verovio does not import, or imports in part.

A time signature with a zero crashes Verovio's process (SIGFPE), so it is replaced by a valid one during the import. The
octaves of the signs of a non-traditional key are not imported by Verovio, nor are signs such as `flat-1`, and alterations
other than whole and half semitones; it confuses `slash-sharp` and `slash-quarter-sharp`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lxml import etree

from smashcima.loading.musicxml.accidental_names import CLEAR_ACCIDENTALS, Sign, sign_of
from smashcima.loading.musicxml.mei_signatures import key_signs
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import integer, numbered_parts
from smashcima.loading.musicxml.validation import LARGEST_BEATS

_MEI = "{http://www.music-encoding.org/ns/mei}"


class HiddenTime(NamedTuple):
    """Original numbers of a time signature that was replaced during the import."""

    beats: str
    beat_type: str


class KeepOddTimes(Repair):
    """Replaces unsupported time signatures by valid ones during the import."""

    def __init__(self) -> None:
        self._hidden: dict[str, HiddenTime] = {}

    def prepare(self, source: MusicXmlSource) -> None:
        stand_ins: dict[HiddenTime, str] = {}
        for time in source.root.iter("time"):
            for beats, beat_type in zip(time.iterfind("beats"), time.iterfind("beat-type"), strict=False):
                found = HiddenTime((beats.text or "").strip(), (beat_type.text or "").strip())
                if _is_odd(found):
                    # Numbers above those that are imported unchanged are unique placeholders.
                    beats.text = stand_ins.setdefault(found, str(LARGEST_BEATS + 1 + len(stand_ins)))
                    beat_type.text = "4"
        if stand_ins:
            source.change()
        self._hidden = {stand_in: found for found, stand_in in stand_ins.items()}

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._hidden:
            return
        for signature in result.root.iter(f"{_MEI}meterSig"):
            time = self._hidden.get(signature.get("count", ""))
            if time is not None:
                signature.set("count", time.beats)
                signature.set("unit", time.beat_type)
                result.change()


def _is_odd(time: HiddenTime) -> bool:
    numbers = [
        int(number) for number in (*time.beats.split("+"), time.beat_type) if number.strip().isdecimal()
    ]
    return not any(numbers[:-1]) or not numbers[-1] or max(numbers) > LARGEST_BEATS


class RestoreKeySigns(Repair):
    """Restores the octaves and the unusual signs of non-traditional keys.

    The keys of a staff are matched in order, if their numbers agree.
    """

    def __init__(self) -> None:
        self._signs: dict[etree._Element, list[Sign | None]] = {}
        """The signs of the keys that Verovio reads wrongly."""

    def prepare(self, source: MusicXmlSource) -> None:
        for key in source.root.iter("key"):
            signs = key_signs(key)
            if all(_is_sign_read(*sign) for sign in signs):
                continue
            self._signs[key] = [sign_of(*sign) for sign in signs]
            source.change()
            for element in key.iterchildren("key-alter", "key-accidental"):
                # Read without a complaint, and replaced afterwards.
                element.text = "0" if element.tag == "key-alter" else "natural"

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._signs and next(source.root.iter("key-octave"), None) is None:
            return
        for number, keys in _free_keys(source.root).items():
            signatures = [
                key for key in _keys_of_staff(result.root, number) if key.find(f"{_MEI}keyAccid") is not None
            ]
            if len(signatures) != len(keys):
                continue
            for signature, key in zip(signatures, keys, strict=True):
                for made, sign in zip(
                    signature.iterfind(f"{_MEI}keyAccid"), self._signs.get(key, []), strict=False
                ):
                    if sign is not None:
                        sign.write(made)
                        result.change()
                if _set_octaves(signature, key):
                    result.change()


def _is_sign_read(name: str | None, smufl: str | None, alter: Fraction | None) -> bool:
    if name or smufl:
        return name in CLEAR_ACCIDENTALS and not smufl
    return alter is not None and abs(alter) <= 2 and (alter * 2).denominator == 1


def _free_keys(musicxml: etree._Element) -> dict[int, list[etree._Element]]:
    """The non-traditional keys of each staff of the score, by staff number."""
    found: dict[int, list[etree._Element]] = {}
    for staves in numbered_parts(musicxml):
        for key in staves.part.iterfind("measure/attributes/key"):
            if key.find("key-step") is not None:
                for number in staves.numbers(key):
                    found.setdefault(number, []).append(key)
    return found


def _keys_of_staff(mei: etree._Element, number: int) -> Iterator[etree._Element]:
    for key in mei.iter(f"{_MEI}keySig"):
        holder = next(key.iterancestors(f"{_MEI}staffDef", f"{_MEI}staff", f"{_MEI}scoreDef"), None)
        if holder is not None and holder.get("n", str(number)) == str(number):
            yield key


def _set_octaves(signature: etree._Element, key: etree._Element) -> bool:
    signs = signature.findall(f"{_MEI}keyAccid")
    changed = False
    for octave in key.iterfind("key-octave"):
        index = integer(octave.get("number"), 1) - 1
        if octave.get("cancel") != "yes" and 0 <= index < len(signs):
            signs[index].set("oct", (octave.text or "").strip())
            changed = True
    return changed
