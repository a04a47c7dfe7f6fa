"""What a description of music says: mentions with their places in the text, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from smashcima.composing.conditions import Conditions

BY_HAND, PRINTED = "handwritten", "printed"


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a text that says something about one field."""

    field: str
    """A field of `Conditions` or `Drawing`, or the `share of` an element."""

    value: Any

    start: int
    end: int
    """Its place in the text, as of slices."""

    text: str

    is_implied: bool = False
    """Whether the text only suggests the value, as a waltz suggests its title; anything that is said replaces it."""

    is_labelled: bool = False
    """Whether it is a clause such as `key is G minor`, which says nothing else: nothing is inferred from it."""

    read_as: str = ""
    """The spelling that was read, if the text has another one: `waltz` for `walz`."""

    def __str__(self) -> str:
        shown = f"{self.text!r}"
        if self.read_as:
            shown += f" (read as {self.read_as!r})"
        return f"{self.field}: {self.value} from {shown}"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of a text that has no effect."""

    start: int
    end: int
    text: str
    reason: str = "not understood"

    def __str__(self) -> str:
        return f"{self.text!r}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two mentions that do not agree."""

    first: Mention
    second: Mention

    resolution: str
    """What was done about it."""

    def __str__(self) -> str:
        return f"{self.first.text!r} and {self.second.text!r}: {self.resolution}"


@dataclass(frozen=True)
class Drawing:
    """How pages are to be drawn; `None` for what is not said."""

    script: str | None = None
    """`handwritten` or `printed`."""

    writer: str | None = None
    """`neat`, `average`, `hasty` or `calligraphic`."""

    paper: str | None = None
    """Name of a paper preset, or `any`."""

    degradation: str | None = None
    """Name of a preset of filters: `scan`, `photo`, ..."""

    page: str | None = None
    """Name or size of the sheet: `A4`, `A4 landscape`, `210x297`."""

    dpi: int | None = None
    """Resolution in pixels per inch."""

    music_font: str | None = None

    staff_height_mm: float | None = None

    @property
    def is_printed(self) -> bool:
        """Whether pages are printed; handwritten ones are the rule."""
        return self.script == PRINTED

    def options(self) -> dict[str, Any]:
        """The options of a model that draws so."""
        found: dict[str, Any] = {
            "paper": self.paper,
            "postprocessing": self.degradation,
            "page": self.page,
            "dpi": self.dpi,
            "music_font": self.music_font,
            "staff_height_mm": self.staff_height_mm,
        }
        if not self.is_printed:
            found["writer"] = self.writer
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Description:
    """A description and what was understood of it."""

    text: str

    mentions: tuple[Mention, ...] = ()
    """What was understood, in the order of the text."""

    ignored: tuple[Ignored, ...] = ()
    """Words without effect, in the order of the text; articles, prepositions and the like are not listed."""

    contradictions: tuple[Contradiction, ...] = ()

    conditions: Conditions = field(default_factory=Conditions)
    """What the music is to be like."""

    drawing: Drawing = field(default_factory=Drawing)
    """How its pages are to be drawn."""

    def report(self) -> str:
        """All of it as text, for people: a line for each mention, ignored part and contradiction."""
        lines = [f"understood  {each}" for each in self.mentions]
        lines += [f"ignored     {each}" for each in self.ignored]
        lines += [f"contradicts {each}" for each in self.contradictions]
        return "\n".join(lines)

    def to_data(self) -> dict[str, Any]:
        """All of it as JSON-compatible data."""
        return {
            "text": self.text,
            "understood": [
                {
                    "field": each.field, "value": _plain(each.value), "from": each.text, "span": [each.start, each.end],
                    "implied": each.is_implied,
                }
                for each in self.mentions
            ],
            "ignored": [
                {"from": each.text, "span": [each.start, each.end], "reason": each.reason} for each in self.ignored
            ],
            "contradictions": [
                {"between": [each.first.text, each.second.text], "resolution": each.resolution}
                for each in self.contradictions
            ],
        }  # fmt: skip


def drawing_fields() -> tuple[str, ...]:
    """Names of the fields of `Drawing`."""
    return tuple(each.name for each in fields(Drawing))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
