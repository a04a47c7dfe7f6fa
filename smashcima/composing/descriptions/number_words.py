"""Numbers in descriptions: metres, measures, staves, speeds, ranges, shares, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smashcima.composing.conditions import MOST_MEASURES, MOST_STAVES
from smashcima.composing.descriptions.folding import Folded
from smashcima.composing.descriptions.lexicon import Found, Meaning
from smashcima.composing.descriptions.words.numerals import NUMERALS
from smashcima.composing.descriptions.words.periods import period_of_year
from smashcima.composing.distributions import Between
from smashcima.composing.theory import METRES, Metre
from smashcima.errors import SettingsError, SmashcimaError
from smashcima.scene.semantic import Pitch

NUMBER = rf"(?:\d{{1,4}}|{'|'.join(sorted(NUMERALS, key=len, reverse=True))})"
_RANGE = rf"(?:between\s+|from\s+|zwischen\s+|von\s+|de\s+)?({NUMBER})\s*(?:-|to|and|bis|und|a|or|until)\s*({NUMBER})"
_AT_LEAST = (
    "at least",
    "no fewer than",
    "no less than",
    "not less than",
    "mindestens",
    "au moins",
    "almeno",
    "al menos",
    "minimum",
)
_AT_MOST = ("up to", "at most", "no more than", "not more than", "hochstens", "maximal", "bis zu", "au plus", "al massimo", "como maximo",
            "maximum", "fewer than", "less than")  # fmt: skip
_ROUGHLY = r"about|around|approximately|approx\.?|circa|ca\.?|roughly|some|etwa|ungefahr|environ|unos"
_VAGUE = rf"({_ROUGHLY}|{'|'.join((*_AT_LEAST, *_AT_MOST))})"
_MEASURES = (
    r"(?:measures?|bars?|takten?|takte|mesures?|battut[ae]|misur[ae]|compas(?:es)?|taktu|mm\.)(?:\s+long)?"
)
_STAVES = r"(?:staves|staffs?|stave|notensysteme|portees?|pentagramm[ai]|righi|lines of staves)"

_COUNTS = {
    "measures": (
        re.compile(rf"\b(?:{_VAGUE}\s+)?(?:({NUMBER})|{_RANGE})[\s-]*{_MEASURES}(?![^\W_])"),
        MOST_MEASURES,
    ),
    "staves": (re.compile(rf"\b(?:{_VAGUE}\s+)?(?:({NUMBER})|{_RANGE})[\s-]*{_STAVES}\b"), MOST_STAVES),
}
_BPM = re.compile(
    r"\b(?:at\s+)?(\d{2,3})\s*(?:bpm|b\.p\.m\.|beats\s+(?:per|a)\s+minute|schlage\s+pro\s+minute)|"
    r"(?:\bm\.?\s?m\.?\s*=?\s*|\bbpm\s*[=:]?\s*|[♩𝅘𝅥]\s*=\s*|\b(?:dotted\s+)?(?:q|quarter|crotchet|viertel|noire|negra|semiminima|tempo|metronome|metronom)(?:\s+note)?\s*(?:=|equals?|is|at|gleich|egale?)?\s*)(\d{2,3})\b(?!\s*/)"
)
_METRE = re.compile(
    r"(?<![\d/.])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])(?:[\s-]*(?:time|takte?s?|metre|meter|time signature))?"
)
_UNITS = {
    unit: number
    for number, units in {
        2: "two halves halbe halben deux due dos medios meta", 4: "four quarter quarters viertel vierteln quatre quarti cuatro cuartos",
        8: "eight eighth eighths achtel achteln huit ottavi ocho octavos", 16: "sixteen sixteenths sechzehntel seize sedicesimi",
    }.items()
    for unit in units.split()
}  # fmt: skip
"""The lower numbers of time signatures by word; of two meanings, that after a number counts."""
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_FRACTION = rf"({NUMBER})[\s-]*(?:por[\s-])?({_UNIT})"
_WORD_METRE = re.compile(
    rf"\b{_FRACTION}[\s-]*(?:time|metre|meter|takte?s?)\b|"
    rf"\b(?:in|im|en|a|auf|mesure a|mesure de|tempo di|compas de|ritmo di|zum)\s+{_FRACTION}(?![^\W_])(?!\s*(?:{_MEASURES}|{_STAVES}))|"
    rf"\b({NUMBER})[\s-](two|four|eight|vierteln?|achteln?|ottavi|quarti|octavos)(?![^\W_]|-hand)"
)
_TIMES = re.compile(rf"\b(?:a|in|en)\s+({NUMBER})\s+(?:temps|tempi|tiempos)\b|\b(zwei|drei|vier)zeitig")
_NAMED_METRES = {
    "common": re.compile(r"\bcommon[\s-]time\b|\bcommon\s+metre\b"),
    "cut": re.compile(
        r"(?<![^\W_])c\||¢|\bcut[\s-](?:common[\s-])?time\b|\balla[\s-]breve\b|\bcut\s+common\b"
    ),
    "3/4": re.compile(r"\b(?:waltz|triple|minuet)[\s-]time\b|\btriple\s+met(?:re|er)\b"),
    "2/4": re.compile(r"\b(?:duple|march|polka)[\s-]time\b|\bduple\s+met(?:re|er)\b"),
    "6/8": re.compile(r"\bcompound\s+(?:duple\s+)?(?:time|met(?:re|er))\b"),
}
_PITCH = r"[a-g](?:#|b|♯|♭)?\d"
_PITCHES = re.compile(
    rf"\b(?:(?:in\s+the\s+)?range\s+(?:of\s+)?|from\s+|between\s+)?({_PITCH})\s*(?:-|to|and)\s*({_PITCH})\b"
)
_DPI = re.compile(r"\b(?:at\s+)?(\d{1,4})\s*(?:dpi|ppi|pixels?\s+per\s+inch)\b")
_STAFF_HEIGHT = re.compile(
    r"\b(?:staff|stave)[\s-]height\s*(?:of|is|=|:)?\s*(\d+(?:\.\d+)?)\s*mm\b|\b(\d+(?:\.\d+)?)\s*mm\s+(?:staff|staves)\b"
)
_SHEET = re.compile(r"\b(\d{2,4})\s*[x×]\s*(\d{2,4})\s*mm\b")
_VOICES = re.compile(
    rf"\b({NUMBER})\s+voices\s+(?:on|in)\s+(?:one|the|a)\s+(?:upper\s+|same\s+|single\s+)?(?:staff|right hand|stave)\b"
)
_LINES = re.compile(rf"\b({NUMBER})[\s-](?:independent\s+)?(?:voices|stimmen|voix|voci|voces|hlasy)\b")
_GRAND_STAFF = re.compile(r"\b(?:grand\s+staff|akkolade)\b")
_PICKUP = re.compile(
    r"\b(?:pick-?up|pick\s+up|anacrusis|upbeat|up-beat|auftakt|levare|anacrouse|anacrusi)(?:\s+(?:measure|bar))?(?![^\W_])"
)
_YEAR = re.compile(
    r"\b(?:in\s+|c\.\s*|ca\.?\s*|circa\s+|around\s+|about\s+|from\s+|of\s+|um\s+|en\s+|vers\s+)?(1[5-9]\d\d|20[0-4]\d)(?:s|-\d{2,4})?\b(?!\s*(?:measures|bars|dpi|x|mm))"
)
_SHARE = re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|per\s+cent)\s*(?:of\s+)?$")


def numbers_in(text: Folded) -> Iterator[Found]:
    """Everything with a number in a text; impossible numbers have the field `unknown`, and say why."""
    plain = text.text
    for name, (pattern, most) in _COUNTS.items():
        for match in pattern.finditer(plain):
            yield _count(match, name, most)
    yield from _metres(plain)
    yield from _of_voices(plain)
    yield from _of_pages(plain)
    for match in _BPM.finditer(plain):
        speed = int(match[1] or match[2])
        yield _checked(match, "bpm", speed, 20 <= speed <= 300, "speeds are 20 to 300 beats per minute")
    for match in _PITCHES.finditer(plain):
        yield _pitches(match)
    for match in _PICKUP.finditer(plain):
        yield Found(*match.span(), (Meaning("pickup", True),))
    for match in _YEAR.finditer(plain):
        yield Found(*match.span(), (Meaning("style", period_of_year(int(match[1])), is_implied=True),))


def _of_voices(plain: str) -> Iterator[Found]:
    for match in _VOICES.finditer(plain):
        number = number_of(match[1])
        yield _checked(match, "voices", number, number in (1, 2), "a staff has one or two voices")
    for match in _LINES.finditer(plain):
        if number_of(match[1]) in (2, 3):
            yield Found(*match.span(), (Meaning("texture", "counterpoint"),))
        elif number_of(match[1]) == 4:
            yield Found(*match.span(), (Meaning("ensemble", "satb", is_implied=True),))
    for match in _GRAND_STAFF.finditer(plain):
        yield Found(*match.span(), (Meaning("staves", 2),))


def _of_pages(plain: str) -> Iterator[Found]:
    for match in _DPI.finditer(plain):
        is_possible = 10 <= int(match[1]) <= 2400
        yield _checked(match, "dpi", int(match[1]), is_possible, "resolutions are 10 to 2400 dpi")
    for match in _STAFF_HEIGHT.finditer(plain):
        height = float(match[1] or match[2])
        yield _checked(match, "staff_height_mm", height, 2 <= height <= 20, "staves are 2 to 20 mm high")
    for match in _SHEET.finditer(plain):
        is_possible = all(10 <= int(side) <= 2000 for side in match.groups())
        yield _checked(match, "page", f"{match[1]}x{match[2]}", is_possible, "sheets measure 10 to 2000 mm")


def number_of(word: str) -> int:
    """The number of digits or of a word."""
    return int(word) if word.isdigit() else NUMERALS[word]


def share_before(text: str) -> tuple[float, int] | None:
    """The percentage that ends a text, as a number from 0 to 1, with its place: `10 % of`."""
    match = _SHARE.search(text)
    return (float(match[1]) / 100, match.start()) if match else None


def _metres(plain: str) -> Iterator[Found]:
    for match in _METRE.finditer(plain):
        yield _metre(match, f"{match[1]}/{match[2]}")
    for match in _WORD_METRE.finditer(plain):
        count = match[1] or match[3] or match[5]
        unit = match[2] or match[4] or match[6]
        if f"{number_of(count)}/{_UNITS[unit]}" not in METRES:  # two halves are no metre
            continue
        yield _metre(match, f"{number_of(count)}/{_UNITS[unit]}")
    for match in _TIMES.finditer(plain):
        yield _metre(match, f"{number_of(match[1] or match[2])}/4")
    for name, pattern in _NAMED_METRES.items():
        for match in pattern.finditer(plain):
            yield Found(*match.span(), (Meaning("metre", name),))


def _metre(match: re.Match[str], written: str) -> Found:
    try:
        Metre.parse(written)
    except SettingsError:
        return Found(*match.span(), (Meaning("unknown", f"{written} is no metre"),))
    return Found(*match.span(), (Meaning("metre", written),))


def _count(match: re.Match[str], name: str, most: int) -> Found:
    vague, number, low, high = match.groups()
    if number is None:
        first, last = number_of(low), number_of(high)
        is_possible = 1 <= first <= last <= most
        value = Between(first, last) if is_possible else None
        return _checked(match, name, value, is_possible, f"{name} are 1 to {most}, in this order")
    count = number_of(number)
    if not 1 <= count <= most:
        return _checked(match, name, count, False, f"{name} are 1 to {most}")
    return Found(*match.span(), (Meaning(name, _roughly(vague, count, most)),))


def _roughly(vague: str | None, value: int, most: int) -> int | Between:
    """`about 20` is 18 to 22, `at least 20` is 20 to 40, `up to 20` is 10 to 20."""
    if vague is None or vague == "some":
        return value
    if vague in _AT_LEAST:
        return Between(value, min(2 * value, most))
    if vague in _AT_MOST:
        return Between(max(1, value // 2), value)
    return Between(max(1, value - value // 10), min(value + value // 10, most))


def _pitches(match: re.Match[str]) -> Found:
    names = tuple(f"{each[0].upper()}{each[1:]}" for each in match.groups())
    try:
        low, high = (Pitch.parse(each) for each in names)
        is_possible = high.midi - low.midi >= 7
    except SmashcimaError:
        is_possible = False
    return _checked(match, "range", names, is_possible, "a range is a fifth or more")


def _checked(match: re.Match[str], field: str, value: object, is_possible: bool, reason: str) -> Found:
    return Found(*match.span(), (Meaning(field, value) if is_possible else Meaning("unknown", reason),))
