"""Values of fields as captions write them, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from smashcima.composing.descriptions.description import BY_HAND, PRINTED
from smashcima.composing.descriptions.folding import folded
from smashcima.composing.descriptions.words import drawing
from smashcima.composing.distributions import Between, OneOf
from smashcima.composing.elements import ELEMENTS, check_share
from smashcima.composing.ensembles import Ensemble
from smashcima.composing.genres import FORMS, GENRES
from smashcima.composing.styles import STYLES
from smashcima.composing.textures import TEXTURES
from smashcima.composing.theory import Key, Metre
from smashcima.composing.words import LANGUAGES
from smashcima.errors import SmashcimaError
from smashcima.scene.semantic import Pitch

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "composer": "composer", "ensemble": "instrumentation", "key": "key", "style": "piece style", "genre": "genre", "metre": "metre",
        "tempo": "tempo", "bpm": "beats per minute", "measures": "number of measures", "staves": "number of staves", "pickup": "pickup",
        "texture": "texture", "density": "density", "range": "range", "voices": "number of voices", "form": "form", "title": "title",
        "lyrics": "language", **{f"share of {name}": f"share of {name}" for name in ELEMENTS},
        "script": "script", "writer": "writer", "paper": "paper", "degradation": "degradation", "page": "page size", "dpi": "resolution",
        "music_font": "music font", "staff_height_mm": "staff height",
    }
)  # fmt: skip
"""Labels of fields in captions, in the order of captions; the first five are those of MusicScore."""

_ALTERNATIVE = re.compile(r"\s+or\s+")
_WEIGHT = re.compile(r"\s*\(weight ([0-9.e+-]+)\)$")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_BETWEEN = re.compile(rf"({_NUMBER})\s+to\s+({_NUMBER})")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [A-ZÀ-ÖØ-Þ][\w.'’-]*)*"
_PLAIN_NAME = re.compile(rf"{_NAME}|[A-ZÀ-ÖØ-Þ][\w'’-]+, {_NAME}")
_KEYWORDS = re.compile(r"\b(?:or|is|are|to|and|any|with|for|in|on|by|the)\b", re.IGNORECASE)
_UNITS = {"dpi": "dpi", "staff_height_mm": "mm"}

NO_NUMBER = ("tempo", "title", "composer")
"""Fields with free text, which captions write between quotation marks if it could be read in another way."""


def written(field: str, value: Any) -> str:
    """A value of a field as text: a constant or a distribution; a choice of one value is that value."""
    if isinstance(value, Between):
        return f"{value.low!r} to {value.high!r}"
    if isinstance(value, OneOf) and (len(value.values) > 1 or value.weights):
        parts = [_constant(field, each, is_alone=False) for each in value.values]
        if value.weights:
            parts = [f"{part} (weight {weight!r})" for part, weight in zip(parts, value.weights, strict=True)]
        return " or ".join(parts)
    return _constant(field, value.values[0] if isinstance(value, OneOf) else value)


def value_of(field: str, text: str) -> Any:
    """The value that `written` has written as a text, or `ValueError`."""
    parts = _split(text.strip())
    if len(parts) == 1 and not _WEIGHT.search(parts[0]):
        between = _BETWEEN.fullmatch(parts[0])
        if between is not None and field != "range":
            low, high = (_number(each) for each in between.groups())
            for each in (low, high):
                _read(field, repr(each))
            return Between(low, high)
        return _read(field, parts[0])
    values, weights = [], []
    for part in parts:
        weight = _WEIGHT.search(part)
        values.append(_read(field, part[: weight.start()] if weight else part))
        if weight:
            weights.append(float(weight[1]))
    return OneOf(tuple(values), tuple(weights))


def _constant(field: str, value: Any, is_alone: bool = True) -> str:
    if value is None:
        return "any"
    if field in NO_NUMBER:
        is_plain = (
            field == "composer" and is_alone and _PLAIN_NAME.fullmatch(value) and not _KEYWORDS.search(value)
        )
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return (" to " if field == "range" else ", ").join(value)
    unit = _UNITS.get(field)
    return f"{value} {unit}" if unit else str(value)


def _split(text: str) -> list[str]:
    """The parts between `or`, which does not count within quotation marks."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    cuts = [
        match.span()
        for match in _ALTERNATIVE.finditer(text)
        if not any(start <= match.start() < end for start, end in quoted)
    ]
    ends = [start for start, _ in cuts] + [len(text)]
    return [text[start:end] for start, end in zip([0, *(end for _, end in cuts)], ends, strict=True)]


def _read(field: str, text: str) -> Any:
    text = text.strip()
    if text == "any" and field != "paper":
        return None
    reader = _READERS.get(field)
    try:
        if field.startswith("share of "):
            share = _number(text)
            check_share(field.removeprefix("share of "), share)
            return share
        if reader is None:
            raise ValueError(f"no field {field!r}")
        return reader(text)
    except SmashcimaError as error:
        raise ValueError(str(error)) from error


def _number(text: str) -> int | float:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text)


def _checked(parse: Callable[[str], Any]) -> Callable[[str], str]:
    def read(text: str) -> str:
        parse(text)
        return text

    return read


def _name_of(names: Any) -> Callable[[str], str]:
    by_name: dict[str, str] = {folded(name): name for name in names}

    def read(text: str) -> str:
        found = by_name.get(folded(text))
        if found is None:
            raise ValueError(f"{text!r} is none of {', '.join(names)}")
        return found

    return read


def _integer(least: int, most: int, unit: str = "") -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text.removesuffix(unit).strip())
        if not least <= number <= most:
            raise ValueError(f"{number} is not {least} to {most}")
        return number

    return read


def _amount(least: float, most: float, unit: str = "") -> Callable[[str], float]:
    def read(text: str) -> float:
        number = _number(text.removesuffix(unit).strip())
        if not least <= number <= most:
            raise ValueError(f"{number} is not {least} to {most}")
        return number

    return read


def _free_text(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text.lower() == "yes"


def _page(text: str) -> str:
    size = re.fullmatch(r"(\d{2,4})x(\d{2,4})", text)
    if size is not None and all(10 <= int(side) <= 2000 for side in size.groups()):
        return text
    return _name_of((*drawing.SHEETS, *(f"{sheet} landscape" for sheet in drawing.SHEETS)))(text)


def _players(text: str) -> str | tuple[str, ...]:
    names = tuple(each.strip() for each in text.split(","))
    given = names[0] if len(names) == 1 else names
    Ensemble.of(given)
    return given


def _range(text: str) -> tuple[str, str]:
    low, high = re.split(r"\s+to\s+", text)
    if Pitch.parse(high).midi - Pitch.parse(low).midi < 7:
        raise ValueError(f"{text!r} is less than a fifth")
    return low, high


def _language(text: str) -> str:
    plain = folded(text)
    by_word = {word: name for name, words in drawing.LANGUAGE_WORDS.items() for word in (name, *words)}
    if plain != "none" and plain not in by_word:
        raise ValueError(f"{text!r} is none of {', '.join(LANGUAGES)}")
    return by_word.get(plain, plain)


_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "composer": _free_text, "title": _free_text, "tempo": _free_text, "ensemble": _players,
        "key": _checked(Key.parse), "metre": _checked(Metre.parse), "style": _name_of(STYLES), "genre": _name_of(GENRES),
        "texture": _name_of(TEXTURES), "form": _name_of(FORMS), "bpm": _integer(20, 300), "measures": _integer(1, 2000),
        "staves": _integer(1, 24), "voices": _integer(1, 2), "density": _amount(0, 1), "range": _range, "lyrics": _language,
        "pickup": _yes_or_no, "script": _name_of((BY_HAND, PRINTED)), "writer": _name_of(drawing.WRITER_WORDS),
        "paper": _name_of(drawing.PAPER_WORDS), "degradation": _name_of(drawing.DEGRADATION_WORDS),
        "page": _page,
        "dpi": _integer(10, 2400, "dpi"), "music_font": _name_of(drawing.FONTS), "staff_height_mm": _amount(2, 20, "mm"),
    }
)  # fmt: skip
