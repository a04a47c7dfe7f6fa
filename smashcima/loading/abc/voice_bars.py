"""The bars of a voice: lines, barlines, endings, and changes of key, metre and clef."""

from __future__ import annotations

from dataclasses import replace

from smashcima.loading.abc.attachments import Attachments
from smashcima.loading.abc.barlines import BarlineReading
from smashcima.loading.abc.decorating import articulate, mark_of, text_mark
from smashcima.loading.abc.drafts import BarDraft, Entry, LayerDraft
from smashcima.loading.abc.findings import Findings
from smashcima.loading.abc.lyrics import LineAligner, Singing, Sung
from smashcima.loading.abc.signatures import (
    clef_of,
    has_same_signature,
    key_signature_of,
    time_signature_of,
    with_naturals,
)
from smashcima.loading.abc.voice_state import Settings, VoiceState
from smashcima.notations.abc import Key, Meter, Token
from smashcima.scene.semantic import BarlineForm, ControlEvent, SemanticObject


class VoiceBars:
    """The bars of one voice, of which the last one is being read."""

    def __init__(self, id: str, state: VoiceState, settings: Settings, findings: Findings) -> None:
        self.id = id
        self.state = state
        self.initial = state
        """What is in force at its start."""

        self.bars = [BarDraft(meter_in_force=state.meter)]
        self.sung: list[Sung] = []
        self.lyrics = LineAligner(settings.follows_2_1)
        self.symbols = LineAligner(settings.follows_2_1)
        self.singing = Singing()
        self.attachments = Attachments(self.report)
        self.line_start = 0
        """Index among `sung` of the first note of the last line of music."""

        self._settings = settings
        self._findings = findings
        self._layer = 0
        self._is_joined = False
        """Whether the next event follows the last one without a space."""

        self._graces: list[SemanticObject] = []
        """Grace notes before the next event."""

        self._measures_before = 0
        self._has_started = False

    @property
    def bar(self) -> BarDraft:
        """The current bar."""
        return self.bars[-1]

    @property
    def number(self) -> int:
        """Number of the current measure, from 1."""
        return self._measures_before + 1

    @property
    def has_music(self) -> bool:
        """Whether it has any event."""
        return self._has_started

    def report(self, element: str, what: str) -> None:
        """Adds an issue in the current measure."""
        self._findings.report(element, what, self.number)

    # -- lines and fields ----------------------------------------------------------------------------------

    def start_line(self, is_continued: bool, breaks: bool) -> None:
        """Begins a line of music; `breaks` tells whether the one before it ended a system."""
        if is_continued:
            return
        self.line_start = len(self.sung)
        self.lyrics.verse = self.symbols.verse = 0
        self._is_joined = False
        if breaks:
            self.break_line()

    def break_line(self) -> None:
        """Begins a new system, at the barline before the current bar if it has begun."""
        if not self._has_started:
            return
        if not self.bar.is_empty:
            self._findings.report(
                "line break", "some lines of the source end inside a bar; the system begins with that bar"
            )
        self.bar.starts_line = True

    def change_key(self, key: Key) -> None:
        """Sets a new key; the same key signature is not drawn again."""
        if self._has_started:
            key = with_naturals(key, self.state.key)
        if has_same_signature(key, self.state.key):
            pass
        elif self._is_fresh:
            self.bar.key = key
        else:
            self._insert(key_signature_of(key, self.state.clef, self._settings))
        self.state = replace(self.state, key=key)

    def change_meter(self, meter: Meter) -> None:
        """Sets a new metre; the same one is not drawn again."""
        if meter == self.state.meter:
            return
        if self._is_fresh:
            self.bar.meter = meter
            self.bar.meter_in_force = meter
        else:
            self._insert(time_signature_of(meter))
        self.state = replace(self.state, meter=meter)

    def change_state(self, state: VoiceState) -> None:
        """Sets new properties and unit note length; a new clef is drawn."""
        old = self.state.clef
        if state.properties.transpose != self.state.properties.transpose and self._has_started:
            self.report("transpose", "a transposition inside a tune applies to the whole voice")
        if state.properties.lines != self.state.properties.lines and self._has_started:
            self.report("stafflines", "the number of lines cannot change inside a tune; not applied")
        self.state = state
        if state.clef == old:
            return
        if state.clef.shape is None and self._has_started:
            self.report("clef", "a clef cannot end inside a tune; not applied")
        elif self._is_fresh:
            self.bar.clef = state.clef
        else:
            self._insert(clef_of(state.clef))

    @property
    def _is_fresh(self) -> bool:
        """Whether nothing has been read of the current bar."""
        return self.bar.is_empty and not self._graces

    def _insert(self, item: SemanticObject | None) -> None:
        if item is not None:
            self._current_layer.entries.append(Entry(item))

    @property
    def _current_layer(self) -> LayerDraft:
        return self.bar.layers[self._layer]

    # -- barlines and endings -------------------------------------------------------------------------------

    def _ending(self, token: Token) -> None:
        self.start_ending(token.parts[0])

    def _line_break(self, token: Token) -> None:
        if token.text in self._settings.line_breaks:
            self.break_line()

    def _other(self, token: Token) -> None:
        if token.text == "!":
            self.break_line()  # as abc2win wrote it
        else:
            self.report("character", f"{token.text!r} has no meaning; ignored")

    def start_ending(self, numbers: str) -> None:
        """Begins an ending."""
        if not self.bar.is_empty:
            self.report("ending", f"{numbers[:20]} begins inside a bar; drawn from its barline")
        self.bar.ending = ", ".join(filter(None, numbers.rstrip(".,-").split(",")))

    def _close_bar(self, barline: BarlineReading) -> None:
        """Ends the current bar; a barline behind another one is added to that."""
        if self.bar.is_empty and (len(self.bars) > 1 or not self._has_started):
            self._add_barline(barline)
            return
        self.bar.right = barline.right
        self.bar.closes_ending = barline.closes_ending
        self._measures_before += self.bar.measures
        self.bars.append(BarDraft(left=barline.left, meter_in_force=self.state.meter))

    def _add_barline(self, barline: BarlineReading) -> None:
        """Adds a barline to the one before it, or at the start of the voice."""
        self.bar.left = barline.left or self.bar.left
        if len(self.bars) > 1:
            before = self.bars[-2]
            if barline.right is not None and before.right is not BarlineForm.REPEAT_END:
                before.right = barline.right
            before.closes_ending = before.closes_ending or barline.closes_ending
        elif barline.right is not None and barline.left is None:
            self.bar.left = barline.right

    # -- symbol lines ---------------------------------------------------------------------------------------

    def add_symbol(self, text: str, sung: Sung) -> None:
        """Attaches a decoration or quoted text of a symbol line to a note."""
        mark: ControlEvent | None
        if text.startswith('"'):
            mark = text_mark(text.strip('"'))
        elif articulate(text.strip("!+"), sung.event):
            return
        else:
            mark = mark_of(text.strip("!+"), sung.event)
        if mark is None:
            self.report("decoration", f"{text[:30]} is not drawn")
            return
        mark.start = sung.event
        self.bars[sung.bar].marks.append(mark)
