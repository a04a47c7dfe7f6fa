"""Changes of the notes themselves: tuplets, suspensions and clefs."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.composing.drafting import Draft, DraftEvent
from smashcima.composing.draws import Draws
from smashcima.composing.grammar.hosts import Host, Hosts
from smashcima.composing.theory import QUARTER, Key, Tone

_EIGHTH = QUARTER // 2

_DIVISIONS = {3840: (1920, 1920), 2880: (1920, 960), 1920: (960, 960), 5760: (2880, 2880)}
"""Lengths of long notes, and the tied lengths into which they are divided."""


def add_tuplets(hosts: Hosts, share: float, draws: Draws, key: Key) -> None:
    """Turns pairs of eighths and single notes into triplets until a share of all notes is in tuplets."""
    notes, inside, group = hosts.notes, 0, 0
    candidates = _triplet_places(hosts)
    whole = [place for place in candidates if place[1] is not None or place[0].event.ticks == QUARTER]
    lead = [place for place in whole if place[0].is_lead]
    rest = [place for place in whole if not place[0].is_lead]
    short = [place for place in candidates if place[1] is None and place[0].event.ticks != QUARTER]
    taken: set[DraftEvent] = set()
    for host, other in (*draws.shuffled(lead), *draws.shuffled(rest), *draws.shuffled(short)):
        if inside >= share * notes - 1:
            return
        if host.event in taken or (other is not None and other in taken):
            continue
        event = host.event
        if event not in host.voice:
            continue
        made = _triplet(event, other, key)
        group += 1
        if not all(host.fits(tone) for each in made for tone in each.tones):
            continue
        index = host.voice.index(event)
        old = host.voice[index : index + (1 if other is None else 2)]
        made[0].syllable = event.syllable
        _keep_slurs(hosts, old, made)
        for each in made:
            each.tuplet, each.group = (3, 2), group
        host.voice[index : index + len(old)] = made
        taken |= set(old)
        inside += sum(len(each.tones) for each in made)
        notes += sum(len(each.tones) for each in made) - sum(len(each.tones) for each in old)


def _keep_slurs(hosts: Hosts, old: Sequence[DraftEvent], made: Sequence[DraftEvent]) -> None:
    """Moves the ends of slurs from replaced events to new ones."""
    for each in old:
        if each.slur_to is not None and each.slur_to not in old:
            made[0].slur_to = each.slur_to
    for host in hosts.all:
        if host.event.slur_to is not None and host.event.slur_to in old:
            host.event.slur_to = made[-1]


def _triplet_places(hosts: Hosts) -> list[tuple[Host, DraftEvent | None]]:
    """Events on a beat that can become a triplet, with the following one if it is the second half of the beat."""
    found: list[tuple[Host, DraftEvent | None]] = []
    at = 0
    voice: list[DraftEvent] | None = None
    previous_ties = False
    for index, host in enumerate(hosts.all):
        if host.voice is not voice:
            voice, at = host.voice, 0
        event = host.event
        if event.tones and event.tuplet is None and not event.ties and not previous_ties:
            following = hosts.all[index + 1] if index + 1 < len(hosts.all) else None
            if event.ticks == _EIGHTH and at % QUARTER == 0:
                if following is not None and following.voice is host.voice:
                    after = following.event
                    if after.ticks == _EIGHTH and after.tones and not after.ties and not after.syllable:
                        found.append((host, after))
            elif event.ticks in (QUARTER, _EIGHTH) and at % event.ticks == 0 and not event.syllable:
                found.append((host, None))
        previous_ties = event.ties
        at += event.length
    return found


def _triplet(event: DraftEvent, other: DraftEvent | None, key: Key) -> list[DraftEvent]:
    """Three notes in the time of one or two: with a passing tone or a neighbour in the middle."""
    if len(event.tones) > 1 or (other is not None and len(other.tones) > 1):
        last = event.tones if other is None else other.tones
        tones = [event.tones, event.tones, last]
    else:
        first = event.tones[0]
        end = first if other is None else other.tones[0]
        tones = [(first,), (_between(first, end, key),), (end,)]
    ticks = _EIGHTH if other is not None or event.ticks == QUARTER else event.ticks // 2
    return [DraftEvent(ticks, each) for each in tones]


def _between(first: Tone, end: Tone, key: Key) -> Tone:
    """A tone of the scale between two tones, or the neighbour of the first one."""
    distance = end[0] - first[0]
    if abs(distance) > 1:
        return key.tone(first[0] + distance // 2)
    return key.tone(first[0] + (1 if distance <= 0 else -1))


def add_ties(hosts: Hosts, count: int, draws: Draws, may_divide: bool) -> None:
    """Ties repeated notes, and makes suspensions: the last tone of a measure is held into the next, and falls a step.

    If these do not suffice, divides long notes, if it may.
    """
    count -= sum(host.event.ties * len(host.event.tones) for host in hosts.all)
    pairs = _pairs(hosts)
    for before, after in draws.shuffled(pairs):
        if count <= 0:
            return
        first, second = before.event, after.event
        if first.tones == second.tones:
            if not second.syllable and len(first.tones) <= count:
                first.ties = True
                count -= len(first.tones)
        elif second.ticks in (QUARTER, 2 * QUARTER) and first.ticks >= _EIGHTH:
            held = DraftEvent(second.ticks // 2, first.tones)
            second.ticks //= 2
            after.voice.insert(after.voice.index(second), held)
            held.syllable = ""
            first.ties = True
            count -= 1
    if may_divide:
        _divide_notes(hosts, count, draws)


def _divide_notes(hosts: Hosts, count: int, draws: Draws) -> None:
    """Divides long notes into two tied ones."""
    long = [host for host in hosts.sounding() if host.event.ticks in _DIVISIONS and not host.event.tuplet]
    for host in draws.shuffled(long):
        event = host.event
        number = len(event.tones)
        if number <= count and not event.ties and event.slur_to is None and not host.is_tied_to:
            event.ticks, rest = _DIVISIONS[event.ticks]
            event.ties = True
            host.voice.insert(host.voice.index(event) + 1, DraftEvent(rest, event.tones))
            count -= number


def _pairs(hosts: Hosts) -> list[tuple[Host, Host]]:
    """Neighbours in a voice that can be tied: repetitions, and steps down into a measure."""
    last: dict[tuple[int, int], Host] = {}
    found: list[tuple[Host, Host]] = []
    for host in hosts.all:
        before = last.get((host.staff, host.number))
        event = host.event
        if before is not None and _can_tie(before.event, event):
            is_first = host.event is host.voice[0] and before.measure == host.measure - 1
            same = before.event.tones == event.tones
            steps_down = (
                len(event.tones) == len(before.event.tones) == 1
                and before.event.tones[0][0] - event.tones[0][0] == 1
            )
            if (same and (is_first or before.measure == host.measure)) or (steps_down and is_first):
                found.append((before, host))
        last[host.staff, host.number] = host
    return found


def _can_tie(before: DraftEvent, after: DraftEvent) -> bool:
    return bool(before.tones and after.tones) and not (
        before.ties or after.ties or before.tuplet or after.tuplet or before.graces or after.graces
    )


_MIDDLES = {"treble": 34, "bass": 22, "tenor": 26}
"""The steps of the middle lines."""

_OTHER_CLEFS = {"cello": "tenor", "bassoon": "tenor", "trombone": "tenor", "viola": "treble"}
"""The second clef of instruments; keyboards change between treble and bass."""


def add_clef_changes(hosts: Hosts, draft: Draft, count: int, draws: Draws, with_ledgers: bool) -> None:
    """Sets other clefs for measures whose notes lie far from the middle of their staff, and the old ones after them.

    With `with_ledgers`, also for notes that need several ledger lines under the other clef.
    """
    first_events: dict[tuple[int, int], list[Host]] = {}
    for host in hosts.all:
        first_events.setdefault((host.staff, host.measure), []).append(host)
    reach = 12 if with_ledgers else 8
    places: list[tuple[float, int, int, str]] = []
    for (staff, measure), found in first_events.items():
        other = _other_clef(found[0], draft.staves[staff].clef)
        steps = [tone[0] for host in found for tone in host.event.tones]
        if not steps or not other or not measure or (staff, measure + 1) not in first_events:
            continue
        away = max(abs(step - _MIDDLES[other]) for step in steps)
        if away <= reach:
            places.append((away + 3 * draws.uniform(), staff, measure, other))
    used: set[tuple[int, int]] = set()
    for _, staff, measure, other in sorted(places):
        if count < 1:
            return
        if any((staff, measure + shift) in used for shift in (-1, 0, 1)):
            continue
        used.add((staff, measure))
        first_events[staff, measure][0].event.clef = other
        first_events[staff, measure + 1][0].event.clef = draft.staves[staff].clef
        count -= 2


def _other_clef(host: Host, clef: str) -> str:
    """The clef to which a staff can change; empty if there is none."""
    if host.instrument.is_keyboard:
        return {"bass": "treble", "treble": "bass"}.get(clef, "")
    return _OTHER_CLEFS.get(host.instrument.name, "")
