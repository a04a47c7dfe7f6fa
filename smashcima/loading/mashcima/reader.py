"""Reading of token groups, from left to right, into measures."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from smashcima.errors import Issue
from smashcima.loading.mashcima.attached import MARKS, read_after
from smashcima.loading.mashcima.curves import BarlineEdge, Curves, TieStart
from smashcima.loading.mashcima.measure_draft import Entry, MeasureDraft
from smashcima.loading.mashcima.written_pitches import PitchesInForce
from smashcima.notations.mashcima import (
    KeySignatureTokenGroup,
    Kind,
    TimeSignatureTokenGroup,
    Token,
    TokenGroup,
    read_token,
)
from smashcima.notations.mashcima.meanings import (
    ACCIDENTAL_KINDS,
    BARLINE_FORMS,
    CLEF_SHAPES,
    DURATION_TYPES,
    UNKNOWN_TYPE,
)
from smashcima.scene.semantic import (
    Accidental,
    Alter,
    BarlineForm,
    Clef,
    Duration,
    Event,
    Fermata,
    GraceKind,
    KeyAccidental,
    KeySignature,
    MeiAttributes,
    MultiMeasureRest,
    Note,
    Rest,
    SemanticObject,
    Space,
    Tie,
    TimeSignature,
    TimeSymbol,
    fifths_of_signs,
)

_LENGTHS = {letter: 4096 >> index for index, letter in enumerate("lbwhqestuv")}
"""Lengths of note values in 1024ths of a whole note."""

_UNKNOWN_DURATION = Duration(DURATION_TYPES["q"])
"""The room that `?` takes."""

_SYMBOLS = {"C": ("4", 4, TimeSymbol.COMMON), "C/": ("2", 2, TimeSymbol.CUT)}


@lru_cache(64)
def _duration(letter: str, dots: int) -> Duration:
    return Duration(DURATION_TYPES[letter], dots)


class StaffReader:
    """Makes the objects of a staff from token groups."""

    def __init__(self) -> None:
        self.measures = [MeasureDraft(1)]
        self.curves = Curves()
        self.edges: list[BarlineEdge] = []
        """Fermatas at barlines."""

        self.issues: list[Issue] = []
        self._pitches = PitchesInForce()
        self._time: TimeSignature | None = None
        self._previous: TieStart | None = None
        """The last note, if nothing that sounds or rests came after it."""

    @property
    def _draft(self) -> MeasureDraft:
        return self.measures[-1]

    def read(self, groups: list[TokenGroup]) -> None:
        """Reads all groups of an annotation."""
        for group in groups:
            if isinstance(group, KeySignatureTokenGroup):
                self._key(group)
            elif isinstance(group, TimeSignatureTokenGroup):
                count, unit = _number(group.first_token), _number(group.second_token)
                self._change_time(TimeSignature(count, int(unit)))
            else:
                token = read_token(group.token)
                assert token is not None  # the parser has replaced unknown tokens
                _READERS[token.kind](self, token, group)
        self._finish()

    def _finish(self) -> None:
        self.curves.finish()
        self.issues += (
            self._issue(draft, "slur", what + " (unbalanced brackets)")
            for draft, what in self.curves.unbalanced
        )
        if self._draft.is_empty and len(self.measures) > 1:
            self.measures.pop()
        else:
            self._draft.right = BarlineForm.INVISIBLE
            self._draft.time = self._time

    def _issue(self, draft: MeasureDraft, element: str, what: str) -> Issue:
        return Issue(f"measure {draft.n}", element, what)

    # -- barlines ------------------------------------------------------------------------------------------

    def _barline(self, token: Token, group: TokenGroup) -> None:
        form = BARLINE_FORMS[token.text]
        starts = form is BarlineForm.REPEAT_START
        is_plain = not group.before_attachments and not group.after_attachments
        draft = self._draft
        if starts and is_plain and draft.n == 1 and draft.left is None and not draft.entries:
            draft.left = form
            return
        draft.right = None if starts or form is BarlineForm.SINGLE else form
        draft.time = self._time
        for text in group.before_attachments:
            if text == ")":
                self.curves.end(None, draft)
            else:
                below = text != "fermata"
                mark = Fermata(place="below" if below else "above", form="inv" if below else None)
                draft.marks.append(mark)
                self.edges.append(BarlineEdge(mark, draft))
        for _ in group.after_attachments:
            self.curves.start(None, draft)
        self.measures.append(MeasureDraft(draft.n + 1, form if starts else None))
        self._pitches.start_measure()

    # -- signatures ----------------------------------------------------------------------------------------

    def _clef(self, token: Token, _: TokenGroup) -> None:
        position = token.pitch
        if position is None:
            clef = Clef(CLEF_SHAPES[token.name])
        elif position % 2 == 0 and -4 <= position <= 4:
            clef = Clef(CLEF_SHAPES[token.name], position // 2 + 3, token.pattern.octaves)
        else:
            nearest = min(max((position + 6) // 2, 1), 5)
            clef = Clef(CLEF_SHAPES[token.name], nearest, token.pattern.octaves, staff_position=position)
        self._pitches.set_clef(clef)
        self._change(clef)

    def _key(self, group: KeySignatureTokenGroup) -> None:
        signs = [token for text in group.before_attachments if (token := read_token(text)) is not None]
        written = [(ACCIDENTAL_KINDS[sign.name], sign.pitch) for sign in signs if sign.pitch is not None]
        clef = self._pitches.clef
        fifths = None if clef is None else fifths_of_signs(written, clef)
        key = KeySignature(fifths)
        if fifths is None:
            key.children += [KeyAccidental(kind=kind, staff_position=position) for kind, position in written]
        self._pitches.set_key(key)
        self._change(key)

    def _time_symbol(self, token: Token, _: TokenGroup) -> None:
        self._change_time(TimeSignature(*_SYMBOLS[token.name]))

    def _meter(self, token: Token, _: TokenGroup) -> None:
        self._change_time(TimeSignature(token.name))

    def _change_time(self, time: TimeSignature) -> None:
        self._time = time
        self._change(time)

    def _change(self, item: SemanticObject) -> None:
        draft = self._draft
        if not draft.begins_with(item):
            draft.entries.append(Entry(item))

    # -- events --------------------------------------------------------------------------------------------

    def _note(self, token: Token, group: TokenGroup) -> None:
        position = token.pitch
        assert position is not None
        is_grace = token.kind is Kind.GRACE_NOTE
        accidental: Accidental | None = None
        before, after = group.before_attachments, group.after_attachments
        if before and (found := read_token(before[-1])) is not None and found.kind is Kind.ACCIDENTAL:
            accidental = Accidental(ACCIDENTAL_KINDS[found.name])
        children: list[SemanticObject] = [] if accidental is None else [accidental]
        dots, starts = read_after(after, children)
        note = Note(
            staff_position=position,
            duration=_duration(token.name, dots),
            children=list(children),
        )
        if is_grace:
            note.grace = GraceKind.UNACCENTED
            if token.pattern.is_slashed:
                note.mei["stem.mod"] = "1slash"
        alter = self._set_pitch(note, position, accidental, before, is_grace)
        self._add_event(note, token, group, 0 if is_grace else _length(token.name, dots), starts)
        if not is_grace:
            self._previous = TieStart(note, self._pitches.height(position), alter)

    def _set_pitch(
        self, note: Note, position: int, accidental: Accidental | None, before: list[str], is_grace: bool
    ) -> Alter:
        """Sets the pitch of a note, ends its curves, and returns its alteration."""
        pitches = self._pitches
        height = pitches.height(position)
        previous = None if is_grace else self._previous
        ends = before.count(")") if before else 0
        if previous is not None and (
            not ends or previous.height != height or not self.curves.leads_from(previous, ends)
        ):
            previous = None
        sign = None if accidental is None else accidental.alter
        alter = pitches.alter(position, sign, None if previous is None else previous.alter)
        if previous is not None and alter != previous.alter:
            previous = None
        note.pitch = pitches.pitch(position, alter)
        tied_to = None if previous is None else previous.note
        for _ in range(ends):
            if isinstance(self.curves.end(note, self._draft, tied_to), Tie):
                tied_to = None  # a second curve from the same note is a slur
        return alter

    def _rest(self, token: Token, group: TokenGroup) -> None:
        dots, starts = read_after(group.after_attachments, [])
        rest = Rest(duration=_duration(token.name, dots))
        self._add_other(rest, group, _length(token.name, dots), starts)

    def _multirest(self, token: Token, group: TokenGroup) -> None:
        self._add_other(
            MultiMeasureRest(int(token.name)), group, -1, read_after(group.after_attachments, [])[1]
        )

    def _unknown(self, _: Token, group: TokenGroup) -> None:
        space = Space(duration=_UNKNOWN_DURATION, mei=MeiAttributes(type=UNKNOWN_TYPE))
        self.issues.append(self._issue(self._draft, "?", "an unknown symbol; left as a gap"))
        self._add_other(space, group, -1, read_after(group.after_attachments, [])[1])

    def _add_other(self, event: Event, group: TokenGroup, length: int, starts: int) -> None:
        """Adds an event that is not a note."""
        for text in group.before_attachments:
            if text == ")":
                self.curves.end(event, self._draft)
        self._previous = None
        self._add_event(event, None, group, length, starts)

    def _add_event(
        self, event: Event, token: Token | None, group: TokenGroup, length: int, starts: int
    ) -> None:
        draft = self._draft
        for text in group.before_attachments:
            attached = read_token(text)
            assert attached is not None
            if attached.kind is Kind.TUPLET:
                draft.numbers[len(draft.entries)] = int(attached.name)
            else:
                make = MARKS.get(attached.kind)
                if make is not None:
                    draft.marks.append(make(attached.name, event))
        for _ in range(starts):
            self.curves.start(event, draft)
        draft.entries.append(Entry(event, token, length))


def _length(letter: str, dots: int) -> int:
    whole = _LENGTHS[letter]
    return 2 * whole - (whole >> dots)


def _number(token: str) -> str:
    return token.rpartition(".")[2]


_READERS: dict[Kind, Callable[[StaffReader, Token, TokenGroup], None]] = {
    Kind.UNKNOWN: StaffReader._unknown,
    Kind.BARLINE: StaffReader._barline,
    Kind.CLEF: StaffReader._clef,
    Kind.TIME_SYMBOL: StaffReader._time_symbol,
    Kind.METER: StaffReader._meter,
    Kind.REST: StaffReader._rest,
    Kind.MULTIREST: StaffReader._multirest,
    Kind.NOTE: StaffReader._note,
    Kind.GRACE_NOTE: StaffReader._note,
}
