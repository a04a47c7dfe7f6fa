"""Notes of a MusicXML score whose alteration can be told neither from the key nor from an accidental."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.musicxml.accidental_names import number_of
from smashcima.loading.musicxml.mei_signatures import key_signs
from smashcima.loading.musicxml.tree import contents_of, integer, numbered_parts, place_of

_SHARPS = "FCGDAEB"

_NAMED = 8
"""Number of measures that an issue lists."""

_NATURAL = Fraction(0)

_NEEDED = ("pitch", "accidental", "staff", "duration", "chord", "grace")

_WITHOUT_PITCHES = ("TAB", "percussion")


def missing_accidentals(root: etree._Element) -> list[Issue]:
    """An issue for each part with notes that lack an accidental by the rules of the bar.

    An accidental holds for its step and octave on its staff to the end of the measure; a tie carries it across the barline.
    """
    issues = []
    for staves in numbered_parts(root):
        found = list(_Staves(staves.count).missing(staves.part))
        if not found:
            continue
        measures = list(dict.fromkeys(note.getparent().get("number", "?") for note in found))  # type: ignore[union-attr]
        more = "" if len(measures) <= _NAMED else f" and {len(measures) - _NAMED} others"
        one = len(found) == 1
        what = (
            f"{len(found)} {'note has an alteration' if one else 'notes have alterations'} that neither the key nor an "
            f"accidental shows, the first {_name(found[0])} (measures {', '.join(measures[:_NAMED])}{more})"
        )
        issues.append(Issue(place_of(found[0]), "accidental", what))
    return issues


class _Staves:
    """The keys and clefs in force on the staves of one part."""

    def __init__(self, count: int) -> None:
        self._keys: dict[int, dict[str, Fraction]] = {staff: {} for staff in range(1, count + 1)}
        self._is_pitched = dict.fromkeys(self._keys, True)
        self._marked: dict[tuple[int, str, str], Fraction] = {}

    def missing(self, part: etree._Element) -> Iterator[etree._Element]:
        """The notes of a part that lack an accidental, measure by measure."""
        for measure in part.iterfind("measure"):
            self._marked = {}
            for _, _, element, content in sorted(_timed(measure), key=lambda each: each[:2]):
                if not content:
                    self._change(element)
                elif self._lacks_accidental(element, content):
                    yield element

    def _change(self, attributes: etree._Element) -> None:
        for key in attributes.iterfind("key"):
            number = integer(key.get("number"), 0)
            for staff in [number] if number else list(self._keys):
                self._keys[staff] = _alters(key)
        for clef in attributes.iterfind("clef"):
            sign = clef.findtext("sign", "").strip()
            self._is_pitched[integer(clef.get("number"), 1)] = sign not in _WITHOUT_PITCHES

    def _lacks_accidental(self, note: etree._Element, content: dict[str, etree._Element]) -> bool:
        pitch = content.get("pitch")
        staff = integer(content["staff"].text, 1) if "staff" in content else 1
        if pitch is None or not self._is_pitched.get(staff, True) or note.get("print-object") == "no":
            return False
        named = contents_of(pitch)
        step, octave = named.get("step", "").strip(), named.get("octave", "").strip()
        alter = _alter(named.get("alter", ""))
        if "accidental" in content:
            self._marked[staff, step, octave] = alter
            return False
        shown = self._marked.get((staff, step, octave), self._keys.get(staff, {}).get(step, _NATURAL))
        return alter != shown and not _ends_tie(note)


def _timed(
    measure: etree._Element,
) -> Iterator[tuple[float, bool, etree._Element, dict[str, etree._Element]]]:
    """The notes and attributes of a measure: time, whether it is a note, the element, and what is needed of its content.

    Fast, since every note of every score comes along here.
    """
    at = onset = 0.0
    for child in measure:
        if child.tag == "note":
            content = {str(each.tag): each for each in child.iterchildren(*_NEEDED)}
            if "chord" not in content:
                onset = at
                at += 0.0 if "grace" in content else _divisions(content.get("duration"))
            if "pitch" in content:
                yield onset, True, child, content
        elif child.tag == "attributes":
            yield at, False, child, {}
        elif child.tag == "forward":
            at += _divisions(child.find("duration"))
        elif child.tag == "backup":
            at -= _divisions(child.find("duration"))


def _divisions(duration: etree._Element | None) -> float:
    try:
        return float((duration.text if duration is not None else None) or 0)
    except ValueError:
        return 0.0


def _ends_tie(note: etree._Element) -> bool:
    return any(tie.get("type") == "stop" for tie in (*note.iterfind("tie"), *note.iterfind("notations/tied")))


@lru_cache(maxsize=256)
def _alter(text: str) -> Fraction:
    return number_of(text) or _NATURAL


def _alters(key: etree._Element) -> dict[str, Fraction]:
    steps = [(step.text or "").strip() for step in key.iterfind("key-step")]
    if steps:
        return {
            step: alter
            for step, (_, _, alter) in zip(steps, key_signs(key), strict=True)
            if alter is not None
        }
    fifths = max(-14, min(14, integer(key.findtext("fifths"), 0)))
    order = _SHARPS if fifths > 0 else _SHARPS[::-1]
    found: dict[str, Fraction] = {}
    for index in range(abs(fifths)):
        step = order[index % 7]
        found[step] = found.get(step, Fraction(0)) + (1 if fifths > 0 else -1)
    return found


def _name(note: etree._Element) -> str:
    step, octave = note.findtext("pitch/step", "").strip(), note.findtext("pitch/octave", "").strip()
    alter = number_of(note.findtext("pitch/alter")) or Fraction(0)
    return f"{step}{octave} altered by {float(alter):g}"
