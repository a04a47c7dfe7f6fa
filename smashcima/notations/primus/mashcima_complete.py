"""Conversion of the agnostic encoding to Mashcima annotations that keeps everything.

Grace notes, multi-measure rests and everything else that Mashcima 1.0 lacks become tokens with a leading `~`, which
are extensions of Smashcima.
"""

from __future__ import annotations

from smashcima.errors import MalformedSourceError
from smashcima.notations.mashcima import HIGHEST_PITCH, LOWEST_PITCH, Kind, read_token
from smashcima.notations.primus.accidental_rows import AccidentalRow
from smashcima.notations.primus.agnostic import (
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
    parse_agnostic,
)
from smashcima.notations.primus.digit_rows import Number, numbers_of, split_rest_count, times_of
from smashcima.notations.primus.mashcima_beams import beam_sides
from smashcima.notations.primus.mashcima_rules import convert_primus_annotation_to_mashcima_annotation
from smashcima.notations.primus.positions import position_name
from smashcima.notations.primus.tokens import UnknownToken, place_of, shown
from smashcima.scene.semantic import Clef, DurationType

_VALUES = {
    DurationType.LONG: "l",
    DurationType.BREVE: "b",
    DurationType.WHOLE: "w",
    DurationType.HALF: "h",
    DurationType.QUARTER: "q",
    DurationType.EIGHTH: "e",
    DurationType.N16TH: "s",
    DurationType.N32ND: "t",
    DurationType.N64TH: "u",
    DurationType.N128TH: "v",
}
_SIGNS = {"s": "#", "f": "b", "n": "N"}
_RANGE = f"{position_name(LOWEST_PITCH)} to {position_name(HIGHEST_PITCH)}"
_DOTS = ("", "*", "**", "~***")

Numbered = tuple[int, AgnosticToken]
"""A token and its number in the text."""


def to_mashcima(text: str, complete: bool = False) -> str | None:
    """Converts the agnostic encoding of an incipit to a Mashcima annotation.

    By default, the result is that of `convert_primus_annotation_to_mashcima_annotation`, which may be `None`. With
    `complete=True` everything is kept: grace notes, fermatas, multi-measure rests, all durations and numbers become
    tokens, if necessary extensions of Smashcima with a leading `~`; dots beside their note are duration dots; and
    `~key` separates a key signature from the accidental of the next note, where this is not evident.

    >>> to_mashcima("digit.12-L4 digit.8-L2 gracenote.eighth-L4 note.half-L3 dot-S3", complete=True)
    '~time.12 time.8 ~grace/.e2 h0 *'

    Raises:
        MalformedSourceError: a token is unknown, has a position or number that Mashcima annotations lack, or belongs
            to nothing.
    """
    return _complete(text) if complete else convert_primus_annotation_to_mashcima_annotation(text)


def _complete(text: str) -> str:
    tokens: list[Numbered] = []
    for number, token in enumerate(parse_agnostic(text), 1):
        if isinstance(token, UnknownToken):
            raise _error(number, token, token.reason)
        tokens.append((number, token))
    writer = _Writer(beam_sides([token for _, token in tokens]))
    for number, token in tokens:
        writer.write(number, token)
    return writer.finish()


class _Writer:
    """The state of a pass over the tokens."""

    def __init__(self, sides: dict[int, tuple[bool, bool]]) -> None:
        self._sides = sides
        """Sides on which notes have beams, by the index of their token."""
        self._written: list[str] = []
        self._row: AccidentalRow | None = None
        self._digits: list[tuple[int, AgnosticDigit]] = []
        self._slur_ends: list[str] = []
        self._fermatas: list[str] = []
        self._dots = 0
        self._dotted: AgnosticNote | AgnosticRest | None = None
        """The note or rest before, if only dots stand between."""
        self._clef: Clef | None = None
        self._is_after_clef = False

    def write(self, number: int, token: AgnosticToken) -> None:
        """Converts a token."""
        if isinstance(token, AgnosticDot):
            self._add_dot(number, token)
            return
        self._end_dots()
        if isinstance(token, AgnosticDigit):
            self._end_row(number, None)
            self._digits.append((number, token))
            return
        if isinstance(token, AgnosticMultirest):
            self._add_multirest(number, token)
        else:
            self._end_digits()
            self._add(number, token)
        self._is_after_clef = isinstance(token, AgnosticClef)

    def finish(self) -> str:
        """Returns the annotation."""
        self._end_dots()
        self._end_digits()
        self._end_row(0, None)
        return " ".join([*self._written, *self._slur_ends, *self._fermatas])

    def _add(self, number: int, token: AgnosticToken) -> None:
        if isinstance(token, AgnosticAccidental):
            self._row = self._row or AccidentalRow(self._is_after_clef)
            self._row.add(number, token)
        elif isinstance(token, AgnosticNote):
            self._add_note(number, token)
        elif isinstance(token, AgnosticSlur) and token.edge is SlurEdge.START:
            self._written.append("(")
        elif isinstance(token, AgnosticSlur):
            self._mark_row()
            self._slur_ends.append(")")
        elif isinstance(token, AgnosticFermata):
            self._mark_row()
            self._fermatas.append("fermata")
        else:
            self._end_row(number, None)
            self._add_item(number, token)

    def _mark_row(self) -> None:
        if self._row is not None:
            self._row.mark()

    def _add_item(self, number: int, token: AgnosticToken) -> None:
        if isinstance(token, AgnosticClef):
            self._clef = token.as_clef()
            self._written.append(self._checked(number, token, f"clef.{token.shape.value}{token.position}"))
        elif isinstance(token, AgnosticMeterSign):
            self._written.append("time.C/" if token.is_cut else "time.C")
        elif isinstance(token, AgnosticBarline):
            self._attach(True)
            self._written.append("|")
        else:
            assert isinstance(token, AgnosticRest)
            self._attach(True)
            value = _VALUES[token.duration]
            self._written.append(f"~{value}r" if value in "uv" else f"{value}r")
            self._dotted = token

    def _add_note(self, number: int, token: AgnosticNote) -> None:
        accidental = self._end_row(number, token)
        self._attach(not token.is_grace)
        if accidental is not None:
            self._written.append(accidental)
        left, right = self._sides.get(number - 1, (False, False))
        value = f"{'=' * left}{_VALUES[token.duration]}{'=' * right}{token.position}"
        if token.is_grace:
            value = f"~grace/.{value}"
        elif not _is_note(value):  # `b3` is a flat
            value = f"~{value}"
        self._written.append(self._checked(number, token, value))
        self._dotted = token

    def _add_multirest(self, number: int, token: AgnosticToken) -> None:
        self._end_row(number, None)
        numbers, count = split_rest_count(numbers_of([digit for _, digit in self._digits]))
        if count is None:
            raise _error(number, token, "has no number before it")
        self._write_times(numbers)
        self._digits = []
        self._attach(True)
        self._written.append(self._checked(number, token, f"~multirest.{count.text}"))

    def _attach(self, has_fermata: bool) -> None:
        """Writes marks before an item; grace notes leave a fermata to the next note."""
        self._written += self._slur_ends
        self._slur_ends = []
        if has_fermata:
            self._written += self._fermatas
            self._fermatas = []

    def _end_row(self, number: int, note: AgnosticNote | None) -> str | None:
        """Writes a key signature before an item; returns the accidental of a note."""
        row, self._row = self._row, None
        if row is None:
            return None
        own = row.accidental_of(note.position, self._clef) if note is not None else None
        signs = [f"{_SIGNS[sign.kind]}{sign.position}" for sign in row.signs]
        for place, sign in zip(row.numbers, row.signs, strict=True):
            self._checked(place, sign, f"#{sign.position}")
        self._written += signs
        is_ambiguous = note is not None and len(signs) == 1 and row.signs[0].position == note.position
        if signs and (own is not None or is_ambiguous):
            self._written.append("~key")
        return None if own is None else self._checked(number, own, f"{_SIGNS[own.kind]}{own.position}")

    def _end_digits(self) -> None:
        if self._digits:
            self._write_times(numbers_of([digit for _, digit in self._digits]))
            self._digits = []

    def _write_times(self, numbers: list[Number]) -> None:
        for top, below in times_of(numbers):
            number, token = self._digits[top.start]
            if top.is_rest_count:
                raise _error(number, token, "is the number of a multi-measure rest that does not follow")
            if below is None:
                self._written.append(self._checked(number, token, f"~meter.{top.text}"))
                continue
            for half in (top, below):
                written = f"time.{half.text}" if len(half.text) == 1 else f"~time.{half.text}"
                self._written.append(self._checked(*self._digits[half.start], written))

    def _add_dot(self, number: int, token: AgnosticDot) -> None:
        event = self._dotted
        if event is None:
            raise _error(number, token, "belongs to no note or rest before it")
        if isinstance(event, AgnosticNote) and abs(token.position - event.position) > 1:
            self._written.append(".")
        elif self._dots + 1 < len(_DOTS):
            self._dots += 1
        else:
            raise _error(number, token, f"is one too many: there are at most {len(_DOTS) - 1} dots")

    def _end_dots(self) -> None:
        if self._dots:
            self._written.append(_DOTS[self._dots])
        self._dots = 0
        self._dotted = None

    def _checked(self, number: int, token: AgnosticToken, written: str) -> str:
        if not LOWEST_PITCH <= token.position <= HIGHEST_PITCH:
            raise _error(number, token, f"has a position outside {_RANGE}, which Mashcima annotations have")
        if read_token(written) is None:
            raise _error(number, token, f"would be {written!r}, which Mashcima annotations do not have")
        return written


def _is_note(text: str) -> bool:
    token = read_token(text)
    return token is not None and token.kind is Kind.NOTE


def _error(number: int, token: AgnosticToken | UnknownToken, what: str) -> MalformedSourceError:
    return MalformedSourceError(
        f"{place_of(number).capitalize()} of the agnostic encoding, {shown(str(token))!r}, {what}."
    )
