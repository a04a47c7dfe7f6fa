"""Staves of a tune: which voices each of them has, their names, and their definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from smashcima.loading.abc.drafts import BarDraft, Entry
from smashcima.loading.abc.signatures import clef_of, key_signature_of, time_signature_of
from smashcima.loading.abc.voice_reader import VoiceReader
from smashcima.loading.abc.voice_state import Settings
from smashcima.notations.abc import ClefName, GroupPlan, StaffPlan, decoded
from smashcima.scene.semantic import (
    AbbreviatedLabel,
    GroupSymbol,
    Label,
    MeasureRest,
    MeasureSpace,
    MultiMeasureRest,
    ScoreDefinition,
    SemanticObject,
    Staff,
    StaffGroup,
    Voice,
)

_DIATONIC_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""Steps of an interval, by its semitones."""


@dataclass(slots=True)
class StaffDraft:
    """A staff with its voices."""

    staff: Staff
    voices: list[VoiceReader]
    bars: list[list[BarDraft]]
    """The bars of each voice, one for each measure."""

    last_voices: list[Voice] = field(default_factory=list)
    """Its voices in the previous measure."""

    @property
    def clef(self) -> ClefName:
        """The clef at its start."""
        first = self.bars[0][0]
        return first.clef or self.voices[0].initial.clef

    def bar(self, index: int) -> BarDraft | None:
        """A bar of its first voice, if that has so many."""
        return self.bars[0][index] if index < len(self.bars[0]) else None


def staves_of(voices: Sequence[VoiceReader], plan: GroupPlan) -> list[StaffDraft]:
    """The staves of a plan, which names each voice at most once."""
    by_id = {voice.id: voice for voice in voices}
    members = [[by_id[name] for name in staff.voices] for staff in plan.staves]
    is_alone = sum(map(len, members)) == 1
    return [
        StaffDraft(_staff(number, own), own, [voice.bars if is_alone else expanded(voice) for voice in own])
        for number, own in enumerate(members, 1)
    ]


def _staff(number: int, voices: list[VoiceReader]) -> Staff:
    states = [voice.state for voice in voices]
    lines = next((state.properties.lines for state in states if state.properties.lines is not None), 5)
    semitones = states[0].transposition
    octaves, rest = divmod(abs(semitones), 12)
    steps = (7 * octaves + _DIATONIC_STEPS[rest]) * (1 if semitones > 0 else -1)
    staff = Staff(str(number), min(max(lines, 0), 10), steps, semitones)
    name = next((state.properties.name for state in states if state.properties.name), None)
    subname = next((state.properties.subname for state in states if state.properties.subname), None)
    if name:
        staff.children.append(Label(children=[_label(name)]))
    if subname:
        staff.children.append(AbbreviatedLabel(children=[_label(subname)]))
    return staff


def _label(text: str) -> str:
    return " ".join(decoded(text.replace("\\n", " ")).split())


def expanded(voice: VoiceReader) -> list[BarDraft]:
    """The bars of a voice, with several measures instead of each multi-measure rest, as beside other voices."""
    bars: list[BarDraft] = []
    for bar in voice.bars:
        bars.append(bar)
        if bar.rests < 2:
            continue
        entry = bar.layers[0].entries[0]
        kind = MeasureRest if isinstance(entry.item, MultiMeasureRest) else MeasureSpace
        rest = kind()
        for mark in bar.marks:
            if mark.start is entry.item:
                mark.start = rest
        entry.item = rest
        for _ in range(bar.rests - 1):
            following = BarDraft(meter_in_force=bar.meter_in_force)
            following.layers[0].entries.append(Entry(kind()))
            bars.append(following)
        bars[-1].right, bars[-1].closes_ending = bar.right, bar.closes_ending
        bar.rests, bar.right, bar.closes_ending = 1, None, False
    return bars


def define_staves(staves: list[StaffDraft], plan: GroupPlan, settings: Settings) -> ScoreDefinition:
    """The definition of a score. Key and metre are those of the score, or of each staff if they differ."""
    definition = ScoreDefinition()
    if not settings.numbers_measures:
        definition.mei["mnum.visible"] = "false"
    keys = [staff.bars[0][0].key or staff.voices[0].initial.key for staff in staves]
    meters = [staff.bars[0][0].meter or staff.voices[0].initial.meter for staff in staves]
    for staff in staves:
        clef = clef_of(staff.clef)
        staff.staff.children += [] if clef is None else [clef]
    has_one_key = not keys[0].signs and all(key == keys[0] for key in keys)
    has_one_meter = all(meter == meters[0] for meter in meters)
    for staff, key, meter in zip(staves, keys, meters, strict=True):
        is_first = staff is staves[0]
        made: list[tuple[bool, SemanticObject]] = [
            (has_one_key, key_signature_of(key, staff.clef, settings)),
            (has_one_meter, time_signature_of(meter)),
        ]
        for is_common, signature in made:
            if not is_common:
                staff.staff.children.append(signature)
            elif is_first:
                definition.children.append(signature)
    definition.children.append(_group(plan, iter(staves)))
    return definition


def _group(plan: GroupPlan, staves: Iterator[StaffDraft]) -> StaffGroup:
    group = StaffGroup()
    if plan.symbol is not None:
        group.children.append(GroupSymbol(plan.symbol))
    if plan.is_joined:
        group.mei["bar.thru"] = "true"
    for member in plan.members:
        group.children.append(next(staves).staff if isinstance(member, StaffPlan) else _group(member, staves))
    return group
