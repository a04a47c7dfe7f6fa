"""Numbers by words from 1 to 99, folded: English, German, French, Italian, Spanish, and some in Czech."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "twenty thirty forty fifty sixty seventy eighty ninety",
)
_GERMAN = (
    "ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
)
_FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "vingt trente quarante cinquante soixante",
)
_ITALIAN = (
    (
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
        "diciassette diciotto diciannove"
    ),
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
)
_SPANISH = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
)
_OTHERS = {
    1: "single eine una une", 2: "pair dve both", 3: "tri", 4: "ctyri", 5: "pet", 6: "sest", 7: "sedm", 8: "osm", 12: "dozen dutzend douzaine dozzina docena",
    16: "sestnact", 24: "dvacet ctyri", 100: "hundred hundert cent cento cien",
}  # fmt: skip


def _words() -> Iterator[tuple[str, int]]:
    for number, words in _OTHERS.items():
        yield from ((word, number) for word in ([words] if number == 24 else words.split()))
    yield "two dozen", 24
    for small, tens in (_ENGLISH, _GERMAN, _FRENCH, _ITALIAN, _SPANISH):
        units = small.split()
        yield from ((word, number) for number, word in enumerate(units, 1))
        for ten, word in enumerate(tens.split(), 2):
            yield word, 10 * ten
            for unit in range(1, 10):
                yield from ((each, 10 * ten + unit) for each in _composed(word, units[unit - 1], tens, unit))


def _composed(ten: str, unit: str, language: str, number: int) -> tuple[str, ...]:
    """The ways in which a multiple of ten and a unit are written together."""
    if language == _GERMAN[1]:
        return (f"{unit}und{ten}", f"{unit} und {ten}")
    if language == _ITALIAN[1]:
        return (f"{ten[:-1] if number in (1, 8) else ten}{unit}",)
    if language == _FRENCH[1]:
        return (
            (f"{ten} et un", f"{ten}-et-un", f"{ten} et une")
            if number == 1
            else (f"{ten}-{unit}", f"{ten} {unit}")
        )
    if language == _SPANISH[1]:
        return (f"veinti{unit}",) if ten == "veinte" else (f"{ten} y {unit}",)
    return (f"{ten}-{unit}", f"{ten} {unit}", f"{ten}{unit}")


NUMERALS: Mapping[str, int] = MappingProxyType(dict(_words()))
"""Numbers by their words."""
