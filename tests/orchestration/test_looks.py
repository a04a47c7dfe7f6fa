"""Looks: what a name or a file decides, what options decide against it, and what records tell."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import RecipeError, SettingsError
from smashcima.imaging.filters import PRESETS, FilterStack, Skew
from smashcima.orchestration import LOOKS, Look
from smashcima.synthesis.paper import PaperStyle

SONG = Path(__file__).parents[1] / "short_song.musicxml"

OWN = """\
version: 1
look: letters
about: Brown ink on blue paper.
options:
  hand: pen
  writer: hasty
  placement: 0.5
  paper: [blue-laid, {type: PaperStyle, red: 200}]
  postprocessing:
    - {type: InkColor, inks: [sepia]}
    - scan
  strength: 0.5
"""


def in_file(folder: Path, text: str, name: str = "letters.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def names_of(model: sc.Model) -> list[str]:
    """Names of the filters of a model."""
    stack = model.postprocessor
    assert isinstance(stack, FilterStack)
    return [each.name for each in stack]


# -- names ------------------------------------------------------------------------------------------------------


def test_the_looks_are_named() -> None:
    assert list(LOOKS) == [
        "clean",
        "manuscript",
        "old-manuscript",
        "scan",
        "photo",
        "photocopy",
        "bitonal",
        "fax",
        "photo-closeup",
        "photo-book",
        "screenshot",
        "scan-grey",
        "scan-bitonal-poor",
        "microfilm",
    ]


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("model", [sc.BaseHandwrittenModel, sc.EngravedModel])
def test_a_look_sets_paper_and_degradation_of_any_model(model: Any, name: str) -> None:
    options = {"hand": "pen"} if model is sc.BaseHandwrittenModel else {}
    scene = model(seed=2, look=name, dpi=40, **options)(SONG, pages=[0])
    assert scene.styles["look"] == name
    assert scene.record["recipe"]["options"]["look"] == name
    applied = scene.compose_page(0).applied
    assert bool(applied) == (name != "clean")


def test_degradations_of_looks_are_the_presets_of_filters() -> None:
    used: set[str] = set()
    for look in LOOKS.values():
        given = look.options.get("postprocessing", ())
        used |= {given} if isinstance(given, str) else {each for each in given if isinstance(each, str)}
    assert used == set(PRESETS) - {"clean"}


def test_the_clean_look_is_the_default() -> None:
    bare, clean = (
        sc.BaseHandwrittenModel(seed=3, hand="pen", dpi=40, **options)(SONG, pages=[0])
        for options in ({}, {"look": "clean"})
    )
    assert np.array_equal(bare.render(bare.pages[0]), clean.render(clean.pages[0]))
    assert "look" not in bare.styles
    pixels = bare.render(bare.pages[0])
    assert (pixels[0, 0] == 255).all()


def test_the_manuscript_is_written_by_the_pen_on_every_machine() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scene = sc.BaseHandwrittenModel(seed=1, look="manuscript", dpi=40)(SONG, pages=[0])
    assert scene.styles["hand"] == "pen"
    assert scene.styles["paper"].startswith("cream-manuscript")


def test_an_unknown_look_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(
        SettingsError, match=r"no look 'manuscrpt' \(closest: manuscript.*available: clean, .*fax"
    ):
        sc.BaseHandwrittenModel(look="manuscrpt")
    with pytest.raises(SettingsError, match="no look 3; available: clean"):
        sc.EngravedModel(look=3)  # type: ignore[arg-type]


# -- precedence -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "style", "begins"),
    [
        ({"paper": "aged"}, "paper", "aged"),
        ({"writer": "neat"}, "writer", "neat"),
        ({"writer": 6}, "writer", "seed 6"),
        ({"writer": 6}, "hand", "pen"),
    ],
)
def test_options_of_a_model_take_precedence(options: Any, style: str, begins: str) -> None:
    scene = sc.BaseHandwrittenModel(seed=1, look="manuscript", dpi=40, **options)(SONG, pages=[0])
    assert scene.styles[style].startswith(begins)


def test_solid_paper_and_no_postprocessing_can_be_asked_for_despite_a_look() -> None:
    model = sc.EngravedModel(seed=1, look="photo", paper="solid", postprocessing="clean", dpi=40)
    scene = model(SONG, pages=[0])
    assert scene.compose_page(0).applied == ()
    assert (scene.render(scene.pages[0])[0, 0] == 255).all()
    model = sc.BaseHandwrittenModel(seed=1, look="photo", hand="pen", postprocessing=0.0, dpi=40)
    assert model(SONG, pages=[0]).compose_page(0).applied == ()


def test_the_writers_of_a_look_belong_to_its_hand(tmp_path: Path) -> None:
    look = Look("own", {"hand": "pen", "writer": "hasty"})
    assert look.hand().writer == "hasty"
    assert look.hand("pen").writer == "hasty"
    assert look.hand("muscima").writer is None
    assert look.hand(writer="neat").source == "pen"
    assert look.hand(writer="W-07").source == "muscima"
    assert look.hand(writer=6) == sc.orchestration.looks.NO_LOOK.hand("pen", 6)
    assert look.hand(only_writers=["W-07"]).source == "muscima"


# -- files ------------------------------------------------------------------------------------------------------


def test_a_look_is_read_from_a_file(tmp_path: Path) -> None:
    model = sc.BaseHandwrittenModel(seed=1, look=str(in_file(tmp_path, OWN)), dpi=40)
    assert names_of(model) == ["ink_color", "scan"]
    assert model.postprocessor.strength == 0.5  # type: ignore[attr-defined]
    assert model.placement == 0.5
    scene = model(SONG, pages=[0])
    assert scene.styles["look"] == "letters"
    assert scene.styles["writer"].startswith("hasty")


def test_the_content_of_a_file_is_part_of_the_recipe_and_repeats_without_it(tmp_path: Path) -> None:
    path = in_file(tmp_path, OWN)
    model = sc.BaseHandwrittenModel(seed=1, look=path, dpi=40)
    recipe = model.recipe
    path.unlink()
    recipe.write(tmp_path / "recipe.yaml")
    again = sc.Recipe.load(tmp_path / "recipe.yaml").build()
    assert again.recipe == recipe
    for other in (again, pickle.loads(pickle.dumps(model))):
        one, two = model(SONG, index=4, pages=[0]), other(SONG, index=4, pages=[0])
        assert np.array_equal(one.render(one.pages[0]), two.render(two.pages[0]))
        assert one.styles == two.styles


def test_printed_pages_take_paper_and_degradation_of_a_look_with_a_hand(tmp_path: Path) -> None:
    model = sc.EngravedModel(seed=1, look=in_file(tmp_path, OWN), dpi=40)
    assert names_of(model) == ["ink_color", "scan"]
    assert "writer" not in model(SONG, pages=[0]).styles


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json"])
def test_a_look_is_written_and_read_again(tmp_path: Path, suffix: str) -> None:
    look = Look(
        "own",
        {"paper": PaperStyle(red=210), "postprocessing": [Skew(p=0.5), "scan"], "strength": 2},
        "A sentence.",
    )
    look.write(tmp_path / f"own{suffix}")
    again = Look.load(tmp_path / f"own{suffix}")
    assert again == look
    assert hash(again) == hash(look)
    assert (again.name, again.about) == ("own", "A sentence.")
    assert pickle.loads(pickle.dumps(again)) == look


def test_a_look_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    assert Look.load(in_file(tmp_path, "version: 1\noptions: {paper: aged}\n")).name == "letters"


def test_two_models_of_a_look_do_not_share_filters() -> None:
    look = Look("own", {"postprocessing": [Skew()]})
    one, two = sc.EngravedModel(look=look), sc.EngravedModel(look=look)
    one.postprocessor.filters[0].force_dont = True  # type: ignore[attr-defined]
    assert not two.postprocessor.filters[0].force_dont  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "paper: aged\n",
            "line 1: paper: a look has no such field; its fields are version, look, about, options",
        ),
        ("version: 2\n", "line 1: version: this version of Smashcima reads .* of version 1; it is 2"),
        ("options: {}\n", "version: this version of Smashcima reads .* the field is missing"),
        ("version: 1\nmodel: EngravedModel\n", "line 2: model: a look has no such field.*this is a recipe"),
        ("version: 1\noptions: 3\n", "line 2: options: expected a mapping, got 3"),
        ("version: 1\nlook: 3\n", "line 2: look: expected text, got 3"),
        (
            "version: 1\noptions:\n  papr: aged\n",
            r"line 3: options.papr: .* \(closest: paper\); its options are hand",
        ),
        ("version: 1\noptions:\n  dpi: 300\n", "line 3: options.dpi: a look has no such option"),
        ("version: 1\noptions:\n  paper: agde\n", "line 3: options.paper: There is no paper 'agde'"),
        (
            "version: 1\noptions:\n  paper: {blu: 3}\n",
            "line 3: options.paper.blu: PaperStyle has no field 'blu'",
        ),
        ("version: 1\noptions:\n  hand: foot\n", "line 3: options.hand: hand must be one of 'auto', 'pen'"),
        ("version: 1\noptions:\n  hand: pen\n  writer: tidy\n", "line 4: options.writer: .*'tidy'"),
        (
            "version: 1\noptions:\n  placement: 8\n",
            "line 3: options.placement: placement must be between 0 and 3",
        ),
        (
            "version: 1\noptions:\n  postprocessing: scna\n",
            "line 3: options.postprocessing: There is no preset 'scna'",
        ),
        (
            "version: 1\noptions:\n  postprocessing: scan\n  strength: 9\n",
            "line 4: options.strength: .*between 0 and 3",
        ),
        ("version: 1\noptions: [\n", "line 3: invalid YAML"),
        ("- a\n", "a look is a mapping with the fields"),
        ("", "a look is a mapping with the fields"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RecipeError, match=rf"(?s)^letters.yaml, .*{message}|^letters.yaml: .*{message}"):
        sc.BaseHandwrittenModel(seed=1, look=in_file(tmp_path, text), dpi=40)


def test_a_missing_file_and_a_wrong_suffix_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"The look .*nowhere.yaml cannot be read: No such file"):
        sc.EngravedModel(look=tmp_path / "nowhere.yaml")
    with pytest.raises(
        RecipeError, match=r"Looks are written to files with the suffixes .json, .yaml, .yml, not '.txt'"
    ):
        LOOKS["scan"].write(tmp_path / "scan.txt")


def test_modules_that_a_look_names_are_told() -> None:
    look = Look("own", {"postprocessing": [{"type": "my_project.filters:Rain"}]})
    assert look.foreign_modules == ("my_project.filters",)
    model_like = sc.Recipe("EngravedModel", {"look": look})
    assert model_like.foreign_modules == ("my_project.filters",)
    assert LOOKS["manuscript"].foreign_modules == ()
