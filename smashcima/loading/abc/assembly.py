"""Measures of a score from the bars of its voices."""

from __future__ import annotations

from fractions import Fraction

from smashcima.errors import Issue
from smashcima.loading.abc.drafts import BarDraft, LayerDraft
from smashcima.loading.abc.findings import Findings
from smashcima.loading.abc.layers import content_of_layer
from smashcima.loading.abc.page_heads import Page, page_head
from smashcima.loading.abc.signatures import clef_of, key_signature_of, time_signature_of
from smashcima.loading.abc.staves import StaffDraft, define_staves, staves_of
from smashcima.loading.abc.voice_reader import VoiceReader
from smashcima.loading.abc.voice_state import Settings
from smashcima.notations.abc import GroupPlan
from smashcima.scene.semantic import (
    BarlineForm,
    Clef,
    Ending,
    Measure,
    MeasureSpace,
    MeasureStaff,
    Score,
    ScoreDefinition,
    Section,
    SemanticObject,
    Staff,
    StaffChange,
    StaffGroup,
    SystemBreak,
    Voice,
)


def assembled(
    voices: list[VoiceReader], plan: GroupPlan, page: Page, settings: Settings, findings: Findings
) -> tuple[Score, list[Issue]]:
    """The score of a tune, and everything that was found in it."""
    staves = staves_of(voices, plan)
    definition = define_staves(staves, plan, settings)
    assembler = _Assembler(staves, settings, findings)
    section = assembler.assemble()
    head = page_head(page)
    if head is not None:
        definition.children.insert(0, head)
    score = Score(page.titles[0] if page.titles else "", page.composer, children=[definition, section])
    score.show_accidentals()
    flaws = [Issue(f"{findings.place}, {flaw.where}", flaw.element, flaw.what) for flaw in score.update()]
    return score, [*findings.issues(assembler.first_number), *flaws]


class _Assembler:
    """Makes the measures of a score."""

    def __init__(self, staves: list[StaffDraft], settings: Settings, findings: Findings) -> None:
        self._staves = staves
        self._settings = settings
        self._findings = findings
        self._count = max(len(bars) for staff in staves for bars in staff.bars)
        self._section = Section()
        self._ending: Ending | None = None
        self.first_number = self._number_of_first()
        """Number of the first measure: 0 for a pickup."""

    def assemble(self) -> Section:
        """The measures, in their order."""
        number = self.first_number
        for index in range(self._count):
            number += self._add_measure(index, number)
        for staff in self._staves:
            for voice, bars in zip(staff.voices, staff.bars, strict=True):
                if len(bars) < self._count:
                    what = f"voice {voice.id} has {len(bars)} measures, another one {self._count}"
                    self._findings.report("voice", what)
        return self._section

    def _number_of_first(self) -> int:
        first = self._bars(0)[0]
        length = first.meter_in_force.length
        return 0 if self._count > 1 and length and not first.rests and first.time < 4 * length else 1

    def _bars(self, index: int) -> list[BarDraft]:
        """The bars of a measure in all voices; the first one tells what holds for all."""
        return [bars[index] for staff in self._staves for bars in staff.bars if index < len(bars)]

    @property
    def _holder(self) -> Section | Ending:
        return self._ending or self._section

    def _add_measure(self, index: int, number: int) -> int:
        """Adds a measure, and what changes before it; returns the number of measures for which it stands."""
        bars = self._bars(index)
        ending = next((bar.ending for bar in bars if bar.ending is not None), None)
        if ending is not None or any(bar.left is BarlineForm.REPEAT_START for bar in bars):
            self._ending = None
        if index:
            self._change(index)
            if bars[0].starts_line:
                self._holder.children.append(SystemBreak())
        if ending is not None:
            opened = Ending(ending)
            self._section.children.append(opened)
            self._ending = opened
        measure = Measure(
            str(number),
            next((bar.left for bar in bars if bar.left is not None), None),
            next((bar.right for bar in bars if bar.right is not None), None),
        )
        self._holder.children.append(measure)
        for staff in self._staves:
            measure.children.append(self._measure_staff(staff, index, measure, number))
        for staff in self._staves:
            for own in staff.bars:
                if index < len(own):
                    _add_marks(own[index], staff.staff, measure)
        if any(bar.closes_ending for bar in bars):
            self._ending = None
        return bars[0].measures

    def _measure_staff(self, staff: StaffDraft, index: int, measure: Measure, number: int) -> MeasureStaff:
        made: list[Voice] = []
        for bars in staff.bars:
            bar = bars[index] if index < len(bars) else BarDraft()
            for layer in bar.layers:
                voice = Voice(str(len(made) + 1))
                made.append(voice)
                voice.children += self._content(layer, bar, measure, number)
        staff.last_voices = made
        return MeasureStaff(staff.staff.n, staff.staff, children=list(made))

    def _content(
        self, layer: LayerDraft, bar: BarDraft, measure: Measure, number: int
    ) -> list[SemanticObject]:
        if not layer.entries:
            return [MeasureSpace()]
        content = content_of_layer(layer, bar)
        bar.marks += content.marks
        for element, what in content.flaws:
            self._findings.report(element, what, number + 1 - self.first_number)
        return content.children

    def _change(self, index: int) -> None:
        """Adds the changes of key, metre and clef at the start of a measure."""
        bars = [staff.bar(index) or BarDraft() for staff in self._staves]
        for staff, bar in zip(self._staves, bars, strict=True):
            clef = None if bar.clef is None else clef_of(bar.clef)
            if clef is not None:
                _change_clef(staff, clef)
        key, meter = bars[0].key, bars[0].meter
        has_one_key = key is not None and not key.signs and all(bar.key == key for bar in bars)
        has_one_meter = meter is not None and all(bar.meter == meter for bar in bars)
        definition = ScoreDefinition()
        if has_one_key and key is not None:
            definition.children.append(key_signature_of(key, self._staves[0].clef, self._settings))
        if has_one_meter and meter is not None:
            definition.children.append(time_signature_of(meter))
        changes: list[SemanticObject] = []
        for staff, bar in zip(self._staves, bars, strict=True):
            own: list[SemanticObject] = []
            if bar.key is not None and not has_one_key:
                own.append(key_signature_of(bar.key, staff.clef, self._settings))
            if bar.meter is not None and not has_one_meter:
                own.append(time_signature_of(bar.meter))
            if own:
                changes.append(StaffChange(staff.staff.n, staff.staff, children=list(own)))
        if changes:
            definition.children.append(StaffGroup(children=list(changes)))
        if definition.children:
            self._holder.children.append(definition)


def _change_clef(staff: StaffDraft, clef: Clef) -> None:
    """Puts a clef before the barline, at the end of the previous measure, in all its voices."""
    for voice in staff.last_voices:
        voice.children.append(clef if clef.parent is None else Clef(None, same_as=clef))


def _add_marks(bar: BarDraft, staff: Staff, measure: Measure) -> None:
    measure.children += bar.marks
    meter = bar.meter_in_force
    beat = Fraction(4, meter.unit) if meter.unit else Fraction(1)
    for timed in bar.timed:
        timed.mark.beat = timed.time / beat + 1
        timed.mark.staves.append(staff)
        measure.children.append(timed.mark)
