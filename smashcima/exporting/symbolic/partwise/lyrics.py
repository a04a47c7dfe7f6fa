"""The `lyric` elements."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.scene.semantic import StemmedEvent, Syllable, SyllableConnector, SyllablePosition

_POSITIONS = {
    SyllablePosition.INITIAL: "begin",
    SyllablePosition.MIDDLE: "middle",
    SyllablePosition.TERMINAL: "end",
    SyllablePosition.SINGLE: "single",
}


def write_lyrics(element: ET.Element, event: StemmedEvent, shared: Shared) -> None:
    """Adds a `lyric` for each verse; several syllables of one verse are joined by elisions."""
    for place, verse in enumerate(event.verses, 1):
        syllables = [s for s in verse.syllables if s.text.strip()]
        is_held = any(s.connector is SyllableConnector.EXTENDER for s in verse.syllables)
        if not syllables and not is_held:
            continue
        lyric = add(
            element,
            "lyric",
            number=verse.n or str(place),
            print_object="no" if verse.mei.get("visible") == "false" else None,
        )
        for index, syllable in enumerate(syllables):
            if index:
                add(lyric, "elision", "")
            add(lyric, "syllabic", _POSITIONS.get(syllable.word_position or SyllablePosition.SINGLE))
            add(lyric, "text", " ".join(syllable.text.split()), font_style=_style(syllable))
        if syllables:
            shared.name(lyric, syllables[0])
        if is_held:
            add(lyric, "extend")


def _style(syllable: Syllable) -> str | None:
    return "italic" if syllable.mei.get("fontstyle") == "italic" else None
