"""Reader of the agnostic encoding."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.errors import Issue
from smashcima.loading.formats import ReadMusic
from smashcima.loading.mashcima.written_pitches import PitchesInForce
from smashcima.loading.primus.beams import BeamReader
from smashcima.loading.primus.curves import CurveEnds
from smashcima.loading.primus.incipit_builder import IncipitBuilder
from smashcima.loading.primus.text import looks_like, read_tokens
from smashcima.loading.source import Source
from smashcima.notations.primus import (
    AccidentalRow,
    AgnosticAccidental,
    AgnosticBarline,
    AgnosticClef,
    AgnosticDigit,
    AgnosticDot,
    AgnosticFermata,
    AgnosticMeterSign,
    AgnosticMultirest,
    AgnosticNote,
    AgnosticRest,
    AgnosticSlur,
    AgnosticToken,
    SlurEdge,
    UnknownToken,
    numbers_of,
    parse_agnostic,
    place_of,
    split_rest_count,
    times_of,
    traditional_fifths,
)
from smashcima.scene.semantic import (
    Accidental,
    Articulation,
    Clef,
    Duration,
    DurationType,
    GraceKind,
    KeyAccidental,
    KeySignature,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    Score,
    TimeSignature,
    TimeSymbol,
)

_MOST_DOTS = 4


def read_agnostic(source: Source) -> ReadMusic:
    """Reads the agnostic encoding of an incipit.

    Raises:
        MalformedSourceError: the text contains no token of the encoding.
    """
    tokens, issues = read_tokens(
        source, parse_agnostic, "agnostic", "clef.G-L2, note.quarter-L4 or barline-L1"
    )
    score, found = agnostic_score(tokens)
    return ReadMusic((score,), ("",), (*issues, *found))


def agnostic_score(tokens: Sequence[AgnosticToken | UnknownToken]) -> tuple[Score, list[Issue]]:
    """Builds the score of agnostic tokens, and lists what could not be read; unknown tokens are skipped.

    Notes have the positions of their tokens, and the pitches that follow from clef, key and accidentals; before a clef
    they have no pitches. A curve between neighbouring notes of one position is a tie, any other a slur.
    """
    known = [(number, token) for number, token in enumerate(tokens, 1) if not isinstance(token, UnknownToken)]
    reader = _AgnosticReader()
    for index, (number, token) in enumerate(known):
        is_last = index + 1 == len(known) or isinstance(known[index + 1][1], AgnosticBarline)
        reader.read(number, token, is_last)
    return reader.finish()


class _AgnosticReader:
    """The state of a pass over the tokens."""

    def __init__(self) -> None:
        self._builder = IncipitBuilder()
        self._issues: list[Issue] = []
        self._beams = BeamReader(self._builder, self._issues)
        self._curves = CurveEnds(self._builder, self._issues)
        self._pitches = PitchesInForce()
        self._accidentals: AccidentalRow | None = None
        self._is_after_clef = False
        self._digits: list[tuple[int, AgnosticDigit]] = []
        self._fermata: int | None = None
        """Number of a fermata of which the note or rest is still to come."""
        self._dotted: Note | Rest | None = None
        """The note or rest before, if only dots stand between."""
        self._note: Note | None = None
        """The note before, if only dots and starts of slurs stand between."""

    def read(self, number: int, token: AgnosticToken, is_last: bool) -> None:
        """Reads a token; `is_last` says whether it is the last of its measure."""
        if isinstance(token, AgnosticDot):
            self._read_dot(number, token)
            return
        if isinstance(token, AgnosticSlur) and token.edge is SlurEdge.START:
            self._dotted = None
            if self._note is None:
                self._tell(number, token, "not read: no note stands before it")
            else:
                self._curves.start(number, self._note)
            return
        self._dotted = self._note = None
        if self._digits and not isinstance(token, (AgnosticDigit, AgnosticMultirest)):
            self._end_digits()
        if isinstance(token, AgnosticNote):
            self._read_note(number, token)
        elif isinstance(token, AgnosticAccidental):
            self._accidentals = self._accidentals or AccidentalRow(self._is_after_clef)
            self._accidentals.add(number, token)
        elif isinstance(token, (AgnosticSlur, AgnosticFermata)):
            self._read_mark(number, token)
        else:
            self._end_accidentals(None)
            self._read_other(number, token, is_last)
        self._is_after_clef = isinstance(token, AgnosticClef)

    def finish(self) -> tuple[Score, list[Issue]]:
        """Returns the score and the issues."""
        self._end_digits()
        self._end_accidentals(None)
        self._beams.end("ends with the text")
        self._drop_fermata()
        self._curves.finish()
        score = self._builder.build()
        score.update()
        return score, self._issues

    # -- notes ---------------------------------------------------------------------------------------------

    def _read_note(self, number: int, token: AgnosticNote) -> None:
        accidental = self._end_accidentals(token.position)
        self._beams.before(number, token)
        duration = Duration(token.duration)
        note = Note(staff_position=token.position, duration=duration, stem_direction=token.stem)
        if accidental is not None:
            note.children.append(accidental)
        if token.is_grace:
            note.grace = GraceKind.UNACCENTED
        tied = self._curves.reach(note)
        alter = self._pitches.alter(
            token.position,
            accidental.alter if accidental is not None else None,
            tied.pitch.alter if tied is not None and tied.pitch is not None else None,
        )
        note.pitch = self._pitches.pitch(token.position, alter)
        self._builder.add(note)
        self._beams.after(number, token)
        self._end_fermata(note)
        self._dotted = self._note = note

    def _read_dot(self, number: int, token: AgnosticDot) -> None:
        event = self._dotted
        if event is None or event.duration is None:
            self._tell(number, token, "not read: no note or rest stands before it")
        elif isinstance(event, Note) and abs(token.position - (event.staff_position or 0)) > 1:
            event.children.append(Articulation(("stacc",)))
        elif event.duration.dots < _MOST_DOTS:
            event.duration = Duration(event.duration.type, event.duration.dots + 1)
        else:
            self._tell(number, token, f"not read: a note has at most {_MOST_DOTS} dots")

    # -- other symbols -------------------------------------------------------------------------------------

    def _read_other(self, number: int, token: AgnosticToken, is_last: bool) -> None:
        if isinstance(token, AgnosticRest):
            self._read_rest(token, is_last)
        elif isinstance(token, AgnosticBarline):
            self._beams.end("ends at a barline")
            self._drop_fermata()
            self._curves.drop_ends()
            self._builder.add_barline()
            self._pitches.start_measure()
        elif isinstance(token, AgnosticClef):
            clef = token.as_clef()
            self._builder.add_clef(clef)
            self._pitches.set_clef(clef)
        elif isinstance(token, AgnosticDigit):
            self._digits.append((number, token))
        elif isinstance(token, AgnosticMeterSign):
            self._beams.end("is interrupted by a time signature")
            self._builder.add_time(
                TimeSignature(symbol=TimeSymbol.CUT if token.is_cut else TimeSymbol.COMMON)
            )
        elif isinstance(token, AgnosticMultirest):
            self._beams.end("is interrupted by a multi-measure rest")
            rest = MultiMeasureRest(self._count(number, token))
            self._builder.add(rest)
            self._end_fermata(rest)

    def _read_rest(self, token: AgnosticRest, is_last: bool) -> None:
        rest: Rest | MeasureRest
        if is_last and token.duration is DurationType.WHOLE and self._builder.is_measure_empty:
            rest = MeasureRest()
        else:
            rest = self._dotted = Rest(duration=Duration(token.duration))
        self._builder.add(rest)
        self._end_fermata(rest)

    def _end_accidentals(self, position: int | None) -> Accidental | None:
        """Adds a key signature of the accidentals before a note at a position; returns the accidental of the note."""
        row, self._accidentals = self._accidentals, None
        if row is None:
            return None
        clef = self._pitches.clef
        own = row.accidental_of(position, clef) if position is not None else None
        if len(row.signs) == 1 and not self._builder.is_at_measure_start:
            sign = row.signs[0]
            self._tell(row.numbers[0], sign, "stands alone: the next symbol is no note at its position")
            self._builder.add(Accidental(sign.kind, staff_position=sign.position))
        elif row.signs:
            key = _key_of(row.signs, clef)
            self._builder.add_key(key)
            self._pitches.set_key(key)
        return Accidental(own.kind) if own is not None else None

    def _count(self, number: int, token: AgnosticToken) -> int:
        """Number of measures of a multi-measure rest, from the digits before it."""
        _, count = split_rest_count(numbers_of([digit for _, digit in self._digits]))
        if count is None:
            self._end_digits()
            self._tell(number, token, "read as a rest of one measure: no number stands before it")
            return 1
        place, digit = self._digits[count.start]
        self._digits = self._digits[: count.start]
        self._end_digits()
        if not count.is_readable or int(count.text) == 0:
            self._tell(
                place, digit, f"read as a rest of one measure: {count.text:.8} is no number of measures"
            )
            return 1
        return int(count.text)

    def _end_digits(self) -> None:
        """Adds time signatures of the digits."""
        if not self._digits:
            return
        self._beams.end("is interrupted by a time signature")
        digits, self._digits = self._digits, []
        for top, below in times_of(numbers_of([digit for _, digit in digits])):
            place, token = digits[top.start]
            if top.is_rest_count:
                self._tell(place, token, "not read: no multi-measure rest follows the number")
            elif not top.is_readable or not (below is None or below.is_readable):
                self._tell(place, token, "not read: the number is too long")
            else:
                if below is None and top.position:
                    self._tell(
                        place, token, "read as a time signature of one number: the other number is missing"
                    )
                self._builder.add_time(TimeSignature(top.text, None if below is None else int(below.text)))

    # -- marks ---------------------------------------------------------------------------------------------

    def _read_mark(self, number: int, token: AgnosticSlur | AgnosticFermata) -> None:
        if self._accidentals is not None:
            self._accidentals.mark()
        if isinstance(token, AgnosticSlur):
            self._curves.end(number)
        else:
            self._drop_fermata()
            self._fermata = number

    def _end_fermata(self, event: Note | Rest | MeasureRest | MultiMeasureRest) -> None:
        if self._fermata is not None:
            self._builder.add_fermata(event)
            self._fermata = None

    def _drop_fermata(self) -> None:
        if self._fermata is not None:
            self._issues.append(
                Issue(place_of(self._fermata), "fermata", "not read: no note or rest follows")
            )
            self._fermata = None

    def _tell(self, number: int, token: AgnosticToken, what: str) -> None:
        self._issues.append(Issue(place_of(number), str(token), what))


def _key_of(signs: Sequence[AgnosticAccidental], clef: Clef | None) -> KeySignature:
    """Key signature of accidentals: a traditional one if they stand where that has them, else a free one."""
    fifths = traditional_fifths(signs, clef)
    if fifths is not None:
        return KeySignature(fifths)
    return KeySignature(
        None, children=[KeyAccidental(kind=sign.kind, staff_position=sign.position) for sign in signs]
    )


def looks_agnostic(beginning: bytes) -> bool:
    """Whether the first bytes of a source are in this encoding."""
    return looks_like(beginning, parse_agnostic)
