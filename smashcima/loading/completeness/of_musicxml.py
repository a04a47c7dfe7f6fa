"""Counts of printed objects in a part-wise MusicXML document.

Elements with `print-object="no"` are not printed. The code follows the MusicXML 4.0 specification and is independent of
all importers, so that it does not share their errors.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smashcima.loading.completeness.tally import UNKNOWN, Tally
from smashcima.loading.musicxml.elisions import joins_with_text
from smashcima.loading.musicxml.tree import parts_of

if TYPE_CHECKING:
    from lxml import etree

_STARTS = {
    "slur": ("slur", ("start",)),
    "glissando": ("glissando", ("start",)),
    "slide": ("glissando", ("start",)),
    "tuplet": ("tuplet", ("start",)),
    "wedge": ("hairpin", ("crescendo", "diminuendo")),
    "octave-shift": ("octave line", ("up", "down")),
    "dashes": ("dashes", ("start",)),
    "other-notation": ("other notation", ("start", "single")),
}
"""Spanners: element names mapped to kinds, and the `type` values that start them."""

_DIRECTIONS = {"dynamics": "dynamic", "rehearsal": "rehearsal mark", "metronome": "metronome mark"}

_FIGURES = ("prefix", "figure-number", "suffix")

_ORNAMENTS = (
    "trill-mark",
    "mordent",
    "inverted-mordent",
    "turn",
    "inverted-turn",
    "delayed-turn",
    "delayed-inverted-turn",
    "vertical-turn",
    "inverted-vertical-turn",
    "shake",
    "schleifer",
    "haydn",
    "other-ornament",
)

_TECHNICAL_MARKS = (
    "up-bow",
    "down-bow",
    "harmonic",
    "open-string",
    "stopped",
    "snap-pizzicato",
    "heel",
    "toe",
    "thumb-position",
    "double-tongue",
    "triple-tongue",
    "fingernails",
)

_PAUSES = ("breath-mark", "caesura")


def tally_musicxml(root: etree._Element) -> Tally:
    """Counts the printed objects of `root`, a `<score-partwise>` element."""
    tally = Tally()
    seen: set[tuple[int, str]] = set()
    for index, part in enumerate(parts_of(root)):
        tally.parts.append(part.get("id", ""))
        measures = part.findall("measure")
        if len(measures) > len(tally.measures):
            tally.measures = [measure.get("number", "?") for measure in measures]
        context = _Part(index, staves_of(part), seen)
        for position, measure in enumerate(measures):
            _tally_measure(tally, measure, context, position)
    return tally


def staves_of(part: etree._Element) -> int:
    """Number of staves of a part."""
    return max((_number(staves, 1) for staves in part.iter("staves")), default=1)


def _tally_measure(tally: Tally, measure: etree._Element, context: _Part, position: int) -> None:
    arpeggios: set[tuple[float, str]] = set()
    time = begin_of_chord = 0.0
    context.previous_length, context.length = context.length, 0.0
    context.note_repeats(measure)
    for child in measure:
        if child.tag == "note":
            found: Counter[str] = Counter()
            note = _tally_note(child, found)
            if not note.in_chord:
                begin_of_chord = time
                time += note.duration
                context.length = max(context.length, time)
            if context.is_under_repeat(child):
                continue
            if note.arpeggio:
                # One sign for all notes with the same onset; an arpeggio across two staves shares its number.
                arpeggios.add((begin_of_chord, note.arpeggio))
        elif child.tag in ("backup", "forward"):
            time += _duration(child.find("duration")) * (-1 if child.tag == "backup" else 1)
            continue
        elif child.tag == "attributes":
            found = _tally_attributes(child, context, (position, time))
        elif child.tag == "direction":
            found = _tally_direction(child)
            tally.words.extend((words, (context.index, position)) for words in _words(child))
        elif child.tag in ("harmony", "figured-bass"):
            found = _tally_harmony(child)
        elif child.tag == "barline":
            found = _tally_barline(child)
            context.add_once(tally, child, position)
        else:
            continue
        for kind, count in found.items():
            tally.add(kind, context.index, position, count)
    tally.add("arpeggio", context.index, position, len(arpeggios))


@dataclass(slots=True)
class _Note:
    """Counts from one pass through a `<note>`."""

    in_chord: bool = False
    is_rest: bool = False
    is_grace: bool = False
    has_accidental: bool = False
    tied: bool = False
    duration: float = 0.0
    voice: str = ""
    arpeggio: str = ""
    """Key shared by the notes under one arpeggio sign; empty without a sign."""


@dataclass(slots=True)
class _Part:
    """State of one part that carries over from measure to measure."""

    index: int
    staves: int
    seen: set[tuple[int, str]]
    """Repeats already counted in another part; they apply to the whole system."""

    fifths: dict[str, str] = field(default_factory=dict)
    """Key signature by staff number; the empty string stands for all staves."""

    clefs: dict[str, tuple[int, float, list[str]]] = field(default_factory=dict)
    """The latest clef by staff number: index of its measure, time in it, and its content."""

    length: float = 0.0
    """End of the last note of the current measure."""
    previous_length: float = 0.0

    repeats: set[str] = field(default_factory=set)
    """Staff numbers under a sign for the repetition of measures; the empty string stands for all staves."""

    def note_repeats(self, measure: etree._Element) -> None:
        """Records where signs for the repetition of measures start and stop."""
        for attributes in measure.iterchildren("attributes"):
            for style in attributes.iterchildren("measure-style"):
                repeat = style.find("measure-repeat")
                if repeat is not None and repeat.get("type") == "start":
                    self.repeats.add(style.get("number", ""))
                elif repeat is not None:
                    self.repeats.discard(style.get("number", ""))

    def is_under_repeat(self, note: etree._Element) -> bool:
        """Whether the sign for the repetition of a measure stands instead of a note."""
        return bool(self.repeats) and (
            "" in self.repeats or note.findtext("staff", "1").strip() in self.repeats
        )

    def is_repeated(self, clef: etree._Element, place: tuple[int, float]) -> bool:
        """Whether a clef at the start of a measure repeats the warning at the end of the previous one; records it."""
        content = [(child.text or "").strip() for child in clef]
        latest = self.clefs.get(clef.get("number", "1"))
        self.clefs[clef.get("number", "1")] = (*place, content)
        return latest is not None and (
            place == (latest[0] + 1, 0.0) and 0 < self.previous_length <= latest[1] and latest[2] == content
        )

    def add_once(self, tally: Tally, barline: etree._Element, position: int) -> None:
        """Counts repeats and endings, which every part contains, once for the score."""
        repeat, ending = barline.find("repeat"), barline.find("ending")
        signs = []
        if repeat is not None:
            signs.append(("repeat", repeat.get("direction", "")))
        if ending is not None and ending.get("type") == "start" and _is_printed(ending):
            signs.append(("ending", ""))
        for kind, detail in signs:
            key = (position, kind + detail)
            if key not in self.seen:
                self.seen.add(key)
                tally.add(kind, UNKNOWN, position)


def _tally_note(element: etree._Element, found: Counter[str]) -> _Note:
    note = _Note()
    for child in element:
        tag = child.tag
        if tag == "rest":
            note.is_rest = True
        elif tag == "chord":
            note.in_chord = True
        elif tag == "grace":
            note.is_grace = True
        elif tag == "duration":
            note.duration = _duration(child)
        elif tag == "voice":
            note.voice = child.text or ""
        elif tag == "accidental":
            note.has_accidental = bool(child.text) and _is_printed(child)
        elif tag == "lyric" and _is_printed(child):
            found["lyric syllable"] += _syllables(child)
        elif tag == "notations" and _is_printed(child):
            _tally_notations(child, found, note)
    if note.is_grace:
        note.duration = 0.0
    if _is_printed(element):
        has_head = _text(element, "notehead") != "none"
        found["rest" if note.is_rest else "note"] = int(note.is_rest or has_head)
        found["accidental"] = int(note.has_accidental and not note.is_rest)
    found["tie"] = int(note.tied)
    return note


def _syllables(lyric: etree._Element) -> int:
    """The syllables of a lyric; those that an elision joins with a text of its own are one."""
    texts = sum(1 for text in lyric.iterfind("text") if (text.text or "").strip())
    return texts - sum(1 for elision in lyric.iterfind("elision") if joins_with_text(elision.text))


def _tally_notations(notations: etree._Element, found: Counter[str], note: _Note) -> None:
    for item in notations:
        if item.tag == "tied":  # a note may have several <tied> elements
            note.tied = note.tied or item.get("type") == "start"
        elif item.tag == "dynamics":
            found["dynamic"] += len(item) > 0
        elif item.tag == "fermata":
            found["fermata"] += 1
        elif item.tag == "arpeggiate":
            note.arpeggio = item.get("number") or f"of voice {note.voice}"
        elif item.tag == "articulations":
            pauses = sum(1 for _ in item.iterchildren(*_PAUSES))
            found["pause mark"] += pauses
            found["articulation"] += sum(1 for child in item if isinstance(child.tag, str)) - pauses
        elif item.tag in ("ornaments", "technical"):
            _tally_ornaments(item, found)
        elif item.tag in _STARTS:
            kind, types = _STARTS[item.tag]
            found[kind] += item.get("type") in types and _is_printed(item)


def _tally_ornaments(ornaments: etree._Element, found: Counter[str]) -> None:
    for item in ornaments:
        if item.tag == "tremolo":
            found["tremolo"] += item.get("type", "single") in ("single", "start")
        elif item.tag in _ORNAMENTS:
            found["ornament"] += 1
        elif item.tag in _TECHNICAL_MARKS:
            found["technical mark"] += 1
        elif item.tag == "fingering":
            found["fingering"] += bool((item.text or "").strip())


def _tally_attributes(attributes: etree._Element, context: _Part, place: tuple[int, float]) -> Counter[str]:
    found: Counter[str] = Counter()
    for child in attributes:
        if not _is_printed(child):
            continue
        on_staves = 1 if child.get("number") else context.staves
        if child.tag == "clef":
            found["clef"] += _text(child, "sign") not in ("none", "") and not context.is_repeated(
                child, place
            )
        elif child.tag == "key":
            staff, fifths = child.get("number", ""), _text(child, "fifths")
            # C major after C major, or as the first key, prints nothing.
            if fifths != "0" or context.fifths.get(staff, context.fifths.get("", "0")) != "0":
                found["key signature"] += on_staves
            context.fifths[staff] = fifths
        elif child.tag == "time" and child.find("senza-misura") is None:
            found["time signature"] += on_staves
    return found


def _tally_direction(direction: etree._Element) -> Counter[str]:
    found: Counter[str] = Counter()
    if not _is_printed(direction):
        return found
    for item in direction.iterfind("direction-type/*"):
        if not _is_printed(item):
            continue
        if item.tag in _DIRECTIONS:
            found[_DIRECTIONS[item.tag]] += len(item) > 0 or bool((item.text or "").strip())
        elif item.tag in _STARTS:
            kind, types = _STARTS[item.tag]
            found[kind] += item.get("type") in types
        elif item.tag == "pedal":
            found["pedal mark"] += item.get("type") in ("start", "sostenuto")
    return found


def _tally_harmony(element: etree._Element) -> Counter[str]:
    if element.tag == "harmony":
        return Counter({"harmony": int(_is_printed(element) and element.find("kind") is not None)})
    return Counter({"figured bass": int(_is_printed(element) and _has_figures(element))})


def _words(direction: etree._Element) -> list[str]:
    if not _is_printed(direction):
        return []
    texts = (
        " ".join((words.text or "").split())
        for words in direction.iterfind("direction-type/words")
        if _is_printed(words)
    )
    return [text for text in texts if text]


def _tally_barline(barline: etree._Element) -> Counter[str]:
    return Counter({"fermata": len(barline.findall("fermata"))})


def _has_figures(figured_bass: etree._Element) -> bool:
    # A figure with only an extender continues the previous line.
    return any(_text(figure, tag) for figure in figured_bass.iterfind("figure") for tag in _FIGURES)


def _duration(element: etree._Element | None) -> float:
    try:
        return float((element.text if element is not None else None) or 0)
    except ValueError:
        return 0.0


def _is_printed(element: etree._Element) -> bool:
    return element.get("print-object") != "no"


def _text(element: etree._Element, child: str) -> str:
    return (element.findtext(child) or "").strip()


def _number(element: etree._Element, default: int) -> int:
    text = (element.text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 4 else default
