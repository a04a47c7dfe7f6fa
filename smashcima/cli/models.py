"""The model of `smashcima render`, from its options or from a recipe."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from smashcima.cli.trust import check_trust
from smashcima.errors import SettingsError

if TYPE_CHECKING:
    from smashcima.orchestration import ScoreModel


class ModelName(str, Enum):
    """The model that renders the pages."""

    engraved = "engraved"
    handwritten = "handwritten"


class HandOption(str, Enum):
    """The source of handwriting."""

    auto = "auto"
    pen = "pen"
    muscima = "muscima"
    quill = "quill"
    copyist = "copyist"
    engrosser = "engrosser"
    steel_nib = "steel-nib"
    pencil = "pencil"
    ballpoint = "ballpoint"
    felt_tip = "felt-tip"


def model_of_recipe(context: typer.Context, path: Path, seed: int, trust: bool) -> ScoreModel:
    """Builds the model of a recipe.

    Raises:
        SettingsError: an option of the command line conflicts with the recipe.
        RecipeError: the recipe is invalid, or its model does not render scores.
    """
    from smashcima.orchestration import Recipe, ScoreModel

    given = [name for name in _OPTIONS_OF_MODELS if _is_given(context, name)]
    if given:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise SettingsError(f"{options} cannot be given with --recipe: edit {path}, or omit --recipe.")
    recipe = Recipe.load(path)
    check_trust(recipe, trust)
    if _is_given(context, "seed") or not ("seed" in recipe.options or "seed" in recipe.attributes):
        recipe = recipe.with_option("seed", seed)
    made = recipe.build()
    if not isinstance(made, ScoreModel):
        raise recipe.error("model", f"{recipe.model} is not a ScoreModel")
    return made


_OPTIONS_OF_MODELS = (
    "model",
    "hand",
    "writer",
    "dpi",
    "page",
    "font",
    "staff_height",
    "preset",
    "paper",
    "look",
    "own_layout",
)


def _is_given(context: typer.Context, name: str) -> bool:
    """Whether an option is given on the command line."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def make_model(
    name: ModelName,
    hand: HandOption | None,
    writer: str | None,
    seed: int,
    dpi: float,
    page: str,
    font: str | None,
    staff_height: float | None,
    preset: str | None,
    paper: str | None,
    look: str | None,
    own_layout: bool | None,
    trust: bool,
) -> ScoreModel:
    """Makes the model of the options.

    Raises:
        SettingsError: options contradict each other.
        RecipeError: the file of the look is invalid, or names modules outside of Smashcima and `trust` is false.
    """
    from smashcima.orchestration import BaseHandwrittenModel, EngravedModel
    from smashcima.orchestration.looks import find_look

    if look is not None:
        check_trust(find_look(look), trust)

    options: dict[str, Any] = {
        "seed": seed,
        "dpi": dpi,
        "page": None if page == "default" else page,
        "music_font": font,
        "staff_height_mm": staff_height,
        "postprocessing": preset,
        "paper": int(paper) if paper is not None and _is_number(paper) else paper,
        "look": look,
    }
    if name is ModelName.handwritten:
        return BaseHandwrittenModel(
            hand=None if hand is None else hand.value,
            writer=_writer_named(writer),
            own_layout=own_layout,
            **options,
        )
    if hand not in (None, HandOption.auto):
        raise SettingsError(f"--hand {hand.value} requires --model handwritten, not --model {name.value}.")
    if writer is not None:
        raise SettingsError(
            f"--writer {writer} requires --model handwritten, not --model {name.value}, which has no writer."
        )
    if own_layout:
        raise SettingsError(f"--own-layout requires --model handwritten, not --model {name.value}.")
    return EngravedModel(**options)


def _writer_named(text: str | None) -> str | int | None:
    """Converts a number to the seed of a writer; keeps names."""
    return int(text) if text is not None and _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
