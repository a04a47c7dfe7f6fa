"""Lyrics: lines of syllables, attached to notes by position."""

from __future__ import annotations

from smashcima.loading.mro.anchors import Anchor, Anchors, nearest_of
from smashcima.loading.mro.findings import Findings, Indices, Located
from smashcima.notations.mro import MroLyricElement, MroStave
from smashcima.scene.semantic import StemmedEvent, Syllable, SyllableConnector, SyllablePosition, Verse

_ALL_BARS = -1
"""Index of the bar in the file where none is stated."""


class LyricsReader:
    """Reads the lyrics of one stave after the other; words may go on in the next system."""

    def __init__(self, anchors: Anchors, findings: Findings) -> None:
        self._anchors = anchors
        self._findings = findings
        self._verses: dict[tuple[StemmedEvent, str], Verse] = {}
        self._previous: dict[tuple[int, int], Syllable] = {}

    def read(self, stave: Located[MroStave], staff: int) -> None:
        """Reads the lines of a stave; the topmost is the first verse."""
        lines = [Located(line, (*stave.indices, index)) for index, line in enumerate(stave.value.lyric_lines)]
        lines.sort(key=lambda line: line.value.baseline_units)
        notes: dict[int, list[Anchor]] = {_ALL_BARS: []}
        for anchor in self._anchors.of_stave(stave.indices):
            if isinstance(anchor.event, StemmedEvent) and not anchor.item.is_grace:
                notes[_ALL_BARS].append(anchor)
                notes.setdefault(anchor.item.indices[-2], []).append(anchor)
        for verse, line in enumerate(lines, 1):
            elements = [
                Located(element, (*line.indices, index)) for index, element in enumerate(line.value.elements)
            ]
            elements.sort(key=lambda element: (element.value.bar, _x(element.value)))
            for element in elements:
                self._read_element(element, stave, notes, (staff, verse))

    def _read_element(
        self,
        element: Located[MroLyricElement],
        stave: Located[MroStave],
        notes: dict[int, list[Anchor]],
        line: tuple[int, int],
    ) -> None:
        value = element.value
        before = self._previous.get(line)
        if value.is_extender:
            if before is None:
                self._tell(element, "an extender line without a syllable before it: not read")
                return
            before.connector = SyllableConnector.EXTENDER
            self._findings.keep("lyricelement", element.indices, before)
            return
        text = value.text.strip()
        in_bar = notes.get(value.bar, notes[_ALL_BARS])
        x = stave.value.left_units + value.middle_units
        nearest = nearest_of(in_bar, x)
        if not text or nearest is None:
            self._tell(
                element,
                "an empty syllable: not read" if not text else f"{text!r}: no note to sing it on; not read",
            )
            return
        goes_on = text.endswith("-") and len(text) > 1
        in_word = before is not None and before.connector is SyllableConnector.HYPHEN
        made = Syllable(
            _position(in_word, goes_on),
            SyllableConnector.HYPHEN if goes_on else SyllableConnector.SPACE,
            children=[text.rstrip("-") or text if goes_on else text],
        )
        self._verse(nearest, str(line[1])).children.append(made)
        self._findings.keep("lyricelement", element.indices, made)
        self._previous[line] = made

    def _verse(self, anchor: Anchor, n: str) -> Verse:
        event = anchor.event
        assert isinstance(event, StemmedEvent)
        known = self._verses.get((event, n))
        if known is None:
            known = self._verses[event, n] = Verse(n)
            event.children.append(known)
        return known

    def _tell(self, element: Located[MroLyricElement], what: str) -> None:
        self._findings.tell(_bar_of(element), "lyricelement", what)


def _x(element: MroLyricElement) -> int:
    return element.left_units if element.is_extender else element.middle_units


def _bar_of(element: Located[MroLyricElement]) -> Indices:
    stave = element.indices[:3]
    return (*stave, element.value.bar) if element.value.bar >= 0 else stave


def _position(in_word: bool, goes_on: bool) -> SyllablePosition:
    if in_word:
        return SyllablePosition.MIDDLE if goes_on else SyllablePosition.TERMINAL
    return SyllablePosition.INITIAL if goes_on else SyllablePosition.SINGLE
