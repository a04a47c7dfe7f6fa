"""Tuplets of MusicXML that are told by `<time-modification>`, without `<tuplet>` marks or with wrong ones.

Verovio 6.4.1 makes tuplets of `<tuplet>` marks alone, and ignores `<time-modification>`: without marks the notes last too
long, and a tuplet whose end is missing contains all that follows in the measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import VALUES, TimedNote, in_voices, value_of

_MOST_NOTES = 64
"""Most notes of a tuplet that is not marked; more fit no page, and would take long to add up."""

_AFTER_NOTATIONS = ("lyric", "play", "listen")


class CompleteTuplets(Repair):
    """Adds the missing marks, and removes those without a partner.

    By the standard, a tuplet without a mark has neither bracket nor number, so the added marks have none. Tuplets that
    a repair derived from durations alone are drawn, since nothing else on the page would tell them.
    """

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            measures = source.rhythm_of(part)
            if not any(note.modification is not None for notes in measures for note in notes):
                continue
            for voice in in_voices(measures):
                _complete(source, [note for note in voice if not note.is_grace])


def _complete(source: MusicXmlSource, notes: list[TimedNote]) -> None:
    covered, starts, stray = _marked(notes)
    for index, astray in stray:
        _remove(astray)
        source.mend(notes[index])
    first_marks = dict(starts)
    for group in _groups(notes, covered, set(first_marks)):
        members = [notes[index] for index in group]
        mark = first_marks.get(group[0])
        if mark is not None:
            source.report(members[0].element, "has no end; ends with its last note", "tuplet")
        filler = _with_forward(members)
        _mark(members, filler, mark, all(note.element in source.unmarked for note in members))
        source.mend(members[0])


def _marked(
    notes: list[TimedNote],
) -> tuple[set[int], list[tuple[int, etree._Element]], list[tuple[int, etree._Element]]]:
    """Indices of the notes that are in marked tuplets; the starts without an end; all marks without a partner.

    A tuplet ends before the first note without a time modification, if others in it have one.
    """
    covered: set[int] = set()
    starts: list[tuple[int, etree._Element]] = []
    stray: list[tuple[int, etree._Element]] = []
    opened: dict[str, tuple[int, etree._Element]] = {}
    for index, note in enumerate(notes):
        marks = note.tuplets
        for mark in marks:
            number = mark.get("number", "1")
            if mark.get("type") == "start":
                if number in opened:
                    starts.append(opened[number])
                opened[number] = (index, mark)
        for mark in marks:
            number = mark.get("number", "1")
            if mark.get("type") == "stop":
                if number not in opened:
                    stray.append((index, mark))
                    continue
                first, start = opened.pop(number)
                inside = notes[first : index + 1]
                if len({member.modification is None for member in inside}) > 1:
                    starts.append((first, start))
                    stray.append((index, mark))
                else:
                    covered.update(range(first, index + 1))
    starts += opened.values()
    return covered, starts, stray + starts


def _groups(notes: list[TimedNote], covered: set[int], starts: set[int]) -> Iterator[list[int]]:
    """Indices of the notes of each tuplet that is not marked: complete ones where the time modification is full."""
    group: list[int] = []
    for index, note in enumerate(notes):
        if index in covered or note.modification is None or _is_in_tremolo(note):
            if group:
                yield group
                group = []
            continue
        if group and (index in starts or not _continues(notes[group[-1]], note)):
            yield group
            group = []
        group.append(index)
        if len(group) == _MOST_NOTES or _is_full([notes[member] for member in group]):
            yield group
            group = []
    if group:
        yield group


def _continues(before: TimedNote, note: TimedNote) -> bool:
    return (
        before.measure == note.measure
        and before.modification == note.modification
        and -1 < before.at + (before.lasting or 0) - note.at < 1
    )


def _is_full(group: list[TimedNote]) -> bool:
    """Whether notes fill a tuplet: the actual number of notes of the shortest value, or of the `<normal-type>`."""
    lengths = [note.value_ql or Fraction(0) for note in group]
    modification = group[0].modification
    assert modification is not None, "only notes with a time modification are grouped"
    named = group[0].element.findtext("time-modification/normal-type")
    plain = [length for length, note in zip(lengths, group, strict=True) if not note.dots] or lengths
    unit = min(plain) if named is None else min(*plain, VALUES.get(named.strip(), min(plain)))
    return unit > 0 and sum(lengths) % (unit * modification[0]) == 0


def _is_in_tremolo(note: TimedNote) -> bool:
    """Whether a note is in a tremolo between notes, of which each has the duration of half its type."""
    return any(
        tremolo.get("type") in ("start", "stop")
        for notations in note.notations
        for tremolo in notations.iterfind("ornaments/tremolo")
    )


def _with_forward(group: list[TimedNote]) -> etree._Element | None:
    """Turns a gap (`<forward>`) that completes a tuplet into a hidden rest in it; `None` if there is none."""
    last = group[-1]
    following = last.element.getnext()
    while following is not None and following.tag == "note" and following.find("chord") is not None:
        following = following.getnext()
    if following is None or following.tag != "forward" or _is_full(group) or last.modification is None:
        return None
    text = (following.findtext("duration") or "").strip()
    actual, normal = last.modification
    value = value_of(Fraction(int(text)) * actual / normal / last.divisions, 2) if text.isdecimal() else None
    if value is None:
        return None
    following.tag = "note"
    following.set("print-object", "no")
    following.insert(0, etree.Element("rest"))
    for child in list(following):
        if child.tag not in ("rest", "duration"):
            following.remove(child)
    for tag, content in (("voice", last.voice), ("type", value[0])):
        if content is not None:
            etree.SubElement(following, tag).text = content
    for _ in range(value[1]):
        etree.SubElement(following, "dot")
    modification = etree.SubElement(following, "time-modification")
    for tag, number in zip(("actual-notes", "normal-notes"), last.modification, strict=True):
        etree.SubElement(modification, tag).text = str(number)
    etree.SubElement(following, "staff").text = last.staff
    return following


def _mark(
    group: list[TimedNote], filler: etree._Element | None, given: etree._Element | None, is_drawn: bool
) -> None:
    """Adds the marks of a tuplet at its first and last note; `given` is the mark that the source has at its start."""
    start = etree.SubElement(_notations(group[0].element), "tuplet")
    if given is not None:
        start.attrib.update(given.attrib)
        start.extend(list(given))
    elif not is_drawn:
        start.set("bracket", "no")
        start.set("show-number", "none")
    start.set("type", "start")
    last = group[-1].element if filler is None else filler
    stop = etree.SubElement(_notations(last), "tuplet", type="stop")
    if "number" in start.attrib:
        stop.set("number", start.get("number", "1"))


def _notations(note: etree._Element) -> etree._Element:
    found = note.find("notations")
    if found is not None:
        return found
    made = etree.Element("notations")
    for index, child in enumerate(note):
        if child.tag in _AFTER_NOTATIONS:
            note.insert(index, made)
            return made
    note.append(made)
    return made


def _remove(mark: etree._Element) -> None:
    parent = mark.getparent()
    if parent is not None:
        parent.remove(mark)
