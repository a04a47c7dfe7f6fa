"""Marks in wanted numbers: each element has a share, which becomes a number of places that are chosen at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from smashcima.composing.drafting import Draft, DraftEvent
from smashcima.composing.draws import Draws
from smashcima.composing.elements import ELEMENTS
from smashcima.composing.ensembles import LARGE
from smashcima.composing.grammar.changes import add_clef_changes, add_ties, add_tuplets
from smashcima.composing.grammar.hosts import Host, Hosts
from smashcima.composing.grammar.phrases import Phrase
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.words import DIRECTIONS
from smashcima.scene.semantic import BarlineForm

_DYNAMICS = ("pp", "p", "mp", "mf", "f", "ff")
_RARE_DYNAMICS = ("sf", "fp", "sfz", "ppp", "fff")
_MIDDLE = 28
"""The step of middle C."""

_HIGH_FOR_HAND = -5
"""Steps above which a hand may play on the other staff."""

_NO_ARPEGGIOS = ("organ",)
"""Instruments whose chords are usually not broken."""

_NO_SWELLS = ("harpsichord", "organ")
"""Instruments on which a tone cannot swell."""

_NOT_SUNG = ("ornaments", "grace notes", "articulations", "tuplets", "ties")
"""Elements that singers have only if they are wanted."""


class Decorator:
    """Adds marks to a draft."""

    def __init__(self, draft: Draft, plan: Plan, phrases: Sequence[Phrase], draws: Draws) -> None:
        self._draft = draft
        self._plan = plan
        self._phrases = phrases
        self._draws = draws
        self._hosts = Hosts(draft, plan)
        ensemble = plan.ensemble
        offset = len(draft.measures) - plan.measures
        self._starts = {phrase.start + offset for phrase in phrases}
        """Indices of the measures with which phrases begin."""
        self._ends = {phrase.end - 1 + offset for phrase in phrases}
        self._is_sung = ensemble.instruments[ensemble.leader].family == "voice"

    def decorate(self) -> None:
        """Adds all marks."""
        shares = self._plan.shares
        draft, draws = self._draft, self._draws
        if "tuplets" in shares:
            add_tuplets(
                self._hosts, self._wanted("tuplets") / max(self._hosts.notes, 1), draws, self._plan.key
            )
        if "ties" in shares:
            if "tuplets" in shares:
                self._hosts.refresh()
            add_ties(self._hosts, self._wanted("ties"), draws, "ties" in self._plan.wanted)
        if "tuplets" in shares or "ties" in shares:
            self._hosts.refresh()
        if "clef changes" in shares:
            is_wanted = "clef changes" in self._plan.wanted
            add_clef_changes(self._hosts, draft, self._wanted("clef changes"), draws, is_wanted)
        for name, add in self._per_element().items():
            if name in shares:
                add(self._wanted(name))

    def _per_element(self) -> dict[str, Callable[[int], None]]:
        return {
            "repeats": self._repeats,
            "slurs": self._slurs,
            "cross-staff": self._cross_staff,
            "grace notes": self._graces,
            "ornaments": self._ornaments,
            "articulations": self._articulations,
            "fingerings": self._fingerings,
            "arpeggios": self._arpeggios,
            "dynamics": self._dynamics,
            "hairpins": self._hairpins,
            "pedals": self._pedals,
            "directions": self._directions,
            "fermatas": self._fermatas,
            "breaths": self._breaths,
        }

    def _wanted(self, name: str) -> int:
        """The number of elements for a share; its fraction decides at random, so that sums over pieces are right."""
        is_wanted = name in self._plan.wanted
        base = len(self._draft.measures)
        if ELEMENTS[name].per == "note":
            base = self._hosts.notes if is_wanted else self._hosts.lead_notes
            if not is_wanted and not self._is_usual(name):
                return 0
        number = self._plan.shares[name] * base
        together = 2 if name == "clef changes" else 1  # the old clef returns
        return together * int(number / together + self._draws.uniform())

    def _is_usual(self, name: str) -> bool:
        """Whether an element per note is usual for the music, as triplets are not in 6/8, and ornaments not in songs."""
        if self._is_sung and name in _NOT_SUNG:
            return False
        is_large = len(self._plan.ensemble.instruments) >= LARGE  # where others double the melody
        return name != "tuplets" or not (self._plan.metre.is_compound or is_large)

    def _some(self, hosts: Sequence[Host], count: int, preferred: Sequence[Host] = ()) -> list[Host]:
        """Hosts at random, the preferred ones first."""
        chosen = self._draws.sample(preferred, count)
        if len(chosen) < count:
            first = {host.event for host in preferred}
            rest = [host for host in hosts if host.event not in first]
            chosen += self._draws.sample(rest, count - len(chosen))
        return chosen

    # -- per note ------------------------------------------------------------------------------------------

    def _graces(self, count: int) -> None:
        draws, key = self._draws, self._plan.key
        while count > 0:
            free = [h for h in self._hosts.single() if not h.event.graces and not h.is_tied_to]
            chosen = self._some(free, count, [h for h in free if h.is_lead])
            if not chosen:
                return
            for host in chosen:
                step = host.event.tones[0][0]
                numbers = (1, 1, 1, 2) if count > 1 else (1,)
                steps = [step + 1] if draws.pick(numbers) == 1 else [step - 1, step + 1][:count]
                if draws.chance(0.25) and len(steps) == 1:
                    steps = [step - 1]
                tones = tuple(key.tone(each) for each in steps)
                if count > 0 and all(host.fits(tone) for tone in tones):
                    host.event.graces = tones
                    count -= len(tones)
            if all(not host.event.graces for host in chosen):
                return

    def _ornaments(self, count: int) -> None:
        free = [h for h in self._hosts.single() if not h.is_tied_to and not h.event.is_rest]
        long = [h for h in free if h.event.length >= 960 and h.is_lead]
        if len(long) < count:
            long = [h for h in free if h.event.length >= 480 and h.is_lead]
        for host in self._some(free, count, long):
            kinds = ("trill", "mordent", "inverted mordent", "turn")
            host.event.ornament = self._draws.pick(kinds if host.event.length >= 480 else kinds[1:3])

    def _articulations(self, count: int) -> None:
        free = [h for h in self._hosts.sounding() if not h.is_tied_to and not h.event.ties]
        slurred = self._hosts.inside_slurs()
        loose = [h for h in free if h.event not in slurred]
        lead = [h for h in loose if h.is_lead]
        rest = [h for h in free if not h.is_lead or h.event in slurred]
        kinds: dict[tuple[int, int, bool], str] = {}
        for host in (*self._by_measures(lead), *self._by_measures(rest))[:count]:
            short = host.event.length <= 960 and host.event not in slurred
            names = ("stacc", "stacc", "stacc", "acc") if short else ("ten", "acc", "marc", "ten")
            # Notes of a kind have the same sign through a measure.
            host.event.articulation = kinds.setdefault(
                (host.measure, host.staff, short), self._draws.pick(names)
            )

    def _by_measures(self, hosts: Sequence[Host]) -> list[Host]:
        """The hosts by measure and staff, in a random order of these."""
        places: dict[tuple[int, int], list[Host]] = {}
        for host in hosts:
            places.setdefault((host.measure, host.staff), []).append(host)
        return [host for key in self._draws.shuffled(list(places)) for host in places[key]]

    def _fingerings(self, count: int) -> None:
        free = self._hosts.single()
        for host in self._some(free, count, [h for h in free if h.instrument.is_keyboard]):
            host.event.fingering = str(self._draws.integer(1, 5))

    def _arpeggios(self, count: int) -> None:
        free = [h for h in self._hosts.sounding() if len(h.event.tones) > 1 and not h.is_tied_to]
        if "arpeggios" not in self._plan.wanted:
            free = [h for h in free if h.instrument.name not in _NO_ARPEGGIOS]
        for host in self._some(free, count, [h for h in free if h.event.length >= 960]):
            host.event.arpeggio = True

    def _cross_staff(self, count: int) -> None:
        """Draws the highest tones of the left hand on the upper staff, and the lowest of the right hand on the lower."""
        free = [h for h in self._hosts.sounding() if h.instrument.is_keyboard and not h.event.graces]
        free.sort(key=lambda host: -self._height(host))
        for host in free:
            if self._height(host) >= _HIGH_FOR_HAND and count >= len(host.event.tones):
                host.event.staff_shift = -1 if host.is_left_hand else 1
                count -= len(host.event.tones)

    @staticmethod
    def _height(host: Host) -> int:
        """Steps from the tone at which the hands part, positive for the side of the other hand."""
        tones = host.event.tones
        return tones[0][0] - _MIDDLE if host.is_left_hand else _MIDDLE - tones[-1][0]

    # -- per measure ---------------------------------------------------------------------------------------

    def _slurs(self, count: int) -> None:
        """Slurs over the runs of notes between rests, measure by measure, first in the melody."""
        count -= self._hosts.slur_count()
        taken = self._hosts.inside_slurs()
        runs = [*self._hosts.runs(lead=True)], [*self._hosts.runs(lead=False)]
        # Slurs over words are melismas, which are there already, so that others are only drawn if they are wanted.
        unsung = [[run for run in each if not any(event.syllable for event in run)] for each in runs]
        sung = [run for each in runs for run in each if any(event.syllable for event in run)]
        for chosen in (*unsung, sung if "slurs" in self._plan.wanted else []):
            free = [run for run in chosen if not any(event in taken for event in run)]
            for run in self._draws.shuffled(free):
                for part in self._parts(run, count):
                    part[0].slur_to = part[-1]
                    count -= 1
            if count <= 0:
                return

    def _parts(self, run: list[DraftEvent], count: int) -> list[list[DraftEvent]]:
        """A run as one slur, or as two if it is long."""
        if count <= 0:
            return []
        if len(run) >= 6 and count > 1 and self._draws.chance(0.4):
            middle = len(run) // 2
            return [run[:middle], run[middle:]]
        return [run]

    def _dynamics(self, count: int) -> None:
        hosts = self._hosts.measure_starts()
        if not hosts:
            return
        level = self._draws.integer(1, 4)
        preferred = [host for host in hosts if host.measure in self._starts]
        first = hosts[0]
        chosen = [first, *self._some(hosts[1:], count - 1, [h for h in preferred if h is not first])]
        for host in sorted(chosen[:count], key=lambda host: host.measure):
            host.event.dynamic = _DYNAMICS[level]
            if host is not first and self._draws.chance(0.05):
                host.event.dynamic = self._draws.pick(_RARE_DYNAMICS)
            if "dynamics" not in self._plan.wanted:
                for other in self._hosts.starts_of_others(host):
                    other.event.dynamic = host.event.dynamic
            level = min(max(level + self._draws.pick((-2, -1, 1, 2)), 0), len(_DYNAMICS) - 1)

    def _hairpins(self, count: int) -> None:
        names = {each.name for each in self._plan.ensemble.instruments}
        if "hairpins" not in self._plan.wanted and names <= {*_NO_SWELLS, "bass pedals"}:
            return
        runs = [run for run in self._hosts.runs(lead=True) if len(run) > 1]
        others = [run for run in self._hosts.runs(lead=False) if len(run) > 1]
        chosen = [*self._draws.shuffled(runs), *self._draws.shuffled(others)][:count]
        for run in chosen:
            rises = run[-1].tones[0] >= run[0].tones[0]
            form = "cres" if rises is self._draws.chance(0.8) else "dim"
            run[0].hairpin_to = (form, run[-1])

    def _pedals(self, count: int) -> None:
        places = self._hosts.pedal_places()
        for first, last in self._draws.sample(places, count):
            first.pedal, last.pedal = "down", "up"

    def _directions(self, count: int) -> None:
        starts = self._hosts.measure_starts()
        hosts = [
            host for host in starts if not host.event.dynamic and host.event.hairpin_to is None
        ] or starts
        late = len(self._draft.measures) * 0.8
        pace = "slow" if self._plan.speed < 90 else "fast"
        for host in self._some(hosts, count):
            place = (
                "end"
                if host.measure > late and host.measure > 3
                else "middle"
                if self._draws.chance(0.3)
                else pace
            )
            host.event.direction = self._draws.pick(DIRECTIONS[place])

    def _fermatas(self, count: int) -> None:
        hosts = self._hosts.measure_ends()
        for host in self._some(hosts, count, [host for host in hosts if host.measure in self._ends]):
            host.event.fermata = True
            if "fermatas" not in self._plan.wanted:
                for other in self._hosts.ends_of_others(host):
                    other.event.fermata = True

    def _breaths(self, count: int) -> None:
        hosts = self._hosts.measure_ends()
        for host in self._some(hosts, count, [host for host in hosts if host.measure in self._ends]):
            host.event.breath = True

    def _repeats(self, count: int) -> None:
        """Repeats phrases: the ends of sections first."""
        first = len(self._draft.measures) - self._plan.measures
        phrases = [phrase for phrase in self._phrases if not phrase.has_endings]
        count -= len(self._phrases) - len(phrases)
        ends = [
            phrase
            for phrase, following in zip_longest(phrases, phrases[1:])
            if following is None or following.section != phrase.section
        ]
        others = [phrase for phrase in phrases if phrase not in ends]
        chosen = [*self._draws.shuffled(ends), *self._draws.shuffled(others)][: max(count, 0)]
        measures = self._draft.measures
        for phrase in chosen:
            measures[first + phrase.end - 1].right = BarlineForm.REPEAT_END
        border = 0
        with_endings = [phrase for phrase in self._phrases if phrase.has_endings]
        for phrase in sorted((*chosen, *with_endings), key=lambda each: each.start):
            start = self._section_start(phrase, border)
            if start > 0 and not phrase.has_endings:
                measures[first + start].left = BarlineForm.REPEAT_START
            border = phrase.end

    def _section_start(self, phrase: Phrase, border: int) -> int:
        """Index of the measure from which a repeat begins: that of its section, after the last repeat."""
        start = min(each.start for each in self._phrases if each.section == phrase.section)
        return max(start, border)
