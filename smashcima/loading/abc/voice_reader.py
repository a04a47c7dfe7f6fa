"""Reading of the music code of one voice, token by token, into bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.loading.abc.barlines import BarlineReading, read_barline
from smashcima.loading.abc.curves import Curves
from smashcima.loading.abc.drafts import Entry, LayerDraft, TupletDraft
from smashcima.loading.abc.findings import Budget, Findings
from smashcima.loading.abc.graces import GraceNotes
from smashcima.loading.abc.lyrics import Sung
from smashcima.loading.abc.notes import NoteMaker
from smashcima.loading.abc.voice_bars import VoiceBars
from smashcima.loading.abc.voice_state import Settings, VoiceState
from smashcima.notations.abc import Token, TokenKind, diatonic_of, multiplier
from smashcima.scene.semantic import (
    Chord,
    Event,
    MeasureRest,
    MeasureSpace,
    MultiMeasureRest,
    Note,
    Rest,
    Space,
    StemDirection,
)

_MOST_MARKS = 12
"""Maximum number of octave marks of a note."""

_MOST_RESTS = 1000
"""Maximum number of measures of a multi-measure rest."""

_MOST_BROKEN = 4

_MOST_TUPLETS = 3
"""Maximum depth of nested tuplets."""


@dataclass(slots=True)
class _Chord:
    """A chord that is being read."""

    event: Chord
    lengths: list[Fraction] = field(default_factory=list)
    tied: list[tuple[Note, bool]] = field(default_factory=list)


class VoiceReader(VoiceBars):
    """Reads one voice, token by token."""

    def __init__(
        self, id: str, state: VoiceState, settings: Settings, findings: Findings, budget: Budget
    ) -> None:
        super().__init__(id, state, settings, findings)
        self._budget = budget
        self._notes = NoteMaker(settings, self.report)
        self._curves = Curves()
        self._after_tuplet = False
        self._last: Entry | None = None
        """The last event of the current layer of the bar."""

        self._last_event: Note | Chord | None = None
        self._broken = Fraction(1)
        """Factor of the next event."""

        self._tuplets: list[TupletDraft] = []
        self._grace: GraceNotes | None = None
        self._chord: _Chord | None = None

    # -- tokens --------------------------------------------------------------------------------------------

    def read(self, token: Token) -> None:
        """Reads a token that is not a field."""
        _READERS[token.kind](self, token)

    def _space(self, token: Token) -> None:
        if not self._after_tuplet and token.text.strip("`"):
            self._is_joined = False

    def _note(self, token: Token) -> None:
        sign, letter, marks, length = token.parts
        ties = None if self._grace is not None else self._curves.open_ties(self._layer)
        note = self._notes.made(sign, diatonic_of(letter, marks[:_MOST_MARKS]), self.state, ties)
        factor = self._multiplier(length)
        if self._chord is not None:
            self._chord.event.children.append(note)
            self._chord.lengths.append(factor)
            self.attachments.apply(note, self.bar)
        elif self._grace is not None:
            self._add_grace(self._grace, note, factor)
        else:
            self._add_event(note, [note], factor)

    def _multiplier(self, text: str) -> Fraction:
        factor = multiplier(text)
        if factor is None:
            self.report("length", f"{text[:20]} is not a length; read as 1")
            return Fraction(1)
        return factor

    def _chord_start(self, _: Token) -> None:
        if self._chord is not None:
            self.report("chord", "a chord inside a chord; ignored")
            return
        self._chord = _Chord(Chord(), [])

    def _chord_end(self, token: Token) -> None:
        chord, self._chord = self._chord, None
        if chord is None:
            self.report("]", "a bracket without a chord; ignored")
            return
        notes = chord.event.notes
        if not notes:
            self.report("chord", "it has no notes; ignored")
            return
        if len(set(chord.lengths)) > 1:
            self.report("chord", "its notes have different lengths; it lasts as long as the first one")
        factor = chord.lengths[0] * self._multiplier(token.parts[0])
        event: Note | Chord = chord.event
        if len(notes) == 1:
            event = notes[0]
            event.detach()
        if self._grace is not None:
            self._add_grace(self._grace, event, factor)
            return
        self._add_event(event, notes, factor)
        for note, dotted in chord.tied:
            self._curves.start_ties(event, [note], self._layer, self.bar, dotted)

    def _rest(self, token: Token) -> None:
        letter, length = token.parts
        if self._chord is not None or self._grace is not None:
            self.report("rest", "a rest inside a chord or grace notes; ignored")
            return
        self._add_event(Rest() if letter == "z" else Space(), [], self._multiplier(length))

    def _measure_rest(self, token: Token) -> None:
        letter, digits = token.parts
        count = int(digits[:6] or 1)
        if not 0 < count <= _MOST_RESTS:
            self.report("rest", f"{token.text[:20]} is read as {_MOST_RESTS if count else 1} measures")
            count = _MOST_RESTS if count else 1
        if self._current_layer.entries:
            self.report("rest", f"{token.text[:20]} inside a bar; ignored")
            return
        item: Event = MeasureRest() if letter == "Z" else MeasureSpace()
        if count > 1 and letter == "Z":
            item = MultiMeasureRest(count)
        self._begin()
        self._budget.spend(count)
        self.bar.rests = count
        self._curves.drop_ties(self._layer)
        entry = Entry(item)
        self._attach(entry, is_visible=letter == "Z")
        self._current_layer.entries.append(entry)

    def _spacer(self, _: Token) -> None:
        """Puts what is attached to a spacer where it stands."""
        self._place_marks()

    # -- events --------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._budget.spend()
        self._has_started = True

    def _add_event(self, event: Event, notes: list[Note], factor: Fraction) -> None:
        self._begin()
        length = 4 * self.state.unit * factor * self._broken
        self._broken = Fraction(1)
        entry = Entry(event, length, tuplets=tuple(self._tuplets))
        layer = self._current_layer
        if self._last is not None and self._is_joined:
            self._last.is_joined = True
        layer.entries += (Entry(item) for item in self._graces)
        self._graces = []
        self._attach(entry, is_visible=not isinstance(event, Space))
        if isinstance(event, Note | Chord):
            self._curves.end_ties(event, notes, self._layer)
            self._curves.start_slurs(event, self.bar)
            self._set_stem(event)
            self._last_event = event
            if self._layer == 0:
                self.sung.append(Sung(event, len(self.bars) - 1))
        else:
            self._curves.drop_ties(self._layer)
        self._tell_flaws()
        layer.entries.append(entry)
        self._last = entry
        self._is_joined = True
        self._after_tuplet = False
        for tuplet in self._tuplets:
            tuplet.left -= 1
        self._tuplets = [tuplet for tuplet in self._tuplets if tuplet.left > 0]

    def _set_stem(self, event: Note | Chord) -> None:
        stem = "down" if self.state.key.is_for_pipes else self.state.properties.stem
        if stem in ("up", "down"):
            event.stem_direction = StemDirection(stem)

    def _tell_flaws(self) -> None:
        for element, what in self._curves.flaws:
            self.report(element, what)
        self._curves.flaws.clear()

    def _attach(self, entry: Entry, is_visible: bool) -> None:
        """Attaches the waiting texts and decorations to an event."""
        if not is_visible:
            self._place_marks()
            return
        assert isinstance(entry.item, Event)
        entry.is_marked = self.attachments.attach(entry.item, self.bar)

    def _place_marks(self, at_barline: bool = False) -> None:
        """Puts the waiting texts and decorations at the current time, or at the barline that follows."""
        if at_barline and self.bar.is_empty and len(self.bars) > 1:
            before = self.bars[-2]  # a mark between two barlines belongs to the first one
            self.attachments.place(before, before.layers[0])
        else:
            self.attachments.place(self.bar, self._current_layer)

    # -- grace notes ---------------------------------------------------------------------------------------

    def _grace_start(self, token: Token) -> None:
        if self._grace is not None:
            self.report("grace notes", "grace notes inside grace notes; ignored")
            return
        self._grace = GraceNotes(token.text.endswith("/"), self.state.key.is_for_pipes)

    def _add_grace(self, grace: GraceNotes, event: Note | Chord, factor: Fraction) -> None:
        self._begin()
        self.attachments.apply(event, self.bar)
        self._curves.start_slurs(event, self.bar)
        grace.add(event, factor)

    def _grace_end(self, _: Token) -> None:
        if self._grace is None:
            self.report("}", "a brace without grace notes; ignored")
            return
        self._graces += self._grace.made()
        self._grace = None

    # -- rhythm --------------------------------------------------------------------------------------------

    def _broken_rhythm(self, token: Token) -> None:
        count = len(token.text)
        short = Fraction(1, 2 ** min(count, _MOST_BROKEN))
        first, second = (2 - short, short) if token.text[0] == ">" else (short, 2 - short)
        if self._grace is not None:
            self._grace.break_rhythm(first, second)
            return
        if self._last is None or count > _MOST_BROKEN:
            self.report("broken rhythm", f"{token.text[:10]} does not stand between two notes; ignored")
            return
        self._last.length *= first
        self._broken = second

    def _tuplet(self, token: Token) -> None:
        p, q, r = (int(part) if part else None for part in token.parts)
        assert p is not None
        in_time = 3 if self.state.meter.is_compound else 2
        base = q or {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}.get(p, in_time)
        if p < 1 or (r is None and p < 2) or len(self._tuplets) >= _MOST_TUPLETS:
            self.report("tuplet", f"{token.text} is not a tuplet; ignored")
            return
        self._tuplets.append(TupletDraft(p, base, r or p))
        self._after_tuplet = True

    # -- curves --------------------------------------------------------------------------------------------

    def _tie(self, token: Token) -> None:
        dotted = token.text.startswith(".")
        if self._chord is not None:
            notes = self._chord.event.notes
            if notes:
                self._chord.tied.append((notes[-1], dotted))
            return
        event = self._last.item if self._last is not None else None
        if self._grace is not None or not isinstance(event, Note | Chord):
            self.report("tie", "it does not follow a note; ignored")
            return
        notes = event.notes if isinstance(event, Chord) else [event]
        self._curves.start_ties(event, notes, self._layer, self.bar, dotted)

    def _slur_start(self, token: Token) -> None:
        self._curves.open_slur(token.text.startswith("."))

    def _slur_end(self, _: Token) -> None:
        if self._grace is not None and self._grace.events:
            self._curves.close_slur(self._grace.events[-1][0])
        else:
            self._curves.close_slur(self._last_event)
        self._tell_flaws()

    # -- texts and decorations -----------------------------------------------------------------------------

    def _quoted(self, token: Token) -> None:
        self.attachments.quote(token.parts[0])

    def _decoration(self, token: Token) -> None:
        self.attachments.decorate(token.parts[0], self._last_event)

    def _shorthand(self, token: Token) -> None:
        meaning = self._settings.symbols.get(token.text)
        if meaning is None:
            self.report("symbol", f"{token.text} has no meaning; ignored")
        elif meaning.startswith('"'):
            self.attachments.quote(meaning.strip('"'))
        elif meaning:
            self.attachments.decorate(meaning.strip("!"), self._last_event)

    # -- barlines ------------------------------------------------------------------------------------------

    def _barline(self, token: Token) -> None:
        text, ending = token.parts
        found = read_barline(text)
        if found.flaw:
            self.report("barline", f"{text[:20]} is {found.flaw}")
        self._end_bar(found)
        if ending:
            self.start_ending(ending)

    def _end_bar(self, barline: BarlineReading) -> None:
        self._end_layer()
        self._place_marks(at_barline=True)
        self._close_bar(barline)
        self._layer = 0
        self._notes.start_bar()

    def _end_layer(self) -> None:
        """Ends what does not continue behind a barline or in an overlay."""
        if self._chord is not None or self._grace is not None:
            self.report("chord", "a chord or grace notes without an end; ignored")
            self._chord, self._grace = None, None
        if self._tuplets:
            self.report("tuplet", "it has fewer notes than it tells")
            self._tuplets = []
        self._current_layer.entries += (Entry(item) for item in self._graces)
        self._graces = []
        if self._broken != 1:
            self.report("broken rhythm", "no note follows")
            self._broken = Fraction(1)
        self._last = None
        self._is_joined = False

    def _overlay(self, token: Token) -> None:
        if len(token.text) > 1:
            self.report("overlay", f"{token.text[:10]} over several bars is read as & in one bar")
        self._end_layer()
        self._place_marks()
        if not self.bar.layers[0].entries:
            self.report("overlay", "an overlay of an empty bar; ignored")
            return
        self.bar.layers.append(LayerDraft())
        self._layer = len(self.bar.layers) - 1
        self._notes.start_bar()

    def finish(self) -> None:
        """Ends the voice, and drops its last bar if it is empty."""
        if self.bar.is_empty and not self._graces and len(self.bars) > 1:
            self._place_marks(at_barline=True)
            self.bars.pop()
            self._measures_before -= self.bar.measures
        else:
            self._end_layer()
            self._place_marks(at_barline=True)
        self._curves.finish()
        self._tell_flaws()
        self.attachments.finish(self._last_event)


_READERS: dict[TokenKind, Callable[[VoiceReader, Token], None]] = {
    TokenKind.NOTE: VoiceReader._note,
    TokenKind.REST: VoiceReader._rest,
    TokenKind.MEASURE_REST: VoiceReader._measure_rest,
    TokenKind.SPACER: VoiceReader._spacer,
    TokenKind.SPACE: VoiceReader._space,
    TokenKind.BARLINE: VoiceReader._barline,
    TokenKind.ENDING: VoiceReader._ending,
    TokenKind.QUOTED: VoiceReader._quoted,
    TokenKind.DECORATION: VoiceReader._decoration,
    TokenKind.OLD_DECORATION: VoiceReader._decoration,
    TokenKind.SHORTHAND: VoiceReader._shorthand,
    TokenKind.TUPLET: VoiceReader._tuplet,
    TokenKind.SLUR_START: VoiceReader._slur_start,
    TokenKind.SLUR_END: VoiceReader._slur_end,
    TokenKind.TIE: VoiceReader._tie,
    TokenKind.GRACE_START: VoiceReader._grace_start,
    TokenKind.GRACE_END: VoiceReader._grace_end,
    TokenKind.CHORD_START: VoiceReader._chord_start,
    TokenKind.CHORD_END: VoiceReader._chord_end,
    TokenKind.BROKEN_RHYTHM: VoiceReader._broken_rhythm,
    TokenKind.OVERLAY: VoiceReader._overlay,
    TokenKind.LINE_BREAK: VoiceReader._line_break,
    TokenKind.OTHER: VoiceReader._other,
}
