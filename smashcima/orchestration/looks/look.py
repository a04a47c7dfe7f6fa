"""A look: the options of a model that decide how its pages look, as a part of a recipe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from smashcima.engraving import LineWeights, VariedLineWeights
from smashcima.errors import RecipeError, SettingsError
from smashcima.imaging import Postprocessor
from smashcima.imaging.filters import Filter, chosen_postprocessor
from smashcima.orchestration.hands import HandSettings, checked_own_layout, checked_placement
from smashcima.orchestration.line_weight_choice import LineWeightChoice, checked_line_weights
from smashcima.orchestration.paper_option import PaperOption
from smashcima.orchestration.recipes import Recipe
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.names import closest
from smashcima.orchestration.recipes.recipe import VERSION
from smashcima.orchestration.recipes.text_form import read_data, write_data
from smashcima.orchestration.recipes.values import TYPE, Data, Form, add_forms, decode, only, shown, text_of
from smashcima.placement import OwnLayout, PlacementStyle
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.paper import PaperChoice
from smashcima.synthesis.pen import PenWriter

_WRITERS = ("writer", "only_writers", "exclude_writers")
_HINTS: Mapping[str, Any] = {
    "hand": str,
    "writer": str | int | PenWriter,
    "only_writers": Any,
    "exclude_writers": Any,
    "placement": PlacementStyle | float,
    "own_layout": bool | OwnLayout,
    "line_weights": LineWeights | VariedLineWeights | str,
    "paper": PaperChoice | os.PathLike[str],
    "postprocessing": Any,
    "strength": float,
}
"""The options of a look, with their types; others check themselves."""

_FIELDS = ("version", "look", "about", "options")

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Look(ShortRepr):
    """Hand, paper and degradation that go together: a part of the options of a model, as a frozen value.

    ```python
    look = Look(
        "letters", {"writer": "hasty", "paper": "blue-laid", "postprocessing": "scan", "strength": 0.5}
    )
    look.write("letters.yaml")
    model = BaseHandwrittenModel(look="letters.yaml", paper="aged")  # options of the model take precedence
    ```

    Printed pages have no hand: their models take line weights, paper and degradation only.
    """

    name: str
    """In records of scenes, and in messages."""

    options: Mapping[str, Data] = field(default_factory=dict)
    """`hand`, `writer`, `only_writers`, `exclude_writers`, `placement`, `own_layout`, `line_weights`, `paper` and `postprocessing`, as in the constructor of a
    model or in a recipe, except that the strength of the degradation is `strength`: that of all filters, 1 by default."""

    about: str = ""
    """One sentence for people."""

    lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Line of each field in the file that the look was read from, for messages."""

    source: str = field(default="", repr=False)
    """Name of that file, for messages."""

    def __post_init__(self) -> None:
        """Checks the names of the options; their values are checked when a model is made.

        Raises:
            RecipeError: there is no such option.
        """
        source = self.source or f"the look {self.name}"
        part = Recipe("", self.options, lines=self.lines, source=source)
        object.__setattr__(self, "options", part.options)
        object.__setattr__(self, "_part", part)
        for name in self.options:
            if name not in _HINTS:
                raise self.error(
                    f"options.{name}",
                    f"a look has no such option{closest(name, _HINTS)}; its options are {', '.join(_HINTS)}",
                )

    def __eq__(self, other: object) -> bool:
        return self.to_dict() == other.to_dict() if isinstance(other, Look) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Look.from_dict, (self.to_dict(),))

    # -- as data and as a file -----------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The look as JSON-compatible data; empty fields are omitted."""
        options = self._as_part.to_dict().get("options")
        rest = {"about": self.about, "options": options}
        return {"version": VERSION, "look": self.name, **{key: each for key, each in rest.items() if each}}

    @staticmethod
    def from_dict(
        data: Any, *, source: str = "the look", lines: Mapping[str, int] | None = None, name: str = "unnamed"
    ) -> Look:
        """Makes a look from the data of `to_dict`; imports nothing.

        Args:
            data: parsed JSON or YAML.
            source: name of the look in messages.
            lines: line of each field, for messages.
            name: name of the look if the data has none.

        Raises:
            RecipeError: the data is not a look, or has an unsupported version.
        """
        part = Recipe("", source=source, lines=lines or {})
        if not isinstance(data, Mapping):
            raise part.error("", f"a look is a mapping with the fields {', '.join(_FIELDS)}")
        for key in data:
            if key not in _FIELDS:
                hint = "; this is a recipe: see --recipe and Recipe.load" if key == "model" else ""
                raise part.error(
                    str(key),
                    f"a look has no such field{closest(str(key), _FIELDS)}; its fields are {', '.join(_FIELDS)}{hint}",
                )
        for key in ("look", "about"):
            if not isinstance(data.get(key, ""), str):
                raise part.error(key, f"expected text, got {shown(data[key])}")
        checked = Recipe.from_dict(
            {"version": data.get("version"), "model": "look", "options": data.get("options")},
            source=source,
            lines=lines,
        )
        return Look(data.get("look") or name, checked.options, data.get("about", ""), checked.lines, source)

    @staticmethod
    def load(path: str | Path) -> Look:
        """Reads a look from a YAML or JSON file.

        Raises:
            RecipeError: the file cannot be read or is not a look. The message names the field and, in YAML, the line.
        """
        path = Path(path)
        read = read_data(path, "look")
        return Look.from_dict(read.data, source=path.name, lines=read.lines, name=path.stem)

    def write(self, path: str | Path) -> None:
        """Writes the look as JSON (`.json`) or YAML (`.yaml`, `.yml`); equal looks are written as equal bytes.

        Raises:
            RecipeError: the suffix is another one.
        """
        write_data(self.to_dict(), Path(path), "look")

    @property
    def foreign_modules(self) -> tuple[str, ...]:
        """The modules outside Smashcima that making a model with the look imports, which runs their code."""
        return self._as_part.foreign_modules

    # -- as options of a model -----------------------------------------------------------------------------

    @property
    def has_postprocessing(self) -> bool:
        """Whether the look degrades pages."""
        return "postprocessing" in self.options

    def paper(self) -> PaperOption | None:
        """The paper; `None` if the look leaves it open.

        Raises:
            RecipeError: there is no such paper.
        """
        return self._made("paper", PaperOption.of)

    def postprocessing(self) -> Postprocessor | None:
        """A new postprocessor; `None` if the look leaves pages as they are.

        Raises:
            RecipeError: there is no such postprocessing, or the strength is out of range.
        """
        made = self._made("postprocessing", chosen_postprocessor)
        if made is None or "strength" not in self.options:
            return made
        if not isinstance(made, Filter):
            raise self.error("options.strength", f"a {type(made).__name__} has no strength")
        stack = made

        def weaken(strength: float) -> None:
            stack.strength *= strength

        self._made("strength", weaken)
        return made

    def placement(self) -> PlacementStyle | float | None:
        """The placement; `None` if the look leaves it open."""
        return self._made("placement", checked_placement)

    def own_layout(self) -> bool | OwnLayout | None:
        """The layout habits of writers; `None` if the look leaves them open."""
        return self._made("own_layout", checked_own_layout)

    def line_weights(self) -> LineWeightChoice | None:
        """The thickness of printed lines; `None` if the look leaves it open."""
        return self._made("line_weights", checked_line_weights)

    def hand(
        self,
        hand: Any = None,
        writer: Any = None,
        only_writers: Iterable[str] | None = None,
        exclude_writers: Iterable[str] = (),
    ) -> HandSettings:
        """The hand, given the options of a model, which take precedence.

        The writers of the look belong to its hand: they are not used with another hand, or if writers are given.

        Raises:
            RecipeError: the look has no such hand or writers.
            SettingsError: an option of the model is invalid.
        """
        given = HandSettings("auto" if hand is None else hand, writer, only_writers, exclude_writers)
        own = self._made("hand", _unchanged)
        if hand is not None and hand != (own or "auto"):
            return given
        if writer is not None or only_writers is not None or exclude_writers:
            # The names of writers may tell another hand than that of the look.
            told = given.source
            return given if told != "auto" or own is None else HandSettings(own, writer)
        writers: dict[str, Any] = {
            name: self._made(name, _unchanged) for name in _WRITERS if name in self.options
        }
        try:
            return HandSettings(own or "auto", **writers)
        except SettingsError as error:
            place = next(iter(writers), "hand")
            raise self.error(f"options.{place}", str(error).rstrip(".")) from error

    def error(self, where: str, text: str) -> RecipeError:
        """Makes an error about a field: `look.yaml, line 4: options.paper: ...`."""
        return self._as_part.error(where, text)

    @property
    def _as_part(self) -> Recipe:
        part: Recipe = self.__dict__["_part"]
        return part

    def _made(self, name: str, make: Callable[[Any], T]) -> T | None:
        """An option as a Python value; `None` if the look leaves it open."""
        if name not in self.options:
            return None
        try:
            value = decode(self.options[name], _HINTS[name], f"options.{name}")
            return make(value)
        except FieldError as error:
            raise self.error(error.where, error.text.rstrip(".")) from error
        except SettingsError as error:
            raise self.error(f"options.{name}", str(error).rstrip(".")) from error


def _unchanged(value: Any) -> Any:
    return value


def _encode(look: Look, where: str) -> dict[str, Data]:
    return {
        TYPE: "Look",
        "name": look.name,
        **{key: data for key, data in look.to_dict().items() if key in ("about", "options")},
    }


def _decode(cls: Any, fields: Mapping[str, Data], where: str) -> Look:
    only(fields, ("name", "about", "options"), where)
    try:
        return Look(
            text_of(fields.get("name"), f"{where}.name"),
            fields.get("options", {}),
            text_of(fields.get("about", ""), f"{where}.about"),
        )
    except FieldError:
        raise
    except RecipeError as error:
        raise FieldError(where, str(error)) from error


add_forms(Form(Look, _encode, _decode))
