"""Conversion of the agnostic encoding to Mashcima annotations by the rules of Mashcima 1.0.

The results, refusals and errors are those of Mashcima 1.0, including its known flaws: grace notes and fermatas are
dropped, and the dot of a note on a line, which stands in the space above, becomes a staccato dot. `complete_mashcima`
has none of them.
"""

from __future__ import annotations

from smashcima.errors import MalformedSourceError
from smashcima.notations.primus.positions import HIGHEST, LOWEST, position_name
from smashcima.notations.primus.tokens import place_of, shown

_PITCHES = {position_name(position): position for position in range(LOWEST, HIGHEST + 1)}

_WITHOUT_PITCH = {
    "barline": "|",
    "metersign.C": "time.C",
    "metersign.C/": "time.C/",
    **{f"digit.{digit}": f"time.{digit}" for digit in range(10)},
    "slur.start": "(",
    "slur.end": ")",
    "rest.quadruple_whole": "lr",
    "rest.double_whole": "br",
    "rest.whole": "wr",
    "rest.half": "hr",
    "rest.quarter": "qr",
    "rest.eighth": "er",
    "rest.sixteenth": "sr",
}

_WITH_PITCH = {
    "clef.C": "clef.C",
    "clef.F": "clef.F",
    "clef.G": "clef.G",
    "accidental.sharp": "#",
    "accidental.flat": "b",
    "accidental.natural": "N",
    "note.whole": "w",
    "note.half": "h",
    "note.quarter": "q",
    "note.eighth": "e",
    "note.sixteenth": "s",
    **{f"note.beamedRight{beams}": f"{letter}=" for beams, letter in enumerate("est", 1)},
    **{f"note.beamedBoth{beams}": f"={letter}=" for beams, letter in enumerate("est", 1)},
    **{f"note.beamedLeft{beams}": f"={letter}" for beams, letter in enumerate("est", 1)},
}

_REFUSED = frozenset(
    [
        "multirest",
        *(f"digit.{number}" for number in (11, 12, 16, 24, 48)),
        *("rest.thirty_second", "rest.sixty_fourth"),
        *("note.thirty_second", "note.quadruple_whole", "note.double_whole"),
        *(f"note.beamed{place}{beams}" for place in ("Right", "Left", "Both") for beams in (0, 4, 5)),
    ]
)
"""Symbols with which an incipit is not converted."""

_DROPPED = ""


def convert_primus_annotation_to_mashcima_annotation(primus_annotation: str) -> str | None:
    """Converts the agnostic encoding of an incipit to a Mashcima annotation, as Mashcima 1.0 does.

    Returns `None` for incipits that Mashcima 1.0 refuses: with multi-measure rests, some numbers of more than one digit,
    32nd notes without beams, four or more beams, breves or longas. The annotation is not validated.

    >>> convert_primus_annotation_to_mashcima_annotation("clef.G-L2 accidental.sharp-L5 note.half-L2 dot-S2")
    'clef.G-2 #4 h-2 .'

    Raises:
        MalformedSourceError: a token is unknown, has no position, or is a dot that belongs to nothing.
    """
    converted: list[str] = []
    before_kind = before_position = ""
    for number, token in enumerate(primus_annotation.split(), 1):
        hyphen = max(token.rfind("-L"), token.rfind("-S"))
        if hyphen < 0:
            raise _error(number, token, "has no position; expected one such as -L3 or -S4 at its end")
        symbol, position = token[:hyphen], token[hyphen + 1 :]
        kind = symbol.partition(".")[0]
        if kind == "dot" and symbol == "dot":
            mark = _dot(before_kind, before_position == position)
            if mark is None:
                raise _error(number, token, "belongs to no note or rest before it")
        else:
            mark = _WITHOUT_PITCH.get(symbol)
        before_kind, before_position = kind, position
        if mark == _DROPPED or kind == "gracenote" or symbol == "fermata.above":
            continue
        if symbol in _REFUSED:
            return None
        pitched = _WITH_PITCH.get(symbol)
        if mark is None and pitched is None:
            raise _error(number, token, f"has the symbol {symbol!r}, which Mashcima 1.0 cannot convert")
        if position not in _PITCHES:
            raise _error(
                number, token, f"has a position outside {position_name(LOWEST)} to {position_name(HIGHEST)}"
            )
        if pitched is not None:
            converted.append(f"{pitched}{_PITCHES[position]}")
        elif mark == "*" and converted and converted[-1] == "*":
            converted[-1] = "**"
        elif mark is not None:
            converted.append(mark)
    return " ".join(converted)


def _dot(before: str, is_same_position: bool) -> str | None:
    """Mark of a dot after a token of a kind: a duration dot, a staccato dot, none, or `None` if it is an error."""
    if before == "note":
        return "*" if is_same_position else "."
    if before == "rest" or (before == "dot" and is_same_position):
        return "*"
    return _DROPPED if before == "gracenote" else None


def _error(number: int, token: str, what: str) -> MalformedSourceError:
    return MalformedSourceError(
        f"{place_of(number).capitalize()} of the agnostic encoding, {shown(token)!r}, {what}."
    )
