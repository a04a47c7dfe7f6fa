"""Musical annotations: measures that fill their time, melodies in a key, phrases."""

from __future__ import annotations

from smashcima.composing.annotations.melody import Melody, key_tokens
from smashcima.composing.annotations.musical_style import MusicalStyle
from smashcima.composing.annotations.rhythm import Cell, Meter, Rhythms, Value
from smashcima.composing.draws import Draws, Weighted
from smashcima.notations.mashcima import (
    KeySignatureTokenGroup,
    TimeSignatureTokenGroup,
    TokenGroup,
    needs_mark,
    stringify_token_groups_to_annotation,
)

_LONG_RESTS = Weighted({"wr": 8, "br": 1, "lr": 1})
_DYNAMICS = ("pp", "p", "mp", "mf", "f", "ff", "sf", "fp")
_ORNAMENTS = ("~mordent.lower", "~mordent.upper", "~turn.upper", "~turn.lower")


class Composer:
    """Composes annotations in a style."""

    def __init__(self, style: MusicalStyle) -> None:
        self.style = style
        self._clefs = Weighted(style.clefs)
        self._fifths = Weighted(style.fifths)
        self._times = Weighted({Meter.parse(text): weight for text, weight in style.times.items()})
        self._rhythms = Rhythms(style.simple_cells, style.compound_cells)
        self._intervals = Weighted(style.intervals)

    def annotation(self, draws: Draws) -> str:
        """Composes an annotation."""
        return stringify_token_groups_to_annotation(self.groups(draws))

    def groups(self, draws: Draws) -> list[TokenGroup]:
        """Composes the groups of an annotation."""
        return _Piece(self, draws).groups

    def draw_clef(self, draws: Draws) -> str:
        """A clef of the style."""
        return draws.weighted(self._clefs)

    def draw_fifths(self, draws: Draws) -> int:
        """The number of sharps of a key of the style."""
        return draws.weighted(self._fifths)

    def draw_meter(self, draws: Draws) -> Meter:
        """A meter of the style."""
        return draws.weighted(self._times)

    def draw_cells(self, draws: Draws, length: int, beat: int) -> list[Cell]:
        """Rhythms that fill a length."""
        return self._rhythms.fill(draws, length, beat)

    def new_melody(self, draws: Draws) -> Melody:
        """A melody in the range of the style."""
        style = self.style
        return Melody(draws, self._intervals, style.range, style.chromatic)


class _Piece:
    """One annotation while it is composed."""

    def __init__(self, composer: Composer, draws: Draws) -> None:
        self._composer = composer
        self._style = composer.style
        self._draws = draws
        self._clef = composer.draw_clef(draws)
        self._key = composer.draw_fifths(draws)
        self._meter = composer.draw_meter(draws)
        self._melody = composer.new_melody(draws)
        self.groups: list[TokenGroup] = []
        self._notes: list[TokenGroup] = []
        """The notes without grace notes."""

        self._triplet: list[TokenGroup] = []
        """The notes of the triplet that is being written."""

        self._tied: TokenGroup | None = None
        """The previous item, if it is a note."""

        self._compose()

    def _add(self, token: str) -> TokenGroup:
        group = TokenGroup(token)
        self.groups.append(group)
        return group

    def _compose(self) -> None:
        draws, style = self._draws, self._style
        if draws.chance(style.shows_clef):
            self._add(self._clef)
        self._melody.set_key(self._clef, self._key)
        if draws.chance(style.shows_key):
            self._write_key(self._key)
        if draws.chance(style.shows_time):
            self.groups.append(self._time_group())
        is_repeated = draws.chance(style.repeat)
        if is_repeated and draws.chance(0.5):
            self._add("|:")
        count = draws.integer(*style.measures)
        for number in range(count):
            if number:
                self._next_measure()
            length = self._meter.length
            if not number and count > 1 and draws.chance(style.pickup):
                length = max(self._meter.beat * draws.integer(1, 2) // 2, 4)
            self._measure(min(length, self._meter.length))
        if is_repeated or draws.chance(style.ends_with_barline):
            self._add(":|" if is_repeated else "~|]" if style.extensions and draws.chance(0.5) else "|")
        self._add_slurs()
        self._add_fermatas()
        self._separate_keys()

    # -- signatures ----------------------------------------------------------------------------------------

    def _write_key(self, fifths: int) -> None:
        if fifths:
            tokens = list(key_tokens(self._clef, fifths))
            self.groups.append(KeySignatureTokenGroup(TokenGroup("", tokens)))

    def _time_group(self) -> TokenGroup:
        tokens = self._meter.tokens
        if len(tokens) == 1:
            return TokenGroup(tokens[0])
        return TimeSignatureTokenGroup(TokenGroup(tokens[0]), TokenGroup(tokens[1]))

    def _next_measure(self) -> None:
        """Writes a barline, with changes of clef, key and time."""
        draws, style = self._draws, self._style
        has_clef = draws.chance(style.clef_change)
        if has_clef:
            self._clef = self._composer.draw_clef(draws)
        # A clef stands before the barline, in some hands behind it.
        signs = ["|", self._clef] if draws.chance(0.2) else [self._clef, "|"]
        for sign in signs if has_clef else ["|"]:
            self._add(sign)
        self._melody.set_key(self._clef, self._key)
        if draws.chance(style.key_change):
            self._key = self._composer.draw_fifths(draws)
            self._write_key(self._key)
            self._melody.set_key(self._clef, self._key)
        if draws.chance(style.time_change):
            self._meter = self._composer.draw_meter(draws)
            self.groups.append(self._time_group())

    def _separate_keys(self) -> None:
        """Keeps key signatures apart from the accidentals of notes after them, which would join them."""
        index = 0
        while index < len(self.groups) - 1:
            group = self.groups[index]
            if isinstance(group, KeySignatureTokenGroup) and needs_mark(group, self.groups[index + 1]):
                if self._style.extensions:
                    group.after_attachments = ["~key"]
                else:
                    self.groups.insert(index + 1, self._time_group())
            index += 1

    # -- rhythm --------------------------------------------------------------------------------------------

    def _measure(self, length: int) -> None:
        draws, meter = self._draws, self._meter
        if draws.chance(self._style.measure_rest):
            self._add(draws.weighted(_LONG_RESTS))
            self._tied = None
            return
        cells = self._composer.draw_cells(draws, length, meter.beat)
        at = 0
        beam: list[Value] = []
        for cell in cells:
            is_pair = len(cell.values) == 2 and all(
                value.letter == "e" and not value.dots for value in cell.values
            )
            joins = bool(beam) and is_pair and at % (2 * meter.beat) and draws.chance(0.5)
            if beam and not joins:
                self._beamed(beam)
                beam = []
            if is_pair:
                beam += cell.values
            else:
                self._cell(cell)
            at += cell.length
        self._beamed(beam)

    def _cell(self, cell: Cell) -> None:
        """Writes a cell: runs of values with flags under a beam, triplets with their number."""
        run: list[Value] = []
        for value in cell.values:
            if not value.has_flag or (run and run[-1].in_triplet != value.in_triplet):
                self._beamed(run)
                run = []
            if value.has_flag:
                run.append(value)
            else:
                self._single(value)
        self._beamed(run)
        if self._triplet:
            self._triplet[len(self._triplet) // 2].before_attachments.append("tuplet.3")
            self._triplet = []

    def _single(self, value: Value) -> None:
        if not value.in_triplet and self._draws.chance(self._style.rest):
            self._rest(value)
        else:
            self._note(value, value.letter)

    def _rest(self, value: Value) -> None:
        rest = self._add(f"{value.letter}r")
        if value.dots:
            rest.after_attachments.append("*" * value.dots)
        self._tied = None

    def _beamed(self, values: list[Value]) -> None:
        """Writes values with flags under a beam, some as rests, which are inside the beam or break it."""
        style, draws = self._style, self._draws
        is_rest = [not value.in_triplet and draws.chance(style.rest) for value in values]
        sounding = [index for index, rests in enumerate(is_rest) if not rests]
        for index, value in enumerate(values):
            if is_rest[index]:
                self._rest(value)
                continue
            left = "=" if index > sounding[0] else ""
            right = "=" if index < sounding[-1] else ""
            self._note(value, f"{left}{value.letter}{right}")

    # -- notes ---------------------------------------------------------------------------------------------

    def _note(self, value: Value, kind: str) -> None:
        draws, style, melody = self._draws, self._style, self._melody
        before: list[str] = []
        accidental: str | None = None
        tied = self._tied
        if tied is not None and draws.chance(style.tie):
            tied.after_attachments.append("(")
            before.append(")")
        else:
            melody.move()
            accidental = melody.accidental()
        if style.extensions and draws.chance(style.grace):
            self._add(f"~grace{draws.pick(('', '/'))}.{draws.pick('es')}{min(melody.position + 1, 12)}")
        before += self._marks(value)
        if accidental is not None:
            before.append(accidental)
        after = self._articulations(value)
        if value.dots:
            after.append("*" * value.dots)
        group = TokenGroup(f"{kind}{melody.position}", before, after)
        self.groups.append(group)
        self._notes.append(group)
        if value.in_triplet:
            self._triplet.append(group)
        self._tied = group

    def _marks(self, value: Value) -> list[str]:
        draws, style = self._draws, self._style
        marks: list[str] = []
        if value.units >= 8:
            if draws.chance(style.trill):
                marks.append("trill")
            if draws.chance(style.plus):
                marks.append("+")
        if style.extensions:
            if draws.chance(style.ornament):
                marks.append(draws.pick(_ORNAMENTS))
            if draws.chance(style.dynamic):
                marks.append(f"~dyn.{draws.pick(_DYNAMICS)}")
        return marks

    def _articulations(self, value: Value) -> list[str]:
        draws, style = self._draws, self._style
        found: list[str] = []
        if value.units <= 8 and draws.chance(style.staccato):
            found.append(".")
        elif draws.chance(style.tenuto):
            found.append("_")
        if draws.chance(style.accent):
            found.append(">")
        elif draws.chance(style.marcato):
            found.append("^")
        return found

    # -- phrases -------------------------------------------------------------------------------------------

    def _add_slurs(self) -> None:
        draws, style, notes = self._draws, self._style, self._notes
        at = 0
        while at < len(notes) - 1:
            if not draws.chance(style.slur):
                at += 1
                continue
            last = min(at + draws.integer(*style.slur_notes) - 1, len(notes) - 1)
            if last == at + 1 and "(" in notes[at].after_attachments:
                at += 1  # the two notes are tied
                continue
            notes[at].after_attachments.append("(")
            notes[last].before_attachments.insert(0, ")")
            at = last

    def _add_fermatas(self) -> None:
        draws, style = self._draws, self._style
        for note in self._notes:
            is_last = note is self._notes[-1]
            is_long = note.token[0] in "wh"
            if (is_last or is_long) and draws.chance(style.fermata * (1 if is_last else 0.1)):
                note.before_attachments.append("fermata")
