"""Recipes: a model as a value, and the model back from it."""

from __future__ import annotations

import math
import pickle
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import smashcima as sc
from smashcima.assets.glyphs import GlyphStore
from smashcima.errors import RecipeError, SettingsError
from smashcima.imaging.filters import Defocus, FilterStack, Jpeg, Normal, Skew
from smashcima.placement import PlacementStyle, Quantity

SONG = Path(__file__).parents[1] / "short_song.musicxml"


def options_of(model: sc.Model) -> dict[str, Any]:
    return model.recipe.to_dict().get("options", {})


def assert_round_trip(model: sc.Model) -> sc.Model:
    recipe = model.recipe
    again = recipe.build()
    assert type(again) is type(model)
    assert again.recipe == recipe
    assert hash(again.recipe) == hash(recipe)
    assert sc.Recipe.from_dict(recipe.to_dict()) == recipe
    return again


# -- what a recipe says ----------------------------------------------------------------------------------------


def test_a_recipe_names_the_model_and_the_options_that_are_not_defaults() -> None:
    recipe = sc.EngravedModel(seed=3, dpi=50, page="A5", music_font=None).recipe
    assert recipe.to_dict() == {
        "version": 1,
        "model": "EngravedModel",
        "options": {"seed": 3, "dpi": 50, "page": "A5"},
    }


def test_a_drawn_seed_is_in_the_recipe() -> None:
    model = sc.EngravedModel()
    assert options_of(model) == {"seed": model.seed}


def test_defaults_that_are_given_make_no_difference() -> None:
    assert sc.EngravedModel(seed=1, dpi=300.0, paper="solid").recipe == sc.EngravedModel(seed=1).recipe


@pytest.mark.parametrize(
    "options",
    [
        {"layout": sc.LayoutOptions(page=sc.PageSize(200, 280), margins=sc.Margins(9, 10, 11, 12))},
        {
            "layout": sc.LayoutOptions(
                breaks="none", hidden_staves=frozenset({2, 1}), verovio={"beamMaxSlope": 5}
            )
        },
        {"page": "A4", "staff_height_mm": 6.0, "music_font": "Leland"},
        {"writer": sc.PenWriter.preset("hasty"), "placement": 0.5},
        {"writer": 12, "placement": PlacementStyle.from_seed(4)},
        {"placement": PlacementStyle().changed(spacing=Quantity(0.1, 0.2, low=-1.0), head_y=None)},
        {"paper": ["aged", 5, sc.PaperStyle(grain=3.0)]},
        {"paper": "any", "postprocessing": "scan"},
        {"postprocessing": FilterStack([Skew(angle_deg=Normal(0, 2)), Defocus(p=0.25)], name="mine")},
        {"postprocessing": sc.preset("old-manuscript", strength=0.5)},
        {"postprocessing": sc.BaseHandwrittenPostprocessor(strength=2, share_untouched=0.5)},
        {"postprocessing": sc.NullPostprocessor()},
    ],
    ids=lambda options: "+".join(options),
)
def test_a_model_comes_back_from_its_recipe(options: dict[str, Any]) -> None:
    model = assert_round_trip(sc.BaseHandwrittenModel(seed=1, hand="pen", **options))
    assert isinstance(model, sc.BaseHandwrittenModel)
    original = sc.BaseHandwrittenModel(seed=1, hand="pen", **options)
    assert model.layout == original.layout
    assert model.placement == original.placement


def test_the_rebuilt_model_makes_the_same_pages() -> None:
    model = sc.BaseHandwrittenModel(seed=4, hand="pen", dpi=40, paper="any", postprocessing=1)
    again = model.recipe.build()
    one, two = model(SONG, index=3), again(SONG, index=3)
    assert one.styles == two.styles
    assert all(
        np.array_equal(one.render(a), two.render(b)) for a, b in zip(one.pages, two.pages, strict=True)
    )


# -- what is set later -----------------------------------------------------------------------------------------


def test_what_is_set_on_a_model_is_in_its_recipe() -> None:
    model = sc.BaseHandwrittenModel(seed=1, hand="pen", dpi=150, paper="aged")
    model.dpi = 60
    model.layout = sc.LayoutOptions(page="A5")
    model.placement = 0.25
    model.writers.choice = "neat"
    model.postprocessor.strength = 1
    model.postprocessor.f_camera.force_dont = True
    model.postprocessor["f_folding/fold"].p = 0.75
    recipe = model.recipe
    assert recipe.to_dict()["options"] == {"seed": 1, "hand": "pen", "dpi": 150, "paper": "aged"}
    assert recipe.to_dict()["attributes"] == {
        "dpi": 60,
        "layout": {"type": "LayoutOptions", "page": "A5"},
        "placement": 0.25,
    }
    assert recipe.to_dict()["services"] == {
        "PenWriterDomain": {"choice": "neat"},
        "Postprocessor": {
            "strength": 1,
            "f_camera": {"force_dont": True},
            "f_folding": {"filters": {"fold": {"p": 0.75}}},
        },
    }
    again = assert_round_trip(model)
    assert again.postprocessor.f_camera.force_dont
    assert again.dpi == 60
    model.postprocessor.f_camera.force_dont = False
    assert model.recipe != recipe


def test_what_is_set_back_is_no_longer_in_the_recipe() -> None:
    model = sc.BaseHandwrittenModel(seed=1, hand="pen")
    before = model.recipe
    model.dpi = 20
    model.container.resolve(sc.PaperSynthesizer).color = (0, 0, 0, 0)
    assert model.recipe.to_dict()["services"] == {"PaperSynthesizer": {"color": [0, 0, 0, 0]}}
    assert_round_trip(model)
    model.dpi = 300.0
    model.container.resolve(sc.PaperSynthesizer).color = (255, 255, 255, 255)
    assert model.recipe == before


def test_other_filters_are_written_out_whole() -> None:
    model = sc.BaseHandwrittenModel(seed=1, hand="pen")
    model.postprocessor.f_scribbles = Jpeg(p=0.5)
    model.postprocessor.filters.append(Defocus())
    changes = model.recipe.to_dict()["services"]["Postprocessor"]
    assert [each["type"] for each in changes["filters"]][4] == "Jpeg"
    assert assert_round_trip(model).postprocessor["defocus"].p == 1
    model.postprocessor.filters.pop()
    assert model.recipe.to_dict()["services"]["Postprocessor"] == {
        "f_scribbles": {"type": "Jpeg", "name": "f_scribbles", "p": 0.5}
    }
    assert_round_trip(model)


def test_calls_do_not_change_the_recipe() -> None:
    model = sc.BaseHandwrittenModel(seed=1, hand="pen", dpi=30, paper="any", postprocessing=1)
    before = model.recipe
    scene = model(SONG)
    scene.render(scene.pages[0])
    assert model.recipe == before


def test_a_value_that_cannot_be_written_is_named() -> None:
    model = sc.EngravedModel(seed=1)
    model.dpi = object()
    with pytest.raises(RecipeError, match=r"attributes\.dpi"):
        model.recipe  # noqa: B018


# -- classes of a user -----------------------------------------------------------------------------------------


def test_a_model_of_ones_own_needs_nothing_for_its_recipe(own_module: ModuleType) -> None:
    model = own_module.OwnModel(own_module.Tint(blue=9), mood=own_module.Mood.WILD, seed=1, dpi=40)
    model.loudness = 3
    recipe = model.recipe
    assert recipe.to_dict() == {
        "version": 1,
        "model": "own",
        "plugins": ["own_music"],
        "options": {
            "dpi": 40,
            "mood": {"type": "own_music:Mood", "value": "WILD"},
            "seed": 1,
            "tint": {"type": "own_music:Tint", "blue": 9},
        },
        "attributes": {"loudness": 3},
    }
    again = assert_round_trip(model)
    assert (again.tint, again.mood, again.loudness) == (model.tint, model.mood, 3)
    assert recipe.foreign_modules == ("own_music",)


def test_filters_and_services_of_ones_own_are_named_by_import_path(own_module: ModuleType) -> None:
    model = sc.EngravedModel(seed=1, postprocessing=FilterStack([own_module.Darken(amount=0.25)]))
    assert options_of(model)["postprocessing"]["filters"] == [{"type": "own_music:Darken", "amount": 0.25}]
    assert_round_trip(model)

    recipe = sc.Recipe(
        "EngravedModel",
        {"seed": 1, "dpi": 20},
        services={"PaperSynthesizer": {"type": "own_music:TintedPaper", "color": [1, 2, 3, 255]}},
    )
    made = recipe.build()
    assert made.container.resolve(sc.PaperSynthesizer).color == (1, 2, 3, 255)
    scene = made(SONG)
    assert scene.render(scene.pages[0])[0, 0].tolist() == [1, 2, 3, 255]
    assert made.recipe.services == recipe.services
    assert_round_trip(made)


def test_a_filter_can_be_chosen_as_a_service() -> None:
    recipe = sc.Recipe(
        "EngravedModel",
        {"seed": 1},
        services={"Postprocessor": {"type": "FilterStack", "filters": [{"type": "Skew"}]}},
    )
    model = assert_round_trip(recipe.build())
    assert [each.name for each in model.postprocessor] == ["skew"]


def test_recipe_options_may_be_told_by_the_model(own_module: ModuleType) -> None:
    model = own_module.HookedModel("a", "b", seed=4)
    assert model.recipe.to_dict()["options"] == {"seed": 4}
    model.seed = 5
    assert model.recipe.to_dict()["options"] == {"seed": 5}
    assert "attributes" not in model.recipe.to_dict()
    assert_round_trip(model)


def test_a_seed_that_is_set_later_holds_for_all_that_follows(own_module: ModuleType, dots: Path) -> None:
    model = sc.BaseHandwrittenModel(seed=1, hand="pen", dpi=40)
    model.seed = 5
    expected = own_module.digest(sc.BaseHandwrittenModel(seed=5, hand="pen", dpi=40), dots, 0)
    assert own_module.digest(model, dots, 0) == expected
    assert own_module.digest(assert_round_trip(model), dots, 0) == expected


def test_a_model_that_takes_no_seed_keeps_the_one_that_it_drew(own_module: ModuleType, dots: Path) -> None:
    model = own_module.SeedlessModel()
    assert model.recipe.to_dict()["attributes"] == {"seed": model.seed}
    again = assert_round_trip(model)
    assert again.seed == model.seed
    assert own_module.digest(again, dots, 2) == own_module.digest(model, dots, 2)


def test_arguments_without_names_are_an_error_that_names_the_hook() -> None:
    with pytest.raises(RecipeError, match="recipe_options"):
        Unnamed(1, 2).recipe  # noqa: B018


class Unnamed(sc.EngravedModel):
    def __init__(self, *numbers: int) -> None:
        super().__init__(seed=sum(numbers))


def test_classes_that_another_process_cannot_find_are_an_error_that_says_what_to_do() -> None:
    class Local(sc.EngravedModel):
        pass

    with pytest.raises(RecipeError, match=r"inside a function.*module.*register_model\(\"Local\", Local\)"):
        Local(seed=1).recipe  # noqa: B018
    notebook = type("InNotebook", (sc.EngravedModel,), {"__module__": "__main__"})
    with pytest.raises(RecipeError, match=r"notebook.*register_model"):
        notebook(seed=1).recipe  # noqa: B018


def test_a_registered_model_needs_no_module() -> None:
    from smashcima.orchestration.recipes import names

    class Local(sc.EngravedModel):
        pass

    sc.register_model("local model", Local)
    try:
        assert Local(seed=1).recipe.to_dict()["model"] == "local model"
        assert_round_trip(Local(seed=1))
        with pytest.raises(SettingsError, match="EngravedModel"):
            sc.register_model("EngravedModel", Local)
    finally:
        names._registered.pop("local model")


# -- files that a model depends on -----------------------------------------------------------------------------


def test_a_glyph_store_is_named_by_path_and_checksum(tmp_path: Path, small_store: GlyphStore) -> None:
    model = sc.BaseHandwrittenModel(seed=1, hand=small_store)
    data = options_of(model)["hand"]
    assert data == {"type": "GlyphStore", "path": str(small_store.path), "sha256": small_store.sha256}
    assert_round_trip(model)
    recipe = model.recipe
    other = recipe.with_option("hand", {**data, "sha256": "0" * 64})
    with pytest.raises(RecipeError, match=r"options\.hand\.sha256: the glyph store .* has changed"):
        other.build()
    with pytest.raises(RecipeError, match=r"options\.hand\.path: There is no glyph store at"):
        recipe.with_option("hand", {**data, "path": str(tmp_path / "gone")}).build()


def test_a_glyph_store_in_memory_is_no_part_of_a_recipe(small_store: GlyphStore) -> None:
    assert small_store.path is not None
    in_memory = GlyphStore(small_store.path.read_bytes())
    with pytest.raises(RecipeError, match="in memory only"):
        sc.BaseHandwrittenModel(seed=1, hand=in_memory).recipe  # noqa: B018


# -- as a value ------------------------------------------------------------------------------------------------


def test_a_recipe_is_frozen_and_pickles() -> None:
    recipe = sc.EngravedModel(seed=1, layout=sc.LayoutOptions(page="A4")).recipe
    with pytest.raises(TypeError):
        recipe.options["seed"] = 2  # type: ignore[index]
    with pytest.raises(AttributeError):
        recipe.model = "other"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(recipe)) == recipe
    assert {recipe: 1}[recipe.build().recipe] == 1
    assert recipe != recipe.with_option("seed", 2)


def test_options_may_be_given_as_python_values() -> None:
    recipe = sc.Recipe("EngravedModel", {"layout": sc.LayoutOptions(page="A4"), "seed": np.int64(3)})
    assert recipe.to_dict()["options"] == {"layout": {"type": "LayoutOptions", "page": "A4"}, "seed": 3}
    with pytest.raises(RecipeError, match=r"options\.hand: a recipe cannot hold a object"):
        sc.Recipe("EngravedModel", {"hand": object()})


def test_numbers_beyond_all_bounds_are_kept() -> None:
    style = PlacementStyle().changed(spacing=Quantity(0.0, 0.1, low=0.0, high=math.inf))
    assert_round_trip(sc.BaseHandwrittenModel(seed=1, hand="pen", placement=style))
