"""Lyrics from short lists of common words, divided into syllables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smashcima.composing.draws import Draws

_WORDS: dict[str, str] = {
    "latin": """
        do-mi-ne de-us pa-ter ma-ter glo-ri-a lux in pax can-ta-te ae-ter-na cae-lum ter-ra et in ma-re ste-lla sanc-tus
        mi-se-re-re no-bis be-ne-dic-tus vir-go lau-da-te om-nes gen-tes cor me-um spes nos-tra vi-ta dul-ce-do sol lu-na
        a-men al-le-lu-ia no-men tu-um ve-ni cre-a-tor spi-ri-tus""",
    "italian": """
        a-mo-re mi-o cuo-re ca-ra bel-la not-te so-le ma-re o-gni gior-no la lu-na dol-ce ri-tor-na co-me il ven-to
        can-ta an-co-ra se-ra ro-sa vi-ta pa-ce non pian-ge-re mai ter-ra lon-ta-na ri-de la pri-ma-ve-ra a-ni-ma""",
    "german": """
        wan-dern will ich durch den Wald die Vög-lein sin-gen lei-se in der Nacht und mein Herz ist schwer es rauscht der
        Bach im Mor-gen-rot Lie-be ruft so hell a-ber Stil-le fällt auf uns-re Gär-ten Früh-ling kehrt zu-rück Som-mer
        Him-mel ü-ber al-len Ber-gen träu-me still mein Kind""",
    "english": """
        the riv-er runs so slow be-neath the wil-low tree and all the morn-ing light will nev-er fade a-way my
        heart is sing-ing still for sum-mer days of gold o come a-gain to me when eve-ning shad-ows fall gen-tle wa-ters
        car-ry home the si-lent stars""",
    "french": """
        mon a-mour la nuit est bel-le dans le jar-din tout dort en-co-re les oi-seaux chan-tent dou-ce-ment sous la
        lu-ne clai-re je re-viens vers toi quand le so-leil se lè-ve sur la mer pro-fon-de par-mi les fleurs de mai""",
    "czech": """
        má mi-lá po-věz mi kde rů-že kve-tou za ho-ra-mi sví-tí slun-ce na lou-ku ra-no ko-ní-ček můj ces-tou bě-ží zpí-vej
        ptá-čku o le-se ve-čer kdy-by ja-ro při-šlo ti-še do-mů se vra-cí vo-da hlu-bo-ká""",
    "spanish": """
        mi co-ra-zón can-ta en la no-che cla-ra el vien-to lle-va tu can-ción so-bre la mar se-re-na y la lu-na
        bri-lla to-da la vi-da te es-pe-ro vuel-ve a-mor al ca-mi-no ver-de de pri-ma-ve-ra""",
}

LANGUAGES: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {language: tuple(tuple(word.split("-")) for word in words.split()) for language, words in _WORDS.items()}
)
"""Words by language, each as its syllables."""


class SyllableStream:
    """Syllables of random words of a language, without end."""

    def __init__(self, language: str, draws: Draws) -> None:
        self._words = LANGUAGES[language]
        self._draws = draws
        self._left: list[str] = []
        self._starts_sentence = True

    def next(self, most: int) -> str:
        """The next syllable, with a hyphen if its word goes on; a new word has at most `most` syllables."""
        if not self._left:
            self._left = list(self._word(max(most, 1)))
            if self._starts_sentence:
                self._left[0] = self._left[0][:1].upper() + self._left[0][1:]
                self._starts_sentence = False
        syllable = self._left.pop(0)
        return f"{syllable}-" if self._left else syllable

    def end_sentence(self) -> None:
        """Makes the next word begin with a capital."""
        self._starts_sentence = True

    def _word(self, most: int) -> tuple[str, ...]:
        for _ in range(20):
            word = self._draws.pick(self._words)
            if len(word) <= most:
                return word
        return next(word for word in self._words if len(word) == 1)
