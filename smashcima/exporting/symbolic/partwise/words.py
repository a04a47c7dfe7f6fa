"""Text of marks as `words` and `metronome` elements."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from smashcima.exporting.symbolic.partwise.elements import add
from smashcima.exporting.symbolic.partwise.vocabulary import BEAT_DOTS, BEAT_UNITS
from smashcima.scene.semantic import SemanticObject, TextSpan

_METRONOME = re.compile(
    rf"(?P<before>.*?)(?P<open>\(?)\s*(?P<unit>[{''.join(BEAT_UNITS)}])\s*(?P<dots>[{re.escape(''.join(BEAT_DOTS))}]*)\s*=\s*"
    rf"(?:(?P<other>[{''.join(BEAT_UNITS)}])\s*(?P<otherdots>[{re.escape(''.join(BEAT_DOTS))}]*)|(?P<number>(?:c(?:a|irca)?\.?\s*)?[\d.,–—-]+))"
    r"\s*(?P<close>\)?)(?P<after>.*)\Z",
    re.S,
)


def has_metronome(text: str) -> bool:
    """Whether a text contains a metronome mark."""
    return _METRONOME.match(text) is not None


def add_metronome(direction: ET.Element, source: SemanticObject) -> None:
    """Adds a metronome mark, and the text before and after it, as direction types."""
    found = _METRONOME.match(source.text)
    assert found is not None
    style = next((style for style, _ in styled_texts(source)), {})
    if found["before"].strip():
        add(add(direction, "direction-type"), "words", found["before"].strip(), **style)
    mark = add(
        add(direction, "direction-type"),
        "metronome",
        parentheses="yes" if found["open"] and found["close"] else None,
    )
    _unit(mark, found["unit"], found["dots"])
    if found["other"]:
        _unit(mark, found["other"], found["otherdots"])
    else:
        add(mark, "per-minute", found["number"].strip().rstrip("."))
    if found["after"].strip():
        add(add(direction, "direction-type"), "words", found["after"].strip(), **style)


def _unit(mark: ET.Element, unit: str, dots: str) -> None:
    add(mark, "beat-unit", BEAT_UNITS[unit])
    for _ in dots.strip():
        add(mark, "beat-unit-dot")


def add_words(direction: ET.Element, source: SemanticObject, tag: str = "words", **extra: str | None) -> bool:
    """Adds the text of a mark, with an element for each style; returns whether there is any."""
    pieces = [(style, text) for style, text in styled_texts(source) if text.strip()]
    if not pieces:
        return False
    holder = add(direction, "direction-type")
    for style, text in pieces:
        add(holder, tag, " ".join(text.split()), **{**style, **extra})
    return True


def styled_texts(source: SemanticObject) -> Iterator[tuple[dict[str, str | None], str]]:
    """Splits the text into pieces of one style: MusicXML attributes and text."""
    pieces: list[tuple[dict[str, str | None], str]] = []
    _collect(source, {}, pieces)
    joined: list[tuple[dict[str, str | None], str]] = []
    for style, text in pieces:
        if joined and (joined[-1][0] == style or not text.strip()):
            joined[-1] = (joined[-1][0], joined[-1][1] + text)
        else:
            joined.append((style, text))
    return iter(joined)


def _collect(
    source: SemanticObject, style: dict[str, str | None], pieces: list[tuple[dict[str, str | None], str]]
) -> None:
    for child in source.children:
        if isinstance(child, str):
            pieces.append((style, child))
        elif isinstance(child, TextSpan):
            own = dict(style)
            if child.mei.get("fontstyle") in ("italic", "normal"):
                own["font_style"] = child.mei["fontstyle"]
            if child.mei.get("fontweight") in ("bold", "normal"):
                own["font_weight"] = child.mei["fontweight"]
            if child.mei.get("rend") == "box":
                own["enclosure"] = "rectangle"
            _collect(child, own, pieces)
        elif isinstance(child, SemanticObject):
            if child.tag == "lb":
                pieces.append((style, "\n"))
            else:
                _collect(child, style, pieces)
