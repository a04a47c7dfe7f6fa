"""Reader of the semantic encoding."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.errors import Issue
from smashcima.loading.formats import ReadMusic
from smashcima.loading.primus.incipit_builder import IncipitBuilder
from smashcima.loading.primus.text import looks_like, read_tokens
from smashcima.loading.source import Source
from smashcima.notations.primus import (
    SemanticBarline,
    SemanticClef,
    SemanticKey,
    SemanticMultirest,
    SemanticNote,
    SemanticRest,
    SemanticTie,
    SemanticTime,
    SemanticToken,
    UnknownToken,
    parse_semantic,
    place_of,
)
from smashcima.scene.semantic import (
    Clef,
    DurationType,
    Event,
    GraceKind,
    KeySignature,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    Score,
    Tie,
    TimeSignature,
)


def read_semantic(source: Source) -> ReadMusic:
    """Reads the semantic encoding of an incipit.

    Raises:
        MalformedSourceError: the text contains no token of the encoding.
    """
    tokens, issues = read_tokens(source, parse_semantic, "semantic", "clef-G2, note-Bb4_quarter or barline")
    score, found = semantic_score(tokens)
    return ReadMusic((score,), ("",), (*issues, *found))


def semantic_score(tokens: Sequence[SemanticToken | UnknownToken]) -> tuple[Score, list[Issue]]:
    """Builds the score of semantic tokens, and lists what could not be read; unknown tokens are skipped.

    The encoding has no beams, so that the notes have flags, and no positions: accidentals are those that the rules of
    notation require.
    """
    reader = _SemanticReader()
    for number, token in enumerate(tokens, 1):
        is_last = number == len(tokens) or isinstance(tokens[number], SemanticBarline)
        reader.read(number, token, is_last)
    return reader.finish()


class _SemanticReader:
    """The state of a pass over the tokens."""

    def __init__(self) -> None:
        self._builder = IncipitBuilder()
        self._issues: list[Issue] = []
        self._last: Note | None = None
        """The last note, if neither a rest nor another event follows it so far."""
        self._tie: tuple[int, Note] | None = None
        """A tie whose end is still to come: its token number, and its first note."""

    def read(self, number: int, token: SemanticToken | UnknownToken, is_last: bool) -> None:
        """Reads a token; `is_last` says whether it is the last of its measure."""
        builder = self._builder
        if isinstance(token, SemanticNote):
            self._read_note(token)
        elif isinstance(token, SemanticRest):
            self._read_rest(token, is_last)
        elif isinstance(token, SemanticBarline):
            builder.add_barline()
        elif isinstance(token, SemanticTie):
            self._read_tie(number)
        elif isinstance(token, SemanticClef):
            builder.add_clef(Clef(token.shape, token.line))
        elif isinstance(token, SemanticKey):
            builder.add_key(KeySignature(token.fifths))
        elif isinstance(token, SemanticTime):
            builder.add_time(TimeSignature(token.count, token.unit, token.symbol))
        elif isinstance(token, SemanticMultirest):
            self._add(MultiMeasureRest(token.count), None)

    def finish(self) -> tuple[Score, list[Issue]]:
        """Returns the score and the issues."""
        self._drop_tie("the text ends before its second note")
        score = self._builder.build()
        score.show_accidentals()  # also sets ids and derived values
        return score, self._issues

    def _read_note(self, token: SemanticNote) -> None:
        note = Note(token.pitch, duration=token.duration)
        if token.is_grace:
            note.grace = GraceKind.UNACCENTED
            self._builder.add(note)
        else:
            self._end_tie(note)
            self._add(note, note)
        if token.has_fermata:
            self._builder.add_fermata(note)

    def _read_rest(self, token: SemanticRest, is_last: bool) -> None:
        is_alone = is_last and self._builder.is_measure_empty
        fills_measure = is_alone and token.duration.type is DurationType.WHOLE and not token.duration.dots
        rest = MeasureRest() if fills_measure else Rest(duration=token.duration)
        self._add(rest, None)
        if token.has_fermata:
            self._builder.add_fermata(rest)

    def _add(self, event: Event, note: Note | None) -> None:
        if note is None:
            self._drop_tie("a rest follows")
        self._builder.add(event)
        self._last = note

    def _read_tie(self, number: int) -> None:
        if self._last is None or self._tie is not None:
            self._issues.append(Issue(place_of(number), "tie", "not read: no note stands before it"))
        else:
            self._tie = number, self._last

    def _end_tie(self, note: Note) -> None:
        if self._tie is None:
            return
        _, start = self._tie
        if start.pitch == note.pitch:
            self._builder.mark(Tie(start, note))
            self._tie = None
        else:
            self._drop_tie("the next note has another pitch")

    def _drop_tie(self, reason: str) -> None:
        if self._tie is not None:
            self._issues.append(Issue(place_of(self._tie[0]), "tie", f"not read: {reason}"))
            self._tie = None


def looks_semantic(beginning: bytes) -> bool:
    """Whether the first bytes of a source are in this encoding."""
    return looks_like(beginning, parse_semantic)
