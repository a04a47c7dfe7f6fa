"""Text in Verovio's SVG: `text` elements with nested `tspan`s, read as runs of one style each."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from typing import Literal, cast

from smashcima.engravers.verovio.verovio_setup import Scale
from smashcima.engraving import TextRun
from smashcima.geometry import Point

_Anchor = Literal["start", "middle", "end"]

_SPACED_DOT = " \uecb7"
"""Verovio puts a space before the augmentation dot of a metronome mark, too wide in a text font."""


@dataclass(slots=True)
class _Style:
    family: str
    size: float
    bold: bool
    italic: bool
    letter_spacing: float


class TextReader:
    """Reads one `text` element; a new reader is needed for each, because it tracks the position."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._runs: list[TextRun] = []
        self._chunk: tuple[float, float] | None = (0.0, 0.0)
        self._anchor: _Anchor = "start"
        self._shift = 0.0
        self._trailing_space = True

    def read(self, text: ET.Element, bold: bool, italic: bool) -> tuple[TextRun, ...]:
        """The runs in reading order; `bold` and `italic` are inherited from the enclosing groups."""
        self._element(text, _Style("serif", 0.0, bold, italic, 0.0))
        while self._runs and self._runs[-1].text.endswith(" "):  # SVG collapses trailing spaces, too
            last = self._runs.pop()
            if last.text.strip(" "):
                self._runs.append(replace(last, text=last.text.rstrip(" ")))
        # Verovio writes spaces at the ends of words as no-break spaces to keep them visible.
        return tuple(
            replace(run, text=run.text.replace("\xa0", " ")) if "\xa0" in run.text else run
            for run in self._runs
        )

    def _element(self, element: ET.Element, style: _Style) -> None:
        get = element.attrib.get
        if "x" in element.attrib or "y" in element.attrib or element.tag == "text":
            self._chunk = (float(get("x", "0")), float(get("y", "0")))
            self._shift = 0.0
            self._trailing_space = True
        if "dy" in element.attrib:
            self._shift -= float(get("dy", "0"))
        anchor = get("text-anchor")
        if anchor is not None:
            self._anchor = cast(_Anchor, anchor)
        own = _styled(element, style)
        if element.text:
            self._append(element.text, own)
        for child in element:
            self._element(child, own)
            if child.tail:
                self._append(child.tail, own)

    def _append(self, text: str, style: _Style) -> None:
        if style.size <= 0:  # white space between elements
            return
        # SVG collapses white space to one space, and removes it at the start of a text chunk.
        words = " ".join(text.replace("\t", " ").replace("\n", " ").split(" "))
        while "  " in words:
            words = words.replace("  ", " ")
        if self._trailing_space:
            words = words.lstrip(" ")
        words = words.replace(_SPACED_DOT, _SPACED_DOT.strip())
        if not words:
            return
        self._trailing_space = words.endswith(" ")
        unit = self._scale.mm_per_unit
        origin = None
        if self._chunk is not None:
            x, y = self._chunk
            origin = Point(self._scale.left + x * unit, self._scale.top + y * unit)
            self._chunk = None
        self._runs.append(
            TextRun(
                text=words,
                font_size=style.size * unit,
                family=style.family,
                italic=style.italic,
                bold=style.bold,
                origin=origin,
                anchor=self._anchor,
                letter_spacing=style.letter_spacing * unit,
                baseline_shift=self._shift * unit,
            )
        )


def _styled(element: ET.Element, style: _Style) -> _Style:
    attributes = element.attrib
    if not attributes:
        return style
    get = attributes.get
    size = get("font-size")
    family = get("font-family")
    weight = get("font-weight")
    slope = get("font-style")
    spacing = get("letter-spacing")
    return _Style(
        family=style.family if family is None else family,
        size=style.size if size is None else float(size.removesuffix("px")),
        bold=style.bold if weight is None else weight == "bold",
        italic=style.italic if slope is None else slope in ("italic", "oblique"),
        letter_spacing=style.letter_spacing if spacing is None else float(spacing.removesuffix("px")),
    )
