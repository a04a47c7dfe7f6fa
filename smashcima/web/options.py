"""The choices of a user of the playground, checked, as one value."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from smashcima.errors import SettingsError

SourceKind = Literal["example", "file", "staff"]
"""A bundled score, an uploaded one, or a text in the language of Mashcima."""

Hand = Literal[
    "pen",
    "quill",
    "copyist",
    "engrosser",
    "steel-nib",
    "pencil",
    "ballpoint",
    "felt-tip",
    "muscima",
    "printed",
]
"""Synthetic writers with a pen or another tool, the real writers of MUSCIMA++, or no handwriting."""

DPI = (50, 300)
"""Lowest and highest resolution; pages of higher resolution are for the command line."""

MAX_TEXT = 2000
"""Maximum length of an annotation of a staff, in characters."""

_HIGHEST_SEED = 2**32 - 1
_MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Everything that determines one page of the playground.

    Raises:
        SettingsError: a value has the wrong type or is out of range. Names, such as those of papers, are checked by
            the model.
    """

    kind: SourceKind = "example"
    source: str = "abendlied"
    """Name of an example, id of an uploaded score, or annotation of a staff."""
    number: int = 1
    """Number of the score in its file, from 1."""
    page: int = 0
    """Index of the page."""
    hand: Hand = "pen"
    writer: str = ""
    """Name of a writer, or digits: the seed of one; empty for a new writer for each seed."""
    placement: float = 1.0
    """0 places symbols as the engraver does, 1 as the writer."""
    font: str = ""
    """Music font; empty for that of the model."""
    paper: str = "cream-manuscript"
    degradation: str = "old-manuscript"
    strength: float = 0.5
    """Strength of the degradation."""
    dpi: int = 100
    seed: int = 9

    def __post_init__(self) -> None:
        for name, allowed in (("kind", get_args(SourceKind)), ("hand", get_args(Hand))):
            if getattr(self, name) not in allowed:
                raise SettingsError(
                    f"{name} must be one of {', '.join(allowed)}, not {getattr(self, name)!r}."
                )
        for name in ("source", "writer", "font", "paper", "degradation"):
            most = MAX_TEXT if name == "source" else _MAX_NAME
            text = getattr(self, name)
            if not isinstance(text, str) or len(text) > most:
                raise SettingsError(f"{name} must be a text of at most {most} characters.")
        self._check_number("number", 1, 10_000)
        self._check_number("page", 0, 10_000)
        self._check_number("dpi", *DPI)
        self._check_number("seed", 0, _HIGHEST_SEED)
        for name in ("placement", "strength"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise SettingsError(f"{name} must be a number.")
            if not 0 <= value <= 3:
                raise SettingsError(f"{name} must be between 0 and 3, not {value:g}.")
            object.__setattr__(self, name, float(value))

    def _check_number(self, name: str, low: int, high: int) -> None:
        value = getattr(self, name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {value!r}.")

    @staticmethod
    def from_json(data: Any) -> PageOptions:
        """Reads decoded JSON; missing options have their defaults.

        Raises:
            SettingsError: it is not an object, has an unknown option, or a value is invalid.
        """
        if not isinstance(data, Mapping):
            raise SettingsError("The options of a page must be a JSON object.")
        known = [field.name for field in fields(PageOptions)]
        unknown = sorted(set(data) - set(known))
        if unknown:
            raise SettingsError(
                f"There is no option {unknown[0]!r} of pages; the options are {', '.join(known)}."
            )
        return PageOptions(**data)

    @property
    def id(self) -> str:
        """Id of the page: the same options have the same id."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def is_staff(self) -> bool:
        """Whether the page is a single staff of an annotation."""
        return self.kind == "staff"
