"""Small MusicXML scores, put together from their elements. There are 4 divisions to a quarter."""

from __future__ import annotations

DIVISIONS = "<divisions>4</divisions>"
TREBLE = "<clef><sign>G</sign><line>2</line></clef>"
BASS = "<clef><sign>F</sign><line>4</line></clef>"
_TYPES = {
    1: "16th",
    2: "eighth",
    3: "eighth",
    4: "quarter",
    6: "quarter",
    8: "half",
    12: "half",
    16: "whole",
}


def note(
    name: str,
    duration: int = 4,
    *,
    alter: str = "",
    accidental: str = "",
    voice: int = 1,
    staff: int = 1,
    before: str = "",
    more: str = "",
) -> str:
    """A note such as `C4`; `duration` 4 is a quarter, and 0 a grace note. `before` may be `<chord/>`.

    `accidental` is the name of one, or a whole element.
    """
    if accidental and not accidental.startswith("<"):
        accidental = f"<accidental>{accidental}</accidental>"
    head = "<grace/>" if not duration else ""
    length = f"<duration>{duration}</duration>" if duration else ""
    dot = "<dot/>" if duration in (3, 6, 12) else ""
    altered = f"<alter>{alter}</alter>" if alter else ""
    return (
        f"<note>{head}{before}<pitch><step>{name[0]}</step>{altered}<octave>{name[1:]}</octave></pitch>{length}"
        f"<voice>{voice}</voice><type>{_TYPES.get(duration, 'eighth')}</type>{dot}{accidental}<staff>{staff}</staff>{more}</note>"
    )


def rest(duration: int = 4, *, voice: int = 1, staff: int = 1) -> str:
    """A rest."""
    return (
        f"<note><rest/><duration>{duration}</duration><voice>{voice}</voice><type>{_TYPES[duration]}</type>"
        f"<staff>{staff}</staff></note>"
    )


def back(duration: int) -> str:
    """A `<backup>`."""
    return f"<backup><duration>{duration}</duration></backup>"


def forward(duration: int) -> str:
    """A `<forward>`."""
    return f"<forward><duration>{duration}</duration></forward>"


def attributes(*contents: str) -> str:
    """An `<attributes>` element."""
    return f"<attributes>{''.join(contents)}</attributes>"


def clef(sign: str, line: int, number: int = 0, octaves: int = 0) -> str:
    """A clef; `number` is that of its staff in the part."""
    change = f"<clef-octave-change>{octaves}</clef-octave-change>" if octaves else ""
    return f"<clef{_number(number)}><sign>{sign}</sign><line>{line}</line>{change}</clef>"


def key(fifths: int, number: int = 0, more: str = "") -> str:
    """A traditional key; `more` goes before its fifths."""
    return f"<key{_number(number)}>{more}<fifths>{fifths}</fifths></key>"


def time(beats: int, unit: int, number: int = 0) -> str:
    """A time signature."""
    return f"<time{_number(number)}><beats>{beats}</beats><beat-type>{unit}</beat-type></time>"


def transpose(steps: int, semitones: int, octaves: int = 0) -> str:
    """A transposition."""
    change = f"<octave-change>{octaves}</octave-change>" if octaves else ""
    return f"<transpose><diatonic>{steps}</diatonic><chromatic>{semitones}</chromatic>{change}</transpose>"


def direction(content: str, *, staff: int = 1, offset: int | None = None) -> str:
    """A direction with one type."""
    moved = "" if offset is None else f"<offset>{offset}</offset>"
    return f"<direction><direction-type>{content}</direction-type>{moved}<staff>{staff}</staff></direction>"


def score(*parts: list[str]) -> str:
    """A score of parts, each a list of the contents of its measures."""
    names = [f"P{number}" for number in range(1, len(parts) + 1)]
    listed = "".join(f'<score-part id="{name}"><part-name>{name}</part-name></score-part>' for name in names)
    written = "".join(
        f'<part id="{name}">'
        + "".join(f'<measure number="{n}">{measure}</measure>' for n, measure in enumerate(measures, 1))
        + "</part>"
        for name, measures in zip(names, parts, strict=True)
    )
    return f'<score-partwise version="4.0"><part-list>{listed}</part-list>{written}</score-partwise>'


def _number(number: int) -> str:
    return f' number="{number}"' if number else ""
