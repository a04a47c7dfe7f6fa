"""Words for periods, and composers by their period."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CENTURIES = {
    "baroque": ("seventeenth", "17", "17e", "xviie", "xvii", "siebzehntes", "seicento", "dix-septieme", "siebzehnten"),
    "classical": ("eighteenth", "18", "18e", "xviiie", "xviii", "achtzehntes", "settecento", "dix-huitieme", "achtzehnten"),
    "romantic": ("nineteenth", "19", "19e", "xixe", "xix", "neunzehntes", "ottocento", "dix-neuvieme", "neunzehnten"),
    "modern": ("twentieth", "twenty-first", "20", "20e", "xxe", "xx", "zwanzigstes", "novecento", "vingtieme", "zwanzigsten"),
}  # fmt: skip
"""Ordinals of centuries by period."""

_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "baroque": ("baroque", "barock", "barocco", "barroco", "barocken", "barockes", "barocker", "baroko", "barokni", "late baroque",
                    "high baroque", "17th century", "17th-century", "early 18th century", "17. jahrhundert", "xvii siecle", "spatbarock"),
        "classical": ("classical", "klassisch", "klassisches", "klassik", "classique", "classico", "classicism", "galant", "viennese classical",
                      "wiener klassik", "rococo", "18th century", "18th-century", "late 18th century", "18. jahrhundert", "klasicismus",
                      "classic", "clasico"),
        "romantic": ("romantic", "romantisch", "romantisches", "romantik", "romantique", "romantico", "romanticism", "late romantic",
                     "early romantic", "19th century", "19th-century", "19. jahrhundert", "spatromantisch", "romantischer", "victorian",
                     "salon music", "romanticky", "xixe siecle"),
        "modern": ("modern", "moderne", "moderner", "moderno", "contemporary", "20th century", "20th-century", "21st century", "early 20th century",
                   "twentieth century", "20. jahrhundert", "neoclassical", "impressionist", "impressionistic", "moderni", "zeitgenossisch"),
    }
)  # fmt: skip


def _century_words(period: str) -> tuple[str, ...]:
    """The words for the century of a period, such as `nineteenth century` and `siglo XIX`."""
    ordinals = _CENTURIES[period]
    after = [
        f"{each}{end}"
        for each in ordinals
        for end in (" century", "-century", " siecle", " secolo", " jahrhundert")
    ]
    before = [f"siglo {each}" for each in ordinals]
    return (*after, *before, *(each for each in ordinals if each.endswith("cento")))


PERIOD_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {period: (*words, *_century_words(period)) for period, words in _WORDS.items()}
)
"""Words by period; those of two periods are with the one that IMSLP counts them to."""

UNKNOWN_PERIODS = (
    "medieval", "renaissance", "gregorian", "jazz", "ragtime", "rock", "pop", "blues", "atonal", "twelve-tone", "dodecaphonic",
    "mittelalter", "mittelalterlich", "serial", "minimalist", "ars nova", "mensural", "chant notation", "gospel",
)  # fmt: skip
"""Words for music that no composer writes."""

COMPOSERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "baroque": ("bach", "handel", "haendel", "telemann", "vivaldi", "corelli", "purcell", "scarlatti", "rameau", "couperin", "lully",
                    "buxtehude", "pachelbel", "schutz", "frescobaldi", "monteverdi", "zelenka", "biber"),
        "classical": ("haydn", "mozart", "clementi", "diabelli", "kuhlau", "czerny", "boccherini", "stamitz", "dussek", "pleyel", "gluck",
                      "beethoven", "salieri", "hummel", "cimarosa"),
        "romantic": ("schubert", "schumann", "mendelssohn", "chopin", "liszt", "brahms", "bruckner", "wagner", "verdi", "tchaikovsky",
                     "tschaikowsky", "dvorak", "smetana", "grieg", "faure", "franck", "saint-saens", "field", "heller", "burgmuller",
                     "strauss", "mahler", "rachmaninoff", "rachmaninov", "elgar", "bizet", "chaminade", "lange", "wolf"),
        "modern": ("debussy", "ravel", "bartok", "stravinsky", "prokofiev", "shostakovich", "hindemith", "satie", "kabalevsky", "poulenc",
                   "britten", "janacek", "martinu", "milhaud", "copland", "villa-lobos"),
    }
)  # fmt: skip
"""Surnames of composers by the period whose rules resemble their music most."""


def period_of_year(year: int) -> str:
    """The period in which most music of a year was written."""
    return (
        "baroque" if year < 1750 else "classical" if year < 1820 else "romantic" if year < 1910 else "modern"
    )
