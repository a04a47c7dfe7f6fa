"""Validation of MusicXML before import.

Verovio does not validate numbers: a time signature of zero crashes its process with SIGFPE, and a negative duration
yields a score that cannot be laid out. The checks here are cheap and name the part and measure of an error. Other
crashes are contained by the importing process.
"""

from __future__ import annotations

import re

from lxml import etree

from smashcima.errors import MalformedSourceError, UnsafeSourceError
from smashcima.loading.musicxml.tree import place_of

MOST_NOTES_IN_MEASURE = 10_000
"""Verovio's run time is quadratic in this number: 5 s for 10,000 notes, 23 s for 20,000."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")

_BEATS = re.compile(r"\d{1,4}(?:\s*\+\s*\d{1,4}){0,30}")

_BEAT_TYPE = re.compile(r"\d{1,4}")

_LARGEST_NUMBER = 2**31 - 1
"""Verovio stores durations in 32 bits."""

LARGEST_BEATS = 1000
"""Largest number in a time signature that is imported unchanged."""

LARGEST_STAVES = 100


def check_size_of_measures(text: str, name: str) -> None:
    """Raises `UnsafeSourceError` for a measure with more notes than can be read in reasonable time.

    Works on the text, before it is parsed into a tree of many times its size.
    """
    start = 0
    for number in range(1, text.count("</measure") + 2):
        end = text.find("</measure", start)
        notes = text.count("<note", start, end if end >= 0 else len(text))
        if notes > MOST_NOTES_IN_MEASURE:
            raise UnsafeSourceError(
                f"{name}: measure {number} (counted through all parts) has {notes} notes; "
                f"at most {MOST_NOTES_IN_MEASURE} are allowed."
            )
        start = end + 1


def validate_musicxml(root: etree._Element, name: str) -> None:
    """Checks the parts and numbers of a part-wise score.

    Raises:
        MalformedSourceError: there are no parts or measures, or numbers are invalid.
    """
    _check_parts(root, name)
    for part in root.iterfind("part"):
        _check_numbers(part, name)


def _check_parts(root: etree._Element, name: str) -> None:
    parts = root.findall("part")
    if not parts:
        raise MalformedSourceError(f"{name} has no <part>: it contains no music.")
    if all(part.find("measure") is None for part in parts):
        raise MalformedSourceError(f"{name} has no <measure>: it contains no music.")


def _check_numbers(part: etree._Element, name: str) -> None:
    for element in part.iter("divisions", "duration", "beats", "beat-type", "staves"):
        complaint = _complaint(element)
        if complaint:
            raise MalformedSourceError(f"{name}: {place_of(element)}: {complaint}.")


def _complaint(element: etree._Element) -> str | None:
    tag, text = element.tag, (element.text or "").strip()
    if tag == "beats":
        return None if _BEATS.fullmatch(text) else f"<beats> of {text!r} is not a valid number of beats"
    if tag == "beat-type":
        return None if _BEAT_TYPE.fullmatch(text) else f"<beat-type> of {text!r} is not a valid note value"
    number = float(text) if _NUMBER.fullmatch(text) else None
    if number is None or abs(number) > _LARGEST_NUMBER:
        return f"<{tag}> of {text!r} is not a valid number"
    if tag == "staves":
        return (
            None
            if 1 <= number <= LARGEST_STAVES
            else f"<staves> of {text}: it must be between 1 and {LARGEST_STAVES}"
        )
    if tag == "divisions":
        return None if number >= 1 else f"<divisions> of {text}: it must be at least 1"
    return None if number >= 0 else f"<duration> of {text}: it must not be negative"
