"""The draft of a piece: staves, measures, voices and events, cheap to make and to change."""

from __future__ import annotations

from dataclasses import dataclass, field

from smashcima.composing.theory import Key, Metre, Tone
from smashcima.scene.semantic import BarlineForm, Duration, DurationType, Event


@dataclass(slots=True, eq=False)
class DraftEvent:
    """A note, a chord or a rest of a draft. The marks of an event are fields, and their ends are other events."""

    ticks: int
    """Written length in ticks, without the effect of a tuplet."""

    tones: tuple[Tone, ...] = ()
    """Sounding tones, from low to high; empty for a rest."""

    tuplet: tuple[int, int] | None = None
    """Actual and normal number of notes, such as (3, 2); consecutive events of one tuplet have the same `group`."""

    group: int = 0
    """Number that tells tuplets apart."""

    ties: bool = False
    """Whether it is tied to the next event of its voice, which has the same tones."""

    is_space: bool = False
    """Whether nothing is drawn."""

    graces: tuple[Tone, ...] = ()
    """Grace notes before it."""

    articulation: str = ""
    """MEI name: `stacc`, `ten`, `acc`, `marc`."""

    ornament: str = ""
    """`trill`, `mordent`, `inverted mordent`, `turn`."""

    fingering: str = ""
    syllable: str = ""
    """A syllable of the lyrics; it ends in `-` if the word goes on."""

    staff_shift: int = 0
    """1 to draw it on the staff below, -1 on the one above."""

    arpeggio: bool = False
    fermata: bool = False
    breath: bool = False
    """Whether a breath mark follows."""

    dynamic: str = ""
    tempo: str = ""
    bpm: int = 0
    direction: str = ""
    pedal: str = ""
    """`down`, `up`."""

    clef: str = ""
    """A clef before it."""

    slur_to: DraftEvent | None = None
    hairpin_to: tuple[str, DraftEvent] | None = None
    """`cres` or `dim`, and the event at which it ends."""

    made: Event | None = None
    """The event of the score, while it is written."""

    @property
    def length(self) -> int:
        """Length in ticks, with the effect of its tuplet."""
        return self.ticks if self.tuplet is None else self.ticks * self.tuplet[1] // self.tuplet[0]

    @property
    def is_rest(self) -> bool:
        """Whether it has no tones."""
        return not self.tones


DraftVoice = list[DraftEvent]


@dataclass(slots=True)
class DraftMeasure:
    """A measure of a draft."""

    metre: Metre
    ticks: int
    """Length in ticks; shorter than the metre for a pickup."""

    voices: dict[int, list[DraftVoice]] = field(default_factory=dict)
    """The voices of each staff, by its index from 0. A staff without voices has a measure rest."""

    left: BarlineForm | None = None
    right: BarlineForm | None = None
    ending: str = ""
    """Number of the ending to which it belongs."""

    key: Key | None = None
    """A new key from this measure on."""

    new_metre: bool = False
    """Whether its metre is shown as a change."""

    is_pickup: bool = False


@dataclass(slots=True)
class DraftStaff:
    """A staff of a draft."""

    clef: str
    transposition: tuple[int, int] = (0, 0)
    """Steps and semitones from the written to the sounding pitch."""


@dataclass(slots=True)
class Draft:
    """A piece before it is a score."""

    key: Key
    metre: Metre
    parts: list[tuple[str, str, list[DraftStaff]]] = field(default_factory=list)
    """Name, abbreviation and staves of each part."""

    groups: list[tuple[str, int]] = field(default_factory=list)
    """Groups of consecutive parts: `bracket` or `none`, and the number of parts; empty for no groups."""

    measures: list[DraftMeasure] = field(default_factory=list)
    title: str = ""
    composer: str = ""

    @property
    def staves(self) -> list[DraftStaff]:
        """The staves of all parts."""
        return [staff for _, _, staves in self.parts for staff in staves]

    def voice(self, staff: int, number: int = 0) -> list[DraftEvent]:
        """The events of a voice of a staff through the piece."""
        found: list[DraftEvent] = []
        for measure in self.measures:
            voices = measure.voices.get(staff, [])
            if number < len(voices):
                found += voices[number]
        return found


DURATIONS: dict[int, Duration] = {}
"""Written durations by ticks, from the 256th to the breve, with up to two dots."""

for _power, _kind in enumerate(list(DurationType)[2:12]):
    for _dots, _parts in ((0, 4), (1, 6), (2, 7)):
        _ticks = 7680 * _parts // 4 // 2**_power
        if _ticks * 4 * 2**_power == 7680 * _parts:
            DURATIONS[_ticks] = Duration(_kind, _dots)


def split_ticks(start: int, ticks: int, metre: Metre) -> list[int]:
    """Divides a length that begins at a place of a measure into written lengths that show the beats.

    A length that is a note value with at most one dot stays whole.
    """
    if ticks in _WHOLE:
        return [ticks]
    found: list[int] = []
    while ticks > 0:
        piece = _first_piece(start, ticks, metre)
        found.append(piece)
        start += piece
        ticks -= piece
    return found


def _first_piece(start: int, ticks: int, metre: Metre) -> int:
    onsets = (*metre.starts, metre.ticks)
    beat = max(onset for onset in onsets[:-1] if onset <= start) if start < metre.ticks else metre.ticks
    if start == beat:
        for end in sorted((onset for onset in onsets if start < onset <= start + ticks), reverse=True):
            if end - start in _PLAIN and (start == 0 or end == start + ticks or end - start < ticks):
                return end - start
    following = min((onset for onset in onsets if onset > start), default=start + ticks)
    left = min(ticks, following - start)
    return max((length for length in _PLAIN if length <= left), default=left)


_PLAIN = sorted(ticks for ticks, duration in DURATIONS.items() if duration.dots < 2)
_WHOLE = frozenset(_PLAIN)
