"""Converts a score to Humdrum: spines from the lowest staff to the highest, with a line for each moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.exporting.humdrum import signs
from smashcima.exporting.humdrum.mark_tokens import Marks, MomentMarks
from smashcima.exporting.humdrum.notes import NoteTokens, arpeggiated
from smashcima.exporting.symbolic.partwise.grouping import beam_states
from smashcima.exporting.symbolic.partwise.streams import VoiceStream, voice_streams
from smashcima.scene.semantic import (
    Arpeggio,
    Clef,
    Event,
    KeySignature,
    Measure,
    PageBreak,
    Part,
    Score,
    SemanticObject,
    Staff,
    StemmedEvent,
    SyllablePosition,
    SystemBreak,
    TimeSignature,
    TimeSignatureGroup,
)

ZERO = Fraction(0)
_NOTE_VALUES = tuple(Fraction(8, 2**n) for n in range(10))
_OF_ALL_VOICES = ("*k[", "*M", "*met")
_GOES_ON = (SyllablePosition.INITIAL, SyllablePosition.MIDDLE)
_CAME_IN = (SyllablePosition.TERMINAL, SyllablePosition.MIDDLE)


@dataclass
class StaffSpines:
    """Spines of one staff: notes, each verse, and dynamics if there are any."""

    part: Part
    staff: Staff
    index: int
    """Number of the staff in its part, from 1."""

    verses: tuple[str, ...]
    has_dynamics: bool
    voices: int = 1
    """Current number of sub-spines of the notes."""

    known: dict[type, SemanticObject] = field(default_factory=dict)
    """Clef, key and time written last."""

    def row(
        self, notes: Sequence[str], verses: Sequence[str] = (), dynamics: str = "", fill: str = "."
    ) -> list[str]:
        """Returns the cells of the staff in one line."""
        texts = list(verses) or [fill] * len(self.verses)
        return [*notes, *texts, *([dynamics or fill] if self.has_dynamics else [])]


class KernWriter:
    """Writes an updated score."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._measures = score.measures
        self._marks = Marks(score, self._measures)
        self._tokens = NoteTokens(
            beam_states(score.all_below()), arpeggiated(list(score.descendants(Arpeggio)))
        )
        self._lines: list[str] = []
        self._spines = [
            StaffSpines(part, staff, index, self._verses(staff), staff.n in self._marks.staves_with_dynamics)
            for part in reversed(score.parts)
            for index, staff in reversed(list(enumerate(part.staves, 1)))
        ]
        self._breaks = self._find_breaks()
        excerpt = score.excerpt
        self._is_start = excerpt is None or excerpt.first_measure == 0
        """Whether the score contains its first measure, which has title and names."""

    def write(self) -> str:
        """Returns the complete text."""
        if self._is_start:
            for name, value in (
                ("COM", self._score.composer),
                ("OTL", self._score.title),
                ("LYR", self._score.lyricist),
            ):
                if value:
                    self._lines.append(f"!!!{name}: {' '.join(value.split())}")
        self._lines.append(f"!!!system-decoration: {self._decoration()}")
        self._head()
        before: Measure | None = None
        for measure in self._measures:
            if before is not None and measure in self._breaks:
                self._lines.append(f"!!LO:{self._breaks[measure]}:g=original")
            bar = signs.barline(before, measure)
            if before is None:
                self._changes(measure)
            self._line(spine.row([bar], [bar] * len(spine.verses), bar) for spine in self._spines)
            if before is not None:
                self._changes(measure)
            self._measure(measure)
            before = measure
        bar = signs.barline(before, None)
        self._line(spine.row([bar], [bar] * len(spine.verses), bar) for spine in self._spines)
        self._line(spine.row(["*-"], fill="*-") for spine in self._spines)
        return "\n".join(self._lines) + "\n"

    def _line(self, rows: Iterable[list[str]]) -> None:
        cells = [cell for row in rows for cell in row]
        self._lines.append("\t".join(cells))

    def _head(self) -> None:
        self._line(
            [
                "**kern",
                *("**text" for _ in spine.verses),
                *(["**dynam"] if spine.has_dynamics else []),
            ]
            for spine in self._spines
        )
        count = len(self._score.staves)
        for name, values in (
            ("part", [str(spine.part.n) for spine in self._spines]),
            ("staff", [str(count - place) for place in range(len(self._spines))]),
        ):
            self._line(
                spine.row([f"*{name}{value}"], fill=f"*{name}{value}")
                for spine, value in zip(self._spines, values, strict=True)
            )
        names = [
            " ".join(spine.part.name.split()) if spine.index == 1 and self._is_start else ""
            for spine in self._spines
        ]
        if any(names):
            self._line(
                spine.row([f'*I"{name}' if name else "*"], fill="*")
                for spine, name in zip(self._spines, names, strict=True)
            )

    # -- measures ------------------------------------------------------------------------------------------

    def _changes(self, measure: Measure) -> None:
        """New clefs, keys, times and transpositions in a measure, one type per line."""
        rows: list[list[list[str]]] = [[], [], [], [], []]
        for spine in self._spines:
            holder = measure.staff(spine.staff)
            clef = holder.clef.effective if holder is not None and holder.clef is not None else None
            key = holder.key_signature if holder is not None else None
            time = holder.time_signature if holder is not None else None
            transposition = "*"
            if not spine.known and spine.staff.transposition_semitones:
                transposition = f"*ITrd{spine.staff.transposition_diatonic * -1}c{spine.staff.transposition_semitones * -1}"
            found = [transposition, "*", "*", "*", "*"]
            if clef is not None and self._is_new(spine, Clef, clef):
                found[1] = signs.clef(clef)
            if key is not None and self._is_new(spine, KeySignature, key):
                found[2] = signs.key(key, clef)
            if time is not None and self._is_new(spine, TimeSignature, time):
                for place, text in zip((3, 4), signs.times(time), strict=False):
                    found[place] = text
            for row, text in zip(rows, found, strict=True):
                row.append(spine.row([text], fill="*"))
        for row in rows:
            if any(cells[0] != "*" for cells in row):
                self._line(row)

    def _is_new(self, spine: StaffSpines, kind: type, found: SemanticObject) -> bool:
        is_new = spine.known.get(kind) is not found
        spine.known[kind] = found
        return is_new and found.mei.get("visible") != "false"

    def _measure(self, measure: Measure) -> None:
        self._tokens.accidentals.start_measure()
        streams: dict[Staff, list[VoiceStream]] = {}
        for part in self._score.parts:
            for stream in voice_streams(measure, part):
                streams.setdefault(part.staves[stream.staff - 1], []).append(stream)
        self._split({staff: len(found) for staff, found in streams.items()})
        cells: dict[Staff, list[dict[Fraction, list[tuple[str, Event | None]]]]] = {}
        onsets = {ZERO}
        for spine in self._spines:
            voices = [self._cells(s, measure) for s in streams.get(spine.staff, [])]
            cells[spine.staff] = voices or [_silence(measure)]
            for voice in cells[spine.staff]:
                onsets.update(voice)
        sounding = sorted(onset for onset in onsets if onset < measure.quarter_length) or [ZERO]
        marks = {spine.staff: self._marks.at(measure, spine.staff.n, sounding) for spine in self._spines}
        changes = {
            spine.staff: _changes_inside(streams.get(spine.staff, []), spine) for spine in self._spines
        }
        for change in changes.values():  # a clef may be at a time without a note: before the barline
            onsets.update(change)
        for onset in sorted(onsets):
            self._moment(onset, cells, marks, changes)
        self._join()

    def _cells(self, stream: VoiceStream, measure: Measure) -> dict[Fraction, list[tuple[str, Event | None]]]:
        """Tokens of a voice by onset; grace notes precede the note of their moment."""
        found: dict[Fraction, list[tuple[str, Event | None]]] = {}
        end = ZERO
        for item in stream.items:
            if isinstance(item.element, Event):
                token = self._tokens.token(item.element, item.tremolo, measure.quarter_length)
                _fill(found, end, item.onset)
                found.setdefault(item.onset, []).append((token, item.element))
                end = item.onset + item.element.quarter_length
        _fill(found, end, measure.quarter_length)
        return found

    def _moment(
        self,
        onset: Fraction,
        cells: dict[Staff, list[dict[Fraction, list[tuple[str, Event | None]]]]],
        marks: dict[Staff, dict[Fraction, MomentMarks]],
        changes: dict[Staff, dict[Fraction, list[str]]],
    ) -> None:
        here = {spine.staff: marks[spine.staff].get(onset, MomentMarks()) for spine in self._spines}
        self._tandem(
            {s.staff: [*changes[s.staff].get(onset, []), *here[s.staff].before] for s in self._spines}
        )
        depth = max((len(here[s.staff].texts) for s in self._spines), default=0)
        for place in range(depth):
            rows = []
            for spine in self._spines:
                texts = here[spine.staff].texts
                own = texts[place] if place < len(texts) else "!"
                rows.append(spine.row([own, *["!"] * (spine.voices - 1)], fill="!"))
            self._line(rows)
        count = max((len(voice.get(onset, ())) for voices in cells.values() for voice in voices), default=0)
        for place in range(count):
            rows = []
            for spine in self._spines:
                voices = cells[spine.staff]
                found = [_from_end(voice.get(onset, []), place, count) for voice in voices]
                notes = [entry[0] if entry is not None else "." for entry in found] or ["."]
                is_last = place == count - 1
                dynamics = " ".join(here[spine.staff].dynamics) if is_last else ""
                rows.append(spine.row(notes, self._syllables(spine, found), dynamics))
            self._line(rows)
        self._tandem({spine.staff: here[spine.staff].after for spine in self._spines})

    def _tandem(self, given: dict[Staff, list[str]]) -> None:
        """Lines of interpretations: the first ones of all staves, then the second ones, and so on."""
        for place in range(max(map(len, given.values()), default=0)):
            rows = []
            for spine in self._spines:
                own = given[spine.staff]
                text = own[place] if place < len(own) else "*"
                others = text if text.startswith(_OF_ALL_VOICES) else "*"
                rows.append(spine.row([text, *[others] * (spine.voices - 1)], fill="*"))
            self._line(rows)

    def _syllables(self, spine: StaffSpines, found: Sequence[tuple[str, Event | None] | None]) -> list[str]:
        texts = dict.fromkeys(spine.verses, ".")
        for entry in found:
            if entry is None or not isinstance(entry[1], StemmedEvent):
                continue
            for place, verse in enumerate(entry[1].verses, 1):
                words = [
                    ("-" if s.word_position in _CAME_IN else "")
                    + " ".join(s.text.split())
                    + ("-" if s.word_position in _GOES_ON else "")
                    for s in verse.syllables
                    if s.text.strip()
                ]
                if words:
                    texts[verse.n or str(place)] = " ".join(words)
        return [texts[n] for n in spine.verses]

    # -- sub-spines ----------------------------------------------------------------------------------------

    def _split(self, wanted: dict[Staff, int]) -> None:
        while any(spine.voices < wanted.get(spine.staff, 1) for spine in self._spines):
            rows = []
            for spine in self._spines:
                is_short = spine.voices < wanted.get(spine.staff, 1)
                notes = ["*"] * spine.voices
                if is_short:
                    notes[-1] = "*^"
                rows.append(spine.row(notes, fill="*"))
            self._line(rows)
            for spine in self._spines:
                spine.voices += spine.voices < wanted.get(spine.staff, 1)

    def _join(self) -> None:
        """Joins the voices of each staff, one staff per line, since adjacent joins in one line would merge."""
        for joined in [spine for spine in self._spines if spine.voices > 1]:
            self._line(
                spine.row(["*v" if spine is joined else "*"] * spine.voices, fill="*")
                for spine in self._spines
            )
            joined.voices = 1

    def _decoration(self) -> str:
        """Staff numbers from top to bottom, with those under a brace in groups: `s1,{(s2,s3)}`."""
        number = 0
        found: list[str] = []
        for part in self._score.parts:
            names = [f"s{number + index}" for index in range(1, len(part.staves) + 1)]
            number += len(names)
            found.append(names[0] if len(names) == 1 else f"{{({','.join(names)})}}")
        return ",".join(found)

    # -- the score as a whole ------------------------------------------------------------------------------

    def _verses(self, staff: Staff) -> tuple[str, ...]:
        found: set[str] = set()
        for measure in self._measures:
            holder = measure.staff(staff)
            for event in holder.descendants(StemmedEvent) if holder is not None else ():
                found.update(v.n or str(place) for place, v in enumerate(event.verses, 1))
        return tuple(sorted(found, key=lambda n: (len(n), n)))

    def _find_breaks(self) -> dict[Measure, str]:
        found: dict[Measure, str] = {}
        pending = ""
        for element in self._score.descendants():
            if isinstance(element, PageBreak):
                pending = "PB"
            elif isinstance(element, SystemBreak):
                pending = pending or "LB"
            elif isinstance(element, Measure):
                if pending:
                    found[element] = pending
                pending = ""
        return found


def _fill(found: dict[Fraction, list[tuple[str, Event | None]]], start: Fraction, end: Fraction) -> None:
    """Fills gaps of a voice with invisible rests of the longest possible note values."""
    while start < end:
        left = end - start
        length = next((value for value in _NOTE_VALUES if value <= left), left)
        if left - length and (left - length).denominator & ((left - length).denominator - 1):
            length = left  # a part of a tuplet, which is not a sum of note values
        found.setdefault(start, []).append((f"{signs.recip(None, length)}ryy", None))
        start += length


def _silence(measure: Measure) -> dict[Fraction, list[tuple[str, Event | None]]]:
    """Invisible rest for an empty staff, since every moment in Humdrum needs a duration."""
    if not measure.quarter_length:
        return {}
    return {ZERO: [(f"{signs.recip(None, measure.quarter_length)}ryy", None)]}


def _from_end(
    entries: Sequence[tuple[str, Event | None]], place: int, count: int
) -> tuple[str, Event | None] | None:
    """Assigns the entries of one moment to lines: the note to the last line, grace notes before it."""
    index = place - (count - len(entries))
    return entries[index] if index >= 0 else None


def _changes_inside(streams: Sequence[VoiceStream], spine: StaffSpines) -> dict[Fraction, list[str]]:
    """Clefs, keys and times that change within a measure, by onset; updates the state of the staff."""
    found: dict[Fraction, list[str]] = {}
    for stream in streams:
        for item in stream.items:
            element = item.element
            if isinstance(element, Clef) and element.shape is not None:
                spine.known[Clef] = element
                found.setdefault(item.onset, []).append(signs.clef(element))
            elif isinstance(element, KeySignature):
                spine.known[KeySignature] = element
                under = spine.known.get(Clef)
                sign = signs.key(element, under if isinstance(under, Clef) else None)
                found.setdefault(item.onset, []).append(sign)
            elif isinstance(element, (TimeSignature, TimeSignatureGroup)):
                spine.known[TimeSignature] = element
                found.setdefault(item.onset, []).extend(signs.times(element))
    return found
