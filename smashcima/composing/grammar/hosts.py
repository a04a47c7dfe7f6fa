"""Places for marks: the events of a draft with what is known about them."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.composing.drafting import Draft, DraftEvent
from smashcima.composing.ensembles import Instrument
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.theory import Tone, midi_of


@dataclass(slots=True, eq=False)
class Host:
    """An event that can have marks."""

    event: DraftEvent
    measure: int
    """Index of the measure in the draft."""
    staff: int
    number: int
    """Number of its voice on the staff, from 0."""
    voice: list[DraftEvent]
    """The events of its voice in its measure."""
    instrument: Instrument
    is_lead: bool
    """Whether it belongs to the melody."""
    is_left_hand: bool
    """Whether it is on the lower staff of a keyboard."""
    is_tied_to: bool
    """Whether a tie ends at it."""

    limits: tuple[int, int]
    """Lowest and highest MIDI number that it may have."""

    def fits(self, tone: Tone) -> bool:
        """Whether a tone is in the range of the instrument, or of the melody if that is given."""
        return self.limits[0] <= midi_of(tone) <= self.limits[1]


_WITH_PEDAL = ("piano", "celesta")
"""Instruments with a pedal for the dampers."""


class Hosts:
    """The events of a draft, by what they are good for."""

    def __init__(self, draft: Draft, plan: Plan) -> None:
        self._draft = draft
        self._plan = plan
        ensemble = plan.ensemble
        self.lead_staff = ensemble.first_staff(ensemble.leader)
        self._staves = [
            (instrument, instrument.is_keyboard and number == 1)
            for instrument in ensemble.instruments
            for number in range(instrument.staves)
        ]
        self.all: list[Host] = []
        self._in_measure: dict[int, list[Host]] = {}
        self.notes = 0
        """Number of notes, without grace notes."""
        self.lead_notes = 0
        """Number of notes of the melody."""
        self.refresh()

    def refresh(self) -> None:
        """Reads the draft again after its events have changed."""
        self.all = []
        self._in_measure = {}
        self.notes = self.lead_notes = 0
        tied: dict[tuple[int, int], bool] = {}
        staves = [
            (instrument, is_left, self._limits(staff))
            for staff, (instrument, is_left) in enumerate(self._staves)
        ]
        for index, measure in enumerate(self._draft.measures):
            inside = self._in_measure.setdefault(index, [])
            for staff, voices in measure.voices.items():
                instrument, is_left, limits = staves[staff]
                for number, voice in enumerate(voices):
                    is_lead = staff == self.lead_staff and number == 0
                    is_tied = tied.get((staff, number), False)
                    for event in voice:
                        self.notes += len(event.tones)
                        self.lead_notes += is_lead and len(event.tones)
                        host = Host(
                            event, index, staff, number, voice, instrument, is_lead, is_left, is_tied, limits
                        )
                        self.all.append(host)
                        inside.append(host)
                        is_tied = event.ties
                    tied[staff, number] = is_tied

    def _limits(self, staff: int) -> tuple[int, int]:
        """The lowest and the highest MIDI number on a staff."""
        lowest, highest = self._staves[staff][0].midi_range
        if staff == self.lead_staff and self._plan.melody_range is not None:
            low, high = (midi_of(tone) for tone in self._plan.melody_range)
            return max(low, lowest), min(high, highest)
        return lowest, highest

    def sounding(self) -> list[Host]:
        """Notes and chords."""
        return [host for host in self.all if host.event.tones]

    def single(self) -> list[Host]:
        """Single notes."""
        return [host for host in self.all if len(host.event.tones) == 1]

    def measure_starts(self) -> list[Host]:
        """The first sounding event of each measure, in the melody, else in the highest staff."""
        found: dict[int, Host] = {}
        for host in self.all:
            if host.event.tones:
                known = found.get(host.measure)
                if known is None or (host.is_lead and not known.is_lead):
                    found[host.measure] = host
        return [found[measure] for measure in sorted(found)]

    def starts_of_others(self, host: Host) -> list[Host]:
        """The first sounding event in the measure of a host in the parts of all other instruments."""
        found: dict[int, Host] = {}
        for other in self._in_measure.get(host.measure, ()):
            if other.staff != host.staff and other.event.tones and not other.instrument.is_keyboard:
                found.setdefault(other.staff, other)
        return list(found.values())

    def ends_of_others(self, host: Host) -> list[Host]:
        """The last event of the measure of a host in all other staves, if it ends together with that of the host."""
        found: dict[tuple[int, int], Host] = {}
        for other in self._in_measure.get(host.measure, ()):
            found[other.staff, other.number] = other
        return [
            other
            for (staff, _), other in found.items()
            if staff != host.staff and other.event.tones and other.event.length == host.event.length
        ]

    def measure_ends(self) -> list[Host]:
        """The last sounding event of each measure in the melody."""
        found = {host.measure: host for host in self.all if host.is_lead and host.event.tones}
        return [found[measure] for measure in sorted(found)]

    def runs(self, lead: bool) -> list[list[DraftEvent]]:
        """Two or more notes in a row in a measure of the melody, or of all other voices."""
        found: list[list[DraftEvent]] = []
        run: list[DraftEvent] = []
        voice: list[DraftEvent] | None = None
        for host in self.all:
            if host.is_lead is not lead:
                continue
            if host.voice is not voice or not host.event.tones:
                if len(run) > 1:
                    found.append(run)
                run, voice = [], host.voice
            if host.event.tones and not (host.is_tied_to and not run):
                run.append(host.event)
        if len(run) > 1:
            found.append(run)
        return [run for run in found if any(event.tones != run[0].tones for event in run)]

    def slur_count(self) -> int:
        """Number of slurs."""
        return sum(host.event.slur_to is not None for host in self.all)

    def inside_slurs(self) -> set[DraftEvent]:
        """The events under slurs."""
        found: set[DraftEvent] = set()
        open_slurs: dict[tuple[int, int], DraftEvent] = {}
        for host in self.all:
            key = (host.staff, host.number)
            if host.event.slur_to is not None:
                open_slurs[key] = host.event.slur_to
            end = open_slurs.get(key)
            if end is not None:
                found.add(host.event)
                if end is host.event:
                    del open_slurs[key]
        return found

    def pedal_places(self) -> list[tuple[DraftEvent, DraftEvent]]:
        """The first and the last event of each measure of the left hand of a piano with at least two."""
        found: list[tuple[DraftEvent, DraftEvent]] = []
        left = next(
            (
                staff
                for staff, (each, is_left) in enumerate(self._staves)
                if is_left and each.name in _WITH_PEDAL
            ),
            None,
        )
        for measure in self._draft.measures:
            voices = measure.voices.get(left, []) if left is not None else []
            voice = [event for event in voices[-1] if not event.is_space] if voices else []
            if len(voice) > 1:
                found.append((voice[0], voice[-1]))
        return found
