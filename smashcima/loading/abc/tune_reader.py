"""Reading of a tune, line by line: fields, directives, and the music code of its voices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from smashcima.errors import Issue
from smashcima.loading.abc.assembly import assembled
from smashcima.loading.abc.decorating import tempo_mark
from smashcima.loading.abc.findings import Budget, Findings
from smashcima.loading.abc.lyrics import aligned
from smashcima.loading.abc.page_heads import Page
from smashcima.loading.abc.plans import plan_of_voices
from smashcima.loading.abc.voice_reader import VoiceReader
from smashcima.loading.abc.voice_state import Settings, VoiceState, merged
from smashcima.notations.abc import (
    FREE_METER,
    AlignmentKind,
    GroupPlan,
    Line,
    LineKind,
    Meter,
    TokenKind,
    Tune,
    decoded,
    follows_2_1,
    is_music,
    lines_of,
    parse_key,
    parse_lyrics,
    parse_meter,
    parse_properties,
    parse_staves,
    parse_symbols,
    parse_tempo,
    parse_unit_length,
    parse_user_symbol,
    split_words,
    tokens_of,
)
from smashcima.scene.semantic import Direction, RehearsalMark, Score

_BEFORE_TUNE = frozenset("LMUI")
"""Fields of the file header that affect the music."""

_SHOWN = 40

_UNPRINTED = frozenset("ABDEFGHNORSZrX")
"""Fields of background information, which are not printed."""


@dataclass(frozen=True, slots=True)
class TuneReading:
    """A tune as a score."""

    score: Score | None
    """`None` if the tune has no notes and rests."""

    issues: list[Issue]


class TuneReader:
    """Reads one tune. Nothing that it finds applies to any other tune."""

    def __init__(self, tune: Tune, place: str, budget: Budget) -> None:
        self._lines = lines_of(tune.text)
        self._has_number = any(line.letter == "X" for line in self._lines)
        self._findings = Findings(place)
        self._budget = budget
        self._settings = Settings(follows_2_1=follows_2_1(tune.text))
        self._state = VoiceState()
        """What new voices start with."""

        self._meter: Meter = FREE_METER
        self._has_unit = False
        self._tempo = ""
        self._titles: list[str] = []
        self._composers: list[str] = []
        self._voices: dict[str, VoiceReader] = {}
        self._states: dict[str, VoiceState] = {}
        """What the header says about voices."""

        self._voice: VoiceReader | None = None
        self._plan: GroupPlan | None = None
        self._in_file_header = self._has_number
        self._in_body = False
        self._is_after_end = False
        self._is_continued = False
        self._ignored: set[str] = set()

    def read(self) -> TuneReading:
        """Reads the tune."""
        for line in self._lines:
            self._read_line(line)
        for voice in self._voices.values():
            voice.finish()
        if self._ignored:
            self._findings.report("directive", f"not applied: {', '.join(sorted(self._ignored))}")
        if not any(voice.has_music for voice in self._voices.values()):
            return TuneReading(None, self._findings.issues(1))
        return self._assemble()

    # -- lines ---------------------------------------------------------------------------------------------

    def _read_line(self, line: Line) -> None:
        if line.letter == "X":
            self._in_file_header = False
        elif line.kind is LineKind.DIRECTIVE:
            self._directive(line.text)
        elif self._in_file_header:
            if line.letter in _BEFORE_TUNE or line.letter in ("C", "m"):
                self._field(line.letter, line.text)
        elif line.kind is LineKind.EMPTY:
            self._is_after_end = self._in_body
        elif not self._is_after_end or self._goes_on(line):
            if line.kind is LineKind.FIELD:
                self._field(line.letter, line.text)
            else:
                self._music(line)

    def _goes_on(self, line: Line) -> bool:
        """Whether a line after an empty one, which ends a tune, is music nevertheless."""
        if not is_music(line):
            return False
        self._findings.report(
            "empty line", "music goes on after an empty line, which ends a tune; it is read"
        )
        self._is_after_end = False
        return True

    # -- fields --------------------------------------------------------------------------------------------

    def _field(self, letter: str, value: str) -> None:
        read = _FIELDS.get(letter)
        if read is not None:
            read(self, value)
        elif letter not in _UNPRINTED:
            self._report(f"{letter} field", "unknown; ignored")

    def _report(self, element: str, what: str) -> None:
        if self._voice is not None and self._in_body:
            self._voice.report(element, what)
        else:
            self._findings.report(element, what)

    def _title(self, value: str) -> None:
        if not self._in_body:
            self._titles.append(decoded(value))
        elif value:
            self._top().attachments.wait(Direction(place="above", children=[decoded(value)]))

    def _composer(self, value: str) -> None:
        if value:
            self._composers.append(decoded(value))

    def _new_meter(self, value: str) -> None:
        meter = parse_meter(value)
        if meter is None:
            self._report("M field", f"{value[:_SHOWN]!r} is not a metre; read as free metre")
            meter = FREE_METER
        if self._voice is not None:
            self._voice.change_meter(meter)
            return
        self._meter = meter
        self._change_all(lambda state: replace(state, meter=meter))

    def _unit(self, value: str) -> None:
        unit = parse_unit_length(value)
        if unit is None:
            self._report("L field", f"{value[:_SHOWN]!r} is not a unit note length; ignored")
            return
        self._has_unit = True
        if self._voice is not None:
            self._voice.state = replace(self._voice.state, unit=unit)
        else:
            self._change_all(lambda state: replace(state, unit=unit))

    def _key(self, value: str) -> None:
        found = parse_key(value)
        properties = parse_properties(list(found.words))
        for word in (*found.unknown, *properties.unknown):
            self._report("K field", f"{word[:_SHOWN]!r} is unknown; ignored")
        if found.key is not None and found.key.is_for_pipes and not found.key.signs:
            what = "HP has no key signature, though pipes sound F and C sharp; notes are read as written"
            self._report("K field", what)
        voice = self._voice
        if voice is not None:
            voice.change_state(replace(voice.state, properties=merged(voice.state.properties, properties)))
            if found.key is not None:
                voice.change_key(found.key)
            return
        key = found.key or self._state.key
        self._change_all(
            lambda state: (
                replace(state, key=key, properties=merged(properties, state.properties))
                if not self._in_body
                else replace(state, key=key, properties=merged(state.properties, properties))
            )
        )
        self._begin_body()

    def _change_all(self, change: Callable[[VoiceState], VoiceState]) -> None:
        """Changes what all voices start with; those of the header keep their own properties."""
        self._state = change(self._state)
        self._states = {name: change(state) for name, state in self._states.items()}

    def _begin_body(self) -> None:
        if self._in_body:
            return
        self._in_body = True
        if not self._has_unit:
            unit = self._meter.unit_length
            self._change_all(lambda state: replace(state, unit=unit))

    def _tempo_field(self, value: str) -> None:
        if not self._in_body:
            self._tempo = value
        else:
            self._set_tempo(value, self._top())

    def _set_tempo(self, value: str, voice: VoiceReader) -> None:
        tempo = parse_tempo(value, voice.state.unit)
        if tempo is None:
            self._report("Q field", f"{value[:_SHOWN]!r} is not a tempo; not drawn")
        else:
            voice.attachments.wait(tempo_mark(tempo))

    def _part(self, value: str) -> None:
        if not value:
            return
        if self._in_body:
            self._top().attachments.wait(RehearsalMark(place="above", children=[decoded(value)]))
        else:
            self._findings.report("P field", f"the order of the parts, {value[:_SHOWN]}, is not drawn")

    def _symbol(self, value: str) -> None:
        found = parse_user_symbol(value)
        if found is None:
            self._report("U field", f"{value[:_SHOWN]!r} is not a definition of a symbol; ignored")
        else:
            self._settings.symbols[found[0]] = found[1]

    def _macro(self, _: str) -> None:
        self._findings.report("m field", "macros are not expanded")

    def _words(self, _: str) -> None:
        self._findings.report("W field", "words below the tune are not drawn")

    # -- voices --------------------------------------------------------------------------------------------

    def _voice_field(self, value: str) -> None:
        words = split_words(value)
        if not words:
            self._report("V field", "a voice without a name; ignored")
            return
        name = words[0]
        properties = parse_properties(words[1:])
        for word in properties.unknown:
            self._report("V field", f"{word[:_SHOWN]!r} is unknown; ignored")
        if not self._in_body:
            old = self._states.get(name, self._state)
            self._states[name] = replace(old, properties=merged(old.properties, properties))
            return
        is_new = name not in self._voices
        if is_new:
            old = self._states.get(name, self._state)
            self._states[name] = replace(old, properties=merged(old.properties, properties))
        voice = self._voice = self._voice_named(name)
        if not is_new:
            voice.change_state(replace(voice.state, properties=merged(voice.state.properties, properties)))

    def _voice_named(self, name: str) -> VoiceReader:
        if name not in self._voices:
            state = self._states.get(name, self._state)
            voice = VoiceReader(name, state, self._settings, self._findings, self._budget)
            if not self._voices and self._tempo:
                self._set_tempo(self._tempo, voice)
            self._voices[name] = voice
        return self._voices[name]

    def _current(self) -> VoiceReader:
        """The current voice: by default, the first one of the header."""
        self._begin_body()
        if self._voice is None:
            self._voice = self._voice_named(next(iter(self._states), "1"))
        return self._voice

    def _top(self) -> VoiceReader:
        """The voice of what stands above all staves: the first one, if it is as far as the current one."""
        voice = self._current()
        first = next(iter(self._voices.values()))
        return first if len(first.bars) == len(voice.bars) else voice

    # -- music and what is aligned with it -----------------------------------------------------------------

    def _music(self, line: Line) -> None:
        if not self._in_body:
            self._findings.report("K field", "the tune has no key field (`K:`); read without a key signature")
            self._begin_body()
        is_continued, self._is_continued = self._is_continued, line.is_continued
        breaks = "<EOL>" in self._settings.line_breaks
        voice = self._voice
        if voice is not None:
            voice.start_line(is_continued, breaks)
        # With `!` as a line break, decorations are written between plus signs.
        text = line.text.replace("!", "$") if "!" in self._settings.line_breaks else line.text
        for token in tokens_of(text):
            if token.kind is TokenKind.FIELD:
                self._field(*token.parts)
                if self._voice is not None and self._voice is not voice:
                    voice = self._voice
                    voice.start_line(is_continued, breaks)
            else:
                if voice is None:
                    voice = self._current()
                    voice.start_line(is_continued, breaks)
                voice.read(token)

    def _lyrics(self, value: str) -> None:
        if not self._in_body:
            self._findings.report("w field", "lyrics before the music; ignored")
            return
        voice = self._current()
        items = parse_lyrics(value)
        lines = voice.lyrics
        lines.next_line(items, voice.sung, voice.line_start)
        surplus = voice.singing.sing(items, voice.sung, lines.start, lines.verse)
        if surplus:
            voice.report("lyric syllable", f"{surplus} more than notes; not drawn")

    def _symbol_line(self, value: str) -> None:
        if not self._in_body:
            return
        voice = self._current()
        items = parse_symbols(value)
        lines = voice.symbols
        lines.next_line(items, voice.sung, voice.line_start)
        for item, found in aligned(items, voice.sung, lines.start):
            if item.kind is AlignmentKind.TEXT:
                if found is None:
                    voice.report("symbol", f"{item.text[:_SHOWN]} has no note; not drawn")
                else:
                    voice.add_symbol(item.text, found)

    # -- directives ----------------------------------------------------------------------------------------

    def _directive(self, text: str) -> None:
        name, _, value = text.partition(" ")
        name, value = name.lower(), value.strip()
        if name in ("score", "staves"):
            self._group_voices(f"{name} {value}")
        elif name in ("text", "center", "begintext"):
            self._findings.report("text", f"%%{name}: text between lines of music is not drawn")
        elif not self._settings.apply(name, value):
            self._ignored.add(name[:_SHOWN])

    def _group_voices(self, directive: str) -> None:
        if any(voice.has_music for voice in self._voices.values()):
            self._report("score", "a new arrangement of voices inside a tune; ignored")
            return
        plan = parse_staves(directive)
        if plan is None:
            self._findings.report(
                "score", f"%%{directive[:_SHOWN]} is not valid; each voice has its own staff"
            )
        self._plan = plan

    # -- the score -----------------------------------------------------------------------------------------

    def _assemble(self) -> TuneReading:
        plan = plan_of_voices(self._plan, self._voices, list(self._states), self._findings)
        page = Page(tuple(self._titles), ", ".join(self._composers))
        score, issues = assembled(list(self._voices.values()), plan, page, self._settings, self._findings)
        return TuneReading(score, issues)


_FIELDS: dict[str, Callable[[TuneReader, str], None]] = {
    "C": TuneReader._composer,
    "I": TuneReader._directive,
    "K": TuneReader._key,
    "L": TuneReader._unit,
    "M": TuneReader._new_meter,
    "P": TuneReader._part,
    "Q": TuneReader._tempo_field,
    "T": TuneReader._title,
    "U": TuneReader._symbol,
    "V": TuneReader._voice_field,
    "W": TuneReader._words,
    "m": TuneReader._macro,
    "s": TuneReader._symbol_line,
    "w": TuneReader._lyrics,
}
